"""Bringing in a notice on the page: every bad file gets a sentence, nothing is lost, nothing is kept twice."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.files.models import StoredFile
from jinguo.gongwen.refusals import SENTENCES
from jinguo.lib import clock, limits
from jinguo.notices.models import Notice, NoticeState
from tests.gongwen.corpus import NOTICES
from tests.gongwen.papers import docx_of, office_made
from tests.gongwen.test_formats import MAKERS
from tests.gongwen.test_refused import picture_pdf
from tests.papers_in import PICTURE, demo_bytes
from tests.planned import read_notice
from tests.services.machine import path_without

PASTED_PAGE = NOTICES / "messy-40-signs-on-one-line.txt"
NEW, LIST = "/desk/notices/new/", "/desk/notices/"


@pytest.fixture
def officer(cast, client):
    client.force_login(cast.users["officer"])
    return client


def upload(client, data, name="通知.txt"):
    return client.post(NEW, {"file": SimpleUploadedFile(name, data)})


def test_an_empty_list_says_what_to_do(officer):
    page = officer.get(LIST).content.decode()
    assert "还没有收到通知" in page and f'href="{NEW}"' in page


def test_the_list_shows_what_where_it_stands_who_and_when(officer, notice):
    page = officer.get(LIST).content.decode()
    for words in (notice.title, notice.doc_number, "待确认", "经办", ">34<"):
        assert words in page


def test_the_list_takes_the_same_queries_for_one_row_and_three(cast, officer):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(LIST).status_code == 200
        return len(captured)

    read_notice(cast)
    officer.get(LIST)
    one = queries()
    read_notice(cast, "二")
    read_notice(cast, "三")
    assert queries() == one <= 12


def test_a_file_is_kept_read_and_shown(officer):
    answer = upload(officer, demo_bytes())
    notice = Notice.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/desk/notices/{notice.code}/")
    page = officer.get(answer.url).content.decode()
    assert "确认工作计划" in page and "花开漾泉·巾帼同行" in page


def test_pasted_text_is_kept_and_read(officer):
    answer = officer.post(NEW, {"paste": "1", "text": demo_bytes().decode()})
    assert answer.status_code == 302 and Notice.objects.get().items.count() == 34


@pytest.mark.parametrize("kind", ["pdf", "ofd", "html", "mht", "docx with heads and feet", "txt in gb18030"])
def test_every_kind_of_file_opens_the_same_desk(officer, kind):
    """The officer drops in what she was sent; the paper on the left is whole, without page numbers, and points are found."""
    answer = upload(officer, MAKERS[kind](demo_bytes().decode()), f"通知.{kind.split()[0]}")
    page = officer.get(answer.url).content.decode()
    notice = Notice.objects.get()
    assert notice.items.count() == 34 and notice.state == NoticeState.READ
    assert "花开漾泉·巾帼同行" in page and "— 1 —" not in page and "—1—" not in page
    raw = notice.readings.get().raw_text
    assert all(raw[a:b].strip() for item in notice.items.all() for a, b in item.spans)


def test_lines_of_the_web_page_around_a_notice_are_not_shown_as_its_text(officer):
    page = officer.get(upload(officer, PASTED_PAGE.read_bytes()).url).content.decode()
    assert "竹编培训班" in page
    for words in ("浏览次数", "上一篇"):
        assert words in PASTED_PAGE.read_text("utf-8") and words not in page


def test_a_scan_says_that_it_is_one_and_what_to_do(officer):
    answer = upload(officer, picture_pdf(), "通知.pdf")
    page = officer.get(answer.url).content.decode()
    assert "每一页都是扫描的图片" in page and "再读一次" in page
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "scanned picture" in officer.get(answer.url).content.decode()


def test_an_old_word_processors_file_waits_for_libreoffice(officer, soffice, tmp_path, monkeypatch):
    """LibreOffice was not on PATH on the day; once it is there, the same file again opens the desk. Nothing is doubled."""
    data = office_made(soffice, docx_of(demo_bytes().decode()), "doc", tmp_path / "doc")
    with monkeypatch.context() as without:
        without.setenv("PATH", path_without("soffice", "libreoffice"))
        answer = upload(officer, data, "通知.wps")
        notice = Notice.objects.get()
        assert "libreoffice-writer-nogui" in officer.get(answer.url).content.decode()
        again = f"{answer.url}reread/"
        assert officer.post(again).url == answer.url
        notice.refresh_from_db()
        assert (notice.state, notice.fault) == (NoticeState.UNREADABLE, "needs_office")
    assert upload(officer, data, "又一份.doc").url == answer.url
    assert Notice.objects.get().items.count() == 34 and notice.readings.get().extractor == "doc"
    assert "确认工作计划" in officer.get(answer.url).content.decode()
    assert officer.post(again).status_code == 403
    assert Notice.objects.get().items.count() == 34 and StoredFile.objects.count() == 1


def test_a_file_that_came_before_is_said_and_linked(officer):
    upload(officer, demo_bytes())
    notice = Notice.objects.get()
    answer = officer.post(NEW, {"file": SimpleUploadedFile("又一份.txt", demo_bytes())}, follow=True)
    page = answer.content.decode()
    assert "已经收过" in page and f"/desk/notices/{notice.code}/" in page
    assert Notice.objects.count() == 1 and StoredFile.objects.count() == 1


def test_pressed_twice_it_opens_the_desk_and_says_nothing_of_a_second_file(officer):
    desk = upload(officer, demo_bytes()).url
    assert upload(officer, demo_bytes()).url == desk
    assert Notice.objects.count() == 1
    Notice.objects.update(received_at=clock.now() - timedelta(minutes=1))
    assert "known=" in upload(officer, demo_bytes()).url


def test_what_cannot_be_read_stays_visible_and_can_be_voided(officer):
    answer = upload(officer, PICTURE, "通知.docx")
    notice = Notice.objects.get()
    page = officer.get(answer.url).content.decode()
    assert SENTENCES["picture"].zh in page and "读不了" in page
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert SENTENCES["picture"].en.replace("'", "&#x27;") in officer.get(answer.url).content.decode()
    del officer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert "读不了" in officer.get(LIST).content.decode()
    void = f"/desk/notices/{notice.code}/void/"
    assert "作废" in officer.get(void).content.decode()
    for _press in range(2):
        assert officer.post(void).url == LIST
    notice.refresh_from_db()
    assert notice.state == NoticeState.VOID


def test_nothing_chosen_empty_or_too_large_is_said_beside_the_form(officer):
    for data, words in [
        ({}, "还没有选文件"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "这个文件是空的"),
        ({"file": SimpleUploadedFile("a.txt", b"x" * (limits.UPLOAD_BYTES + 1))}, "20 MB"),
        ({"paste": "1", "text": " \n"}, "还没有文字"),
        ({"paste": "1", "text": "通" * (limits.PASTE_CHARACTERS + 1)}, "6 万字"),
    ]:
        answer = officer.post(NEW, data)
        assert answer.status_code == 422 and words in answer.content.decode()
    assert not Notice.objects.exists() and not StoredFile.objects.exists()


def test_a_paste_that_was_refused_is_still_there(officer):
    text = "  \n" + "通" * (limits.PASTE_CHARACTERS + 1)
    assert "通" * 100 in officer.post(NEW, {"paste": "1", "text": text}).content.decode()


def test_fifty_megabytes_are_refused_before_they_are_read(officer):
    answer = officer.post(
        NEW, b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH=str(50 * limits.MIB)
    )
    assert answer.status_code == 413 and "太大" in answer.content.decode()
    assert not Notice.objects.exists()


def test_the_original_comes_back_byte_for_byte(officer, notice):
    answer = officer.get(f"/desk/notices/{notice.code}/file/")
    assert answer.content == demo_bytes()
    assert "attachment" in answer["Content-Disposition"] and answer["X-Content-Type-Options"] == "nosniff"


def test_another_city_finds_nothing(cast, client, notice):
    client.force_login(cast.users["d.officer"])
    item = notice.items.first()
    ways = ["", "file/", "void/", "items/new/", f"items/{item.code}/edit/", f"items/{item.code}/split/", "plan/"]
    assert {client.get(f"/desk/notices/{notice.code}/{way}").status_code for way in ways} == {404}
    posts = [
        "confirm-all/",
        "answer/",
        "seen/",
        f"items/{item.code}/confirm/",
        f"items/{item.code}/undo/",
        "plan/",
        "void/",
    ]
    assert {client.post(f"/desk/notices/{notice.code}/{way}").status_code for way in posts} == {404}
    assert notice.title not in client.get(LIST).content.decode()


def test_a_leader_looks_and_does_not_touch(cast, client, notice):
    client.force_login(cast.users["leader"])
    address = f"/desk/notices/{notice.code}/"
    page = client.get(address).content.decode()
    assert "花开漾泉·巾帼同行" in page and "confirm/" not in page and "定下计划" not in page
    item = notice.items.first()
    posts = [
        "confirm-all/",
        "answer/",
        "seen/",
        f"items/{item.code}/confirm/",
        f"items/{item.code}/reject/",
        "plan/",
        "void/",
    ]
    assert {client.post(address + way).status_code for way in posts} == {403}
    assert {client.get(address + way).status_code for way in ("void/", "items/new/")} == {403}
    assert client.get(NEW).status_code == 403


def test_others_are_turned_away_at_the_door(cast, client, notice):
    for role in ("liaison", "auditor", "system_admin"):
        client.force_login(cast.users[role])
        assert {client.get(way).status_code for way in (LIST, NEW, f"/desk/notices/{notice.code}/")} == {403}


def test_a_county_without_an_office_hears_why(cast, client):
    client.force_login(cast.users["county_officer"])
    answer = client.get(NEW)
    assert answer.status_code == 403 and "还没有开通发文" in answer.content.decode()
    assert "还没有通知" in client.get(LIST).content.decode()


def test_a_file_that_cannot_be_decoded_is_never_a_fault_of_ours(officer):
    """Bytes of every kind: each is answered with a page, and the notice says why it was not read."""
    for n, data in enumerate([b"\x00\xff\xfe\x01" * 50, b"PK\x03\x04" + b"\x00" * 64, bytes(range(256)) * 8]):
        answer = officer.post(NEW, {"file": SimpleUploadedFile(f"{n}.docx", data)}, follow=True)
        assert answer.status_code == 200
        assert Notice.objects.latest("pk").state in (NoticeState.UNREADABLE, NoticeState.READ)
