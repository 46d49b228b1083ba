"""A guest changes to another session of the same activity by her private link: what she has stays hers until the other is."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jinguo.activities.actions.again import add_sessions
from jinguo.activities.actions.day import check_in
from jinguo.activities.actions.moving import move_sign_up
from jinguo.activities.actions.pools import add_pool, open_pool
from jinguo.activities.models import Activity, SeatPool
from jinguo.activities.wishes import PoolWish
from jinguo.federation.actions.links import open_link
from jinguo.federation.models import Link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Refused
from jinguo.messages.models import OutMessage
from jinguo.people.models import RetentionClock
from tests.activities.stage import as_host, fresh, guest, published

pytestmark = pytest.mark.django_db


def weekly(cast, **facts) -> tuple[Activity, SeatPool, SeatPool]:
    """Two sessions, a month ahead and a week later, with their pools."""
    day = clock.today() + timedelta(days=30)
    given = {"seats": 1, "starts_at": clock.at(day, 14), "ends_at": clock.at(day, 16), **facts}
    activity = published(cast, **given)
    add_sessions(activity, weeks=1, until=day + timedelta(days=7), by=as_host(cast, activity.unit))
    return activity, *pools(activity)


def pools(activity: Activity) -> list[SeatPool]:
    return list(SeatPool.objects.for_joining().filter(session__activity=activity))


def move(row, to, **more) -> bool:
    return move_sign_up(fresh(row), to, by=open_link(row.link_secret, SIGN_UP_LINK), **more)


def test_the_new_seat_is_hers_the_old_one_the_next_ones_and_her_page_stays(cast):
    activity, first, second = weekly(cast)
    row, waits = guest(activity, 1, pool=first, email="a@example.org"), guest(activity, 2, pool=first)
    assert (fresh(waits).state, move(row, second), move(row, second)) == ("waiting", True, False)
    now = fresh(row)
    assert (now.pool, now.session, now.state, now.order) == (second, second.session, "confirmed", 1)
    assert (now.code, now.link_secret, now.name) == (row.code, row.link_secret, row.name)
    assert fresh(waits).state == "confirmed", "who waited for her seat has it in the same moment"
    assert [pool.taken for pool in pools(activity)] == [1, 1] and [pool.waiting for pool in pools(activity)] == [0, 0]
    line = Entry.objects.get(action="signup.move")
    assert line.object_code == row.code and second.session.code in line.detail
    told = OutMessage.objects.filter(about_code=row.code).latest("pk")
    assert ":changed:" in told.key and "改好了" in told.body
    end = second.session.ends_at + timedelta(days=activity.office.public_days)
    assert RetentionClock.objects.get(object_code=row.person.code).due_at >= end
    assert Link.objects.get(object_code=row.code).expires_at >= end


def test_what_she_has_stays_hers_when_the_other_is_full(cast):
    activity, first, second = weekly(cast)
    row, there = guest(activity, 1, pool=first), guest(activity, 2, pool=second)
    with pytest.raises(Refused, match="原来的还在"):
        move(row, second)
    assert (fresh(row).pool, fresh(row).state, fresh(there).state) == (first, "confirmed", "confirmed")
    assert not Entry.objects.filter(action="signup.move").exists()


def test_she_waits_there_only_if_she_said_so(cast):
    activity, first, second = weekly(cast)
    row, _there, next_one = (
        guest(activity, 1, pool=first),
        guest(activity, 2, pool=second),
        guest(activity, 3, pool=first),
    )
    assert move(row, second, wait=True)
    assert (fresh(row).state, fresh(row).pool, fresh(next_one).state) == ("waiting", second, "confirmed")
    assert [(pool.taken, pool.waiting) for pool in pools(activity)] == [(1, 0), (1, 1)]
    assert move(next_one, second, wait=True) and not fresh(next_one).promoted_at
    assert fresh(next_one).order == 3, "behind who waited there before"


def test_a_family_changes_whole_or_not_at_all(cast):
    activity, first, second = weekly(cast, seats=3, each=3)
    family, _there = guest(activity, 1, pool=first, seats=3), guest(activity, 2, pool=second)
    with pytest.raises(Refused, match="没有这么多空席"):
        move(family, second)
    assert [pool.taken for pool in pools(activity)] == [3, 1]


def test_not_where_she_stands_already_nor_where_nobody_may_sign_up(cast):
    activity, first, second = weekly(cast, seats=2)
    host = as_host(cast, activity.unit)
    row, _too = guest(activity, 1, pool=first), guest(activity, 1, pool=second)
    with pytest.raises(Refused, match="已经报过"):
        move(row, second)
    other = guest(activity, 2, pool=first)
    open_pool(second, open_it=False, by=host)
    with pytest.raises(Refused, match="停止报名"):
        move(other, pools(activity)[1])
    kept = add_pool(second.session, PoolWish("unit", 5, unit=cast.units["c.home"]), by=host)
    with pytest.raises(Refused, match="不能改到那里"):
        move(other, SeatPool.objects.for_joining().get(pk=kept.pk))
    elsewhere, _first, another = weekly(cast)
    with pytest.raises(Refused, match="不能改到那里"):
        move(other, another)
    check_in(fresh(other), by=host)
    with pytest.raises(Refused, match="签到"):
        move(other, second)
    assert elsewhere.pk != activity.pk and fresh(other).pool == first


def test_another_slot_of_the_same_day_keeps_the_code_for_the_door(cast):
    activity, first, _second = weekly(cast)
    row = guest(activity, 1, pool=first)
    slot = add_pool(first.session, PoolWish("slot", 2, slot_from=first.session.starts_at + timedelta(minutes=30),
                    slot_until=first.session.ends_at), by=as_host(cast, activity.unit))  # fmt: skip
    assert move(row, SeatPool.objects.for_joining().get(pk=slot.pk))
    assert (fresh(row).token, fresh(row).pool) == (row.token, slot)


def test_her_own_page_changes_it_without_scripts_and_says_what_is_in_the_way(cast):
    activity, first, second = weekly(cast)
    row, client = guest(activity, 1, pool=first), Client()
    mine = f"/s/{row.link_secret}/"
    page = client.get(mine).content.decode()
    assert "换个时间来" in page and re.findall(r'name="to" value="(\w+)"', page) == [second.code]
    assert 'name="wait"' not in page, "nothing to wait for"
    assert client.get(f"{mine}move/").status_code == 302
    assert client.post(f"{mine}move/", {"to": first.code}).status_code == 422
    there = guest(activity, 2, pool=second)
    answer = client.post(f"{mine}move/", {"to": second.code})
    assert (
        answer.status_code == 409
        and "原来的还在" in answer.content.decode()
        and 'name="wait"' in answer.content.decode()
    )
    assert client.post(f"{mine}move/", {"to": second.code, "wait": "on"}).status_code == 303
    assert "候补第 1 位" in client.get(mine).content.decode()
    alone = published(cast, seats=3)
    assert "换个时间来" not in client.get(f"/s/{guest(alone, 3).link_secret}/").content.decode()
    stranger = Client().post(
        f"/s/{there.link_secret}/move/", {"to": first.code}, HTTP_ORIGIN="https://other.example.org"
    )
    assert stranger.status_code == 403 and fresh(there).pool == second
