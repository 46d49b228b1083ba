"""Keeping standing places: write one down, change it, odd days, the end of it."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities.actions import appointments
from jinguo.federation.models import Unit
from jinguo.federation.queries import office_of
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.lib.texts import inner
from jinguo.search.actions import drop_thing, index_thing
from jinguo.search.models import Audience
from jinguo.stations import rules
from jinguo.stations.draft import StationDraft
from jinguo.stations.hours import Span, Week, pack
from jinguo.stations.models import Hours, OddDays, Purpose, Slot, Station
from jinguo.stations.queries import held_between

MOST_ODD = 60


def make_station(unit: Unit, draft: StationDraft, *, code: str, by: journal.Actor) -> Station:
    """A new place.

    Args:
        code: drawn when the form was made: a form sent twice makes one place.

    Raises:
        Invalid: no office above the unit, or one of this name stands there. NotThere: the code is somebody else's.
    """
    require(rules.may_make(unit, by))
    office = office_of(unit)
    if office is None:
        raise Invalid(_("这个单位上面还没有设置发文的妇联，登记不了。请联系系统管理员。"))
    row = Station(
        code=code, unit=unit, office=office, made_at=clock.now(), checked_on=clock.today(), **draft.columns()
    )  # fmt: skip
    row.home_address = draft.home_address
    with _named_once(draft.name), transaction.atomic():
        hold(unit)
        made = Station.objects.filter(code=code).select_related("unit").first()
        if made is not None:
            return _same(made, unit)
        row.save(force_insert=True)
        _write_sides(row, draft, by)
        journal.record("station.create", by=by, kind="station", code=code, owner=unit.code)
    return row


def _same(made: Station, unit: Unit) -> Station:
    if made.unit_id != unit.pk:
        raise NotThere(_("这张表已经用过了。请重新打开一张再填。"))
    return made


class _named_once:
    """A second place of one name at one unit is said in words."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, problem: object, trace: object) -> None:
        if isinstance(problem, IntegrityError):
            raise Invalid(
                _("这个单位已经有一个“%(name)s”。请换一个名字。") % {"name": inner(self.name)}, "name"
            ) from problem


def edit_station(station: Station, draft: StationDraft, *, by: journal.Actor) -> Station:
    """Write what was typed over what stood there. Appointments that stand stay, whatever the new hours are."""
    require(rules.may_keep(station, by))
    sealed = Station(code=station.code)
    sealed.home_address = draft.home_address
    with _named_once(draft.name), transaction.atomic():
        before = _said(hold(station), draft)
        wrote = Station.objects.filter(pk=station.pk, ended_at=None).update(
            checked_on=clock.today(), home_address_sealed=sealed.home_address_sealed, **draft.columns()
        )
        if not wrote:
            raise Stale(rules.CLOSED)
        fresh = Station.objects.select_related("unit", "office", "book").get(pk=station.pk)
        _write_sides(fresh, draft, by)
        changed = sorted(name for name, value in _said(fresh, draft).items() if before.get(name) != value)
        if changed:
            journal.record(
                "station.edit", by=by, kind="station", code=station.code, owner=station.unit.code, fields=changed
            )
    return fresh


def _said(station: Station | None, draft: StationDraft) -> dict[str, Any]:
    """What a place says of all that a draft says, to tell what an edit has changed."""
    if station is None:
        return {}
    hours = station.hours.values_list("purpose", "weekday", "opens", "closes")
    said = {name: getattr(station, name) for name in (*draft.columns(), "home_address")}
    return said | {"hours": set(hours), "checked_on": station.checked_on}


