"""What a visitor gets: pages without cookies, one POST to a durable answer, a sentence for everything that cannot be."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import jinguo.ui
from jinguo.activities import formkey, throttle
from jinguo.activities.actions.plan import cancel_activity, finish_activity
from jinguo.activities.models import Activity, SeatPool, SignUp
from jinguo.lib import clock
from tests.activities.stage import as_host, guest, make, phone, pool_of, published, shift_session

pytestmark = pytest.mark.django_db

LONG = 366 * 86_400  # seconds of a window no test falls out of


def page_of(activity) -> str:
    return reverse("activities:public", kwargs={"activity": activity.code})


def press(activity, client=None, *, name="赵秀兰", number=1, key=None, **more):
    """Send the form as a browser does."""
    headers = more.pop("headers", {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"})
    typed = {
        "name": name,
        "phone": phone(number),
        "key": formkey.make_key(activity.code) if key is None else key,
        **more,
    }
    return (client or Client()).post(f"{page_of(activity)}sign-up/", typed, headers=headers)


def test_from_the_page_to_her_own_page_in_three_requests_without_scripts_or_cookies(cast):
    activity = published(cast, seats=5)
    client = Client()
    html = client.get(page_of(activity)).content.decode()
    action = re.search(r'<form[^>]*method="post"[^>]*action="([^"]*sign-up/)"', html)[1]
    key = re.search(r'name="key" value="([^"]+)"', html)[1]
    answer = client.post(action, {"name": "赵秀兰", "phone": phone(1), "key": key})
    assert answer.status_code == 303 and answer.url.startswith("/s/")
    mine = client.get(answer.url)
    assert mine.status_code == 200 and "报上了" in mine.content.decode() and "赵秀兰" in mine.content.decode()
    assert client.cookies == {} and "csrf" not in html
    assert "no-store" in mine["Cache-Control"]
    again = press(activity, client, name="赵秀兰")
    assert again.url == answer.url, "pressed twice, the same page"
    left = client.post(f"{answer.url}leave/")
    assert left.status_code == 303 and client.cookies == {}
    assert "已经取消报名" in client.get(answer.url).content.decode()
    assert client.post(f"{answer.url}leave/").status_code == 303
    assert pool_of(activity).taken == 0


def test_when_she_looks_at_her_page_is_not_noted(cast, django_assert_max_num_queries):
    mine = f"/s/{guest(published(cast, seats=5), 1).link_secret}/"
    with django_assert_max_num_queries(4) as asked:
        assert Client().get(mine).status_code == 200
    assert all(one["sql"].startswith("SELECT") for one in asked.captured_queries), "she looks; nothing is written"


def test_a_full_house_shows_her_place_in_line(cast):
    activity = published(cast, seats=1)
    guest(activity, 7), guest(activity, 8)
    answer = press(activity)
    mine = Client().get(answer.url).content.decode()
    assert "候补第 2 位" in mine and "报上了”" in mine


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "请写怎么称呼您"),
        ({"name": "王" * 10_000}, "最多 20 个字"),
        ({"phone": "1390000"}, "这里是 7 位"),
        ({"seats": "99"}, "最多 20"),
        ({"seats": "4"}, "一次最多报 3 席"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_is_kept(cast, typed, said):
    activity = published(cast, seats=5, each=3)
    answer = press(activity, **{"name": "李梅", **typed})
    assert answer.status_code in (409, 422)
    html = answer.content.decode()
    assert said in html and SignUp.objects.count() == 0
    for value in typed.values():
        assert not value or f'value="{value}"' in html


def test_letters_that_mean_something_elsewhere_are_only_letters_here(cast):
    activity = published(cast, seats=5)
    for n, name in enumerate(["=CMD|'/c'!A1", "<script>1</script>", "🌸‏小\u202e花"]):
        mine = Client().get(press(activity, name=name, number=n).url).content.decode()
        assert "<script>1" not in mine and "\u202e" not in mine
    assert SignUp.objects.count() == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://other.example.org"},
        {"Origin": "https://other.example.org"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_another_sites_page_signs_nobody_up(cast, headers):
    activity = published(cast, seats=5)
    assert press(activity, headers=headers).status_code == 403
    assert SignUp.objects.count() == 0
    mine = f"/s/{guest(activity, 1).link_secret}/leave/"
    assert Client().post(mine, headers=headers).status_code == 403
    assert pool_of(activity).taken == 1


@pytest.mark.parametrize("key", ["", "0.abc", "x", "99999999.abc", "٣.abc"])
def test_an_old_page_keeps_what_was_typed_and_asks_for_one_more_press(cast, key):
    activity = published(cast, seats=5)
    html = (answer := press(activity, key=key, name="李梅")).content.decode()
    assert answer.status_code == 422 and "页面开得久了" in html and 'value="李梅"' in html
    assert 'role="alert" tabindex="-1" autofocus' in html, "a phone scrolls to what is in the way, without scripts too"
    fresh = re.search(r'name="key" value="([^"]+)"', html)[1]
    assert press(activity, key=fresh, name="李梅").status_code == 303


def test_a_key_is_good_for_twelve_hours_and_for_one_activity(cast, monkeypatch):
    activity, other, made = published(cast, seats=5), published(cast, seats=5), clock.now()

    def it_is(hours: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: made + timedelta(hours=hours))

    it_is(0)
    key = formkey.make_key(activity.code)
    assert formkey.is_good(key, activity.code) and not formkey.is_good(key, other.code)
    it_is(11)
    assert formkey.is_good(key, activity.code)
    it_is(13)
    assert not formkey.is_good(key, activity.code)
    it_is(-2)
    assert not formkey.is_good(key, activity.code), "a clock that jumped back makes no key of the future good"


def test_a_telephone_with_another_name_shows_nothing_of_hers(cast):
    activity = published(cast, seats=5)
    press(activity, name="王芳")
    answer = press(activity, name="李梅")
    assert (
        answer.status_code == 422 and "另一个称呼" in answer.content.decode() and "王芳" not in answer.content.decode()
    )


def test_who_guesses_names_is_stopped(cast, monkeypatch):
    monkeypatch.setattr(throttle, "MISTAKES", (3, LONG))
    activity = published(cast, seats=5)
    press(activity, name="王芳")
    assert [press(activity, name=f"猜{n}").status_code for n in range(5)] == [422, 422, 422, 429, 429]


def test_a_robot_is_slowed_a_school_class_is_not(cast, monkeypatch):
    """A class of fifty behind one router presses twice each; whoever makes up one telephone after another is stopped."""
    monkeypatch.setattr(throttle, "PEOPLE", (25, LONG))
    activity = published(cast, seats=60)
    for _press in range(2):
        assert {press(activity, number=n, name=f"同学{n}").status_code for n in range(25)} == {303}
    stopped = press(activity, number=99, name="访客九十九", headers={"X-Forwarded-For": "203.0.113.9"})
    text = stopped.content.decode()
    assert stopped.status_code == 429 and stopped["Retry-After"] == "60" and pool_of(activity).taken == 25
    assert "访客九十九" in text and phone(99) in text and "过一分钟再点一次" in text, "what she typed stays"
    assert press(activity, number=3, name="同学3").status_code == 303, "who is signed up sees her answer all the same"


def test_one_telephone_pressed_without_end_is_slowed_from_wherever(cast, monkeypatch):
    activity = published(cast, seats=5)
    monkeypatch.setattr(throttle, "NUMBER", (3, LONG))
    assert [press(activity).status_code for _press in range(4)] == [303, 303, 303, 429]


def test_only_our_own_proxy_is_believed_about_an_address(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.9, 10.0.0.2"}, REMOTE_ADDR="10.0.0.1")
    assert throttle.client_address(request) == "10.0.0.1"
    settings.PROXIES = ["10.0.0.1", "10.0.0.2"]
    assert throttle.client_address(request) == "203.0.113.9"


@pytest.mark.parametrize("state", ["cancelled", "done", "past", "closed", "full"])
def test_what_takes_nobody_any_more_says_so_on_page_and_post(cast, state):
    activity = published(cast, seats=1)
    host = as_host(cast, activity.unit)
    if state == "cancelled":
        cancel_activity(activity, reason="雪天路滑", by=host)
    elif state == "full":
        guest(activity, 9)
        SeatPool.objects.update(waiting_cap=0)
    else:
        ago = clock.now() - timedelta(hours=3)
        moved = {"closes_at": ago} if state == "closed" else {"starts_at": ago, "ends_at": ago + timedelta(hours=1)}
        shift_session(activity, **moved)
        if state == "done":
            finish_activity(activity, by=host)
    said = {"cancelled": "雪天路滑", "done": "已经办完", "past": "已经办完", "closed": "已经截止", "full": "都满了"}[
        state
    ]
    answer = press(activity)
    assert answer.status_code == 409 and said in answer.content.decode()
    assert (state == "full") or said in Client().get(page_of(activity)).content.decode()


def test_drafts_and_inner_matters_are_as_if_not_there(cast):
    nothing = Client().get("/a/nothing00000/")
    for activity in (make(cast), published(cast, visibility="internal")):
        answer = Client().get(page_of(activity))
        assert answer.status_code == 404 and answer.content == nothing.content.replace(
            b"nothing00000", activity.code.encode()
        )
        assert press(activity).status_code == 404


def test_the_page_is_kept_for_seconds_and_answers_304(cast, django_assert_num_queries, monkeypatch):
    activity, moment = published(cast, seats=5), clock.monotonic()
    monkeypatch.setattr(clock, "monotonic", lambda: moment)  # its seconds do not end in the middle, however busy we are
    client = Client()
    first = client.get(page_of(activity))
    with django_assert_num_queries(0):
        again = client.get(page_of(activity))
        same = client.get(page_of(activity), headers={"If-None-Match": first["ETag"]})
        since = client.get(page_of(activity), headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.content == first.content
    assert (same.status_code, same.content, since.status_code) == (304, b"", 304)
    assert "Set-Cookie" not in first
    for told in ("Cookie", "Accept-Language"):
        assert told in first["Vary"]
    english = client.get(page_of(activity), headers={"Accept-Language": "en"})
    assert english.content != first.content


def test_staff_see_the_page_fresh(cast, client):
    activity = published(cast, seats=5)
    client.force_login(cast.users["liaison"])
    client.get(page_of(activity))
    Activity.objects.update(title="换了名字")
    assert "换了名字" in client.get(page_of(activity)).content.decode()


def test_a_first_visit_is_light(cast):
    """Five requests and 60 KB compressed at most, pictures apart (DESIGN §6)."""
    activity = published(cast, seats=80, summary="讲讲身边的事。" * 100)
    static = Path(jinguo.ui.__file__).parent / "static"
    for address in (page_of(activity), "/"):
        html = Client().get(address).content
        files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode()))
        weight = len(gzip.compress(html)) + sum(len(gzip.compress((static / name).read_bytes())) for name in files)
        assert len(files) + 1 <= 5, files
        assert weight <= 60_000


def test_no_page_carries_a_script_or_style_of_its_own(cast):
    activity = published(cast, seats=5)
    mine = press(activity).url
    for address in ("/", page_of(activity), mine, "/privacy/"):
        html = Client().get(address).content.decode()
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", html)


def test_her_calendar_holds_the_activity_and_not_her_secret(cast):
    activity = published(cast, seats=5)
    mine = press(activity).url
    data = Client().get(f"{mine}calendar.ics")
    text = data.content.replace(b"\r\n ", b"").decode()
    assert data["Content-Type"].startswith("text/calendar")
    assert activity.title in text and mine.strip("/").split("/")[1] not in text
    public = Client().get(f"{page_of(activity)}{activity.sessions.get().code}.ics")
    assert public.status_code == 200 and b"BEGIN:VEVENT" in public.content


@pytest.mark.parametrize("kind", ["rights", "mixer"])
def test_what_would_shame_says_nothing_of_itself(cast, kind):
    activity = published(cast, kind=kind, seats=5, title="人身安全保护令怎么申请", place="维权服务中心")
    assert "单独打一次勾" in press(activity).content.decode()
    mine = press(activity, sensitive="on").url
    text = Client().get(f"{mine}calendar.ics").content.replace(b"\r\n ", b"").decode()
    assert "保护令" not in text and "维权" not in text and activity.code not in text
    title = re.search(r"<title>([^<]*)</title>", Client().get(mine).content.decode())[1]
    assert title == "我的报名"


@pytest.mark.parametrize(
    ("facts", "leaves"), [({"kind": "rights"}, True), ({"discreet": True}, True), ({"kind": "mixer"}, False)]
)
def test_a_page_that_may_endanger_is_left_in_one_press_and_names_nothing_in_the_history(cast, facts, leaves):
    """The numbers to ring stand on it too."""
    activity = published(cast, seats=5, title="人身安全保护令怎么申请", **facts)
    html = Client().get(page_of(activity)).content.decode()
    assert ("保护令" not in re.search(r"<title>([^<]*)</title>", html)[1]) == leaves == ("data-leave" in html)
    assert ('href="tel:12348"' in html) == leaves and ("og:title" not in html) == leaves
    assert ("data-leave" in Client().get(f"/s/{guest(activity, 1).link_secret}/").content.decode()) == leaves


def test_wrong_links_get_one_sentence(cast):
    activity = published(cast, seats=5)
    secret = guest(activity, 1).link_secret
    altered = f"/s/{secret[:-1]}{'2' if secret[-1] != '2' else '3'}/"
    bodies = {Client().get(address).content for address in (altered, "/s/nothing/")}
    assert Client().get(altered).status_code == 410 and len(bodies) == 1
    assert Client().get(f"/l/{secret}/activities/").status_code == 410, "her link is no unit's link"


def test_a_qr_opens_for_staff_of_the_host_and_tells_a_visitor_nothing(cast, client):
    activity = published(cast, seats=5)
    row = guest(activity, 1, name="赵秀兰")
    address = reverse("activities:arrive", kwargs={"session": row.pool.session.code, "token": row.token})
    assert "赵秀兰" not in client.get(address).content.decode()
    client.force_login(cast.users["sister"])
    assert "赵秀兰" not in client.get(address).content.decode()
    assert client.post(address).status_code == 200 and not hasattr(SignUp.objects.get(), "check_in")
    client.force_login(cast.users["liaison"])
    assert "赵秀兰" in client.get(address.lower()).content.decode().replace(address, "")
    for _tap in range(2):
        assert client.post(address).status_code == 302
    assert SignUp.objects.get().check_in.seats == 1


def test_opening_a_post_address_leads_back_to_the_page(cast):
    activity = published(cast, seats=5)
    secret = guest(activity, 1).link_secret
    assert Client().get(f"{page_of(activity)}sign-up/").url == page_of(activity)
    assert Client().get(f"/s/{secret}/leave/").url == f"/s/{secret}/"
    assert pool_of(activity).taken == 1


def test_of_two_sessions_she_chooses_one(cast):
    activity = published(cast, seats=5)
    first = activity.sessions.get()
    later = first.starts_at + timedelta(days=7)
    second = activity.sessions.create(starts_at=later, ends_at=later + timedelta(hours=1))
    second.pools.create(capacity=5)
    assert press(activity).status_code == 422
    assert press(activity, pool=second.pools.get().code).status_code == 303
    assert SignUp.objects.get().pool.session == second
