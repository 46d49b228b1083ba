"""The read API, version 1: public activities for other sites to show. Described by OpenAPI at /api/v1/openapi.json.

What stands here stays: fields are added, never renamed or taken away. No name or phone number of a person is in it, and of
a session in a home no more than the village (see `Activity.home_address`).
"""

from datetime import date, datetime
from enum import StrEnum
from re import fullmatch
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, NinjaAPI, Path, Query, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import BeforeValidator

from jinguo.activities.models import Activity, SeatPool, Session, kinds
from jinguo.activities.models import activity as record
from jinguo.activities.queries import site
from jinguo.activities.ways import area_name, public_address
from jinguo.federation.models import Office
from jinguo.lib.errors import NotThere
from jinguo.portal import queries
from jinguo.portal.views.home import office_or_word

PAGE = 50
api = NinjaAPI(
    title="Jinguo: public activities", version="1.0.0", urls_namespace="portal:api-1", docs_url=None,
    description="What a federation and the units below it announce to the public. Read only. Instants are ISO 8601 with "
    "their offset; a code is opaque and stays. Answers carry an ETag: ask again with If-None-Match.",
)  # fmt: skip
Kind = StrEnum("Kind", [(value, value) for value in kinds.Kind.values])  # type: ignore[misc]
Audience = StrEnum("Audience", [(value, value) for value in record.Audience.values])  # type: ignore[misc]
Code = Annotated[str, Field(max_length=12, pattern="^[0-9a-z]+$", description="opaque, stays the same")]


def _iso(text: object) -> object:
    """Only 2026-03-08 is a day; the library would take 0 for one of 1970."""
    if isinstance(text, str) and not fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError("a day is written like 2026-03-08 / 日期写成 2026-03-08")
    return text


Day = Annotated[date, BeforeValidator(_iso)]


class Word(Schema):
    """A value and what it is called in the language asked for (Accept-Language: zh-Hans or en)."""

    code: str
    name: str


class Problem(Schema):
    """What happened and what to do next."""

    detail: str


class Sitting(Schema):
    """One session."""

    code: str
    starts_at: datetime
    ends_at: datetime
    walk_in: bool = Field(description="come as you are, no sign-up")
    seats: int | None = Field(description="seats anybody may sign up for; null: no sign-up")
    free: int | None = Field(description="of them free, nobody waiting; a few seconds old")


class Event(Schema):
    """An activity; one that several units hold together is one activity."""

    code: str
    url: str = Field(description="its public page, where people sign up")
    title: str
    kind: Word
    subkind: Word | None = Field(description="what exactly, where the kind does not say it all")
    state: str = Field(description="published, done or cancelled")
    host: Word
    cohosts: list[str]
    area: Word | None = Field(description="the county it takes place in; null: in the whole city, or online")
    place: str
    address: str
    directions: str = Field(description="how to get there")
    access: str = Field(description="what helps people who walk, hear or see with difficulty")
    online: bool
    audiences: list[Word]
    cost: str = Field(description="empty: free")
    bring: str
    text: str
    sessions: list[Sitting]


class Page(Schema):
    """Activities with a session in the span asked for, the soonest first."""

    items: list[Event]
    page: int
    more: bool


class Wanted(Schema):
    """What narrows the list; nothing given asks for everything from today on."""

    area: Code | None = None
    kind: Kind | None = None
    audience: Audience | None = None
    first: Day | None = Field(None, description="first day, Asia/Shanghai; today when not given")
    last: Day | None = Field(None, description="last day, included")
    page: int = Field(1, ge=1, le=9999)


REFUSED: dict[int, Any] = {404: Problem, 422: Problem}


@api.get("/activities", response={200: Page, **REFUSED}, summary="Activities by day")
def activities(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """Public activities of the federation whose site this host is, and of the units below it."""
    if wanted.first and wanted.last and wanted.last < wanted.first:
        raise HttpError(422, "last lies before first / 截止日早于开始日")
    found = queries.activities_between(
        _office(request), first=wanted.first, last=wanted.last, area=wanted.area or "",
        kind=str(wanted.kind or ""), audience=str(wanted.audience or ""),
    )  # fmt: skip
    start = (wanted.page - 1) * PAGE
    rows = list(found[start : start + PAGE + 1])
    return {"items": [_event(request, row) for row in rows[:PAGE]], "page": wanted.page, "more": len(rows) > PAGE}


@api.get("/activities/{activity}", response={200: Event, **REFUSED}, summary="One activity")
def one_activity(request: HttpRequest, activity: Path[Code]) -> dict[str, Any]:
    """An activity by its code, as long as it is public: also one that is over or cancelled."""
    row = queries.for_api(_office(request)).filter(code=activity).first()
    if row is None:
        raise HttpError(404, "no such public activity / 没有这场公开的活动")
    return _event(request, row)


@api.get("/areas", response={200: list[Word], 404: Problem}, summary="Counties")
def areas(request: HttpRequest) -> list[dict[str, str]]:
    """What `area` may be."""
    return [{"code": unit.code, "name": area_name(unit)} for unit in site.site_areas(_office(request))]


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, problem: ValidationError) -> Any:
    """Say which parameter, in one sentence."""
    said = "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in problem.errors)
    return api.create_response(request, {"detail": said}, status=422)


def _office(request: HttpRequest) -> Office:
    try:
        return office_or_word(request)
    except NotThere as problem:
        raise HttpError(404, str(problem.sentence)) from problem


def _event(request: HttpRequest, row: Activity) -> dict[str, Any]:
    return {
        "code": row.code,
        "url": public_address(request, row),
        "title": row.title,
        "kind": {"code": row.kind, "name": row.get_kind_display()},
        "subkind": {"code": row.subkind, "name": row.get_subkind_display()} if row.subkind else None,
        "state": row.state,
        "host": {"code": row.unit.code, "name": row.unit.name},
        "cohosts": [cohost.name for cohost in row.cohosts.all()],
        "area": {"code": row.area.code, "name": area_name(row.area)} if row.area else None,
        "place": row.place,
        "address": "" if row.venue == record.Venue.FAMILY else row.address,
        "directions": "" if row.venue == record.Venue.FAMILY else row.directions,
        "access": row.access,
        "online": bool(row.online_url) or row.venue == record.Venue.WEBSITE,
        "audiences": [{"code": each.audience, "name": each.get_audience_display()} for each in row.audiences.all()],
        "cost": row.cost,
        "bring": row.bring,
        "text": row.summary,
        "sessions": [_sitting(session, session.pools.all()) for session in row.sessions.all()],
    }


def _sitting(session: Session, pools: "list[SeatPool]") -> dict[str, Any]:
    open_to_all = [] if session.walk_in else list(pools)
    return {
        "code": session.code,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "walk_in": session.walk_in,
        "seats": sum(pool.capacity for pool in open_to_all) if open_to_all else None,
        "free": sum(pool.free for pool in open_to_all if not pool.waiting) if open_to_all else None,
    }
