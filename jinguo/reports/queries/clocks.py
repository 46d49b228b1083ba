"""The two-way clock: how long what units sent has waited for the city (reference/reporting §9.9), and they for the notice.

Hours of waiting are by the clock, nights and holidays included: so it is for the one who waits. Signing is measured in
working hours, as §7 says, since nobody is asked to sign at night.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from math import ceil
from typing import Any

from django.db.models import Count, F, Field, Func, Min, Subquery
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Burden, Campaign
from jinguo.campaigns.models.asking import ExtensionAnswer
from jinguo.campaigns.queries.counting import requests_of
from jinguo.reports.models import Return, ReturnVersion
from jinguo.workdays.queries import working_hours_until


class TenthsBetween(Func):
    """Tenths of an hour from one instant to a later one, reckoned by the database: SQLite keeps instants as words, and to read
    twelve thousand pairs of them takes longer than the whole board may. A tenth is what the figures show."""

    output_field = Field()  # as the database gives it: nothing is converted row by row

    def __init__(self, first: str, last: str) -> None:
        super().__init__(F(last), F(first))

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "CAST(ROUND((julianday(%(expressions)s)) * 240.0) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "ROUND(EXTRACT(EPOCH FROM (%(expressions)s)) / 360.0)::integer"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **more)


@dataclass(frozen=True)
class Waits:
    """Hours of waiting: how many were answered, half of them within, nine of ten within, the longest. None of nothing."""

    answered: int
    half: float | None = None
    nine_of_ten: float | None = None
    longest: float | None = None


def waits_of(tenths: Mapping[int, int]) -> Waits:
    """What waits say, given as tenths of an hour → how many took as long; nine of ten by the nearest rank."""
    answered = sum(tenths.values())
    if not answered:
        return Waits(0)
    lengths = sorted(tenths)
    up_to = list(accumulate(tenths[one] for one in lengths))

    def at(rank: int) -> float:
        return lengths[bisect_left(up_to, rank)] / 10

    half = (at((answered + 1) // 2) + at(answered // 2 + 1)) / 2
    return Waits(answered, round(half, 1), at(ceil(answered * 0.9)), lengths[-1] / 10)


@dataclass(frozen=True)
class Clock:
    """One kind of thing units send the city: how it was answered, how many wait now, and the oldest since when."""

    code: str
    name: Any
    waits: Waits
    waiting: int
    oldest: datetime | None


def clocks_of(campaign: Campaign) -> list[Clock]:
    """The city's own reply times: reports, requests for more time, burdens said, notices sent back."""
    return [reports_clock(campaign), _extensions(campaign), _burdens(campaign), _sent_back(campaign)]


def reports_clock(campaign: Campaign) -> Clock:
    """How long reports wait to be accepted or sent back: each version sent, and what waits now."""
    versions = ReturnVersion.objects.filter(given__campaign=campaign).exclude(sent_at=None).exclude(answered_at=None)
    tenths = versions.annotate(tenths=TenthsBetween("sent_at", "answered_at")).order_by().values_list("tenths")
    waiting = Return.objects.filter(campaign=campaign).waiting().order_by()
    found = waiting.aggregate(n=Count("pk"), oldest=Min("sent_at"))
    waits = waits_of(dict(tenths.annotate(n=Count("pk"))))
    return Clock("reports", _("报送：接收或退回"), waits, found["n"], found["oldest"])


def _extensions(campaign: Campaign) -> Clock:
    asked = requests_of(campaign).exclude(answer=ExtensionAnswer.TAKEN_BACK)
    if campaign.is_over:  # what nobody answered before the work was over waits no longer
        asked = asked.exclude(answered_at=None)
    return _clock("extensions", _("延期申请：答复"), asked, "asked_at", "answered_at")


def _burdens(campaign: Campaign) -> Clock:
    said = Burden.objects.filter(circulation__campaign=campaign)
    return _clock("burdens", _("说成负担：看到"), said, "at", "heard_at")


def _clock(code: str, name: Any, rows: Any, first: str, last: str) -> Clock:
    """Of rows that say themselves since when they wait and when they were answered; in one query."""
    by_length = rows.annotate(tenths=TenthsBetween(first, last)).order_by().values_list("tenths")
    found = {tenths: (n, oldest) for tenths, n, oldest in by_length.annotate(n=Count("pk"), oldest=Min(first))}
    waiting, oldest = found.pop(None, (0, None))
    return Clock(code, name, waits_of({tenths: n for tenths, (n, _oldest) in found.items()}), waiting, oldest)


def _sent_back(campaign: Campaign) -> Clock:
    """What is answered leaves no instant behind (the copy is sent anew), so only what waits is known."""
    found = campaign.circulations.exclude(sent_back_at=None).aggregate(n=Count("pk"), oldest=Min("sent_back_at"))
    return Clock("sent_back", _("退回的通知：处理"), waits_of({}), found["n"], found["oldest"])


def signing_hours(campaign: Campaign) -> Waits:
    """Working hours from issue to signature. A later signature never took fewer, so three rows tell the whole list."""
    signed = campaign.circulations.exclude(signed_at=None).order_by("signed_at").values("signed_at")
    many = signed.count()
    if not many or campaign.issued_at is None:
        return Waits(0)
    ranks = {"half": (many - 1) // 2, "ninth": ceil(many * 0.9) - 1, "last": many - 1}
    row = Campaign.objects.filter(pk=campaign.pk).order_by()
    found = row.values_list(*(Subquery(signed[rank : rank + 1]) for rank in ranks.values())).get()
    half, ninth, last = (round(hours, 1) for hours in working_hours_until(campaign.issued_at, found))
    return Waits(many, half, ninth, last)
