"""A light brake on one address: many sign-ups a minute pass (a school class behind one router), a robot does not.

Counted in this process's short memory under a keyed hash; no address is kept or written anywhere.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jinguo.lib import clock, crypto
from jinguo.lib.errors import TooMuch

SIGN_UPS = (300, 60)  # so many tries in so many seconds
MISTAKES = (20, 600)  # names that do not fit a telephone: who tries more is guessing


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: the address behind our own proxies, which alone are believed."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while address in settings.PROXIES and forwarded:
        address = forwarded.pop()
    return address


def count(request: HttpRequest, what: str, limit: tuple[int, int]) -> None:
    """Count one try.

    Raises:
        TooMuch: more than the limit in its window.
    """
    if _number(request, what, limit) > limit[0]:
        raise TooMuch(_("这个网络刚才报名的次数太多，先停一分钟。已经报上的都在，不用重报。"))


def is_over(request: HttpRequest, what: str, limit: tuple[int, int]) -> bool:
    """Whether the limit is reached, without counting."""
    return cache.get(_name(request, what, limit[1]), 0) >= limit[0]


def _name(request: HttpRequest, what: str, seconds: int) -> str:
    window = int(clock.now().timestamp()) // seconds
    hashed = crypto.ring().hash(client_address(request), "sign-up address")
    return f"throttle:{what}:{hashed}:{window}"


def _number(request: HttpRequest, what: str, limit: tuple[int, int]) -> int:
    name = _name(request, what, limit[1])
    cache.add(name, 0, limit[1])
    try:
        return cache.incr(name)
    except ValueError:  # dropped between the two calls: begin again
        return 1
