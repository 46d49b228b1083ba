"""Things given out, the one question to those who came, and what is told of an activity afterwards."""

from datetime import timedelta

import pytest
from django.test import Client

from jinguo.activities import formkey
from jinguo.activities.actions.afterwards import hand_out, undo_hand_out, write_story
from jinguo.activities.actions.day import record_headcount
from jinguo.activities.actions.forget import forget_guests
from jinguo.activities.actions.plan import finish_activity
from jinguo.activities.models import Activity, Feedback, HandOut
from jinguo.activities.queries import record_of
from jinguo.activities.story import draft_story
from jinguo.activities.wishes import Heads
from jinguo.lib import clock, ids
from jinguo.lib.errors import Refused
from tests.activities.stage import as_host, guest, published, session_of, shift_session
from tests.world import Cast

pytestmark = pytest.mark.django_db


def held(cast: Cast, **facts) -> Activity:
    """An activity that was on yesterday morning."""
    activity = published(cast, **{"seats": 20, "place": "槐树村文化室", **facts})
    yesterday = clock.today() - timedelta(days=1)
    shift_session(activity, starts_at=clock.at(yesterday, 9), ends_at=clock.at(yesterday, 11))
    return activity


def test_things_given_out_are_counted_once_undone_and_added_up(cast):
    activity = held(cast)
    session, host = session_of(activity), as_host(cast, activity.unit)
    code = ids.new_code()
    rows = [hand_out(session, what="口袋书", count=40, about=False, code=code, by=host) for _press in range(3)]
    assert len({row.pk for row in rows}) == HandOut.objects.count() == 1
    hand_out(session, what="口袋书", count=20, about=True, code=ids.new_code(), by=host)
    wrong = hand_out(session, what="花苗", count=9, about=False, code=ids.new_code(), by=host)
    assert undo_hand_out(wrong, by=host) and not undo_hand_out(wrong, by=host)
    assert record_of(activity).given_out == (("口袋书", 60, True),)


def test_a_guest_answers_the_one_question_and_her_last_word_stands(cast):
    activity = published(cast, seats=20)
    row = guest(activity, 1)
    client = Client()
    page = f"/s/{row.link_secret}/"
    assert "这场有用吗" not in client.get(page).content.decode(), "asked before it has begun"
    yesterday = clock.today() - timedelta(days=1)
    shift_session(activity, starts_at=clock.at(yesterday, 9), ends_at=clock.at(yesterday, 11))
    assert "这场有用吗" in client.get(page).content.decode()
    assert "请先点" in client.post(f"{page}useful/", {"words": "忘了点"}).content.decode()
    for useful, words in ((1, ""), (3, "讲得明白")):
        assert client.post(f"{page}useful/", {"useful": useful, "words": words}).status_code == 303
    told = Feedback.objects.get()
    assert (told.useful, told.words) == (3, "讲得明白") and "讲得明白" not in told.words_sealed
    assert record_of(activity).useful == (1, 0, 0)


def test_who_just_came_answers_without_a_name_and_once_however_often_she_presses(cast):
    activity = held(cast, seats=None)
    client, code = Client(), ids.new_code()
    assert f"/a/{activity.code}/useful/" in client.get(f"/a/{activity.code}/").content.decode()
    sent = {"useful": "2", "words": "想再听一次", "code": code, "key": formkey.make_key(activity.code)}
    for _press in range(3):
        assert client.post(f"/a/{activity.code}/useful/", sent).status_code == 303
    assert Feedback.objects.get().sign_up is None
    old = client.post(f"/a/{activity.code}/useful/", {**sent, "key": "1.x"})
    assert old.status_code == 422 and "页面开得久了" in old.content.decode() and "想再听一次" in old.content.decode()


def test_of_what_would_shame_no_words_are_taken_and_all_words_go_with_the_guests(cast):
    discreet, open_one = held(cast, kind="rights"), held(cast)
    for activity in (discreet, open_one):
        sent = {"useful": "3", "words": "我家的事", "code": ids.new_code(), "key": formkey.make_key(activity.code)}
        assert Client().post(f"/a/{activity.code}/useful/", sent).status_code == 303
    assert [row.words for row in Feedback.objects.order_by("pk")] == ["", "我家的事"]
    days = discreet.office.public_days + 1
    long_ago = clock.today() - timedelta(days=days)
    for activity in (discreet, open_one):
        shift_session(activity, starts_at=clock.at(long_ago, 9), ends_at=clock.at(long_ago, 11))
    forget_guests()
    assert [(row.useful, row.words) for row in Feedback.objects.all()] == [(3, ""), (3, "")]


def test_the_draft_says_what_was_recorded_and_names_what_is_missing(cast):
    activity = held(cast, title="“漾泉巾帼红”义诊", cohosts=("县医院",))
    host = as_host(cast, activity.unit)
    empty = draft_story(activity, record_of(activity))
    assert "人次" not in empty.text and any("没有报人数" in line for line in empty.missing)
    record_headcount(session_of(activity), Heads(on_site=46, women=40, exactness="about"), by=host)
    hand_out(session_of(activity), what="折页", count=50, about=False, code=ids.new_code(), by=host)
    draft = draft_story(activity, record_of(activity))
    day = clock.today() - timedelta(days=1)
    assert f"{day.month}月{day.day}日上午" in draft.text
    assert "县医院联合在槐树村文化室举办“‘漾泉巾帼红’义诊”。" in draft.text
    assert "现场参加约46人次，其中女性约40人次。现场发放折页50份。" in draft.text
    assert not any("没有报人数" in line for line in draft.missing)


def test_the_story_is_shown_where_its_unit_says_so_and_goes_into_its_report(cast):
    activity = held(cast)
    host = as_host(cast, activity.unit)
    with pytest.raises(Refused, match="办完以后再写"):
        write_story(activity, text="……", shown=True, by=host)
    finish_activity(activity, by=host)
    activity.refresh_from_db()
    write_story(activity, text="大家读到很晚。", shown=False, by=host)
    address = f"/a/{activity.code}/"
    assert "大家读到很晚" not in Client().get(address).content.decode()
    activity.refresh_from_db()
    assert record_of(activity).story == "大家读到很晚。" and activity.written_at
    desk = Client()
    desk.force_login(host)
    assert "大家读到很晚" in desk.get(f"/desk/activities/{activity.code}/story/").content.decode()
    sent = {"story": "大家读到很晚，孩子不肯走。", "show": "1"}
    assert desk.post(f"/desk/activities/{activity.code}/story/", sent).status_code == 302
    assert "孩子不肯走" in desk.get(address).content.decode()


def test_what_would_shame_is_never_told_of_in_public(cast):
    activity = held(cast, kind="mixer")
    host = as_host(cast, activity.unit)
    finish_activity(activity, by=host)
    activity.refresh_from_db()
    with pytest.raises(Refused, match="不公开写"):
        write_story(activity, text="来了三位姐妹。", shown=True, by=host)
    assert write_story(activity, text="来了三位姐妹。", shown=False, by=host)
