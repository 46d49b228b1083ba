"""The day's page at both doors: marks, walk-ins, head-counts and pictures; whose telephone was read is written down."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jinguo.activities.actions.sign_up import leave
from jinguo.activities.models import CheckIn, Headcount, Photo, WalkIn
from jinguo.activities.queries import record_of
from jinguo.journal.models import Entry
from jinguo.lib import clock, ids
from tests.activities.pictures import jpeg, png_bomb
from tests.activities.stage import fresh, guest, phone, published, queries, shift_session, unit_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def doors(cast, city_clauses, client):
    client.force_login(cast.users["liaison"])
    return {"link": (Client(), f"/l/{unit_link(cast, city_clauses)}/"), "desk": (client, "/desk/")}


def day_of(start, activity) -> str:
    return f"{start}activities/{activity.code}/sessions/{activity.sessions.get().code}/desk/"


@pytest.mark.parametrize("door", ["link", "desk"])
def test_one_tap_marks_her_and_one_takes_it_back(cast, doors, door):
    client, start = doors[door]
    activity = published(cast, seats=5)
    row = guest(activity, 1)
    address = f"{day_of(start, activity)}{row.code}/mark/"
    for _tap in range(3):
        assert client.post(address).url.endswith(f"#s-{row.code}")
    assert CheckIn.objects.count() == 1
    for _tap in range(2):
        client.post(address, {"undo": "yes", "q": "访客"})
    assert CheckIn.objects.count() == 0
    assert client.get(address).status_code == 302 and CheckIn.objects.count() == 0, "a GET changes nothing"


@pytest.mark.parametrize("door", ["link", "desk"])
def test_telephones_are_hidden_until_asked_for_and_the_asking_is_written_down(cast, doors, door):
    client, start = doors[door]
    activity = published(cast, seats=5)
    row = guest(activity, 1)
    day = day_of(start, activity)
    html = client.get(day).content.decode()
    assert "139****0001" in html and phone(1) not in html
    told = client.post(f"{day}{row.code}/phone/")
    assert phone(1) in told.content.decode() and "no-store" in told["Cache-Control"]
    assert phone(1) not in client.get(day).content.decode()
    line = Entry.objects.get(action="signup.view_sensitive")
    assert (line.object_code, line.owner) == (row.code, activity.unit.code)
    assert line.actor.startswith("link:" if door == "link" else "user:")


@pytest.mark.parametrize("kind", ["rights", "mixer"])
def test_names_that_would_shame_are_not_listed(cast, doors, kind):
    client, start = doors["link"]
    activity = published(cast, kind=kind, seats=5)
    row = guest(activity, 1, name="赵秀兰")
    day = day_of(start, activity)
    html = client.get(day).content.decode()
    assert "赵**" in html and "赵秀兰" not in html and "不留照片" in html
    assert "赵秀兰" in client.post(f"{day}{row.code}/phone/").content.decode()
    assert "赵**" in client.get(f"{day}?q=秀兰").content.decode(), "who gives her name is found"


def test_she_is_found_by_code_name_or_last_four(cast, doors):
    client, start = doors["desk"]
    activity = published(cast, seats=9)
    rows = [guest(activity, n, name=name) for n, name in enumerate(["王 芳", "李梅", "王秀兰"])]
    day = day_of(start, activity)

    def found(words: str) -> list[str]:
        return re.findall(r'<li id="s-(\w+)"', client.get(day, {"q": words}).content.decode())

    assert found(rows[1].token.lower()) == found(f" {rows[1].token[:3]} {rows[1].token[3:]}") == [rows[1].code]
    assert found("王芳") == [rows[0].code] and found("王") == [rows[0].code, rows[2].code]
    assert found("0002") == [rows[2].code] and found("没有这个人") == []
    assert len(found("")) == 3


def test_somebody_elses_sign_up_is_not_on_this_list(cast, doors):
    activity, hers = published(cast, seats=5), published(cast, cast.units["c.b"], seats=5)
    row = guest(hers, 1)
    for client, start in doors.values():
        for act in ("mark", "phone"):
            assert client.post(f"{day_of(start, activity)}{row.code}/{act}/").status_code == 404
            assert client.post(f"{day_of(start, hers)}{row.code}/{act}/").status_code == 404
    assert CheckIn.objects.count() == 0 and not Entry.objects.filter(action="signup.view_sensitive").exists()


def test_walk_ins_count_once_a_page_and_can_be_taken_back(cast, doors):
    client, start = doors["link"]
    activity = published(cast)
    day = day_of(start, activity)
    code = re.search(r'name="code" value="(\w+)"', client.get(day).content.decode())[1]
    for _press in range(3):
        assert client.post(f"{day}walk-ins/", {"people": "６", "code": code}).status_code == 302
    assert [row.people for row in WalkIn.objects.all()] == [6]
    for typed in (
        {"people": "0", "code": ids.new_code()},
        {"people": "很多", "code": ids.new_code()},
        {"people": "3", "code": "x"},
    ):
        assert client.post(f"{day}walk-ins/", typed).status_code == 422
    for _press in range(2):
        assert client.post(f"{day}walk-ins/{code}/undo/").status_code == 302
    assert record_of(activity).walk_ins == 0


def test_a_head_count_is_kept_and_a_wrong_one_keeps_what_was_typed(cast, doors):
    client, start = doors["link"]
    activity = published(cast)
    day = day_of(start, activity)
    for _press in range(2):
        assert (
            client.post(f"{day}headcount/", {"on_site": "42", "women": "40", "exactness": "about"}).status_code == 302
        )
    assert Headcount.objects.count() == 1 and "约42" in client.get(day).content.decode().replace(" ", "")
    wrong = client.post(f"{day}headcount/", {"on_site": "5", "women": "6", "exactness": "exact"})
    assert (
        wrong.status_code == 422
        and "不能多于现场人数" in wrong.content.decode()
        and 'value="6"' in wrong.content.decode()
    )
    assert client.post(f"{day}headcount/", {"exactness": "exact"}).status_code == 422
    assert Headcount.objects.count() == 1


def send(client, day, *pictures: bytes, **more):
    files = [SimpleUploadedFile(f"IMG_{n}.jpg", data, "image/jpeg") for n, data in enumerate(pictures)]
    return client.post(f"{day}photos/", {"photos": files, **more})


@pytest.mark.parametrize("door", ["link", "desk"])
def test_pictures_are_seen_by_the_unit_and_agreed_ones_by_everybody(cast, doors, door):
    client, start = doors[door]
    activity = published(cast)
    day = day_of(start, activity)
    assert send(client, day, jpeg(colour="red"), jpeg(colour="blue"), caption="开场", consent="on").status_code == 302
    assert send(client, day, jpeg(colour="green")).status_code == 302
    assert [photo.consent for photo in Photo.objects.all()] == [True, True, False]
    hidden = Photo.objects.get(consent=False)
    public = [reverse("activities:photo_public", kwargs={"photo": photo.code}) for photo in Photo.objects.all()]
    assert [Client().get(address).status_code for address in public] == [200, 200, 404]
    small, large = Client().get(f"{public[0]}?small"), Client().get(public[0])
    assert small["Content-Type"] == "image/jpeg" and len(small.content) < len(large.content)
    inside = client.get(f"{start}activities/{activity.code}/photos/{hidden.code}/")
    assert inside.status_code == 200 and "no-store" in inside["Cache-Control"]
    html = Client().get(f"/a/{activity.code}/").content.decode()
    assert html.count("<img ") == 2 and 'loading="lazy"' in html and "开场" in html


def test_another_unit_sees_no_hidden_picture(cast, doors, city_clauses):
    client, start = doors["desk"]
    activity = published(cast)
    send(client, day_of(start, activity), jpeg())
    code = Photo.objects.get().code
    stranger = Client()
    stranger.force_login(cast.users["sister"])
    other = f"/l/{unit_link(cast, city_clauses, 'c.home')}/"
    for who, address in (
        (stranger, f"/desk/activities/{activity.code}/photos/{code}/"),
        (stranger, f"/photos/{code}/"),
        (Client(), f"{other}activities/{activity.code}/photos/{code}/"),
    ):
        assert who.get(address).status_code == 404


def test_one_bad_picture_is_named_and_the_good_ones_are_kept(cast, doors):
    client, start = doors["link"]
    activity = published(cast)
    day = day_of(start, activity)
    answer = send(client, day, jpeg(), png_bomb(), b"PK not a picture")
    html = answer.content.decode()
    assert answer.status_code == 422 and "IMG_1.jpg：这张照片像素太多" in html and "IMG_2.jpg：这不是能用的照片" in html
    assert Photo.objects.count() == 1
    assert "还没有选照片" in client.post(f"{day}photos/", {}).content.decode()
    empty = send(client, day, b"")
    assert empty.status_code == 422


def test_a_picture_is_destroyed_for_good(cast, doors, django_capture_on_commit_callbacks):
    client, start = doors["link"]
    activity = published(cast)
    day = day_of(start, activity)
    send(client, day, jpeg(), consent="on")
    code = Photo.objects.get().code
    with django_capture_on_commit_callbacks(execute=True):
        for _press in range(2):
            assert client.post(f"{day}photos/{code}/remove/").status_code == 302
    assert Client().get(f"/photos/{code}/").status_code == 404


def test_done_is_said_once_it_has_begun_and_counts_may_follow(cast, doors):
    client, start = doors["link"]
    activity = published(cast)
    day, page = day_of(start, activity), f"{start}activities/{activity.code}/"
    assert "还没开始" in client.post(f"{page}finish/", follow=True).content.decode()
    shift_session(activity, starts_at=clock.now())
    assert "办完了" in client.get(day).content.decode()
    assert "记下了" in client.post(f"{page}finish/", follow=True).content.decode()
    assert client.post(f"{day}headcount/", {"on_site": "9", "exactness": "exact"}).status_code == 302
    assert record_of(activity).on_site == 9


def test_the_list_asks_the_same_at_one_and_three(cast, doors):
    activity = published(cast, seats=9)
    counts = {door: [] for door in doors}
    for n in range(3):
        guest(activity, n)
        for door, (client, start) in doors.items():
            send(client, day_of(start, activity), jpeg(60 + n, 60 if door == "link" else 70))
            counts[door].append(queries(client, day_of(start, activity)))
    for found in counts.values():
        assert found[0] == found[2] <= 12


def test_staff_cancel_for_a_guest_who_called_and_the_next_moves_up(cast, doors):
    activity = published(cast, seats=1)
    for n, (client, start) in enumerate(doors.values()):
        first, second = guest(activity, n * 2), guest(activity, n * 2 + 1)
        day = day_of(start, activity)
        assert "取消她的报名" in client.post(f"{day}{first.code}/phone/").content.decode()
        for _press in range(2):
            assert client.post(f"{day}{first.code}/cancel/").status_code == 302
        assert (fresh(first).ended, fresh(second).state) == ("by_unit", "confirmed")
        leave(fresh(second), by=cast.users["liaison"])
