"""What every page's shell shows around its content. Nothing is asked of the database until a template wants it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.campaigns.models import Circulation
from jinguo.federation import policy
from jinguo.federation.models import Link, Office
from jinguo.federation.models.link import Purpose
from jinguo.federation.queries import office_of
from jinguo.lib.capped import shown
from jinguo.mails.queries.tray import case_piles, waiting
from jinguo.workspace import links, queries

Group = dict[str, Any]
THUMB = 5  # places in the bar at the bottom of a phone


@dataclass(frozen=True)
class Place:
    """One line of the navigation: shown to those whose posts allow `act` somewhere, or on units standing `where` to
    their own; `bottom` places it on phones; `waits` gives the rows whose number stands beside it: of several, their sum."""

    label: str
    icon: str
    url: str
    act: str
    bottom: str = ""
    waits: Callable[[Any], Sequence[Any]] | None = None
    where: policy.Relation | None = None

    def is_open_to(self, user: Any) -> bool:
        """Do the user's posts allow the act, there or anywhere?"""
        if self.where is None:
            return policy.may_anywhere(user, self.act)
        thing, action = self.act.split(".")
        return any((role, str(self.where), thing, action) in policy.cells() for role, _path in policy.positions(user))


def _to_review(user: Any) -> Sequence[Any]:
    return [queries.returns_to_review(user)]


