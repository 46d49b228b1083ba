"""The host's page: a sentence becomes an activity; the month, its board and the text for the group; by link, by the unit
above, from the desk; whatever is sent in is answered with a sentence."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinguo.activities.actions.day import record_headcount
from jinguo.activities.actions.doors import close_door, give_door
from jinguo.activities.actions.host import forget_sayings, hold
from jinguo.activities.actions.photos import add_photo
from jinguo.activities.actions.plan import finish_activity, publish_activity
from jinguo.activities.models import Activity, HostDoor, Photo, Saying, Session
from jinguo.activities.wishes import Heads
from jinguo.federation.models import Link
from jinguo.files.models import StoredFile
from jinguo.gongwen.pdfium import pdfium
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from tests.activities.pictures import jpeg, png_bomb
from tests.activities.stage import draft, issue, queries, shift_session, unit_link

SENTENCE = "明天下午3点在村文化室讲妇科健康，张老师来讲，大概30人"


@pytest.fixture
def village(cast):
    """槐树村, with the link its county officer gave it."""
    unit = cast.units["c.a.t.v"]
    door = give_door(unit, checked=False, by=cast.users["county_officer"])
    own = SimpleNamespace(unit=unit, door=door, client=Client(), root=f"/h/{door.secret}/{unit.code}/")
    return own


def upload(data: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def say(page, words=SENTENCE, **more):
    return page.client.post(page.root + "say/", {"code": ids.new_code(), "words": words, **more})


def shown_tomorrow(page) -> str:
    """Her page with the month in which tomorrow lies; on the last day of a month that is the next one."""
    return page.client.get(f"{page.root}?month={clock.today() + timedelta(days=1):%Y-%m}").content.decode()


def fields(html: str) -> dict[str, str]:
    """What the form shows, as a browser would send it back."""
    found = dict(re.findall(r'<input type="(?:text|date|time|number|hidden)" name="(\w+)" value="([^"]*)"', html))
    kind = re.search(r'<option value="(\w+)" selected', html)
    ticked = re.findall(r'<input type="checkbox" name="(\w+)"[^>]* checked', html)
    return {**found, "kind": kind[1] if kind else "", **dict.fromkeys(ticked, "on")}


def held_by(page, words=SENTENCE, press=None, **changed):
    """Say it, look at what was understood, press; the activity."""
    form = page.client.get(say(page, words).headers["Location"])
    sent = {**fields(form.content.decode()), **changed, **(press or {})}
    sent.pop("csrfmiddlewaretoken", None)
    answer = page.client.post(page.root + "new/", {name: value for name, value in sent.items() if value})
    assert answer.status_code == 302, answer.content.decode()
    return Activity.objects.get(code=answer.headers["Location"].split("/")[-3])


# --- a sentence becomes an activity ----------------------------------------------------------------------------------


def test_a_sentence_and_a_photo_become_a_published_activity_in_two_presses(village):
    answer = say(village, "明天下午3点在村文化室包饺子，大概30人", photo=upload(jpeg(800, 600)))
    html = village.client.get(answer.headers["Location"]).content.decode()
    sent = fields(html)
    assert sent["title"] == "包饺子" and sent["place"] == "村文化室" and sent["expected"] == "30"
    assert (sent["day"], sent["starts"], sent["ends"]) == (f"{clock.today() + timedelta(days=1)}", "15:00", "17:00")
    assert "先按两小时填了结束" in html and sent["kind"] == ""
    posts = [
        village.client.post(village.root + "new/", {**sent, "kind": "training", "consent": "on"}) for _ in range(2)
    ]
    assert {post.status_code for post in posts} == {302}
    activity = Activity.objects.get(unit=village.unit)
    assert (activity.state, activity.expected, activity.on_behalf) == ("published", 30, None)
    assert Photo.objects.get(activity=activity).consent
    assert not Saying.objects.exists(), "the words are not kept once they are an activity"
    page = shown_tomorrow(village)
    assert "包饺子" in page and f"/a/{activity.code}/" in page


def test_health_is_kept_quiet_unless_the_host_says_otherwise(village):
    quiet = held_by(village)
    loud = held_by(village, discreet="")
    assert quiet.is_sensitive and not loud.is_sensitive and quiet.summary.endswith("张老师")
    text = shown_tomorrow(village)
    group = text[text.index('id="group-text"') :]
    assert f"/a/{loud.code}/" in group and f"/a/{quiet.code}/" not in group


def test_somebodys_home_is_told_to_no_page_board_or_text(village):
    activity = held_by(village, "明天晚上7点在李婶家读书", {"keep": ""}, kind="reading")
    assert (activity.venue, activity.place, activity.home_address) == ("family", "槐树村", "李婶家")
    pages = [Client().get(f"/a/{activity.code}/"), Client().get("/activities.ics")]
    board = village.client.get(f"{village.root}board.pdf?month={clock.today() + timedelta(days=1):%Y-%m}")
    assert "读书" in (mine := shown_tomorrow(village)) and "李婶" not in mine
    assert all("李婶" not in page.content.decode(errors="replace") for page in pages)
    assert "读书" in (hung := text_of(board)) and "李婶" not in hung
    edit = village.client.get(f"{village.root}{activity.code}/{activity.sessions.get().code}/edit/")
    assert "李婶家" in edit.content.decode(), "the host herself sees what she typed"


def test_a_home_in_the_title_is_refused_with_a_sentence(village):
    sent = fields(village.client.get(say(village, "明天晚上7点在李婶家读书").headers["Location"]).content.decode())
    answer = village.client.post(
        village.root + "new/", {**sent, "title": "在李婶家读书", "kind": "reading", "home": "on"}
    )
    assert answer.status_code == 422 and "名称里写了在谁家" in answer.content.decode()


def test_what_was_held_yesterday_is_written_down_and_counted(village):
    activity = held_by(village, "昨天下午2点在村文化室剪纸，来了12人", kind="training")
    root = f"{village.root}{activity.code}/{activity.sessions.get().code}/"
    page = village.client.get(root).content.decode()
    assert "先填了您说的 12 人" in page and 'value="12"' in page, "she has said it once"
    village.client.post(root + "count/", {"on_site": "12", "women": "12", "exactness": "exact", "done": "1"})
    activity.refresh_from_db()
    assert activity.state == "done" and activity.sessions.get().headcounts.get().women == 12
    again = village.client.post(root + "count/", {"on_site": "12", "women": "13", "exactness": "exact"})
    assert again.status_code == 422 and "其中女性不能多于现场人数" in again.content.decode()


# --- who may, and who did --------------------------------------------------------------------------------------------


def test_the_unit_above_does_it_from_the_desk_and_by_its_own_link_and_it_is_written_down(cast, village):
    issue(cast, to=("c.a.t",))
    secret = unit_link(cast, Activity._meta.get_field("campaign").related_model.objects.get(), "c.a.t")
    desk = Client()
    desk.force_login(cast.users["county_officer"])
    doors = {
        "c.a": (desk, f"/desk/hosts/{village.unit.code}/"),
        "c.a.t": (Client(), f"/l/{secret}/hosts/{village.unit.code}/"),
    }
    for key, (client, root) in doors.items():
        page = SimpleNamespace(client=client, root=root)
        activity = held_by(page, "明天下午3点在村文化室剪纸", kind="training")
        assert activity.unit == village.unit and activity.on_behalf == cast.units[key]
        assert Entry.objects.filter(action="host.hold_for", object_code=activity.code).exists()
    html = shown_tomorrow(village)
    assert "东川县妇联代办" in html and "泉水镇妇联代办" in html


def test_a_link_reaches_no_other_village_and_no_names(cast, village):
    home = cast.units["c.home"]
    assert village.client.get(f"/h/{village.door.secret}/{home.code}/").status_code == 404
    assert village.client.get(f"/l/{village.door.secret}/activities/").status_code == 410
    assert village.client.get(f"/h/{village.door.secret}/").headers["Location"] == village.root


@pytest.mark.parametrize("how", ["altered", "expired", "taken back", "given anew"])
def test_a_link_that_no_longer_opens_says_so(cast, village, how):
    address, officer = village.root, cast.users["county_officer"]
    if how == "altered":
        secret = village.door.secret
        address = f"/h/{secret[:-1]}{'x' if secret[-1] != 'x' else 'y'}/{village.unit.code}/"
    elif how == "expired":
        Link.objects.filter(pk=village.door.link_id).update(expires_at=clock.now() - timedelta(days=1))
    elif how == "taken back":
        close_door(village.unit, by=officer)
    else:
        new = give_door(village.unit, checked=False, by=officer)
        assert Client().get(f"/h/{new.secret}/{village.unit.code}/").status_code == 200
    answer = village.client.get(address)
    assert answer.status_code == 410 and "这个链接打不开" in answer.content.decode()
    assert village.client.post(address + "say/", {"words": SENTENCE}).status_code == 410


def test_the_officer_gives_shows_changes_renews_and_takes_back_the_link(cast):
    unit, desk = cast.units["c.home"], Client()
    desk.force_login(cast.users["county_officer"])
    address = f"/desk/hosts/{unit.code}/link/"
    assert "给她们一个链接" in desk.get("/desk/hosts/").content.decode()
    desk.post(address, {"checked": "on"})
    first = HostDoor.objects.get(unit=unit)
    assert first.checked and first.secret in desk.get(address).content.decode()
    desk.post(address, {"keep": "1"})
    desk.post(address, {})
    second = HostDoor.objects.get(unit=unit, closed_at=None)
    assert second.pk != first.pk and not second.checked
    assert not HostDoor.objects.get(pk=first.pk).secret, "a link taken back is not kept"
    desk.post(address, {"take_back": "1"})
    assert (
        not HostDoor.objects.filter(closed_at=None).exists() and second.secret not in desk.get(address).content.decode()
    )
    acts = set(Entry.objects.filter(object_kind="host_door").values_list("action", flat=True))
    assert acts >= {"host.give", "host.check", "host.take_back"}


def test_a_home_host_has_the_page_but_gives_no_link(cast):
    client, unit = Client(), cast.units["c.home"]
    client.force_login(cast.users["home_host"])
    assert client.get(f"/desk/hosts/{unit.code}/").status_code == 200
    assert client.get(f"/desk/hosts/{unit.code}/link/").status_code == 403


def test_where_the_office_looks_first_it_stays_a_draft_until_the_officer_publishes(cast, village):
    desk = Client()
    desk.force_login(cast.users["county_officer"])
    desk.post(f"/desk/hosts/{village.unit.code}/link/", {"keep": "1", "checked": "on"})
    activity = held_by(village, "明天下午3点在村文化室剪纸", kind="training")
    here = f"{activity.code}/{activity.sessions.get().code}/"
    village.client.post(f"{village.root}{here}publish/")
    activity.refresh_from_db()
    assert (
        activity.state == "draft" and "上级妇联说好先看一眼" in village.client.get(village.root + here).content.decode()
    )
    assert "1 场没公开" in desk.get("/desk/hosts/").content.decode()
    desk.post(f"/desk/hosts/{village.unit.code}/{here}publish/")
    activity.refresh_from_db()
    assert activity.state == "published"
    assert village.client.get(f"{village.root}{here}edit/").status_code == 403, (
        "what was looked at is not changed behind it"
    )


# --- what is sent in -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "photo", "sentence"),
    [
        ("", None, "还没有写"),
        ("\u200b \u202e", None, "还没有写"),
        ("讲" * 10_000, None, "这里有 10000 个字，太长了，最多 500 个"),
        (SENTENCE, b"=CMD()", "这不是能用的照片"),
        (SENTENCE, b"%PDF-1.7", "这不是能用的照片"),
        (SENTENCE, b"", "这张照片是空的"),
        (SENTENCE, jpeg(640, 480)[:2000], "这张照片打不开"),
        (SENTENCE, png_bomb(), "这张照片像素太多"),
    ],
    ids=["empty", "invisible", "10,000 characters", "formula", "pdf", "empty picture", "cut picture", "bomb"],
)
def test_bad_input_gets_its_sentence_and_the_words_stay(village, words, photo, sentence):
    answer = say(village, words, **({"photo": upload(photo)} if photo is not None else {}))
    html = answer.content.decode()
    assert answer.status_code == 422 and sentence in html
    assert not Saying.objects.exists() and not StoredFile.objects.filter(unit=village.unit).exists()
    if words == SENTENCE:
        assert SENTENCE in html


@pytest.mark.parametrize(
    "words", ["=CMD()|' /C calc'!A0", "😀🎉", "<script>alert(1)</script>", "\u202e明天", "2月30日25点，99999999人"]
)
def test_strange_words_come_to_the_form_as_they_are_and_invent_nothing(village, words):
    html = village.client.get(say(village, words).headers["Location"]).content.decode()
    sent = fields(html)
    assert not any(sent.get(name) for name in ("starts", "ends", "expected")) and "<script>alert" not in html


@pytest.mark.parametrize(("name", "value", "sentence"), [
    ("ends", "14:00", "结束要晚于开始"), ("day", "2099-01-01", "离今天太远"), ("day", "", "请选一个日期"), ("title", " ", "请写活动名称"),
    ("kind", "spaceship", "请选做什么"), ("place", "", "请写地点"), ("expected", "很多", "这里只填数字"), ("code", "x", "这一页已经旧了"),
])  # fmt: skip
def test_each_field_says_how_to_mend_it(village, name, value, sentence):
    sent = fields(village.client.get(say(village).headers["Location"]).content.decode())
    answer = village.client.post(village.root + "new/", {**sent, name: value})
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_words_nobody_made_anything_of_go_after_a_week_with_their_picture(village):
    say(village, photo=upload(jpeg(64, 64)))
    assert forget_sayings() == 0
    Saying.objects.update(said_at=clock.now() - timedelta(days=8))
    assert forget_sayings() == 1
    assert not Saying.objects.exists() and StoredFile.objects.get(unit=village.unit).deleted_at


# --- the month -------------------------------------------------------------------------------------------------------


def text_of(answer) -> str:
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    with pdfium.PdfDocument(answer.content) as paper:
        assert len(paper) == 1 and tuple(round(side) for side in paper[0].get_size()) == (842, 1191)  # A3 upright
        return paper[0].get_textpage().get_text_range()


def was(cast, village, heads=None, photo=None, **facts):
    """An activity of the village that is over, whatever the hour of this test: it began with the day and is said to be done."""
    by = cast.users["county_officer"]
    activity = hold(village.unit, draft(**facts), code=ids.new_code(), consent=False, by=by)
    publish_activity(activity, by=by)
    today = clock.at(clock.today())
    if photo is not None:
        add_photo(activity, data=jpeg(900, 600, f"#{photo:02}7d7c"), consent=bool(photo % 2), by=by)
    shift_session(activity, starts_at=today, ends_at=today + timedelta(minutes=5))
    if heads:
        record_headcount(Session.objects.select_related("activity__unit").get(activity=activity), Heads(**heads), by=by)
    finish_activity(activity, by=by)
    return activity


def test_the_board_shows_what_was_and_hides_what_is_nobodys_business(cast, village):
    was(
        cast,
        village,
        {"on_site": 30, "women": 28, "online": 12, "exactness": "about"},
        1,
        title="剪纸",
        kind="training",
    )
    was(cast, village, {"on_site": 3}, title="离婚权益咨询", kind="rights")
    was(cast, village, None, 2, title="包饺子", kind="other")
    text = "".join(text_of(village.client.get(village.root + "board.pdf")).split())
    assert "剪纸" in text and "约30人次，其中女性约28，线上约12次" in text
    assert "离婚" not in text and "3人次" not in text.replace("30人次", "")
    assert "办了3场，来了约30人次（2场没有人数）" in text
    assert text.count("剪纸") == 2 and text.count("包饺子") == 1, "only the picture with consent has its line beneath"
    html = village.client.get(village.root).content.decode()
    group = html[html.index('id="group-text"') :]
    assert "离婚" not in group and "约30 人次" in group and "data-copy" in group


def test_the_board_of_a_month_without_anything_says_so(village):
    assert "还没有定下的活动" in text_of(village.client.get(village.root + "board.pdf?month=2024-02")).replace(
        "\r\n", ""
    )
    assert village.client.get(village.root + "board.png").content.startswith(b"\x89PNG")
    assert village.client.get(village.root + "board.exe").status_code == 404
    assert village.client.get(village.root + "?month=99999-99").status_code == 200


def test_the_page_asks_the_database_as_often_for_one_activity_as_for_three(cast, village):
    was(cast, village, {"on_site": 3}, 1)
    one = queries(village.client, village.root)
    for nth in (3, 5):
        was(cast, village, {"on_site": 3}, nth)
    assert queries(village.client, village.root) == one <= 12


def test_the_list_of_villages_asks_as_often_for_one_as_for_two(cast):
    county, leader = Client(), Client()
    county.force_login(cast.users["county_officer"])
    leader.force_login(cast.users["home_host"])
    assert queries(county, "/desk/hosts/") <= queries(leader, "/desk/hosts/") + 1
