"""Light brakes: a school class behind one router passes, a robot that makes up telephones does not.

Counted in this process's short memory under keyed hashes; no address and no telephone is kept or written anywhere.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jinguo.lib import clock, crypto
from jinguo.lib.errors import TooMuch

PRESSES = (600, 60)  # so many presses in so many seconds: a class of sixty, each pressing ten times
PEOPLE = (150, 60)  # so many different telephones: two and a half classes; a robot that makes them up is stopped here
NUMBER = (30, 600)  # presses for one telephone, wherever they come from
MISTAKES = (20, 600)  # names that do not fit a telephone: who tries more is guessing


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: the address behind our own proxies, which alone are believed."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while address in settings.PROXIES and forwarded:
        address = forwarded.pop()
    return address


def count(request: HttpRequest, what: str, limit: tuple[int, int]) -> None:
    """Count one try of this address.

    Raises:
        TooMuch: more than the limit in its window.
    """
    if _number(_name(client_address(request), what, limit[1]), limit[1]) > limit[0]:
        raise TooMuch(_("这个网络刚才报名的次数太多，先停一分钟。已经报上的都在，不用重报。"))


def count_person(request: HttpRequest, phone: str) -> None:
    """Count one press for this telephone, and this telephone among those of the address.

    Who presses again is not counted again among them: a school class behind one router is never stopped by impatience.

    Raises:
        TooMuch: too many telephones from one address, or too many presses for one telephone.
    """
    if _number(_name(phone, "number", NUMBER[1]), NUMBER[1]) > NUMBER[0]:
        raise TooMuch(_("这个手机号刚才报名的次数太多，请过十分钟再试。已经报上的都在，不用重报。"))
    address = client_address(request)
    seen = _name(f"{address} {phone}", "seen", PEOPLE[1])
    if not cache.add(seen, 1, PEOPLE[1]):
        return
    if _number(_name(address, "people", PEOPLE[1]), PEOPLE[1]) > PEOPLE[0]:
        cache.delete(seen)
        raise TooMuch(_("这个网络一分钟里报名的人太多，请过一分钟再点一次。填好的还在。"))


def note(request: HttpRequest, what: str, limit: tuple[int, int]) -> None:
    """Count one try of this address without stopping it."""
    _number(_name(client_address(request), what, limit[1]), limit[1])


def is_over(request: HttpRequest, what: str, limit: tuple[int, int]) -> bool:
    """Whether the limit is reached, without counting."""
    return cache.get(_name(client_address(request), what, limit[1]), 0) >= limit[0]


def _name(whose: str, what: str, seconds: int) -> str:
    window = int(clock.monotonic()) // seconds  # a clock that jumps locks nobody out and lets nobody in
    return f"throttle:{what}:{crypto.ring().hash(whose, 'sign-up address')}:{window}"


def _number(name: str, seconds: int) -> int:
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name)
    except ValueError:  # dropped between the two calls: begin again
        return 1
