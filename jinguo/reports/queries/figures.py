"""A campaign's figures as they stand now, counted in SQL. The snapshot counts the same from its frozen rows
(`metrics`), and a property test holds the two together.

Of several reports of one event the largest number counts, an exact one before an equal 约 one: both are told by one sum,
twice the number and one more where it is exact.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Expression
from django.db.models.functions import Cast, Concat

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
WITHOUT_ABOUT = ("deeds",)  # nobody says 约 of what was done
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


def with_event(rows: "QuerySet[Return]", which: str, campaign: Campaign) -> Any:
    """Annotate `event_key`: what reports of one event share (`metrics.event_key`), by their claimed or accepted version."""
    apart = list(Apart.objects.filter(second__campaign=campaign).values_list("second_id", flat=True))
    key = Case(
        When(joint__isnull=False, then=_text("joint:", "joint_id")),
        When(~Q(**{f"{which}__event": ""}) & ~Q(pk__in=apart), then=F(f"{which}__event")),
        default=_text("return:", "pk"),
        output_field=CharField(),
    )
    return rows.annotate(event_key=key)


def _text(lead: str, column: str) -> Expression:
    return Concat(Value(lead), Cast(column, CharField()), output_field=CharField())


def figures_of(campaign: Campaign) -> list[Figure]:
    """Every number said three ways. `rows` stay empty: a page opens them by `rows_of`."""
    rows = counted_returns(campaign)
    claimed = _as_said(rows)
    once = _once(with_event(rows, "current", campaign), "current")
    confirmed = _once(with_event(rows.exclude(accepted=None), "accepted", campaign), "accepted")
    return [
        Figure(code, name, unit, claimed[code], once[code], confirmed[code], ()) for code, (name, unit) in NAMES.items()
    ]


def value_of(campaign: Campaign, metric: str, way: str) -> Told:
    """One number said one way: a third of the work of all, and less."""
    rows, names = counted_returns(campaign), [name for name in NUMBERS if name == metric]
    if way == CLAIMED:
        return _as_said(rows, names)[metric]
    which = "accepted" if way == CONFIRMED else "current"
    rows = rows.exclude(accepted=None) if way == CONFIRMED else rows
    return _once(with_event(rows, which, campaign), which, names)[metric]


def _as_said(rows: Any, names: Iterable[str] = NUMBERS) -> dict[str, Told]:
    """Each number added up over reports as they stand."""
    asked: dict[str, Any] = {"all": Count("pk")}
    for name in names:
        column = f"current__{name}"
        asked |= {f"{name}_sum": Sum(column), f"{name}_told": Count(column)}
        if name not in WITHOUT_ABOUT:
            doubt = Case(When(**{f"{column}__isnull": False, f"{column}_about": True}, then=Value(1)))
            asked[f"{name}_about"] = Count(doubt)
    found = rows.order_by().aggregate(**asked)
    told = {"activities": Told(found["all"], found["all"])}
    for name in names:
        many = found[f"{name}_told"]
        told[name] = Told(found[f"{name}_sum"], many, bool(found.get(f"{name}_about"))) if many else Told(None)
    return told


def _once(rows: Any, which: str, names: Iterable[str] = NUMBERS) -> dict[str, Told]:
    """Each number added up over events."""
    scores = {f"n_{name}": _score(which, name) for name in names}
    grouped = rows.order_by().values("event_key")
    grouped = grouped.annotate(**{name: Max(score) for name, score in scores.items()}, one=Count("pk"))
    asked: dict[str, Any] = {"all": Count("one")}
    for name in scores:
        # The database's own remainder: Django's function of that name is a call into Python for each row of SQLite.
        asked |= {f"{name}_sum": Sum(name), f"{name}_exact": Sum(F(name) % 2), f"{name}_told": Count(name)}
    found = grouped.aggregate(**asked)
    told = {"activities": Told(found["all"], found["all"])}
    for name in names:
        total, exact, many = (found[f"n_{name}_{part}"] or 0 for part in ("sum", "exact", "told"))
        told[name] = Told((int(total) - int(exact)) // 2, many, int(exact) < many) if many else Told(None)
    return told


def _score(which: str, name: str) -> Any:
    if name in WITHOUT_ABOUT:
        return F(f"{which}__{name}") * 2 + 1
    return F(f"{which}__{name}") * 2 + Case(When(**{f"{which}__{name}_about": True}, then=Value(0)), default=Value(1))


class Behind:
    """The returns behind one figure, event after event, the one whose number counts first in each; by unit where every report
    counts. Each has `number`, `about`, `event_key`, and `counts`: false for a further report of one event. Returns that do not
    tell the number are left out. A page of them costs the same wherever it stands: it is found by narrow rows."""

    def __init__(self, campaign: Campaign, metric: str, way: str) -> None:
        self._once, which = way != CLAIMED, "accepted" if way == CONFIRMED else "current"
        rows = counted_returns(campaign)
        rows = rows.exclude(accepted=None) if way == CONFIRMED else rows
        said: dict[str, Any] = {"number": Value(1), "score": Value(1), "about": Value(False)}
        if metric != "activities":
            rows = rows.exclude(**{f"{which}__{metric}": None})
            about = Value(False) if metric in WITHOUT_ABOUT else F(f"{which}__{metric}_about")
            said = {"number": F(f"{which}__{metric}"), "score": _score(which, metric), "about": about}
        self._counted = rows.order_by()
        self._rows = with_event(rows, which, campaign).annotate(**said).select_related("unit", which, "obligation__ask")
        self._order = ("event_key", "-score", "pk") if self._once else ("unit__path", "pk")

    def count(self) -> int:
        """How many there are, further reports of one event among them."""
        return int(self._counted.count())

    def __getitem__(self, which: slice) -> list[Any]:
        """One page of them, in order."""
        start = which.start or 0
        before = int(self._once and start > 0)  # the row before tells whether the first one is its event's first
        keys = list(self._rows.order_by(*self._order).values_list("pk", "event_key")[start - before : which.stop])
        found = {row.pk: row for row in self._rows.order_by().filter(pk__in=[pk for pk, _key in keys])}
        page = []
        for place, (pk, key) in enumerate(keys):
            if place >= before and pk in found:
                found[pk].counts = not self._once or place == 0 or keys[place - 1][1] != key
                page.append(found[pk])
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

    before: Told
    by: int
    percent: str


def change_of(now: Told, before: Told) -> Change | None:
    """What changed; None where either year did not tell the number: what was not reported is not nothing."""
    if now.number is None or before.number is None:
        return None
    by = now.number - before.number
    return Change(before, by, f"{by / before.number * 100:+.1f}%" if before.number else "")
