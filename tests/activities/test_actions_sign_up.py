"""What a visitor may rely on when she signs up or leaves."""

from datetime import timedelta

import pytest

from jinguo.activities.actions.forget import forget_guests
from jinguo.activities.actions.plan import cancel_activity, edit_activity, finish_activity
from jinguo.activities.actions.sign_up import leave, sign_up
from jinguo.activities.models import SeatPool, SignUp
from jinguo.activities.models.sign_up import SignUpState
from jinguo.activities.queries.desk import place_in_line
from jinguo.activities.wishes import Wish
from jinguo.federation.actions.links import open_link
from jinguo.federation.models import Link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Gone, Invalid, Refused
from jinguo.people.actions import place_hold
from jinguo.people.models import Consent, Person, RetentionClock
from tests.activities.stage import BY, VISITOR, as_host, draft, guest, phone, pool_of, published, shift_session

pytestmark = pytest.mark.django_db
CONFIRMED, WAITING, CANCELLED = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.CANCELLED


def states(activity) -> list[tuple[str, str]]:
    rows = SignUp.objects.filter(pool__session__activity=activity).order_by("order")
    return [(row.name, row.state) for row in rows]


def test_a_seat_then_the_waiting_list_then_a_clear_no(cast):
    activity = published(cast, seats=2)
    SeatPool.objects.update(waiting_cap=1)
    assert [guest(activity, n).state for n in (1, 2, 3)] == [CONFIRMED, CONFIRMED, WAITING]
    with pytest.raises(Refused) as refusal:
        guest(activity, 4)
    assert "都满了" in str(refusal.value.sentence)
    pool = pool_of(activity)
    assert (pool.taken, pool.waiting, pool.drawn) == (2, 1, 3)
    assert Person.objects.count() == 3, "who was refused is not kept"


def test_pressing_again_gives_the_same_answer_and_the_same_address(cast):
    activity = published(cast, seats=5)
    first, again = guest(activity, 1, name="王 芳"), guest(activity, 1, name="王芳")
    assert (first.pk, first.token, first.link_secret) == (again.pk, again.token, again.link_secret)
    assert SignUp.objects.count() == Link.objects.filter(object_kind="sign_up").count() == 1
    assert pool_of(activity).taken == 1


def test_a_telephone_alone_does_not_open_somebody_elses_sign_up(cast):
    activity = published(cast, seats=5)
    guest(activity, 1, name="王芳")
    with pytest.raises(Invalid) as refusal:
        guest(activity, 1, name="李梅")
    assert refusal.value.field == "name" and "另一个称呼" in str(refusal.value.sentence)


def test_the_private_link_opens_only_her_own_sign_up(cast):
    activity = published(cast, seats=5)
    mine, hers = guest(activity, 1), guest(activity, 2)
    link = open_link(mine.link_secret, SIGN_UP_LINK)
    assert list(SignUp.objects.visible_to(link)) == [mine]
    assert open_link(hers.link_secret, SIGN_UP_LINK).object_code == hers.code
    assert link.expires_at == mine.pool.session.ends_at + timedelta(days=30)


def test_name_and_phone_are_sealed_consented_and_given_a_clock(cast):
    activity = published(cast, seats=5)
    row = guest(activity, 7, name="赵秀兰")
    person = row.person
    assert (person.name, person.phone, row.name) == ("赵秀兰", phone(7), "赵秀兰")
    stored = f"{person.name_sealed}{person.phone_sealed}{row.name_sealed}{row.link_secret_sealed}"
    assert "赵秀兰" not in stored and phone(7) not in stored
    assert Consent.objects.get(person=person).purpose == "sign_up"
    assert RetentionClock.objects.get(object_code=person.code).due_at == row.pool.session.ends_at + timedelta(days=30)
    journal = "".join(f"{e.object_code}{e.detail}" for e in Entry.objects.all())
    assert "赵秀兰" not in journal and phone(7) not in journal


def test_leaving_frees_the_seat_once_and_the_next_moves_up(cast):
    activity = published(cast, seats=1)
    first, second, third = guest(activity, 1), guest(activity, 2), guest(activity, 3)
    assert [place_in_line(row) for row in (first, second, third)] == [0, 1, 2]
    assert leave(first, by=open_link(first.link_secret, SIGN_UP_LINK)) is True
    assert leave(first, by=open_link(first.link_secret, SIGN_UP_LINK)) is False
    assert states(activity) == [("访客1", CANCELLED), ("访客2", CONFIRMED), ("访客3", WAITING)]
    pool = pool_of(activity)
    assert (pool.taken, pool.waiting) == (1, 1)
    second.refresh_from_db()
    assert second.promoted_at is not None
    assert place_in_line(third) == 1


def test_who_left_may_sign_up_again_and_stands_last(cast):
    activity = published(cast, seats=1)
    first, second = guest(activity, 1), guest(activity, 2)
    leave(first, by=open_link(first.link_secret, SIGN_UP_LINK))
    back = guest(activity, 1)
    assert back.pk != first.pk and back.state == WAITING and back.order == 3
    assert place_in_line(back) == 1
    second.refresh_from_db()
    assert second.state == CONFIRMED


