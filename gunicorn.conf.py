"""How gunicorn serves the web pages: addresses, processes and threads, and how it ends."""

import os

wsgi_app = "wsgi:app"
bind = [os.environ.get("APP_BIND", "127.0.0.1:8000")]
worker_class = "gthread"
workers = int(os.environ.get("APP_WORKERS", "1"))
threads = int(os.environ.get("APP_THREADS", "8"))
timeout = 60
keepalive = 5
# SIGTERM lets running requests finish, but the whole service has to be down within ten seconds.
graceful_timeout = 7
# Otherwise gunicorn opens a socket for its control program below the home folder.
control_socket_disable = True
# No access log: addresses carry petitioners' access links and what was searched for.
accesslog = None
errorlog = "-"
loglevel = "info"