def _places() -> list[tuple[str, list[Place]]]:
    home, board = reverse("workspace:today"), reverse("workspace:boards")
    outbox, tray = reverse("messages:outbox"), reverse("reports:tray")
    return [
        (_("今天"), [Place(_("今日待办"), "home", home, "desk.view", _("今日"))]),
        (
            _("工作"),
            [
                Place(
                    _("通知"),
                    "doc",
                    links.notices(),
                    "notice.list",
                    _("通知"),
                    lambda user: [queries.notices_to_confirm(user)],
                ),
                Place(_("督办看板"), "board", board, "campaign.list", _("看板")),
                Place(_("报送"), "inbox", tray, "return.list", _("报送"), _to_review, policy.Relation.CHILD),
                Place(_("来信"), "mail", reverse("mails:tray"), "mail.list", "", lambda user: [waiting(user)]),
                Place(_("求助来信"), "shield", reverse("mails:cases"), "case_mail.list", "", case_piles),
                Place(_("本单位报送"), "send", links.reports(None), "return.create", _("报送")),
                Place(_("汇总"), "sum", links.summaries(), "summary.list", _("汇总")),
                Place(_("发信箱"), "send", outbox, "message.list"),
            ],
        ),
        (
            _("活动与人"),
            [
                Place(_("活动"), "calendar", reverse("activities:list"), "activity.list"),
                Place(_("服务点"), "heart", reverse("stations:list"), "station.list"),
                Place(_("单位"), "people", reverse("federation:units"), "unit.list"),
                Place(_("账号"), "shield", reverse("federation:users"), "user.list"),
                Place(_("本单位设置"), "edit", reverse("federation:office"), "office.view"),
            ],
        ),
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation of the workspace for signed-in staff; who sent the link behind one; else brand of the public site."""
    link = getattr(request, "link", None)
    if link is not None:
        return _behind(link, request) if link.purpose == Purpose.UNIT else {}
    if getattr(request, "resolver_match", None) is None:
        return {}
    if request.path.startswith("/desk/") and request.user.is_authenticated:
        return _desk(request)
    return {"brand": cache(lambda: _public_brand(request))}


def _sender(office: Office | None) -> dict[str, str]:
    return {"name": office.unit.name, "tagline": office.department} if office else {}


def _behind(link: Link, request: HttpRequest) -> dict[str, Any]:
    """Who sent the notice, whom to ask, and the way back to it; a page that knows better says so itself."""
    notice = reverse("workspace:link", kwargs={"link": link.secret})
    office = cache(lambda: _sending_office(link))
    return {
        "brand": cache(lambda: _sender(office())),
        "contact_phone": cache(lambda: getattr(office(), "phone", "")),
        "crumbs": [] if request.path == notice else [{"label": _("通知"), "url": notice}],
    }


def _sending_office(link: Link) -> Office | None:
    """The office whose notice the link was made for: a county that issues notices itself is still answered by the city."""
    copies = Circulation.objects.filter(code=link.object_code).select_related("campaign__office__unit")
    copy = copies.first() if link.object_kind == "circulation" else None
    return copy.campaign.office if copy else office_of(link.unit)


def _public_brand(request: HttpRequest) -> dict[str, str]:
    try:
        office = queries.office_shown(request.get_host())
    except DatabaseError:
        return {}  # the page that says the database is away must not need it
    return {"name": office.brand or _("巾帼"), "tagline": office.unit.name} if office else {}


def _desk(request: HttpRequest) -> dict[str, Any]:
    user = request.user
    posts = cache(lambda: policy.held_posts(user))
    groups = cache(lambda: _groups(request))
    phone = cache(lambda: _on_phones(groups()))
    return {
        "nav": groups,
        "bottom_nav": lambda: phone()[0],
        "more_nav": lambda: phone()[1],
        "home_url": reverse("workspace:today"),
        "search_url": reverse("workspace:search"),
        "brand": cache(lambda: {"name": _("巾帼"), "tagline": _tagline(posts())}),
        "post_line": cache(lambda: " · ".join(_post_words(post) for post in posts()[:2])),
        "post_links": [
            {"url": reverse("federation:account"), "label": _("我的账号")},
            {"url": reverse("federation:sign_out"), "label": _("退出"), "post": True},
        ],
    }


def _groups(request: HttpRequest) -> list[Group]:
    """The groups this user has anything in, with counts and the current place marked."""
    open_now = [(title, [place for place in places if place.is_open_to(request.user)]) for title, places in _places()]
    counts = _counts(request.user, [place for _title, places in open_now for place in places])
    return [
        {"title": title, "items": [_item(request, place, counts.get(place.url, 0)) for place in places]}
        for title, places in open_now
        if places
    ]


def _counts(user: Any, places: list[Place]) -> dict[str, int]:
    """Address of a place → the number beside it, all of them in one query."""
    piles = [(place.url, rows) for place in places if place.waits for rows in place.waits(user)]
    found: dict[str, int] = {}
    for (url, _rows), number in zip(piles, queries.how_many(user, [rows for _url, rows in piles]), strict=True):
        found[url] = found.get(url, 0) + number
    return found


def _item(request: HttpRequest, place: Place, count: int) -> dict[str, Any]:
    is_home = place.url == reverse("workspace:today")
    here = request.path == place.url if is_home else request.path.startswith(place.url)
    return {
        "label": place.label,
        "short": place.bottom,
        "icon": place.icon,
        "url": place.url,
        "current": here,
        "count": shown(count),
    }


def _on_phones(groups: list[Group]) -> tuple[list[Group], list[Group]]:
    """At most five places for the thumb, and those beyond them. Where there are any, the fifth leads to them: they stand at
    the end of every page, so that no script is needed and nothing is out of reach."""
    items = [item for group in groups for item in group["items"]]
    if len(items) <= THUMB:
        return [{**item, "label": item["short"] or item["label"]} for item in items], []
    thumb = [{**item, "label": item["short"]} for item in items if item["short"]][: THUMB - 1]
    taken = {item["url"] for item in thumb}
    beyond = [item for item in items if item["url"] not in taken]
    more = {
        "label": _("更多"), "icon": "more", "url": "#more",
        "current": any(item["current"] for item in beyond), "count": next((item["count"] for item in beyond if item["count"]), ""),
    }  # fmt: skip
    return [*thumb, more], beyond


def _tagline(posts: list[Any]) -> str:
    return _("%(unit)s工作台") % {"unit": posts[0].unit} if posts else _("工作台")


def _post_words(post: Any) -> str:
    return f"{post.unit} {post.get_role_display()}"
