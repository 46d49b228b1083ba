"""A report as .doc or .wps, as half the units still send it, is read by the real LibreOffice like any other."""

from pathlib import Path

import pytest

from tests.data.mails.writing import docx, file, mail
from tests.gongwen.papers import office_made
from tests.lib.mails import zipped
from tests.mails.test_actions_settling import today_news
from tests.mails.test_actions_several import TITLES, titles, told

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def doc(soffice: str, tmp_path_factory: pytest.TempPathFactory):
    """`doc(text)`: a .doc, which is what WPS calls .wps too, made by LibreOffice."""

    def made(text: str) -> bytes:
        folder: Path = tmp_path_factory.mktemp("doc")
        return office_made(soffice, docx(text), "doc", folder)

    return made


@pytest.mark.parametrize("name", ["信息.doc", "信息.wps"])
def test_an_old_file_becomes_a_report_with_the_spans_of_its_text(campaign, take, doc, name):
    row = take(mail("见附件。", subject="信息", files=(file(name, doc(today_news("巧手编织课"))),)))
    assert (row.fate, row.given.current.title, row.given.current.on_site) == ("reported", "巧手编织课", 80)
    [part] = row.letter.parts
    for found in row.understood[0].values():
        assert part.text[found["start"] : found["end"]] == found["quote"]
    assert row.given.current.sources["title"]["from"].startswith(f"mail:{row.code}.1[")


def test_three_activities_in_one_old_file_are_three_reports(campaign, take, doc):
    row = take(mail("见附件。", subject="近期活动信息", files=(file("信息.wps", doc("近期活动信息\n\n" + told())),)))
    assert titles(row) == list(TITLES)


def test_an_old_file_in_an_archive_is_read_too(campaign, take, doc):
    row = take(
        mail("见附件。", subject="材料", files=(file("材料.zip", zipped({"信息.doc": doc(today_news("巧手编织课"))})),))
    )
    assert row.fate == "reported"


def test_without_libreoffice_the_officer_and_the_sender_are_told(campaign, take, doc, monkeypatch):
    old = doc(today_news("巧手编织课"))
    monkeypatch.setattr("jinguo.gongwen.extract.office.find_soffice", lambda: "")
    row = take(mail("见附件。", subject="信息", files=(file("信息.doc", old),)))
    assert row.state == "tray" and row.letter.parts[0].problem == "needs_office"