def test_a_family_takes_all_its_seats_or_waits_and_nobody_jumps_the_line(cast):
    activity = published(cast, seats=3, each=3)
    guest(activity, 1, seats=2)
    family = guest(activity, 2, seats=2)
    single = guest(activity, 3, seats=1)
    assert (family.state, single.state) == (WAITING, WAITING), "one seat is free, but the family was first"
    leave(family, by=open_link(family.link_secret, SIGN_UP_LINK))
    single.refresh_from_db()
    assert single.state == CONFIRMED
    with pytest.raises(Refused):
        guest(activity, 4, seats=4)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"starts_at": timedelta(hours=-1)}, "已经开始"),
        ({"closes_at": timedelta(minutes=-1)}, "已经截止"),
        ({"opens_at": timedelta(days=1)}, "还没开始"),
        ({"walk_in": True}, "直接来"),
    ],
)
def test_closed_not_open_yet_and_walk_in_each_say_so(cast, change, said):
    activity = published(cast, seats=5)
    moment = clock.now()
    shift_session(activity, **{name: moment + v if isinstance(v, timedelta) else v for name, v in change.items()})
    with pytest.raises(Refused) as refusal:
        guest(activity, 1)
    assert said in str(refusal.value.sentence)


def test_a_cancelled_activity_takes_nobody(cast):
    activity = published(cast, seats=5)
    cancel_activity(activity, reason="下大雪", by=as_host(cast, activity.unit))
    with pytest.raises(Refused) as refusal:
        guest(activity, 1)
    assert "取消" in str(refusal.value.sentence)


def test_more_seats_go_to_the_waiting_list_and_fewer_than_taken_are_refused(cast):
    activity = published(cast, seats=1)
    guest(activity, 1), guest(activity, 2), guest(activity, 3)
    host = as_host(cast, activity.unit)
    edit_activity(activity, draft(seats=2), by=host)
    assert [state for _name, state in states(activity)] == [CONFIRMED, CONFIRMED, WAITING]
    with pytest.raises(Refused) as refusal:
        edit_activity(activity, draft(seats=1), by=host)
    assert "2 席" in str(refusal.value.sentence)
    with pytest.raises(Refused):
        edit_activity(activity, draft(), by=host)
    assert pool_of(activity).capacity == 2


def test_a_moved_session_takes_links_and_clocks_with_it(cast):
    activity = published(cast, seats=2)
    row = guest(activity, 1)
    later = row.pool.session.ends_at + timedelta(days=90)
    edit_activity(
        activity, draft(seats=2, starts_at=later - timedelta(hours=2), ends_at=later), by=as_host(cast, activity.unit)
    )
    assert Link.objects.get(object_code=row.code).expires_at == later + timedelta(days=30)
    assert RetentionClock.objects.get(object_code=row.person.code).due_at == later + timedelta(days=30)


def test_the_house_forgets_names_when_the_days_have_passed_and_keeps_the_counts(cast):
    activity = published(cast, seats=3)
    kept, gone = guest(activity, 1), guest(activity, 2)
    place_hold("sign_up", kept.code, reason="信访", by=BY)
    ended = clock.now() - timedelta(days=30, hours=1)
    shift_session(activity, starts_at=ended - timedelta(hours=1), ends_at=ended)
    assert forget_guests() == 1
    assert forget_guests() == 0
    kept.refresh_from_db(), gone.refresh_from_db()
    assert (kept.name, gone.name, gone.link_secret) == ("访客1", "", "")
    assert gone.state == CONFIRMED and pool_of(activity).taken == 2
    with pytest.raises(Gone):
        open_link(Link.objects.get(object_code=gone.code).code, SIGN_UP_LINK)
    assert Link.objects.get(object_code=gone.code).revoked_at is not None


def test_nobody_leaves_after_it_has_begun(cast):
    activity = published(cast, seats=3)
    row = guest(activity, 1)
    shift_session(activity, starts_at=clock.now() - timedelta(minutes=1))
    row = SignUp.objects.select_related("pool__session__activity__unit").get(pk=row.pk)
    with pytest.raises(Refused) as refusal:
        leave(row, by=open_link(row.link_secret, SIGN_UP_LINK))
    assert "已经开始" in str(refusal.value.sentence)
    finish_activity(activity, by=as_host(cast, activity.unit))
    assert pool_of(activity).taken == 1


def test_a_visitor_signs_up_only_through_the_public_door(cast):
    activity = published(cast, seats=3)
    with pytest.raises(Refused):
        sign_up(pool_of(activity), Wish(name="别家经办", phone=phone(1)), by=cast.users["sister"])
    assert sign_up(pool_of(activity), Wish(name="别家经办", phone=phone(1)), by=VISITOR).state == CONFIRMED
