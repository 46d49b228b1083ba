"""A place says what is true: hours, holidays with moved working days, odd days; and whoever booked is told when it is not."""

from datetime import date

import pytest

from jinguo.activities.actions.waiting import tell_off
from jinguo.activities.models import Activity, SignUp
from jinguo.federation.models import Unit
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, NotThere, Refused
from jinguo.messages.models import OutMessage
from jinguo.stations.actions.keep import edit_station, end_station, make_station, put_odd_days, remove_odd_days
from jinguo.stations.hours import read_week
from jinguo.stations.models import OnHolidays, Station
from jinguo.stations.timetable import Timetable, offers
from jinguo.workdays.models import CalendarDay
from tests.activities.stage import as_host, fresh
from tests.stations.stage import again, booked, draft, slot, station, tomorrow

pytestmark = pytest.mark.django_db


def test_a_form_sent_twice_makes_one_place_and_nobody_elses_code_is_taken(cast):
    east, code = cast.units["c.a"], ids.new_code()
    by = as_host(cast, east)
    assert make_station(east, draft(), code=code, by=by) == make_station(east, draft(), code=code, by=by)
    assert Station.objects.count() == 1 and Activity.objects.filter(visibility="booking").count() == 1
    with pytest.raises(NotThere):
        make_station(cast.units["c.b"], draft(), code=code, by=as_host(cast, cast.units["c.b"]))
    with pytest.raises(Invalid) as twice:
        make_station(east, draft(), code=ids.new_code(), by=by)
    assert twice.value.field == "name"


def test_a_county_keeps_places_below_it_and_nobody_elses(cast):
    officer = cast.users["county_officer"]
    home = make_station(
        cast.units["c.home"], draft(kind="home", name="泉水镇妇女之家"), code=ids.new_code(), by=officer
    )
    edit_station(again(home), draft(kind="home", name="泉水镇妇女之家", phone="0353-000-0001"), by=officer)
    assert again(home).phone == "0353-000-0001"
    for unit in ("c", "c.b", "d"):
        with pytest.raises(Refused):
            make_station(cast.units[unit], draft(), code=ids.new_code(), by=officer)
    with pytest.raises(Refused):
        edit_station(again(home), draft(), by=cast.users["sister"])
    assert Entry.objects.filter(action="station.edit").count() == 1


@pytest.mark.parametrize(
    ("day", "holidays", "opens", "why"),
    [
        (date(2026, 9, 30), OnHolidays.REST, True, ""),
        (date(2026, 10, 1), OnHolidays.REST, False, "国庆"),
        (date(2026, 10, 1), OnHolidays.AS_EVER, True, ""),
        (date(2026, 9, 26), OnHolidays.REST, False, ""),
        (date(2026, 10, 10), OnHolidays.REST, True, "调休上班"),
        (date(2026, 10, 10), OnHolidays.AS_EVER, False, ""),
        (date(2026, 10, 11), OnHolidays.REST, False, ""),
    ],
)
def test_holidays_and_moved_working_days(cast, day, holidays, opens, why):
    CalendarDay.objects.create(day=date(2026, 10, 10), kind="work", name="国庆节后补班")
    CalendarDay.objects.create(day=date(2026, 10, 1), kind="rest", name="国庆节")
    week = read_week("周一至周五 9:00—12:00")
    place = station(cast, open=week, books=week, holidays=holidays)
    plan = Timetable.of(place, day, day).plan(day)
    assert bool(plan.spans) == opens and why in plan.why


def test_odd_days_win_over_the_week_and_over_holidays(cast):
    place = station(cast)
    by = as_host(cast, place.unit)
    day = tomorrow()
    row, off, left = put_odd_days(place, first=day, last=day, spans=((600, 660),), note="装修", call_off=False, by=by)
    assert (off, left) == (0, 0)
    assert [f"{offer.code[-4:]}" for offer in offers(place, clock.now()) if offer.code.startswith(f"{day:%Y%m%d}")] == [
        "1000",
        "1030",
    ]
    remove_odd_days(row, by=by)
    assert len(offers(place, clock.now())) > 14
    with pytest.raises(Invalid):
        put_odd_days(place, first=day, last=clock.today(), spans=(), note="", call_off=False, by=by)


def test_a_day_off_tells_those_who_had_booked_or_leaves_them(cast):
    place = station(cast)
    by = as_host(cast, place.unit)
    told, kept = booked(place, 1, slot(9), email="g@example.org"), booked(place, 2, slot(9, days=2))
    facts = {"spans": (), "note": "培训", "by": by}
    assert put_odd_days(place, first=tomorrow(), last=tomorrow(), call_off=True, **facts)[1:] == (1, 0)
    assert fresh(told).ended == "by_unit" and fresh(kept).state == "confirmed"
    mail = OutMessage.objects.get(key=f"signup:{told.code}:off")
    assert "不办了" in mail.body and place.name not in mail.body and place.name not in mail.subject
    day = clock.local(kept.session.starts_at).date()
    assert put_odd_days(place, first=day, last=day, call_off=False, **facts)[1:] == (0, 1)
    with pytest.raises(Refused):
        booked(place, 3, slot(9))


def test_the_end_of_a_place_tells_everybody_ahead_and_nobody_gone_by(cast):
    place = station(cast)
    ahead, past = booked(place, 1, slot(9), email="a@example.org"), booked(place, 2, slot(10), email="b@example.org")
    past.session.starts_at, past.session.ends_at = slot(9, days=-9), slot(10, days=-9)
    past.session.save()
    SignUp.objects.filter(pk=past.pk).update(told_start=past.session.starts_at)
    assert end_station(place, reason="合并了", by=as_host(cast, place.unit)) is True
    assert end_station(again(place), reason="", by=as_host(cast, place.unit)) is False
    tell_off()
    assert [each.about_code for each in OutMessage.objects.filter(key__contains=":off")] == [ahead.code]
    with pytest.raises(Refused):
        booked(again(place), 3, slot(11))


def test_a_book_is_no_activity_anywhere(cast):
    place = station(cast, cast.units["c.edu"], kind="family", name="家庭教育指导站")
    booked(place, 1, slot(9))
    assert Activity.objects.visible_to(cast.users["liaison"]).count() == 0
    assert Activity.objects.on_site().count() == 0
    station(cast, cast.units["c.home"], kind="home", name="泉水镇妇女之家")
    assert Activity.objects.hosted_by(cast.users["home_host"]).count() == 0, (
        "neither on the village's page nor its board"
    )
    assert Activity.objects.count() == 2
    assert isinstance(place.unit, Unit) and place.book.title == place.name
