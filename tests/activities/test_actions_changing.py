"""A guest comes with more or fewer: by her private link, her number stays, nobody is passed over."""

import pytest
from django.test import Client

from jinguo.activities.actions.changing import change_seats
from jinguo.activities.models import SeatPool
from jinguo.federation.actions.links import open_link
from jinguo.federation.policy import SIGN_UP_LINK
from jinguo.lib.errors import Invalid, Refused
from jinguo.people.models import Consent
from tests.activities.stage import fresh, guest, published

pytestmark = pytest.mark.django_db


def change(row, seats, **more):
    link = open_link(row.link_secret, SIGN_UP_LINK)
    return change_seats(fresh(row), **{"seats": seats, "minors": 0, "guardian": False, "by": link, **more})


def test_fewer_come_and_the_next_in_line_moves_up_at_once(cast):
    activity = published(cast, seats=4, each=3)
    first, second = guest(activity, 1, seats=3), guest(activity, 2, seats=2)
    assert fresh(second).state == "waiting"
    assert change(first, 2) and not change(first, 2)
    assert (fresh(first).seats, fresh(first).order, fresh(second).state) == (2, 1, "confirmed")
    assert SeatPool.objects.get().taken == 4


def test_more_come_only_while_seats_are_free_and_nobody_waits(cast):
    activity = published(cast, seats=5, each=3)
    first = guest(activity, 1)
    assert change(first, 3)
    second, third = guest(activity, 2, seats=2), guest(activity, 3)
    assert fresh(third).state == "waiting"
    assert change(first, 1) and fresh(third).state == "confirmed"
    with pytest.raises(Refused, match="没有这么多空席"):
        change(second, 5 - 2) and change(first, 3)
    with pytest.raises(Refused, match="最多报 3 席"):
        change(first, 9)
    assert SeatPool.objects.get().taken == sum(fresh(row).seats for row in (first, second, third))


def test_who_waits_may_ask_for_less_and_never_for_more(cast):
    activity = published(cast, seats=2, each=2)
    guest(activity, 1, seats=2)
    waits = guest(activity, 2, seats=2)
    assert change(waits, 1)
    with pytest.raises(Refused, match="只能减，不能加"):
        change(waits, 2)


def test_more_children_need_their_guardians_word_again(cast):
    activity = published(cast, seats=5, each=3, minors=True)
    row = guest(activity, 1)
    with pytest.raises(Invalid, match="监护人"):
        change(row, 3, minors=2)
    asked = Consent.objects.count()
    assert change(row, 3, minors=2, guardian=True)
    assert fresh(row).minors == 2 and Consent.objects.count() > asked
    with pytest.raises(Invalid, match="不能多于"):
        change(row, 1, minors=2, guardian=True)


def test_her_own_page_changes_it_without_scripts_and_says_what_is_in_the_way(cast):
    activity = published(cast, seats=3, each=3)
    row = guest(activity, 1)
    mine = f"/s/{row.link_secret}/"
    client = Client()
    assert "来的人数有变" in client.get(mine).content.decode()
    assert client.post(f"{mine}seats/", {"seats": "3"}).status_code == 303
    assert "3 席" in client.get(mine).content.decode()
    guest(activity, 2)
    assert client.post(f"{mine}seats/", {"seats": "一堆"}).status_code == 422
    assert client.post(f"{mine}seats/", {"seats": "2"}).status_code == 303
    answer = client.post(f"{mine}seats/", {"seats": "3"})
    assert answer.status_code == 409 and "原来的席位还在" in answer.content.decode()
    alone = published(cast, seats=3)
    assert "来的人数有变" not in client.get(f"/s/{guest(alone, 3).link_secret}/").content.decode()
