"""A campaign's figures as they stand now, counted in SQL. The snapshot counts the same from its frozen rows
(`metrics`), and a property test holds the two together.

Of several reports of one event the largest number counts, an exact one before an equal 约 one: both are told by one sum,
twice the number and one more where it is exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, OuterRef, Q, QuerySet, Sum, Value, When, Window
from django.db.models.expressions import Exists, Expression
from django.db.models.functions import Cast, Concat, Mod, RowNumber

from jinguo.campaigns.models import Campaign
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.obligation import AskKind
from jinguo.campaigns.queries.circulation import DONE, sign_tally
from jinguo.campaigns.queries.counting import counted
from jinguo.reports.likeness import overlap, shingles
from jinguo.reports.metrics import CLAIMED, CONFIRMED, DEDUPLICATED, NUMBERS, Figure
from jinguo.reports.metrics import Value as Told
from jinguo.reports.models import Apart, Return
from jinguo.reports.queries.rates import Rates, Ratio

WAYS = (CLAIMED, DEDUPLICATED, CONFIRMED)
NAMES = {"activities": ("活动", "场"), **NUMBERS}
A_YEAR = (timedelta(days=240), timedelta(days=490))  # between two issues of one year's work and the next
LIKE = 0.3  # of the pieces of two titles, years taken off


def counted_returns(campaign: Campaign) -> "QuerySet[Return]":
    """The standing returns figures count: of the open-ended ask, where there is one; a closing summary counts nothing twice."""
    rows = Return.objects.standing().filter(campaign=campaign).exclude(current=None)
    if campaign.asks.filter(kind=AskKind.EACH_ACTIVITY).exists():
        rows = rows.filter(obligation__ask__kind=AskKind.EACH_ACTIVITY)
    return rows


def with_event(rows: "QuerySet[Return]", which: str) -> Any:
    """Annotate `event_key`: what reports of one event share (`metrics.event_key`), by their claimed or accepted version."""
    apart = Exists(Apart.objects.filter(second=OuterRef("pk")))
    key = Case(
        When(joint__isnull=False, then=_text("joint:", "joint_id")),
        When(~Q(**{f"{which}__event": ""}) & ~apart, then=F(f"{which}__event")),
        default=_text("return:", "pk"),
        output_field=CharField(),
    )
    return rows.annotate(event_key=key)


def _text(lead: str, column: str) -> Expression:
    return Concat(Value(lead), Cast(column, CharField()), output_field=CharField())


def figures_of(campaign: Campaign) -> list[Figure]:
    """Every number said three ways. `rows` stay empty: a page opens them by `rows_of`."""
    rows = counted_returns(campaign)
    claimed = _sums(rows, "current", once=False)
    once = _sums(rows, "current", once=True)
    confirmed = _sums(rows.exclude(accepted=None), "accepted", once=True)
    return [
        Figure(code, name, unit, claimed[code], once[code], confirmed[code], ()) for code, (name, unit) in NAMES.items()
    ]


def _sums(rows: Any, which: str, *, once: bool) -> dict[str, Told]:
    """Each number added up, over reports as they stand or over events."""
    scores = {f"n_{name}": _score(which, name) for name in NUMBERS}
    if once:
        grouped = with_event(rows, which).order_by().values("event_key")
        grouped = grouped.annotate(**{name: Max(score) for name, score in scores.items()}, one=Count("pk"))
    else:
        grouped = rows.order_by().annotate(**scores, one=Value(1))
    asked: dict[str, Any] = {"all": Count("one")}
    for name in scores:
        asked |= {f"{name}_sum": Sum(name), f"{name}_exact": Sum(Mod(name, 2)), f"{name}_told": Count(name)}
    found = grouped.aggregate(**asked)
    told = {"activities": Told(found["all"], found["all"])}
    for name in NUMBERS:
        total, exact, many = (found[f"n_{name}_{part}"] or 0 for part in ("sum", "exact", "told"))
        told[name] = Told((int(total) - int(exact)) // 2, many, int(exact) < many) if many else Told(None)
    return told


def _score(which: str, name: str) -> Any:
    about = f"{which}__{name}_about"
    if name == "deeds":
        return F(f"{which}__deeds") * 2 + 1
    return F(f"{which}__{name}") * 2 + Case(When(**{about: True}, then=Value(0)), default=Value(1))


def rows_of(campaign: Campaign, metric: str, way: str) -> Any:
    """The returns behind one figure, event after event, the one whose number counts first in each.

    Annotates `event_key`, `number`, `about` and `rank` (1: it counts). Returns that do not tell the number are left out.
    """
    which = "accepted" if way == CONFIRMED else "current"
    rows = with_event(counted_returns(campaign), which)
    if way == CONFIRMED:
        rows = rows.exclude(accepted=None)
    if metric == "activities":
        rows = rows.annotate(number=Value(1), score=Value(1), about=Value(False))
    else:
        said = {"about": Value(False) if metric == "deeds" else F(f"{which}__{metric}_about")}
        rows = rows.exclude(**{f"{which}__{metric}": None})
        rows = rows.annotate(number=F(f"{which}__{metric}"), score=_score(which, metric), **said)
    by = [F("event_key")] if way != CLAIMED else [F("pk")]
    rank = Window(RowNumber(), partition_by=by, order_by=[F("score").desc(), F("pk").asc()])
    rows = rows.annotate(rank=rank).select_related("unit", which, "obligation__ask")
    return rows.order_by("unit__path", "pk") if way == CLAIMED else rows.order_by("event_key", "rank")


# Rates ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Now:
    """The rates of reference/reporting §7 at a moment, all asks together. `raw`: timeliness by the due instants first frozen,
    as if nobody had been given more time; `signed`: signed for, of those the notice went to."""

    rates: Rates
    raw: Ratio
    signed: Ratio


def rates_now(campaign: Campaign, moment: datetime) -> Now:
    """Numerators and denominators summed over the asks, never averaged."""
    whole = done = dated = timely = raw = zero = done_dated = 0
    for facts, n in counted(campaign, moment).facts():
        if facts.state in ("exempt", "closed"):
            continue
        whole += n
        done += n * (facts.state in DONE)
        zero += n * (facts.state == "zero")
        dated += n * facts.dated
        done_dated += n * (facts.dated and facts.state in DONE)
        timely += n * facts.on_time
        raw += n * facts.on_time_raw
    signing = sign_tally(campaign)
    return Now(
        Rates(Ratio(done, whole), Ratio(timely, dated), Ratio(timely, done_dated), Ratio(zero, whole)),
        Ratio(raw, dated),
        Ratio(signing.done, signing.total),
    )


# Year on year ---------------------------------------------------------------------------------------------------------


def earlier_campaigns(campaign: Campaign) -> list[Campaign]:
    """What this campaign may be compared with: what the same office issued before it, the newest first."""
    if campaign.issued_at is None:
        return []
    rows = Campaign.objects.filter(office=campaign.office, issued_at__lt=campaign.issued_at, passes_on=None)
    return list(rows.exclude(state=CampaignState.DRAFT).order_by("-issued_at")[:40])


def same_last_year(campaign: Campaign, earlier: Iterable[Campaign]) -> Campaign | None:
    """The one about the same work a year before: issued about a year earlier under the title that is most alike."""
    least, most = A_YEAR
    mine = shingles(_yearless(campaign.title), 2)
    fitting = [
        (overlap(mine, shingles(_yearless(one.title), 2)), one)
        for one in earlier
        if campaign.issued_at and one.issued_at and least <= campaign.issued_at - one.issued_at <= most
    ]
    best = max(fitting, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= LIKE else None


def _yearless(title: str) -> str:
    return "".join(sign for sign in title if not sign.isdigit())


@dataclass(frozen=True)
class Change:
    """A number against the same one a year before. `percent` "" where there is nothing to divide by."""

    before: Told
    by: int
    percent: str


def change_of(now: Told, before: Told) -> Change | None:
    """What changed; None where either year did not tell the number: what was not reported is not nothing."""
    if now.number is None or before.number is None:
        return None
    by = now.number - before.number
    return Change(before, by, f"{by / before.number * 100:+.1f}%" if before.number else "")
