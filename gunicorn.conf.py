"""How gunicorn serves the web pages: addresses, processes and threads, and how it ends."""

import os
from collections.abc import Callable

from gunicorn.http import wsgi

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
# Forwarding headers are read by the application, from the proxies that APP_TRUSTED_PROXIES names.
forwarded_allow_ips = ""
# No access log: addresses carry petitioners' access links and what was searched for.
accesslog = None
errorlog = "-"
loglevel = "info"


def post_worker_init(worker: object) -> None:
    """Which server and version answers is nobody's business."""
    wsgi.Response.default_headers = _without_banner(wsgi.Response.default_headers)


def _without_banner(make_headers: Callable[[object], list[str]]) -> Callable[[object], list[str]]:
    def make(response: object) -> list[str]:
        return [line for line in make_headers(response) if not line.startswith("Server:")]

    return make
