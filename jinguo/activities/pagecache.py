"""Public pages kept for some seconds in this process's memory, and answered with 304 to who has them already.

Only for visitors: who carries a session cookie always gets a fresh page. The bytes kept depend on the address, the
language, the theme and the size of the type, and on nothing else; so a page that is kept must not read cookies or carry a token.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from jinguo.lib import clock

LONGEST = 300  # characters of an address worth keeping
View = Callable[..., HttpResponse]


def kept(seconds: int, parameters: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Keep a public view's page for some seconds. Addresses with other parameters than these are made fresh each time."""

    def around(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _may_keep(request, parameters):
                return view(request, *args, **kwargs)
            name = _name(request)
            found = cache.get(name)
            if found is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200:
                    return response
                found = (bytes(response.content), response["Content-Type"], int(clock.now().timestamp()))
                cache.set(name, found, seconds)
            return _conditional(request, *found)

        return answer

    return around


def _may_keep(request: HttpRequest, parameters: tuple[str, ...]) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and set(request.GET) <= set(parameters)
        and len(request.get_full_path()) <= LONGEST
    )


def _name(request: HttpRequest) -> str:
    what = [
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        get_language() or "",
        request.COOKIES.get("theme", ""),
        request.COOKIES.get("type", ""),
    ]
    return "page:" + hashlib.sha256("\0".join(what).encode()).hexdigest()


def _conditional(request: HttpRequest, content: bytes, content_type: str, made_at: int) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = f'W/"{hashlib.sha256(content).hexdigest()[:24]}"'
    response["Last-Modified"] = http_date(made_at)
    response["Cache-Control"] = "no-cache"  # may be kept, but asks each time: seats change
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return get_conditional_response(request, etag=response["ETag"], last_modified=made_at, response=response)