def _write_sides(station: Station, draft: StationDraft, by: journal.Actor) -> None:
    """Hours, the book of appointments, and where it is found."""
    _write_hours(station, Purpose.OPEN, draft.open)
    _write_hours(station, Purpose.BOOK, draft.books)
    if station.book is not None:
        appointments.follow_book(station.book, draft.book())
    elif draft.slot_minutes:
        station.book = appointments.open_book(station.unit, station.office, draft.book(), by=by)
        Station.objects.filter(pk=station.pk).update(book=station.book)
    if draft.slot_minutes:
        for slot in Slot.objects.filter(station=station, starts_at__gt=clock.now()).select_related("session"):
            appointments.widen_slot(slot.session, draft.slot_seats)
    index_thing(
        "station", station.code, title=station.name, text=f"{station.address}\n{station.services}",
        owner_path=station.unit.path, audience=Audience.PUBLIC if station.shown else Audience.STAFF,
    )  # fmt: skip


def _write_hours(station: Station, purpose: Purpose, week: Week) -> None:
    wanted = {(day, first, last) for day, spans in week.items() for first, last in spans}
    stand = {(row.weekday, row.opens, row.closes): row for row in station.hours.filter(purpose=purpose)}
    Hours.objects.filter(pk__in=[row.pk for key, row in stand.items() if key not in wanted]).delete()
    Hours.objects.bulk_create(
        Hours(station=station, purpose=purpose, weekday=day, opens=first, closes=last)
        for day, first, last in sorted(wanted - set(stand))
    )


def put_odd_days(
    station: Station, *, first: date, last: date, spans: tuple[Span, ...], note: str, call_off: bool, by: journal.Actor
) -> tuple[OddDays, int, int]:
    """Some days that are not as every week: closed when there are no spans.

    Args:
        call_off: whoever has an appointment then is told that it is off; else those stand.

    Returns:
        What was written; how many appointments were called off; how many slots with appointments stand on those days.
    """
    require(rules.may_keep(station, by))
    if last < first:
        raise Invalid(_("结束的日子不能早于开始的日子。"), "last")
    if OddDays.objects.filter(station=station, last__gte=clock.today()).count() >= MOST_ODD:
        raise Invalid(_("特殊的日子最多记 %(most)s 条。请先去掉用不着的。") % {"most": MOST_ODD}, "first")
    with transaction.atomic():
        hold(station)
        same = OddDays.objects.filter(station=station, first=first, last=last, spans=pack(spans), note=note).first()
        if same is not None and not (call_off and held_between(station, first, last)):
            return same, 0, len(held_between(station, first, last))
        row = OddDays.objects.create(station=station, first=first, last=last, spans=pack(spans), note=note)
        journal.record(
            "station.odd_days",
            by=by,
            kind="station",
            code=station.code,
            owner=station.unit.code,
            first=first,
            last=last,
        )
        off = [call_off_slot(slot, by=by) for slot in held_between(station, first, last)] if call_off else []
    return row, sum(off), len(held_between(station, first, last))


def remove_odd_days(odd: OddDays, *, by: journal.Actor) -> bool:
    """As every week again; appointments that were called off stay so."""
    station = odd.station
    require(rules.may_keep(station, by))
    with transaction.atomic():
        gone, _by_model = OddDays.objects.filter(pk=odd.pk).delete()
        if gone:
            journal.record(
                "station.odd_days_remove", by=by, kind="station", code=station.code, owner=station.unit.code,
                first=odd.first, last=odd.last,
            )  # fmt: skip
    return bool(gone)


def call_off_slot(slot: Slot, *, by: journal.Actor) -> int:
    """Nobody is seen in this slot; who had it is told. Returns how many."""
    with transaction.atomic():
        Slot.objects.filter(pk=slot.pk, called_off_at=None).update(called_off_at=clock.now())
        return appointments.call_off_slot(slot.session, by=by)


def end_station(station: Station, *, reason: str, by: journal.Actor) -> bool:
    """The place is no more: it leaves the public site, and whoever has an appointment ahead is told by the worker."""
    if station.ended_at:
        return False
    require(rules.may_end(station, by))
    with transaction.atomic():
        done = Station.objects.filter(pk=station.pk, ended_at=None).update(
            ended_at=clock.now(), end_reason=reason, host_name=""
        )
        if done:
            if station.book is not None:
                appointments.close_book(station.book, by=by)
            drop_thing("station", station.code)
            journal.record("station.end", by=by, kind="station", code=station.code, owner=station.unit.code)
    return bool(done)
