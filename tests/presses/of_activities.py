"""Presses on activities, their seats and guests, questions and standing places."""

from datetime import timedelta

from jinguo.activities.actions import afterwards, checklist, day, doors
from jinguo.activities.actions import plan as plans
from jinguo.activities.models import Activity, CheckPoint, Photo, SeatPool, Session, SignUp
from jinguo.activities.wishes import Heads, PoolWish, Pressed
from jinguo.lib import clock
from jinguo.questions import actions as questions
from jinguo.questions.models import Question, Sheet
from jinguo.questions.wishes import QuestionWish
from jinguo.stations.actions import importing, keep
from jinguo.stations.models import Station
from tests.activities import stage
from tests.activities.pictures import jpeg
from tests.presses.pressing import Call, call
from tests.presses.world import World
from tests.stations import stage as places

WISH = QuestionWish("text", "带几个孩子来")


def _session(w: World) -> Session:
    return stage.session_of(w.activity)


def _pool(w: World) -> SeatPool:
    return stage.pool_of(w.activity)


def _begun(w: World) -> Session:
    moment = clock.now()
    stage.shift_session(w.activity, starts_at=moment - timedelta(hours=2), ends_at=moment - timedelta(hours=1))
    return _session(w)


def _came(w: World) -> SignUp:
    row = w.guest()
    _begun(w)
    return stage.fresh(row)


def _checked(w: World) -> SignUp:
    row = _came(w)
    day.check_in(row, by=w.liaison)
    return stage.fresh(row)


def _missed(w: World) -> SignUp:
    row = _came(w)
    day.mark_missed(row, by=w.liaison)
    return stage.fresh(row)


def _two_sessions(w: World) -> Session:
    from jinguo.activities.actions.again import add_sessions

    add_sessions(w.activity, weeks=1, until=clock.today() + timedelta(days=9), by=w.liaison)
    return Session.objects.select_related("activity__unit", "activity__office__unit").latest("starts_at")


def _second_pool(w: World) -> SeatPool:
    from jinguo.activities.actions.pools import add_pool

    made = add_pool(_session(w), PoolWish("group", 5, "男方"), by=w.liaison)
    return SeatPool.objects.for_joining().get(pk=made.pk)


def _point(w: World) -> CheckPoint:
    made = checklist.add_point(w.campaign, kind="safety", text="消防通道", until=None, clause=None, by=w.officer)
    return CheckPoint.objects.select_related("campaign__office__unit").get(pk=made.pk)


def _door(w: World) -> object:
    return doors.give_door(w.unit("c.home"), checked=False, by=w.user("county_officer"))


def _sheet(w: World) -> Sheet:
    return questions.open_sheet(w.activity.unit, kind="activity", code=w.activity.code, by=w.liaison)


def _question(w: World) -> Question:
    sheet = _sheet(w)
    questions.add_question(sheet, QuestionWish("text", "住哪个社区"), code="a" * 12, by=w.liaison)
    made = questions.add_question(sheet, WISH, code=w.code, by=w.liaison)
    return Question.objects.select_related("sheet__unit").get(pk=made.pk)


def _station(w: World) -> Station:
    return places.station(w.cast)


def _keeper(w: World) -> object:
    return w.user("county_officer")


def _odd(w: World) -> object:
    row, _off, _left = keep.put_odd_days(
        _station(w), first=clock.today(), last=clock.today(), spans=(), note="停电", call_off=False, by=_keeper(w)
    )
    return row


def _booked(w: World) -> SignUp:
    return places.booked(_station(w), 1, places.slot(9))


def _photo(w: World) -> Photo:
    from jinguo.activities.actions.photos import add_photo

    made = add_photo(w.activity, data=jpeg(), consent=True, by=w.liaison)
    return Photo.objects.select_related("activity__unit", "file__unit", "small__unit").get(pk=made.pk)


def _copied(w: World) -> Call:
    source = Activity.objects.select_related("unit", "series").get(pk=w.activity.pk)
    return call(source, day=clock.today() + timedelta(days=15), code=w.code, by=w.liaison)


def _hand_out(w: World) -> object:
    return afterwards.hand_out(_session(w), what="手册", count=9, about=False, code=w.code, by=w.liaison)


