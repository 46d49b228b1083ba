"""A unit's own obligations and returns, and what a sheet is compared with before it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Min, Prefetch, Q, QuerySet, When

from jinguo.activities.models import Activity
from jinguo.activities.models.activity import ActivityState
from jinguo.campaigns.models import Campaign, Clause, Obligation
from jinguo.campaigns.models.campaign import CampaignState, ClauseKind
from jinguo.campaigns.models.obligation import AskKind, ObligationState
from jinguo.federation import policy
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.reports.checks import Background
from jinguo.reports.models import Return, ReturnClause, ReturnPhoto, ReturnVersion
from jinguo.reports.models.returned import FormKind, ReturnState
from jinguo.reports.sheet import FIELDS, LABELS, SIGNERS, Field

PAGE = 30
ANSWERABLE = (ClauseKind.LINE, ClauseKind.MEASURE, ClauseKind.OWN_EVENT)


def with_contents(rows: "QuerySet[Return]") -> "QuerySet[Return]":
    """Returns with all a page about one of them shows."""
    versions = ReturnVersion.objects.prefetch_related(
        Prefetch("clause_links", ReturnClause.objects.select_related("clause").order_by("clause__position")),
        Prefetch("photo_links", ReturnPhoto.objects.select_related("photo")),
        "notes",
    ).order_by("-number")
    return rows.select_related(
        "unit", "obligation__unit", "obligation__ask__campaign__office__unit", "campaign__office__unit", "activity",
        "current", "accepted", "joint", "merged_into__current", "merged_into__unit",
    ).prefetch_related(Prefetch("versions", versions))  # fmt: skip


def page_of_returns(actor: object, page: str) -> "Page[Return]":
    """My reports, for ever: what must be mended first, then drafts, then the newest sent."""
    rows = Return.objects.own_of(actor).select_related("current", "obligation__ask", "campaign", "unit")
    gone = (ReturnState.DRAFT, ReturnState.WITHDRAWN)  # a unit's page is read by many
    rows = rows.exclude(state__in=gone, current__held__isnull=False)
    first = Case(When(state=ReturnState.SENT_BACK, then=0), When(state=ReturnState.DRAFT, then=1), default=2)
    rows = rows.prefetch_related("current__notes").order_by(first, "-sent_at", "-pk")
    return Paginator(rows, PAGE).get_page(page)


@dataclass(frozen=True)
class Duty:
    """One thing the unit is asked, with its state now."""

    obligation: Obligation
    state: ObligationState
    due: datetime | None


def duties_of(actor: object, campaign: Campaign | None) -> list[Duty]:
    """What the actor's units are asked: of one campaign, or of every campaign not ended."""
    now, rows = clock.now(), obligations_of(actor, campaign)
    if campaign is None:
        rows = rows.filter(ask__campaign__state=CampaignState.ISSUED)
    return [Duty(row, row.state_at(now), row.extended_to or row.due_at) for row in rows[:PAGE]]


def own_activities(actor: object) -> "QuerySet[Activity]":
    """The activities of the actor's own unit that may be reported: neither drafts nor cancelled."""
    rows = Activity.objects.visible_to(actor).filter(policy.sight(actor, "return.create"))
    return rows.exclude(state__in=[ActivityState.DRAFT, ActivityState.CANCELLED])


def unreported(actor: object, campaign: Campaign | None) -> list[Activity]:
    """Own activities that have begun and that nobody has reported yet."""
    begun = own_activities(actor).filter(sessions__starts_at__lte=clock.now(), given=None).exclude(campaign=None)
    begun = begun.filter(campaign=campaign) if campaign else begun
    return list(begun.annotate(first=Min("sessions__starts_at")).order_by("-first")[:PAGE])


def last_signers(unit: Unit) -> dict[str, str]:
    """Who reported, by which telephone, signed off by whom, the last time: filled in for her."""
    last = ReturnVersion.objects.filter(given__unit=unit).exclude(sent_at=None).order_by("-sent_at").first()
    return {name: getattr(last, name) for name in SIGNERS} if last else {}


