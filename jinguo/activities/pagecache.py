"""Public pages kept for some seconds in this process's memory, and answered with 304 to who has them already.

Only for visitors: who carries a session cookie always gets a fresh page. The bytes kept depend on the address, the
language, the theme and the size of the type, and on nothing else; so a page that is kept must not read cookies or carry a token.
And since it holds no secret it may be packed: nothing can be guessed from how long it is.

When a copy grows old in a rush, one request makes the page anew; the others are shown the old copy for that moment.
While a copy is fresh, `AtTheDoor` answers with it before sessions, languages and addresses are looked at.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from jinguo.lib import clock

LONGEST = 300  # characters of an address, or of what a browser says of its languages, worth keeping
WORTH = 1000  # bytes: less is not worth packing
PATIENCE = 10  # seconds an old copy is shown at most while one request makes the page anew
View = Callable[..., HttpResponse]


def kept(seconds: int, parameters: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Keep a public view's page for some seconds. Addresses with other parameters than these are made fresh each time."""

    def around(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _may_keep(request, parameters):
                return view(request, *args, **kwargs)
            name = _name(request)
            page: Page | None = cache.get(name)
            if page is None or (page.is_old() and cache.add(f"{name}:making", 1, PATIENCE)):
                made = _made(name, seconds, lambda: view(request, *args, **kwargs))
                if isinstance(made, HttpResponse):
                    return made
                page = made
            return _conditional(request, page)

        return answer

    return around


def _made(name: str, seconds: int, make: Callable[[], HttpResponse]) -> "Page | HttpResponse":
    """The page made now and kept. What is not for keeping (it was taken down, or failed) takes the old copy away."""
    page = None
    try:
        response = make()
        if response.status_code != 200:
            return response
        page = Page.of(response, seconds)
        return page
    finally:
        if page is None:
            cache.delete(name)
        else:
            cache.set(name, page, seconds + PATIENCE)
        cache.delete(f"{name}:making")


@dataclass(frozen=True)
class Page:
    """The bytes of a page, and until when they are fresh (by this process's monotonic clock)."""

    content: bytes
    packed: bytes
    content_type: str
    language: str
    etag: str
    made_at: int
    fresh_until: float

    @classmethod
    def of(cls, response: HttpResponse, seconds: int) -> "Page":
        content = bytes(response.content)
        packed = gzip.compress(content, 6, mtime=0) if len(content) > WORTH else content
        etag = f'W/"{hashlib.sha256(content).hexdigest()[:24]}"'
        made_at, fresh_until = int(clock.now().timestamp()), clock.monotonic() + seconds
        return cls(content, packed, response["Content-Type"], get_language() or "", etag, made_at, fresh_until)

    def is_old(self) -> bool:
        """Whether it is to be made anew; until it is, this one is still shown."""
        return clock.monotonic() >= self.fresh_until


class AtTheDoor:
    """Middleware, before sessions and languages: a visitor who asks for what was just shown gets it at once.

    By what the browser sent, letter by letter; how the languages it names are understood was settled by the page inside.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = _as_sent(request)
        page: Page | None = cache.get(name) if name else None
        if page is not None and not page.is_old():
            return _conditional(request, page)
        response = self.get_response(request)
        shown: Page | None = getattr(response, "kept_page", None)
        if name and shown is not None and not shown.is_old():
            cache.set(name, shown, PATIENCE)
        return response


def _as_sent(request: HttpRequest) -> str:
    """Everything that decides which page is meant, as it came; "" where a page is never kept."""
    sent = request.META
    cookies, languages = sent.get("HTTP_COOKIE", ""), sent.get("HTTP_ACCEPT_LANGUAGE", "")
    if request.method not in {"GET", "HEAD"} or f"{settings.SESSION_COOKIE_NAME}=" in cookies:
        return ""
    address = request.get_full_path()
    if max(len(address), len(languages), len(cookies)) > LONGEST:
        return ""
    what = [request.scheme or "", sent.get("HTTP_HOST", ""), sent.get("HTTP_X_FORWARDED_HOST", ""), address]
    return "sent:" + hashlib.sha256("\0".join([*what, cookies, languages]).encode("utf-8", "replace")).hexdigest()


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


def _conditional(request: HttpRequest, page: Page) -> HttpResponse:
    packed = len(page.packed) < len(page.content) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(page.packed if packed else page.content, content_type=page.content_type)
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    response["Content-Language"] = page.language
    response["ETag"] = page.etag
    response["Last-Modified"] = http_date(page.made_at)
    response["Cache-Control"] = "no-cache"  # may be kept, but asks each time: seats change
    patch_vary_headers(response, ["Cookie", "Accept-Language", "Accept-Encoding"])
    answer: Any = get_conditional_response(request, etag=page.etag, last_modified=page.made_at, response=response)
    answer.kept_page = page
    return cast(HttpResponse, answer)
