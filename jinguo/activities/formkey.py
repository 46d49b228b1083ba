"""The key in the public sign-up form, in place of Django's CSRF token.

Django's token protects what a session may do, and needs a cookie. A visitor has neither session nor cookie: nothing she
holds could be abused by another site, and the page must be the same bytes for everybody so that it can be kept for some
seconds and answered with 304. So the form carries a keyed, dated key for its activity (nobody posts blindly or for ever),
and the view refuses posts that the browser itself says come from another site (Sec-Fetch-Site, Origin).
"""

import hmac
from datetime import timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jinguo.lib import clock, crypto
from jinguo.lib.errors import Refused

STEP = timedelta(hours=1)  # the key is the same for an hour, so that the page stays the same bytes
GOOD_FOR = 12  # hours


def make_key(activity: str) -> str:
    """The key for one activity's form, made now."""
    return _key(activity, _hour())


def is_good(key: str, activity: str) -> bool:
    """Whether this key was made for this activity within the last twelve hours."""
    stamp, _dot, _rest = key.partition(".")
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 8:
        return False
    hour = int(stamp)
    return 0 <= _hour() - hour < GOOD_FOR and hmac.compare_digest(_key(activity, hour).encode(), key.encode())


def refuse_other_sites(request: HttpRequest) -> None:
    """Stop a POST that another site's page has sent.

    Raises:
        Refused: with what to do instead.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "null")
    foreign = origin != "null" and urlsplit(origin).netloc != request.get_host()
    if site in {"cross-site", "same-site"} or foreign:
        raise Refused(_("这次报名是从别的网站送来的，没有收下。请打开活动页，再点一次报名。"))


def _hour() -> int:
    return int(clock.now().timestamp() // STEP.total_seconds())


def _key(activity: str, hour: int) -> str:
    return f"{hour}.{crypto.ring().hash(f'{activity}.{hour}', 'sign-up form')[:32]}"
