"""The gate every request passes: each view declares its door; the table decides who may go through.

    @door("notice.view")                     a signed-in user whose roles allow it somewhere
    @door("activity.view", to=VISITOR)       anybody
    @door("circulation.sign", to=UNIT_LINK)  the holder of a live unit link: its path has <str:link>, the view gets the `Link`

One view may stand at two doors: `path("desk/…", door(…)(view))` and `path("l/<str:link>/…", door(…, to=UNIT_LINK)(view))`.

Which row it may be is decided inside, by `visible_to` (404) and the room's rules (403).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.actions.links import open_link
from jinguo.lib.errors import Problem, Refused
from jinguo.ui.answers import problem_response

STAFF = "staff"


def door(act: str, *, to: str = STAFF) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Declare what a view does, in the table's words, and to whom it is open."""
    thing, action = act.split(".")
    if action not in policy.OBJECTS.get(thing, ()):
        raise ImproperlyConfigured(f"{act} is not in the policy's objects")

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def doorway(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        doorway.door = (act, to)  # type: ignore[attr-defined]
        return doorway

    return mark


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there back. What was pressed after the session ended was not done: it says so, and leads
    back to the page the button stood on, for the button's own address cannot be opened."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    stood_on, host = request.headers.get("Referer", ""), {request.get_host()}
    here = url_has_allowed_host_and_scheme(stood_on, host, require_https=request.is_secure())
    page = urlsplit(stood_on)
    back = (page.path + (f"?{page.query}" if page.query else "")) if here else reverse("workspace:today")
    answer = redirect_to_login(back)
    answer["Location"] += "&undone=1"
    return answer


class Visitor:
    """Anybody without a post or a link."""

    actor_code = "visitor"


def actor_of(request: HttpRequest) -> Any:
    """Who acts in this request: the link it came by, the signed-in user, or a visitor."""
    link = getattr(request, "link", None)
    if link is not None:
        return link
    return request.user if request.user.is_authenticated else Visitor()


class Gate:
    """Middleware: no view without a door, no door opened to the wrong hand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        declared = getattr(view, "door", None)
        if declared is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} has no @door")
        try:
            return self.pass_through(request, declared, kwargs)
        except Problem as problem:
            return problem_response(request, problem)

    def pass_through(
        self, request: HttpRequest, declared: tuple[str, str], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None to let the request in, a redirect to the sign-in page, or a `Problem` raised."""
        act, to = declared
        if to == policy.VISITOR:
            return None
        if to in policy.OUTSIDERS:
            request.link = open_link(kwargs.pop("link"), to)
            kwargs["link"] = request.link
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if not policy.may_anywhere(request.user, act):
            raise Refused(_("您的岗位不能办这件事。需要的话，请系统管理员核对您的岗位。"))
        return None
