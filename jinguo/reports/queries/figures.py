"""A campaign's figures as they stand now, counted in SQL. The snapshot counts the same from its frozen rows
(`metrics`), and a property test holds the two together.

They are added up from `Told`: narrow rows that lie in the order of events, each number twice and one more where it is exact.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, QuerySet, Sum

from jinguo.campaigns.models import Campaign
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.obligation import AskKind
from jinguo.campaigns.queries.circulation import DONE, sign_tally
from jinguo.campaigns.queries.counting import counted
from jinguo.reports.likeness import overlap, shingles
from jinguo.reports.metrics import CLAIMED, CONFIRMED, DEDUPLICATED, NUMBERS, Figure, Value
from jinguo.reports.models import Return, Told
from jinguo.reports.queries.rates import Rates, Ratio

WAYS = (CLAIMED, DEDUPLICATED, CONFIRMED)
NAMES = {"activities": ("活动", "场"), **NUMBERS}
A_YEAR = (timedelta(days=240), timedelta(days=490))  # between two issues of one year's work and the next
NEARLY = 0.7  # for one to be the other's next year
_ROUTINE = re.compile("关于|认真|做好|组织|开展|举办|的?通知")
LIKE = 0.3  # of the pieces of two titles, years taken off


def counted_returns(campaign: Campaign) -> "QuerySet[Return]":
    """The standing returns figures count: of the open-ended ask, where there is one; a closing summary counts nothing twice."""
    rows = Return.objects.standing().filter(campaign=campaign).exclude(current=None)
    if campaign.asks.filter(kind=AskKind.EACH_ACTIVITY).exists():
        rows = rows.filter(obligation__ask__kind=AskKind.EACH_ACTIVITY)
    return rows


def told_of(campaign: Campaign, *, confirmed: bool) -> "QuerySet[Told]":
    """What `counted_returns` tell, as claimed or as confirmed."""
    rows = Told.objects.filter(campaign=campaign, confirmed=confirmed).order_by()
    open_ended = list(campaign.asks.filter(kind=AskKind.EACH_ACTIVITY).values_list("pk", flat=True))
    return rows.filter(ask__in=open_ended) if open_ended else rows


def figures_of(campaign: Campaign) -> list[Figure]:
    """Every number said three ways. `rows` stay empty: a page opens them by `rows_of`."""
    claims, confirms = told_of(campaign, confirmed=False), told_of(campaign, confirmed=True)
    claimed, once, confirmed = _as_said(claims), _once(claims), _once(confirms)
    return [
        Figure(code, name, unit, claimed[code], once[code], confirmed[code], ()) for code, (name, unit) in NAMES.items()
    ]


def value_of(campaign: Campaign, metric: str, way: str) -> Value:
    """One number said one way: a third of the work of all, and less."""
    rows, names = told_of(campaign, confirmed=way == CONFIRMED), [name for name in NUMBERS if name == metric]
    return (_as_said if way == CLAIMED else _once)(rows, names)[metric]


def _as_said(rows: Any, names: Iterable[str] = NUMBERS) -> dict[str, Value]:
    """Each number added up over reports as they stand."""
    return _added(rows, {name: name for name in names})


def _once(rows: Any, names: Iterable[str] = NUMBERS) -> dict[str, Value]:
    """Each number added up over events: the largest of each counts."""
    columns = {name: f"most_{name}" for name in names}
    largest = {column: Max(name) for name, column in columns.items()}
    return _added(rows.values("event").annotate(**largest, one=Count("pk")), columns)


def _added(rows: Any, columns: dict[str, str]) -> dict[str, Value]:
    """How many rows, and the sum of each number told in its column."""
    asked: dict[str, Any] = {"all": Count("event")}
    for name, column in columns.items():
        # The database's own remainder: Django's function of that name is a call into Python for each row of SQLite.
        asked |= {f"{name}_sum": Sum(column), f"{name}_exact": Sum(F(column) % 2), f"{name}_told": Count(column)}
    found = rows.aggregate(**asked)
    added = {"activities": Value(found["all"], found["all"])}
    for name in columns:
        total, exact, many = (int(found[f"{name}_{part}"] or 0) for part in ("sum", "exact", "told"))
        added[name] = Value((total - exact) // 2, many, exact < many) if many else Value(None)
    return added


class Behind:
    """The returns behind one figure, event after event, the one whose number counts first in each; by unit where every report
    counts. Each has `number`, `about`, and `counts`: false for a further report of one event. Returns that do not tell the
    number are left out. A page of them costs the same wherever it stands: it is found by narrow rows."""

    def __init__(self, campaign: Campaign, metric: str, way: str) -> None:
        self._once, self._metric = way != CLAIMED, metric
        self._which = "accepted" if way == CONFIRMED else "current"
        self._rows = told_of(campaign, confirmed=way == CONFIRMED)
        if metric in NUMBERS:
            self._rows = self._rows.exclude(**{metric: None})
        largest = [f"-{metric}"] if metric in NUMBERS else []
        self._order = ["event", *largest, "given"] if self._once else ["given__unit__path", "given"]

    def count(self) -> int:
        """How many there are, further reports of one event among them."""
        return int(self._rows.count())

    def __getitem__(self, which: slice) -> list[Any]:
        """One page of them, in order."""
        start = which.start or 0
        before = int(self._once and start > 0)  # the row before tells whether the first one is its event's first
        told = list(self._rows.order_by(*self._order)[start - before : which.stop])
        found = Return.objects.select_related("unit", self._which, "obligation__ask").in_bulk(
            [one.given_id for one in told]
        )
        page = []
        for place, one in enumerate(told):
            if place >= before and one.given_id in found:
                row: Any = found[one.given_id]
                score = getattr(one, self._metric) if self._metric in NUMBERS else 3
                row.number, row.about = score // 2, score % 2 == 0
                row.counts = not self._once or place == 0 or told[place - 1].event != one.event
                page.append(row)
        return page


def rows_of(campaign: Campaign, metric: str, way: str) -> Behind:
    """What a figure is the sum of."""
    return Behind(campaign, metric, way)


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


def renewed(campaigns: Iterable[Campaign]) -> set[int]:
    """Row numbers of those that another of them, issued a year or more later, has taken the place of: nobody answers last
    year's 三八 notice any more. Only under nearly the same name."""
    rows = [(one, shingles(_ROUTINE.sub("", _yearless(one.title)), 2)) for one in campaigns if one.issued_at]
    return {
        before.pk
        for before, said in rows
        for after, again in rows
        if after.issued_at - before.issued_at >= A_YEAR[0] and overlap(said, again) >= NEARLY
    }


def _yearless(title: str) -> str:
    return "".join(sign for sign in title if not sign.isdigit())


@dataclass(frozen=True)
class Change:
    """A number against the same one a year before. `percent` "" where there is nothing to divide by."""

    before: Value
    by: int
    percent: str


def change_of(now: Value, before: Value) -> Change | None:
    """What changed; None where either year did not tell the number: what was not reported is not nothing."""
    if now.number is None or before.number is None:
        return None
    by = now.number - before.number
    return Change(before, by, f"{by / before.number * 100:+.1f}%" if before.number else "")
