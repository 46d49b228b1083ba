"""A notice that came in is never lost: kept first, read afterwards, recognised when it comes again."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from jinguo.files.actions import read_file
from jinguo.files.models import StoredFile
from jinguo.gongwen.refusals import SENTENCES
from jinguo.journal.models import Entry
from jinguo.lib import limits
from jinguo.lib.errors import Invalid, Refused
from jinguo.notices import actions
from jinguo.notices.actions import receive
from jinguo.notices.models import Item, Notice, NoticeState, Reading
from jinguo.search.models import IndexRow
from tests.gongwen.test_refused import compound, picture_pdf
from tests.papers_in import PICTURE, as_docx, demo_bytes, with_macros, zip_bomb

TEXT = demo_bytes().decode()


def bring_in(cast, data, name="通知.txt"):
    return actions.receive_notice(cast.office, data=data, name=name, by=cast.users["officer"])


def test_a_notice_is_kept_with_its_fingerprint_and_read(cast, notice):
    data = demo_bytes()
    assert (notice.state, notice.sha256) == (NoticeState.READ, hashlib.sha256(data).hexdigest())
    assert (notice.title, notice.doc_number) == ("关于做好2024年“三八”国际妇女节系列活动的通知", "阳妇发〔2024〕1号")
    assert read_file(notice.file) == data
    reading = notice.readings.get()
    assert "raw" not in reading.record and reading.raw_text == TEXT
    assert all("".join(reading.raw_text[a:b] for a, b in item.spans) == item.quote for item in notice.items.all())
    acts = Entry.objects.about("notice", notice.code).order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["notice.receive", "notice.read"]
    assert IndexRow.objects.get(kind="notice", object_code=notice.code).title == notice.title


def test_the_bytes_are_kept_before_anything_is_parsed(cast, monkeypatch):
    """A reader that dies takes nothing with it; the worker reads the notice later, once."""

    class Killed(BaseException):
        pass

    def die(*_arguments):
        raise Killed

    monkeypatch.setattr(receive, "read_in_child", die)
    with pytest.raises(Killed):
        bring_in(cast, demo_bytes())
    left = Notice.objects.get()
    assert left.state == NoticeState.RECEIVED and read_file(left.file) == demo_bytes()
    monkeypatch.undo()
    assert receive.read_waiting() == 0  # the request that began it may still be at work
    Notice.objects.update(received_at=left.received_at - timedelta(minutes=3))
    assert receive.read_waiting() == 1
    left.refresh_from_db()
    assert left.state == NoticeState.READ and left.items.count() == 34
    assert receive.read_waiting() == 0


def test_reading_twice_proposes_once(cast, notice):
    stale = Notice.objects.get(pk=notice.pk)
    stale.state = NoticeState.RECEIVED
    actions.read_notice(stale, by=cast.users["officer"])
    assert (notice.readings.count(), notice.items.count()) == (1, 34)


def test_the_same_file_again_is_the_same_notice(cast, notice):
    before = (Notice.objects.count(), StoredFile.objects.count(), Item.objects.count(), Entry.objects.count())
    again = bring_in(cast, demo_bytes(), "另一个名字.txt")
    assert again.pk == notice.pk
    assert (Notice.objects.count(), StoredFile.objects.count(), Item.objects.count(), Entry.objects.count()) == before


def test_a_void_notice_may_come_in_again(cast, notice):
    actions.void_notice(notice, by=cast.users["officer"])
    again = bring_in(cast, demo_bytes())
    assert again.pk != notice.pk and again.state == NoticeState.READ
    assert not IndexRow.objects.filter(kind="notice", object_code=notice.code).exists()


def test_each_office_has_its_own(cast, notice):
    theirs = actions.receive_notice(cast.other_office, data=demo_bytes(), name="a.txt", by=cast.users["d.officer"])
    assert theirs.pk != notice.pk


UNREADABLE = [
    (PICTURE, "picture"),
    (with_macros(as_docx(TEXT)), "macros"),
    (b"PK\x03\x04 broken", "damaged"),
    (picture_pdf(), "scanned"),
    (compound("WordDocument", word_flags=0x0100), "encrypted"),
    (b" \n \t ", "empty"),
]


def test_what_cannot_be_read_stays_and_says_why(cast):
    for data, reason in [*UNREADABLE, (zip_bomb(), "zip_unpacked")]:
        notice = bring_in(cast, data, "通知.docx")
        assert (notice.state, notice.fault) == (NoticeState.UNREADABLE, reason)
        assert SENTENCES[reason].zh and read_file(notice.file) == data
        assert actions.void_notice(notice, by=cast.users["officer"]).state == NoticeState.VOID
    assert not Reading.objects.exists() and not Item.objects.exists()


def test_a_classified_paper_is_destroyed(cast):
    notice = bring_in(cast, ("机密★10年\n" + TEXT).encode())
    notice.file.refresh_from_db()
    assert (notice.state, notice.fault, notice.file.delete_reason) == (
        NoticeState.UNREADABLE,
        "classified",
        "classified",
    )
    assert notice.file.key_sealed == "" and len(notice.sha256) == 64


def test_text_in_any_usual_encoding_and_word_files_are_read_whatever_their_name(cast):
    for data in (*(TEXT.encode(name) for name in ("utf-8-sig", "gb18030", "utf-16")), as_docx(TEXT)):
        notice = bring_in(cast, data, "通知")
        assert (notice.state, notice.items.count()) == (NoticeState.READ, 34)


def test_what_is_empty_or_too_large_is_not_kept(cast):
    for data in (b"", b"x" * (limits.UPLOAD_BYTES + 1)):
        with pytest.raises(Invalid):
            bring_in(cast, data)
    assert not Notice.objects.exists() and not StoredFile.objects.exists()
    assert not [path for path in Path(settings.FILES).glob("*/*") if path.stat().st_size > limits.UPLOAD_BYTES]


def test_pasted_text_is_the_same_whatever_its_line_ends(cast):
    officer = cast.users["officer"]
    one = actions.paste_notice(cast.office, text=TEXT.replace("\n", "\r\n"), by=officer)
    other = actions.paste_notice(cast.office, text=TEXT, by=officer)
    assert one.pk == other.pk and one.items.count() == 34


def test_pasted_nothing_or_too_much_is_refused(cast):
    for text in ("", " \r\n　", "通" * (limits.PASTE_CHARACTERS + 1)):
        with pytest.raises(Invalid):
            actions.paste_notice(cast.office, text=text, by=cast.users["officer"])
    assert not Notice.objects.exists()


def test_only_the_office_s_own_officer_brings_in(cast):
    for role in ("leader", "liaison", "d.officer", "county_officer"):
        with pytest.raises(Refused):
            actions.receive_notice(cast.office, data=demo_bytes(), name="a.txt", by=cast.users[role])
    assert not Notice.objects.exists()
