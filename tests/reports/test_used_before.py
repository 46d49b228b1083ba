"""The reporter is told gently, before she sends, that a photograph or a paragraph was used before; nobody else ever is."""

import pytest

from jinguo.activities.actions.photos import add_photo
from jinguo.lib import clock, ids
from jinguo.reports.actions import returns
from jinguo.reports.models import Mark, Return
from tests.reports import builders
from tests.reports.test_prints import LONG, jpeg, scene

TODAY = clock.today().isoformat()


@pytest.fixture
def issued(cast):
    return builders.issue(cast)


def sheet_page(client, issued, key="c.a", activity=None):
    about = f"activity={activity.code}" if activity else f"obligation={issued.obligations[key].code}"
    address = f"/l/{issued.link(key).secret}/reports/new/?{about}"
    form = client.get(address).context["form"]
    data = {field.html_name: field.value() for field in form if field.value() not in (None, False, "")}
    return address, data


def pictured(issued, key: str, title: str, seed: int = 1, **form):
    """An activity with a picture; `form`: how the file was saved."""
    activity = builders.hold(issued, key, title)
    image = scene(seed).resize((300, 225)) if form else scene(seed)
    add_photo(activity, data=jpeg(image, **form), consent=True, by=issued.link(key))
    return activity


def test_a_paragraph_of_ones_own_is_named_and_sent_all_the_same_on_the_second_press(client, issued):
    builders.report(issued, "c.a", "春天的故事会", summary=LONG)
    address, data = sheet_page(client, issued)
    data |= {"title": "秋天的故事会", "held_on": TODAY, "summary": LONG.replace("一百二十六位", "许多")}
    asked = client.post(address, data)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "贵单位报过的3月6日“春天的故事会”里的几乎一样" in page
    assert "why-words_used" not in page, "nothing is to be explained"
    data["asked"] = asked.context["asked"]
    assert client.post(address, data).status_code == 302
    given = Return.objects.get(current__title="秋天的故事会")
    assert given.current.doubts == [], "what was told to her alone is not kept"
    client.force_login(issued.cast.users["officer"])
    assert "几乎一样" not in client.get(f"/desk/reports/{given.code}/").content.decode()


def test_anothers_paragraph_is_told_without_its_name(client, issued):
    builders.report(issued, "c.b", "西岭的会", summary=LONG)
    address, data = sheet_page(client, issued)
    page = client.post(address, data | {"title": "东川的会", "held_on": TODAY, "summary": LONG}).content.decode()
    assert "别的单位报过的一件里的几乎一样" in page
    assert "西岭" not in page


def test_a_photograph_saved_anew_is_told(client, issued):
    first = pictured(issued, "c.a", "春天的故事会")
    address, data = sheet_page(client, issued, activity=first)
    assert client.post(address, data).status_code == 302, "the first time nothing is asked"
    again = pictured(issued, "c.a", "秋天的读书会", quality=40)
    address, data = sheet_page(client, issued, activity=again)
    asked = client.post(address, data)
    assert asked.status_code == 422
    assert "有一张照片好像在贵单位报过的" in asked.content.decode() and "“春天的故事会”里用过" in asked.content.decode()
    other = pictured(issued, "c.a", "又一场", seed=2)
    address, data = sheet_page(client, issued, activity=other)
    assert client.post(address, data).status_code == 302


def test_mending_ones_own_report_repeats_nothing_and_what_was_withdrawn_is_forgotten(client, issued):
    given = builders.report(issued, "c.a", summary=LONG, held_on=clock.today())
    link = issued.link("c.a").secret
    form = client.get(f"/l/{link}/reports/{given.code}/edit/").context["form"]
    data = {field.html_name: field.value() for field in form if field.value() not in (None, False, "")}
    assert client.post(f"/l/{link}/reports/{given.code}/edit/", data | {"place": "广场"}).status_code == 302
    returns.withdraw_return(Return.objects.get(pk=given.pk), by=issued.link("c.a"))
    address, data = sheet_page(client, issued)
    data |= {"title": "再报", "held_on": TODAY, "summary": LONG}
    assert client.post(address, data).status_code == 302


def test_a_draft_is_kept_without_a_question_and_leaves_no_mark(client, issued):
    builders.report(issued, "c.b", summary=LONG)
    marks = Mark.objects.count()
    address, data = sheet_page(client, issued)
    data |= {"title": "草稿", "held_on": TODAY, "summary": LONG, "keep": "1", "token": ids.new_code()}
    assert client.post(address, data).status_code == 302
    assert Mark.objects.count() == marks > 0