def _walk_in(w: World) -> object:
    return day.count_walk_in(_session(w), people=3, code=w.code, by=w.liaison)


def _held(w: World) -> Activity:
    _begun(w)
    return Activity.objects.select_related("unit").get(pk=w.activity.pk)


def _done(w: World) -> Activity:
    plans.finish_activity(_held(w), by=w.liaison)
    return Activity.objects.select_related("unit").get(pk=w.activity.pk)


def _moved(w: World) -> Call:
    to = _two_sessions(w)
    return call(w.guest(), SeatPool.objects.for_joining().get(session=to), by=w.liaison)


def _questioned(w: World) -> Call:
    row = _question(w)
    return call(row, up=True, by=w.liaison, seen=row.position)


def _edited(w: World) -> Call:
    return call(w.activity, stage.draft(title="换个名字", seats=9), by=w.liaison)


def _later(w: World) -> Call:
    session = _session(w)
    later = timedelta(days=1)
    return call(session, session.starts_at + later, session.ends_at + later, by=w.liaison)


def _drafted(w: World) -> Activity:
    return stage.make(w.cast)


def _drafted_by_another(w: World) -> Activity:
    activity = stage.make(w.cast)
    Activity.objects.filter(pk=activity.pk).update(drafted_by="link:somebody")
    return Activity.objects.select_related("unit", "office__unit").get(pk=activity.pk)


