"""Who really asks, when proxies stand in front: their word counts only if they are named in JINGUO_PROXIES.

Without this every visitor would seem to come from the proxy, and one person's failed sign-ins would slow down everybody.
"""

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SAID_BY_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")


class Proxies:
    """Middleware, outermost: puts the visitor's address into REMOTE_ADDR, or drops what a stranger claims to forward."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.known = [ip_network(address) for address in settings.PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.is_proxy(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = self.visitor(request.META)
        else:
            for name in SAID_BY_PROXIES:
                request.META.pop(name, None)
        return self.get_response(request)

    def visitor(self, meta: dict[str, str]) -> str:
        """The nearest address in the chain that is not a proxy of ours; what stands before it may be invented."""
        chain = [meta["REMOTE_ADDR"]]
        for claimed in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            if not self.is_proxy(chain[-1]) or not _is_address(claimed.strip()):
                break
            chain.append(claimed.strip())
        return chain[-1]

    def is_proxy(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in network for network in self.known)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
