"""A plea typed into a sign-up, a feedback or a host's sentence is the duty case worker's alone, and her seat is hers at once."""

import json

import pytest
from django.test import Client

from jinguo.activities import formkey
from jinguo.activities.actions.afterwards import say_useful
from jinguo.activities.actions.host import keep_saying
from jinguo.activities.actions.sign_up import sign_up
from jinguo.activities.fields import LineField
from jinguo.activities.models import Feedback, Saying, SignUp
from jinguo.activities.wishes import NOBODY, Wish
from jinguo.federation.models import Office, Post, User
from jinguo.files.models import StoredFile
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from jinguo.lib.errors import KeptApart, Refused
from jinguo.people.actions import read_words
from jinguo.people.models import HeldWords
from jinguo.questions.actions import add_question, open_sheet
from jinguo.questions.models import Answer
from jinguo.questions.queries import answer_text, answers_of
from jinguo.questions.wishes import Given, QuestionWish
from tests.activities.pictures import jpeg
from tests.activities.stage import BY, VISITOR, as_host, phone, pool_of, published, session_of
from tests.activities.test_afterwards import held
from tests.world import Cast

pytestmark = pytest.mark.django_db

PLEA = "我丈夫经常打我，住槐荫里三号，求你们帮帮我"


def asking(cast: Cast):
    """A published activity with one question, and the question."""
    activity = published(cast, seats=20)
    sheet = open_sheet(activity.unit, kind="activity", code=activity.code, by=BY)
    question = add_question(sheet, QuestionWish(kind="text", label="有什么要说的"), code=ids.new_code(), by=BY)
    return activity, question


def wish_of(question, text: str, name: str = "李女士") -> Wish:
    return Wish(name=name, phone=phone(1), answers=(Given(question, text),))


def signed(activity, wish: Wish) -> SignUp:
    return sign_up(pool_of(activity), wish, by=VISITOR)


def who(cast: Cast, name: str) -> User:
    """As signed in anew: what somebody stands in for is remembered for a request."""
    return User.objects.get(pk=cast.users[name].pk)


def worker_of(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.users["case_worker"])
    return browser


def test_the_seat_is_hers_and_no_host_reads_the_sentence(cast):
    activity, question = asking(cast)
    row = signed(activity, wish_of(question, PLEA))
    assert (row.state, row.name) == ("confirmed", "李女士") and not Answer.objects.exists()
    words = HeldWords.objects.get()
    assert (words.door, words.about, words.unit) == ("sign_up", row.code, activity.unit)
    assert "槐荫里" not in words.words_sealed
    assert not any("槐荫里" in text for text in Entry.objects.values_list("detail", flat=True))
    host = Client()
    host.force_login(as_host(cast, activity.unit))
    session = session_of(activity)
    for page in (f"/desk/activities/{activity.code}/day/{session.code}/{row.code}/phone/",):
        assert "槐荫里" not in host.post(page).content.decode()
    assert not HeldWords.objects.visible_to(as_host(cast, activity.unit)).exists()


def test_the_page_says_whom_to_call_and_leads_on_to_her_own(cast):
    activity, question = asking(cast)
    sent = {"name": "李女士", "phone": phone(1), f"q_{question.code}": PLEA, "key": formkey.make_key(activity.code)}
    for press in range(2):
        answer = Client().post(f"/a/{activity.code}/sign-up/", sent)
        page = answer.content.decode()
        assert answer.status_code == 202 and answer["Cache-Control"] == "no-store", press
        assert 'href="tel:110"' in page and "快速离开" in page and "丈夫" not in page
        assert f'href="/s/{SignUp.objects.get().link_secret}/"' in page
    assert all("槐荫里" in json.loads(one.words)["words"] for one in HeldWords.objects.all())


def test_the_case_worker_reads_it_with_her_number_and_a_false_alarm_goes_back_where_it_was_typed(cast):
    activity, question = asking(cast)
    row = signed(activity, wish_of(question, PLEA))
    words, worker = HeldWords.objects.get(), worker_of(cast)
    page = worker.post(f"/desk/case-mails/{words.code}/").content.decode()
    assert "槐荫里三号" in page and phone(1) in page and activity.title in page and "有什么要说的" in page
    assert "放回去了" in worker.post(f"/desk/case-mails/{words.code}/release/", follow=True).content.decode()
    assert not HeldWords.objects.exists()
    assert answer_text(answers_of("sign_up", [row.code])[row.code][question.pk]) == PLEA


def test_a_name_that_is_a_plea_stands_on_no_list_and_pressing_again_is_pressing_once(cast):
    activity, question = asking(cast)
    first = signed(activity, wish_of(question, "坐车来", name="救救我，他打我"))
    again = signed(activity, wish_of(question, "坐车来", name="救救我，他打我"))
    assert (first.pk, first.name) == (again.pk, NOBODY) and HeldWords.objects.count() == 1
    assert Answer.objects.count() == 1, "what is no plea stays with the sign-up"
    worker_of(cast).post(f"/desk/case-mails/{HeldWords.objects.get().code}/release/")
    assert SignUp.objects.get().name == "救救我，他打我"


