"""Holding it again: a copy takes everything but the people; every week until a day; one session taken back; series by name."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from jinguo.activities.actions.again import add_sessions, copy_activity, remove_session
from jinguo.activities.actions.day import count_walk_in
from jinguo.activities.actions.pools import add_pool, set_gates
from jinguo.activities.models import Activity, SeatPool, Session, SignUp
from jinguo.activities.queries.desk import activity_seen
from jinguo.activities.views.again import next_day
from jinguo.activities.wishes import PoolWish
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Refused
from jinguo.questions.actions import add_question, open_sheet
from jinguo.questions.queries import questions_of
from jinguo.questions.wishes import QuestionWish
from tests.activities.stage import guest, pool_of, published, session_of, shift_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(cast):
    """Two sessions a week apart, women and men, a question that hangs on another, a unit's own seats, a guest."""
    liaison = cast.users["liaison"]
    activity = published(
        cast, seats=8, series="周三读书会", venue="family", place="槐树村", home_address="3组12号", minors=True,
        audiences=("families",), cohosts=("市图书馆",), expected=40,
    )  # fmt: skip
    add_pool(session_of(activity), PoolWish(kind="unit", capacity=3, unit=cast.units["c.a"]), by=liaison)
    set_gates(session_of(activity), opens_at=clock.now(), closes_at=None, per_person=1, by=liaison)
    add_sessions(activity, weeks=1, until=clock.today() + timedelta(days=8), by=liaison)
    sheet = open_sheet(activity.unit, kind="activity", code=activity.code, by=liaison)
    how = add_question(
        sheet, QuestionWish(kind="choice", label="怎么来", choices=("坐车", "走路")), code=ids.new_code(), by=liaison
    )
    wish = QuestionWish(kind="text", label="在哪上车", asks_if=how, asks_value="坐车")
    add_question(sheet, wish, code=ids.new_code(), by=liaison)
    guest(activity, 1)
    return activity_seen(liaison, activity.code)


def pools(activity):
    rows = SeatPool.objects.filter(session__activity=activity).order_by("session__starts_at", "position")
    return [(pool.kind, pool.name, pool.unit_id, pool.capacity, pool.each) for pool in rows]


def test_a_copy_has_everything_but_the_people(cast, source):
    liaison, code = cast.users["liaison"], ids.new_code()
    day = clock.today() + timedelta(days=29)
    copy = copy_activity(source, day=day, code=code, by=liaison)
    assert copy_activity(source, day=day, code=code, by=liaison).pk == copy.pk, "sent twice, made once"
    copy = activity_seen(liaison, code)
    for name in ("title", "kind", "venue", "place", "home_address", "minors", "expected", "series", "visibility"):
        assert getattr(copy, name) == getattr(source, name), name
    assert (copy.state, copy.published_at) == ("draft", None)
    assert [row.name for row in copy.cohosts.all()] == ["市图书馆"]
    assert [row.audience for row in copy.audiences.all()] == ["families"]
    then, now = (list(one.sessions.order_by("starts_at")) for one in (source, copy))
    assert [session.starts_at - timedelta(days=28) for session in now] == [session.starts_at for session in then]
    assert now[0].opens_at - then[0].opens_at == timedelta(days=28)
    assert pools(copy) == pools(source) and len(pools(copy)) == 4
    doors = SeatPool.objects.filter(kind="unit").values_list("door_hash", flat=True)
    assert len(set(doors)) == 4, "an address of its own for every session"
    assert SeatPool.objects.filter(session__activity=copy).exclude(taken=0, drawn=0, waiting=0).count() == 0
    how, where = questions_of("activity", code)
    assert (where.asks_if_id, where.asks_value) == (how.pk, "坐车")
    assert not SignUp.objects.filter(activity=copy).exists()


def test_another_unit_copies_nothing(cast, source):
    with pytest.raises(Refused):
        copy_activity(source, day=clock.today(), code=ids.new_code(), by=cast.users["sister"])


def test_every_week_until_a_day_and_not_once_more(cast):
    activity, liaison = published(cast, seats=5), cast.users["liaison"]
    first = session_of(activity)
    until = clock.local(first.starts_at).date() + timedelta(days=21)
    assert add_sessions(activity, weeks=1, until=until, by=liaison) == 3
    assert add_sessions(activity, weeks=1, until=until, by=liaison) == 3, "pressed again"
    with pytest.raises(Invalid, match="排不出"):
        add_sessions(activity, weeks=2, until=until, by=liaison)
    starts = list(activity.sessions.order_by("starts_at").values_list("starts_at", flat=True))
    assert [start - first.starts_at for start in starts] == [timedelta(weeks=n) for n in range(4)]
    assert {pool[3] for pool in pools(activity)} == {5}
    with pytest.raises(Invalid, match="最多 60 场"):
        add_sessions(activity, weeks=1, until=until + timedelta(days=420), by=liaison)
    assert (
        guest(activity, 1, pool=SeatPool.objects.for_joining().filter(session__starts_at=starts[3]).get()).state
        == "confirmed"
    )


def test_a_session_in_which_something_happened_stays(cast):
    activity, liaison = published(cast, seats=5), cast.users["liaison"]
    with pytest.raises(Refused, match="只有这一场"):
        remove_session(session_of(activity), by=liaison)
    add_sessions(activity, weeks=2, until=clock.today() + timedelta(days=40), by=liaison)
    rows = list(Session.objects.filter(activity=activity).select_related("activity__unit").order_by("starts_at"))
    guest(activity, 1, pool=pool_of(activity))
    count_walk_in(rows[1], people=2, code=ids.new_code(), by=liaison)
    for row in rows[:2]:
        with pytest.raises(Refused, match="不能去掉"):
            remove_session(row, by=liaison)
    assert remove_session(rows[2], by=liaison) is True
    assert activity.sessions.count() == 2


def test_the_next_day_is_the_same_weekday_and_not_gone_by(cast):
    activity = published(cast)
    for ago in (0, 3, 20, 100, 300, 700):
        starts = clock.now() - timedelta(days=ago)
        shift_session(activity, starts_at=starts, ends_at=starts + timedelta(hours=1))
        fresh = Activity.objects.prefetch_related("sessions").get(pk=activity.pk)
        day = next_day(fresh)
        assert day >= clock.today() and (day - clock.local(starts).date()).days % 7 == 0, ago


def test_both_doors_lead_through_it_and_the_series_has_a_page(cast, source, client):
    client.force_login(cast.users["liaison"])
    start = f"/desk/activities/{source.code}/"
    assert "照原样再办一次" in client.get(f"{start}again/").content.decode()
    told = {"day": f"{clock.today() + timedelta(days=15)}", "code": ids.new_code()}
    assert "照原样又做了一场" in client.post(f"{start}again/", told, follow=True).content.decode()
    assert client.post(f"{start}again/", {"day": "", "code": told["code"]}).status_code == 422
    assert client.post(f"{start}more/", {"every": "1", "until": f"{clock.today()}"}).status_code == 422
    more = client.post(f"{start}more/", {"every": "1", "until": f"{clock.today() + timedelta(days=16)}"}, follow=True)
    assert "加了 1 场" in more.content.decode()
    cache.clear()
    html = Client().get(f"/series/{source.series.code}/").content.decode()
    assert "周三读书会" in html and html.count(f'href="/a/{source.code}/"') == 3
    assert f"/series/{source.series.code}/" in Client().get(f"/a/{source.code}/").content.decode()
    assert Client().get("/series/nothing00000/").status_code == 404
