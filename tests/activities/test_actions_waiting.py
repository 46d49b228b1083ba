"""The waiting list asks, waits so long, and goes on to the next; everybody hears by the way she chose."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from jinguo.activities.actions import waiting
from jinguo.activities.actions.forget import forget_guests
from jinguo.activities.actions.plan import cancel_activity, edit_activity
from jinguo.activities.actions.pools import add_pool, change_pool, open_pool, remove_pool, set_gates
from jinguo.activities.actions.sign_up import accept, leave, sign_up
from jinguo.activities.letters import Happening
from jinguo.activities.models import Activity, SeatPool, Session, SignUp
from jinguo.activities.rules import awake, offer_until
from jinguo.activities.wishes import PoolWish, Wish
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from jinguo.messages.models import OutMessage
from jinguo.people.models import Consent
from tests.activities.stage import VISITOR, as_host, draft, fresh, guest, phone, pool_of, published, session_of

pytestmark = pytest.mark.django_db
MAIL = "guest@example.org"


def by(row: SignUp):
    return open_link(row.link_secret, SIGN_UP_LINK)


def far(cast, **facts) -> Activity:
    """An activity of next month, so that there is time to answer."""
    day = clock.today() + timedelta(days=30)
    return published(cast, **{"starts_at": clock.at(day, 14), "ends_at": clock.at(day, 16), **facts})


def told(row: SignUp) -> list[str]:
    keys = OutMessage.objects.filter(about_code=row.code).order_by("pk").values_list("key", flat=True)
    return [key.split(":")[2] for key in keys]


def run_out(row: SignUp) -> None:
    """As if the time to answer had passed."""
    SignUp.objects.filter(pk=row.pk).update(offer_until=clock.now() - timedelta(seconds=1))


def test_a_freed_seat_is_kept_for_the_next_until_she_answers(cast):
    activity = far(cast, seats=1)
    first, second, third = guest(activity, 1), guest(activity, 2, email=MAIL), guest(activity, 3, email=MAIL)
    before = clock.now()
    leave(first, by=by(first))
    day = timedelta(hours=24)
    second, third = fresh(second), fresh(third)
    assert (second.state, third.state, pool_of(activity).taken) == ("offered", "waiting", 1)
    assert awake(before) + day <= second.offer_until <= awake(clock.now()) + day
    assert told(second) == [Happening.WAITING, Happening.OFFERED]
    assert accept(second, by=by(second)) is True
    assert accept(second, by=by(second)) is False, "pressed twice, confirmed once"
    assert fresh(second).state == "confirmed" and pool_of(activity).taken == 1


def test_who_says_no_hands_it_on_and_who_says_nothing_loses_it(cast):
    activity = far(cast, seats=1)
    first, second, third, fourth = guest(activity, 1), *(guest(activity, n, email=MAIL) for n in (2, 3, 4))
    leave(first, by=by(first))
    leave(fresh(second), by=by(second))
    assert fresh(second).ended == "declined" and fresh(third).state == "offered"
    assert waiting.expire_offers() == 0, "her time is not over"
    run_out(third)
    with pytest.raises(Refused) as late:
        accept(third, by=by(third))
    assert "已经到期" in str(late.value.sentence)
    assert waiting.expire_offers() == 1 and waiting.expire_offers() == 0
    assert fresh(third).ended == "expired" and fresh(fourth).state == "offered"
    assert told(third)[-1] == Happening.EXPIRED
    pool = pool_of(activity)
    assert (pool.taken, pool.waiting) == (1, 0)


def test_nobody_is_asked_who_cannot_hear_or_has_no_time_to_answer(cast):
    silent = far(cast, seats=1)
    first, second = guest(silent, 1), guest(silent, 2)
    leave(first, by=by(first))
    assert fresh(second).state == "confirmed" and told(second) == []
    soon = clock.now() + timedelta(hours=2)
    pressing = published(cast, seats=1, starts_at=soon, ends_at=soon + timedelta(hours=1))
    first, second = guest(pressing, 1), guest(pressing, 2, email=MAIL)
    leave(first, by=by(first))
    assert fresh(second).state == "confirmed" and told(second)[-1] == Happening.GIVEN


def test_the_night_is_not_hers_to_answer_in():
    day = clock.today() + timedelta(days=3)
    assert awake(clock.at(day, 22)) == clock.at(day + timedelta(days=1), 8)
    assert awake(clock.at(day, 3)) == clock.at(day, 8)
    assert awake(clock.at(day, 12)) == clock.at(day, 12)
    session = Session(starts_at=clock.at(day + timedelta(days=9), 15))
    pool, row = SeatPool(session=session, offer_hours=24), SignUp(reach="sms")
    assert offer_until(pool, row, clock.at(day, 22)) == clock.at(day + timedelta(days=2), 8)
    assert offer_until(pool, row, session.starts_at - timedelta(hours=3)) is not None
    assert offer_until(pool, row, session.starts_at - timedelta(hours=2, minutes=30)) is None
    assert offer_until(SeatPool(session=session, offer_hours=0), row, clock.at(day, 12)) is None


def test_a_family_is_offered_all_its_seats_or_none(cast):
    activity = far(cast, seats=3, each=3)
    one, two, three = guest(activity, 1), guest(activity, 2), guest(activity, 3)
    family, single = guest(activity, 4, seats=2, email=MAIL), guest(activity, 5, email=MAIL)
    leave(one, by=by(one))
    assert (fresh(family).state, fresh(single).state) == ("waiting", "waiting")
    leave(two, by=by(two))
    assert fresh(family).state == "offered" and pool_of(activity).taken == 3 and fresh(three).state == "confirmed"


def test_at_the_start_whoever_waits_is_told_there_was_no_room(cast):
    activity = far(cast, seats=1)
    guest(activity, 1)
    row = guest(activity, 2, email=MAIL)
    assert waiting.close_lists() == 0
    Session.objects.filter(activity=activity).update(starts_at=clock.now() - timedelta(minutes=1))
    assert waiting.close_lists() == 1 and waiting.close_lists() == 0
    assert fresh(row).ended == "no_room" and told(row)[-1] == Happening.NO_ROOM
    assert (pool_of(activity).taken, pool_of(activity).waiting) == (1, 0)


def test_calling_off_stops_the_line_and_tells_everybody_once(cast):
    activity = far(cast, seats=1)
    row, silent = guest(activity, 1, email=MAIL), guest(activity, 2)
    cancel_activity(activity, reason="山路结冰", by=as_host(cast, activity.unit))
    assert waiting.tell_off() == 1 and waiting.tell_off() == 0
    message = OutMessage.objects.get(about_code=row.code, key__contains=":off")
    assert "山路结冰" in message.body and row.link_secret in message.body and told(silent) == []
    assert not pool_of(activity).is_open
    leave(fresh(row), by=by(row))
    assert fresh(silent).state == "waiting", "nobody moves up into an activity that is off"


def test_a_moved_session_is_told_once_and_reminded_the_day_before(cast):
    activity = far(cast, seats=2)
    row, silent = guest(activity, 1, email=MAIL), guest(activity, 2)
    assert waiting.tell_moved() == 0
    later = session_of(activity).starts_at + timedelta(days=1)
    moved = draft(seats=2, starts_at=later, ends_at=later + timedelta(hours=2))
    edit_activity(activity, moved, by=as_host(cast, activity.unit))
    assert waiting.tell_moved() == 2 and waiting.tell_moved() == 0
    assert told(row)[-1] == Happening.MOVED and told(silent) == []
    assert waiting.remind() == 0, "it is a month away"
    soon = clock.now() + timedelta(hours=20)
    Session.objects.filter(activity=activity).update(starts_at=soon, ends_at=soon + timedelta(hours=2))
    assert waiting.remind() == 0, "who signed up a moment ago knows"
    SignUp.objects.update(decided_at=clock.now() - timedelta(days=9))
    assert waiting.remind() == 1 and waiting.remind() == 0
    assert told(row)[-1] == Happening.REMINDER


@pytest.mark.parametrize("facts", [{"kind": "rights"}, {"kind": "training", "discreet": True}])
def test_messages_of_what_would_shame_name_nothing(cast, facts):
    activity = far(cast, seats=1, title="人身安全保护令怎么申请", **facts)
    first, second = guest(activity, 1, email=MAIL), guest(activity, 2, email=MAIL)
    leave(first, by=by(first))
    cancel_activity(activity, reason="讲保护令的老师病了", by=as_host(cast, activity.unit))
    waiting.tell_off()
    texts = [f"{row.subject}{row.body}" for row in OutMessage.objects.all()]
    assert len(texts) == 4 and all("保护令" not in text and "约好的事" in text for text in texts)
    assert Consent.objects.filter(person=second.person, purpose="sensitive").count() == 1


def test_consents_are_asked_each_by_itself(cast):
    secret = far(cast, seats=3, kind="rights")
    with pytest.raises(Invalid) as missing:
        sign_up(pool_of(secret), Wish(name="甲", phone=phone(1)), by=VISITOR)
    assert missing.value.field == "sensitive"
    family = far(cast, seats=5, each=3, minors=True)
    with pytest.raises(Invalid) as missing:
        sign_up(pool_of(family), Wish(name="甲", phone=phone(1), seats=2, minors=1), by=VISITOR)
    assert missing.value.field == "guardian"
    with pytest.raises(Invalid):
        sign_up(pool_of(family), Wish("甲", phone(1), seats=1, minors=2, consents=("guardian",)), by=VISITOR)
    assert SignUp.objects.count() == 0 and Consent.objects.count() == 0, "without consent nothing is kept"
    row = guest(family, 1, seats=3, minors=2)
    assert set(Consent.objects.filter(person=row.person).values_list("purpose", flat=True)) == {"sign_up", "guardian"}


def test_groups_have_their_own_seats_and_their_own_line(cast):
    activity = far(cast, seats=1, kind="mixer")
    host, session = as_host(cast, activity.unit), session_of(activity)
    change_pool(pool_of(activity), PoolWish(kind="public", capacity=1), by=host)
    men = add_pool(session, PoolWish(kind="group", name="男方", capacity=1), by=host)
    assert add_pool(session, PoolWish(kind="group", name="男方", capacity=1), by=host) == men, (
        "pressed twice, made once"
    )
    with pytest.raises(Invalid):
        add_pool(session, PoolWish(kind="group", name="男方", capacity=2), by=host)
    men = SeatPool.objects.for_joining().get(pk=men.pk)
    guest(activity, 1)
    assert guest(activity, 2).state == "waiting"
    assert guest(activity, 3, pool=men).state == "confirmed"
    assert guest(activity, 4, pool=men).state == "waiting"
    twice = guest(activity, 1, pool=men)
    assert twice.pool_id != men.pk, "one person, one sign-up a session, whichever group she presses"
    with pytest.raises(Refused):
        remove_pool(men, by=host)


def test_a_limit_for_one_person_holds_over_all_sessions(cast):
    activity = far(cast, seats=3)
    first = session_of(activity)
    pools = [pool_of(activity)]
    for week in (1, 2):
        starts = first.starts_at + timedelta(days=7 * week)
        session = Session.objects.create(activity=activity, starts_at=starts, ends_at=starts + timedelta(hours=1))
        pools.append(SeatPool.objects.create(session=session, capacity=3))
    set_gates(first, opens_at=None, closes_at=None, per_person=2, by=as_host(cast, activity.unit))
    pools = [SeatPool.objects.for_joining().get(pk=pool.pk) for pool in pools]
    rows = [guest(activity, 1, pool=pool) for pool in pools[:2]]
    assert [row.nth for row in rows] == [1, 2]
    with pytest.raises(Refused) as refusal:
        guest(activity, 1, pool=pools[2])
    assert "最多报 2 场" in str(refusal.value.sentence)
    leave(rows[0], by=by(rows[0]))
    assert guest(activity, 1, pool=pools[2]).nth == 1


def test_closed_by_the_unit_nobody_presses_in_but_the_line_goes_on(cast):
    activity = far(cast, seats=1)
    first, second = guest(activity, 1), guest(activity, 2)
    host = as_host(cast, activity.unit)
    stale = pool_of(activity)
    assert open_pool(stale, open_it=False, by=host) is True
    with pytest.raises(Refused) as refusal:
        guest(activity, 3, pool=stale)
    assert "停止报名" in str(refusal.value.sentence)
    leave(first, by=by(first))
    assert fresh(second).state == "confirmed"
    open_pool(stale, open_it=True, by=host)
    assert guest(activity, 3).state == "waiting"


def test_other_units_cannot_touch_the_seats(cast):
    activity = far(cast, seats=1)
    sister = cast.users["sister"]
    for act in (
        lambda: add_pool(session_of(activity), PoolWish(kind="group", name="甲", capacity=1), by=sister),
        lambda: change_pool(pool_of(activity), PoolWish(kind="public", capacity=9), by=sister),
        lambda: open_pool(pool_of(activity), open_it=False, by=sister),
        lambda: set_gates(session_of(activity), opens_at=None, closes_at=None, per_person=1, by=sister),
    ):
        with pytest.raises(Refused):
            act()
    assert pool_of(activity).capacity == 1 and pool_of(activity).is_open


def test_the_door_of_a_home_is_forgotten_with_its_guests(cast):
    activity = far(cast, seats=2, venue="family", place="槐树村", home_address="东街 7 号")
    assert "东街" not in Activity.objects.get(pk=activity.pk).home_address_sealed
    row = guest(activity, 1, email=MAIL)
    assert forget_guests() == 0
    ended = clock.now() - timedelta(days=31)
    Session.objects.update(starts_at=ended - timedelta(hours=1), ends_at=ended)
    assert forget_guests() == 2
    assert Activity.objects.get(pk=activity.pk).home_address == ""
    row.refresh_from_db()
    assert (row.name, row.email, row.seats, row.state) == ("", "", 1, "confirmed")


def test_what_was_sent_to_her_is_forgotten_with_her_and_that_it_was_sent_stays(cast):
    """Her telephone and address lie nowhere else either, and what never left does not leave a month later."""
    row = guest(far(cast, seats=2), 1, email=MAIL)
    letter = OutMessage.objects.get(about_code=row.code)
    assert letter.to == MAIL and letter.to_shown == "g***@example.org"
    ended = clock.now() - timedelta(days=31)
    Session.objects.update(starts_at=ended - timedelta(hours=1), ends_at=ended)
    assert forget_guests() == 1
    letter.refresh_from_db()
    assert (letter.to_sealed, letter.subject_sealed, letter.body_sealed, letter.state) == ("", "", "", "dropped")
    old = guest(far(cast, seats=2), 2, email=MAIL)
    SignUp.objects.filter(pk=old.pk).update(forgotten_at=clock.now())
    import_module("jinguo.activities.migrations.0010_letters_forgotten").forget_letters(apps, None)
    assert OutMessage.objects.get(about_code=old.code).to_sealed == "", "also what was forgotten before letters were"
