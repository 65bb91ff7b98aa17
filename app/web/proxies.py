"""Whose word about the visitor's address is taken: forwarding headers count only from a proxy that was named."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class TrustedProxies:
    """Takes the visitor's address and scheme from the named neighbour's last X-Forwarded-… entry, else ignores them."""

    def __init__(self, application: "WSGIApplication", addresses: Collection[str]) -> None:
        self.application = application
        self.behind_proxy = ProxyFix(application, x_for=1, x_proto=1, x_host=0, x_port=0, x_prefix=0)
        self.addresses = frozenset(addresses)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("REMOTE_ADDR", "") in self.addresses:
            return self.behind_proxy(environ, start_response)
        return self.application(environ, start_response)
