"""A station's days: every week's hours, holidays and moved working days, odd days; and the slots that may be booked.

Read once for a span of days (`of`), then asked as often as wanted without another query.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from jinguo.activities.models import SeatPool
from jinguo.lib import clock
from jinguo.stations.hours import Span, Week, common, unpack
from jinguo.stations.models import OddDays, OnHolidays, Purpose, Slot, Station
from jinguo.workdays.queries import DayVerdict, judge_days

SATURDAY = 5


@dataclass(frozen=True)
class DayPlan:
    """One day.

    Attributes:
        spans: when it is open; `books`: when appointments may be.
        why: why it is not as every week, "" when it is.
    """

    day: date
    spans: tuple[Span, ...]
    books: tuple[Span, ...]
    why: str = ""


@dataclass(frozen=True)
class Offer:
    """A slot that may be booked, as far as is known now; whether it still is, its pool says in the deciding UPDATE."""

    starts_at: datetime
    ends_at: datetime
    free: int

    @property
    def code(self) -> str:
        """What the form sends."""
        return f"{clock.local(self.starts_at):%Y%m%d%H%M}"


class Timetable:
    """The plans of a station's days."""

    def __init__(
        self, station: Station, open_: Week, books: Week, odd: Iterable[OddDays], days: dict[date, DayVerdict]
    ) -> None:
        self.station, self.open, self.books = station, open_, books
        self.odd, self.days = list(odd), days

    @classmethod
    def of(cls, station: Station, first: date, last: date) -> "Timetable":
        """A station's timetable from one day to another: three queries."""
        open_, books = cls.weeks(station)
        odd = [row for row in station.odd_days.all() if row.last >= first and row.first <= last]
        return cls(station, open_, books, odd, judge_days(first, last))

    @staticmethod
    def weeks(station: Station) -> tuple[Week, Week]:
        """When it is open, and when appointments may be, week by week."""
        found: dict[str, Week] = {Purpose.OPEN: {}, Purpose.BOOK: {}}
        for row in station.hours.all():
            spans = found[row.purpose].get(row.weekday, ())
            found[row.purpose][row.weekday] = (*spans, (row.opens, row.closes))
        return found[Purpose.OPEN], found[Purpose.BOOK]

    def plan(self, day: date) -> DayPlan:
        """What holds on one of its days: what somebody wrote for the day itself, else the holidays, else the weekday."""
        odd = next((row for row in reversed(self.odd) if row.first <= day <= row.last), None)
        weekday, why = self._weekday(day)
        if odd is not None:
            spans, why = unpack(odd.spans), odd.note or (_("开门时间有变") if odd.spans else _("不开门"))
        else:
            spans = self.open.get(weekday, ()) if weekday is not None else ()
        books = self.books.get(day.weekday() if weekday is None else weekday, ())
        return DayPlan(day, spans, common(books, spans), why)

    def _weekday(self, day: date) -> tuple[int | None, str]:
        """Which weekday's hours hold: of a moved working day its own where there are some, else Monday's; None on a holiday."""
        verdict = self.days[day]
        weekday = day.weekday()
        if self.station.holidays != OnHolidays.REST:
            return weekday, ""
        if verdict.working and weekday >= SATURDAY and not self.open.get(weekday):
            return 0, _("调休上班")
        if not verdict.working and (weekday < SATURDAY or ("调休" not in verdict.name and verdict.name)):
            return None, verdict.name or _("放假")
        return weekday, ""

    def plans(self) -> list[DayPlan]:
        return [self.plan(day) for day in self.days]

    def unusual(self) -> list[DayPlan]:
        """The days that are not as every week, where that makes a difference."""
        return [plan for plan in self.plans() if plan.why and plan.spans != self.open.get(plan.day.weekday(), ())]

    def slots(self, day: date) -> list[tuple[datetime, datetime]]:
        """The bookable hours of a day, cut into slots; what is too short at the end of a span is no slot."""
        length = self.station.slot_minutes
        if not length:
            return []
        found = []
        for first, last in self.plan(day).books:
            starts = range(first, last - length + 1, length)
            found += [(at(day, start), at(day, start + length)) for start in starts]
        return found


def at(day: date, minutes: int) -> datetime:
    """An instant of a day; 1440 is its end."""
    return clock.at(day) + timedelta(minutes=minutes)


def offers(station: Station, moment: datetime) -> list[Offer]:
    """The slots that may be booked from now on, in order: what overlaps another appointment is not among them."""
    today = clock.local(moment).date()
    last = today + timedelta(days=station.days_ahead)
    if not station.slot_minutes or station.book_id is None:
        return []
    timetable = Timetable.of(station, today, last)
    taken = list(_known(station, clock.at(today), clock.end_of(last)))
    wanted = [slot for plan in timetable.plans() for slot in timetable.slots(plan.day) if slot[0] > moment]
    return [offer for slot in wanted if (offer := _offer(station, slot, taken))]


def _known(station: Station, first: datetime, last: datetime) -> list[tuple[Slot, SeatPool]]:
    """Slots that are rows, each with its pool."""
    pools = SeatPool.objects.filter(
        session__slot__station=station, session__slot__ends_at__gt=first, session__slot__starts_at__lt=last
    )
    return [(pool.session.slot, pool) for pool in pools.select_related("session__slot")]


def _offer(station: Station, slot: tuple[datetime, datetime], known: list[tuple[Slot, SeatPool]]) -> Offer | None:
    starts, ends = slot
    free = station.slot_seats
    for row, pool in known:
        if row.starts_at >= ends or row.ends_at <= starts:
            continue
        if (row.starts_at, row.ends_at) != slot:
            if pool.taken:
                return None
        elif row.called_off_at:
            return None
        else:
            free = min(pool.free, max(station.slot_seats - pool.taken, 0)) if pool.taken else station.slot_seats
    return Offer(starts, ends, free) if free > 0 else None