def obligations_of(actor: object, campaign: Campaign | None = None) -> "QuerySet[Obligation]":
    """What the actor's own units are asked, in the order the notices went out."""
    rows = Obligation.objects.visible_to(actor).filter(
        ask__campaign__state__in=[CampaignState.ISSUED, CampaignState.CLOSED]
    )
    rows = rows.filter(ask__campaign=campaign) if campaign else rows
    return rows.select_related("unit", "ask__campaign__office__unit").order_by("-ask__campaign__issued_at", "ask_id")


def obligation_for(activity: Activity, actor: object, campaign: Campaign | None) -> Obligation | None:
    """The obligation an activity is reported under: of its own campaign, 每次活动 before any other."""
    of = activity.campaign or campaign
    if of is None:
        return None
    rows = list(obligations_of(actor, of).filter(unit=activity.unit))
    return min(rows, key=lambda row: (row.ask.kind != AskKind.EACH_ACTIVITY, row.pk), default=None)


def clauses_to_choose(campaign: Campaign, chosen: Iterable[Clause] = ()) -> list[Clause]:
    """The clauses a return may answer: measures, lines that have none, and what is chosen already."""
    rows = list(campaign.clauses.filter(kind__in=ANSWERABLE).order_by("position"))
    followers = [*rows[1:], None]
    already = {clause.pk for clause in chosen}
    return [
        row
        for row, after in zip(rows, followers, strict=True)
        if row.kind == ClauseKind.MEASURE
        or row.pk in already
        or (row.kind == ClauseKind.LINE and (after is None or after.kind != ClauseKind.MEASURE))
    ]


def background_of(obligation: Obligation, values: dict[str, Any], but: Return | None = None) -> Background:
    """What a sheet of this unit is compared with."""
    issued = obligation.ask.campaign.issued_at
    mine = Return.objects.filter(unit=obligation.unit).exclude(pk=but.pk if but else None)
    usual = mine.counted().exclude(accepted__on_site=None).values_list("accepted__on_site", flat=True)
    same = Q(current__title=values.get("title") or "", current__held_on=values.get("held_on"))
    said = bool(values.get("title")) and mine.standing().filter(same, obligation=obligation).exists()
    return Background(clock.today(), clock.local(issued).date() if issued else None, tuple(usual), said)


@dataclass(frozen=True)
class Change:
    """One field that differs between two versions."""

    label: object
    before: str
    after: str


def text_of(version: ReturnVersion, field: Field) -> str:
    """A field of a version as one reads it; "" when it was not reported."""
    return shown(field, getattr(version, field.name), about=bool(field.about and getattr(version, field.about)))


def shown(field: Field, value: Any, *, about: bool = False) -> str:
    """A value as one reads it: 约 and unit with a number, the label of a choice, a day in full."""
    if value is None or value == "":
        return ""
    if field.name == "kind":
        return str(FormKind(value).label)
    if field.is_number:
        return f"{'约 ' if about else ''}{value} {field.unit}"
    if field.name in ("held_on", "ended_on"):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def changes_between(before: ReturnVersion, after: ReturnVersion) -> list[Change]:
    """What the newer version says differently, in the order of the sheet."""
    found = [Change(field.label, text_of(before, field), text_of(after, field)) for field in FIELDS]
    found.append(Change(LABELS["clauses"], clause_text(before), clause_text(after)))
    photos = [str(len(version.photo_links.all())) for version in (before, after)]
    found.append(Change(LABELS["photos"], *photos))
    return [change for change in found if change.before != change.after]


def clause_text(version: ReturnVersion) -> str:
    """The clauses a version answers, in one line."""
    return "、".join(str(link.clause) for link in version.clause_links.all())


def came_by(token: str) -> "QuerySet[Return]":
    """What a form with this token became, sent or held back; nothing while the form has not come."""
    came = ReturnVersion.objects.filter(Q(held__isnull=False) | Q(sent_at__isnull=False), token=token).exclude(token="")
    return Return.objects.filter(versions__in=came)