TABLE = {
    "activities.afterwards.hand_out": lambda w: call(
        _session(w), what="手册", count=9, about=False, code=w.code, by=w.liaison
    ),
    "activities.afterwards.undo_hand_out": lambda w: call(_hand_out(w), by=w.liaison),
    "activities.afterwards.say_useful": lambda w: call(
        _begun(w), useful=3, words="很好", code=w.code, by=stage.VISITOR
    ),
    "activities.afterwards.write_story": lambda w: call(_done(w), text="来了四十人。", shown=True, by=w.liaison),
    "activities.apart.say_more": lambda w: call(w.guest(), ["我丈夫经常打我，求你们帮帮我"], by=stage.VISITOR),
    "activities.again.add_sessions": lambda w: call(
        w.activity, weeks=1, until=clock.today() + timedelta(days=9), by=w.liaison
    ),
    "activities.again.copy_activity": _copied,
    "activities.again.remove_session": lambda w: call(_two_sessions(w), by=w.liaison),
    "activities.appointments.call_off_one": lambda w: call(_booked(w), by=_keeper(w)),
    "activities.changing.change_seats": lambda w: call(w.guest(), seats=1, minors=0, guardian=False, by=w.liaison),
    "activities.checklist.add_point": lambda w: call(
        w.campaign, kind="safety", text="消防通道", until=None, clause=None, by=w.officer
    ),
    "activities.checklist.edit_point": lambda w: call(_point(w), kind="safety", text="通道", until=None, by=w.officer),
    "activities.checklist.drop_point": lambda w: call(_point(w), by=w.officer),
    "activities.checklist.answer_points": lambda w: call(w.activity, {_point(w): ("yes", "")}, by=w.liaison),
    "activities.day.check_in": lambda w: call(_came(w), by=w.liaison),
    "activities.day.undo_check_in": lambda w: call(_checked(w), by=w.liaison),
    "activities.day.mark_missed": lambda w: call(_came(w), by=w.liaison),
    "activities.day.undo_missed": lambda w: call(_missed(w), by=w.liaison),
    "activities.day.count_walk_in": lambda w: call(_session(w), people=3, code=w.code, by=w.liaison),
    "activities.day.undo_walk_in": lambda w: call(_walk_in(w), by=w.liaison),
    "activities.day.record_headcount": lambda w: call(_session(w), Heads(40, 30, None), by=w.liaison),
    "activities.doors.give_door": lambda w: call(
        w.unit("c.home"), checked=False, by=_keeper(w), instead_of=_door(w).code
    ),
    "activities.doors.close_door": lambda w: call(_door(w).unit, by=_keeper(w)),
    "activities.doors.set_checking": lambda w: call(_door(w), checked=True, by=_keeper(w)),
    "activities.host.hold": lambda w: call(
        w.unit("c.home"), stage.draft(), code=w.code, consent=False, by=w.user("home_host")
    ),
    "activities.host.keep_saying": lambda w: call(w.unit("c.home"), "明天读书", code=w.code, by=w.user("home_host")),
    "activities.moving.move_sign_up": _moved,
    "activities.photos.add_photo": lambda w: call(w.activity, data=jpeg(), consent=True, by=w.liaison),
    "activities.photos.remove_photo": lambda w: call(_photo(w), by=w.liaison),
    "activities.plan.make_activity": lambda w: call(w.unit("c.edu"), stage.draft(), code=w.code, by=w.liaison),
    "activities.plan.edit_activity": _edited,
    "activities.plan.check_activity": lambda w: call(_drafted_by_another(w), by=w.liaison),
    "activities.plan.publish_activity": lambda w: call(_drafted(w), by=w.liaison),
    "activities.plan.cancel_activity": lambda w: call(w.activity, reason="下雨", by=w.liaison),
    "activities.plan.finish_activity": lambda w: call(_held(w), by=w.liaison),
    "activities.pools.add_pools": lambda w: call(_session(w), [PoolWish("group", 5, "男方")], by=w.liaison),
    "activities.pools.change_pool": lambda w: call(_pool(w), PoolWish("open", 12), by=w.liaison),
    "activities.pools.open_pool": lambda w: call(_pool(w), open_it=False, by=w.liaison),
    "activities.pools.remove_pool": lambda w: call(_second_pool(w), by=w.liaison),
    "activities.pools.set_gates": lambda w: call(
        _session(w), opens_at=None, closes_at=clock.now() + timedelta(hours=1), per_person=2, by=w.liaison
    ),
    "activities.presses.take_press": lambda w: call(_session(w), Pressed(w.code, "walk_in", people=3), by=w.liaison),
    "activities.sessions.call_off_session": lambda w: call(_two_sessions(w), by=w.liaison),
    "activities.sessions.move_session": _later,
    "activities.sign_up.leave": lambda w: call(w.guest(), by=w.liaison),
    "questions.add_question": lambda w: call(_sheet(w), WISH, code=w.code, by=w.liaison),
    "questions.change_question": lambda w: call(_question(w), QuestionWish("text", "几个孩子"), by=w.liaison),
    "questions.move_question": _questioned,
    "questions.retire_question": lambda w: call(_question(w), by=w.liaison),
    "questions.open_sheet": lambda w: call(w.activity.unit, kind="activity", code=w.activity.code, by=w.liaison),
    "stations.importing.drop_sheet": lambda w: call(
        importing.keep_sheet(w.unit("c.a"), [], name="点.xlsx", by=_keeper(w)), by=_keeper(w)
    ),
    "stations.importing.keep_sheet": lambda w: call(w.unit("c.a"), [], name="点.xlsx", by=_keeper(w)),
    "stations.keep.make_station": lambda w: call(w.unit("c.a"), places.draft(), code=w.code, by=_keeper(w)),
    "stations.keep.edit_station": lambda w: call(_station(w), places.draft(phone="0353-1"), by=_keeper(w)),
    "stations.keep.end_station": lambda w: call(_station(w), reason="搬走了", by=_keeper(w)),
    "stations.keep.put_odd_days": lambda w: call(
        _station(w), first=clock.today(), last=clock.today(), spans=(), note="停电", call_off=False, by=_keeper(w)
    ),
    "stations.keep.remove_odd_days": lambda w: call(_odd(w), by=_keeper(w)),
}  # fmt: skip
_DRAWN = "decided on durable transactions of its own: tests/activities/test_races_sign_up.py, tests/stations/test_races_slots.py"
_READ = "every look at a person's number or file is on the record"
EXCUSED = {
    "activities.day.export_names": _READ,
    "activities.day.reveal_file": _READ,
    "activities.day.reveal_phone": _READ,
    "activities.papers.take_names": _READ,
    "activities.host.acting_unit": "writes nothing",
    "activities.sign_up.sign_up": _DRAWN,
    "activities.sign_up.accept": _DRAWN,
    "stations.slots.book": _DRAWN,
    "stations.slots.move_booking": _DRAWN,
    "stations.importing.note_export": "each time a file leaves the house it is on the record",
    "stations.importing.write_sheet": "its view answers a second press; the rows it would compare are forgotten",
}
