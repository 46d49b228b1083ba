"""A notice the office writes itself here, passing a superior's on: it is planned from its first moment, read like any other."""

import hashlib
import io
import zipfile
from dataclasses import dataclass

from django.db import transaction

from jinguo.federation.models import Office
from jinguo.files import actions as files
from jinguo.files.models import StoredFile
from jinguo.gongwen import Unreadable, read
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.notices.models import Notice, NoticeState, Reading
from jinguo.search import actions as search

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPLACED = "replaced by a later text of the same draft"


@dataclass(frozen=True)
class Paper:
    """What was written: the .docx and its words as plain text."""

    title: str
    doc_number: str
    data: bytes
    text: str


def write_notice(office: Office, paper: Paper, *, by: journal.Actor) -> Notice:
    """Keep a paper of one's own as a notice whose plan is made beside it. Inside the caller's transaction."""
    with transaction.atomic():
        code = ids.new_code()
        kept = _keep(office, paper, code, by)
        notice = Notice.objects.create(
            code=code, office=office, file=kept, sha256=kept.sha256, state=NoticeState.PLANNED,
            title=paper.title[:200], doc_number=paper.doc_number[:60], received_at=clock.now(),
            received_by=by.actor_code,
        )  # fmt: skip
        _note_text(notice, paper)
        journal.record("notice.write", by=by, kind="notice", code=code, owner=office.unit.code, sha256=kept.sha256)
    return notice


def rewrite_notice(notice: Notice, paper: Paper, *, by: journal.Actor) -> None:
    """Another text of a notice that has not gone out; nothing where the words are the same. The former file is destroyed:
    nobody was sent it."""
    with transaction.atomic():
        newest = notice.readings.order_by("-made_at", "-pk").first()
        same = newest is not None and newest.raw_text == paper.text
        if same and (notice.title, notice.doc_number) == (paper.title[:200], paper.doc_number[:60]):
            return
        kept, former = _keep(notice.office, paper, notice.code, by), notice.file
        Notice.objects.filter(pk=notice.pk).update(
            file=kept, sha256=kept.sha256, title=paper.title[:200], doc_number=paper.doc_number[:60]
        )
        notice.refresh_from_db()
        _note_text(notice, paper)
        files.destroy_file(former, reason=REPLACED, by=by)
        journal.record(
            "notice.rewrite", by=by, kind="notice", code=notice.code, owner=notice.office.unit.code, sha256=kept.sha256
        )


def _keep(office: Office, paper: Paper, code: str, by: journal.Actor) -> StoredFile:
    data = _marked(paper.data, code)
    return files.store_file(data, unit=office.unit, name=f"{paper.title[:80]}.docx", media_type=DOCX, by=by)


def _marked(data: bytes, code: str) -> bytes:
    """The same words of two notices are two papers: the notice's code goes into the package's comment."""
    box = io.BytesIO(data)
    with zipfile.ZipFile(box, "a") as package:
        package.comment = f"{code} {hashlib.sha256(data).hexdigest()[:8]}".encode()
    return box.getvalue()


def _note_text(notice: Notice, paper: Paper) -> None:
    """The words as a reading of their own, so that checking and comparing work on them too."""
    try:
        record = read(paper.text)
    except Unreadable:
        found, raw, name, version = {}, paper.text, "local", "1"
    else:
        found = record.to_json()
        raw, name, version = found.pop("raw"), record.extractor.name, record.extractor.version
    Reading.objects.create(
        notice=notice, raw_text=raw, extractor=name, extractor_version=version, record=found, made_at=clock.now()
    )
    search.index_thing(
        "notice", notice.code, title=notice.title, text=notice.doc_number, owner_path=notice.office.unit.path or ""
    )


def void_local(notice: Notice, *, by: journal.Actor) -> None:
    """A paper of one's own that never went out is taken back; its record stays. Inside the caller's transaction."""
    with transaction.atomic():
        if Notice.objects.filter(pk=notice.pk, state=NoticeState.PLANNED).update(state=NoticeState.VOID):
            search.drop_thing("notice", notice.code)
            journal.record("notice.void", by=by, kind="notice", code=notice.code, owner=notice.office.unit.code)