def test_what_she_says_of_the_activity_is_counted_and_her_sentence_is_not_the_host_s(cast):
    activity = held(cast)
    for _press in range(2):
        say_useful(session_of(activity), useful=3, words=PLEA, code="kx3f9m2p7q4t", by=VISITOR)
    row, words = Feedback.objects.get(), HeldWords.objects.get()
    assert (row.useful, row.words, words.door) == (3, "", "useful")
    worker_of(cast).post(f"/desk/case-mails/{words.code}/release/")
    assert Feedback.objects.get().words == PLEA
    key = formkey.make_key(activity.code)
    sent = {"useful": "3", "words": PLEA, "code": ids.new_code(), "key": key}
    answer = Client().post(f"/a/{activity.code}/useful/", sent)
    assert answer.status_code == 202 and 'href="tel:12338"' in answer.content.decode()


def test_a_host_s_sentence_waits_for_the_case_worker_and_comes_back_to_her_page(cast):
    home, host = cast.units["c.home"], cast.users["home_host"]
    for _press in range(2):
        with pytest.raises(KeptApart):
            keep_saying(home, f"明天下午3点，{PLEA}", code="kx3f9m2p7q4t", by=host)
    assert not Saying.objects.exists()
    worker_of(cast).post(f"/desk/case-mails/{HeldWords.objects.get().code}/release/")
    browser = Client()
    browser.force_login(host)
    page = browser.get(f"/desk/hosts/{home.code}/").content.decode()
    assert f"?said={Saying.objects.get().code}" in page


@pytest.mark.parametrize(
    "sent, shown", [(jpeg(place=True), "data:image/jpeg;base64,"), (b"\0\0\0\x18ftypheic", "要下载才能看")]
)
def test_the_picture_she_sends_with_it_is_sealed_with_it_for_the_case_worker(cast, sent, shown):
    home, host = cast.units["c.home"], cast.users["home_host"]
    for _press in range(2):
        with pytest.raises(KeptApart):
            keep_saying(home, PLEA, picture=sent, code="kx3f9m2p7q4t", by=host)
    words = HeldWords.objects.get()
    assert not Saying.objects.exists() and not StoredFile.objects.exists(), "no file that anybody else could be led to"
    assert "base64" not in words.words_sealed and "JFIF" not in words.words_sealed
    worker = worker_of(cast)
    page = worker.post(f"/desk/case-mails/{words.code}/").content.decode()
    assert "槐荫里三号" in page and shown in page
    worker.post(f"/desk/case-mails/{words.code}/release/")
    said = Saying.objects.get()
    assert said.words == PLEA and (said.picture is not None) == shown.startswith("data:image")


def test_where_a_county_has_no_case_worker_the_city_s_reads_it(cast):
    city, county = cast.units["c"].office, cast.units["c.a"]
    office = Office.objects.create(unit=county, parent=city)
    activity = published(cast, county, seats=9)
    assert activity.office == office
    signed(activity, Wish(name="救救我，他打我", phone=phone(1)))
    held = HeldWords.objects.get()
    assert (held.office, held.unit) == (office, county)
    assert HeldWords.objects.visible_to(who(cast, "case_worker")).get() == held
    assert "他打我" in read_words(held, by=who(cast, "case_worker"))["called"]
    hired = cast.users["liaison"]
    Post.objects.create(user=hired, unit=county, role="case_worker", starts=clock.today())
    signed(activity, Wish(name="求求你们帮帮我，他打我", phone=phone(2)))
    assert HeldWords.objects.visible_to(who(cast, "liaison")).count() == 2, "also what came before her"
    assert not HeldWords.objects.visible_to(who(cast, "case_worker")).exists()
    with pytest.raises(Refused):
        read_words(held, by=who(cast, "case_worker"))
    Post.objects.filter(user=hired, role="case_worker").delete()
    assert HeldWords.objects.visible_to(who(cast, "case_worker")).count() == 2, "and when she has left"
    assert not HeldWords.objects.visible_to(who(cast, "sister")).exists()


@pytest.mark.parametrize(
    "title", ["应急救命技能培训", "心肺复苏：四分钟，救命！", "反家暴普法：被打了怎么求助", "我们的家风故事"]
)
def test_the_name_of_a_lesson_is_nobody_s_plea(title):
    assert LineField().clean(title) == title


@pytest.mark.parametrize("field", ["title", "place", "summary"])
def test_what_the_public_will_read_holds_no_plea(cast, field):
    browser = Client()
    browser.force_login(as_host(cast, cast.units["c.edu"]))
    answer = browser.post("/desk/activities/new/", {field: PLEA})
    assert answer.status_code == 422 and "没有存。真是求助，请打 12338" in answer.content.decode()
