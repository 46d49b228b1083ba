"""A notice comes in: the bytes are kept first, then read in a child process, then its items are proposed.

A process killed in between leaves a notice that is 待读; the worker reads it later. Reading twice changes nothing twice.
"""

import hashlib
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models import Office
from jinguo.files import actions as files
from jinguo.gongwen.guard import kind_of
from jinguo.gongwen.record import Record
from jinguo.gongwen.refusals import Unreadable
from jinguo.gongwen.sandbox import read_in_child
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids, limits
from jinguo.lib.errors import Invalid
from jinguo.lib.registry import due_work
from jinguo.lib.rulings import require
from jinguo.notices import rules
from jinguo.notices.models import Item, Notice, NoticeState, Reading
from jinguo.notices.proposals import Proposal, propose
from jinguo.notices.queries import same_file
from jinguo.search import actions as search

LEFT_BEHIND = timedelta(minutes=2)  # longer than any reading may take; then the request that began it is gone
PASTED_NAME = "粘贴的通知.txt"
_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
    "ofd": "application/ofd", "html": "text/html", "mht": "multipart/related", "text": "text/plain",
    "doc": "application/msword", "rtf": "application/rtf", "odt": "application/vnd.oasis.opendocument.text",
    "word_xml": "application/xml",
}  # fmt: skip


def receive_notice(office: Office, *, data: bytes, name: str, by: journal.Actor) -> Notice:
    """Keep a file as a notice and read it. The same file again gives the notice that is already there; one that could not
    be read is tried again.

    Raises:
        Refused: not this person's to do.
        Invalid: empty or too large; nothing is kept.
    """
    require(rules.may_receive(office, by))
    digest = hashlib.sha256(data).hexdigest()
    known = same_file(office, digest)
    if known is not None:
        return reread_notice(known, by=by) if rules.may_reread(known, by) else read_notice(known, by=by)
    try:
        notice = keep_notice(office, data, name, digest, by)
    except IntegrityError:  # the same file a moment earlier, in another process
        known = same_file(office, digest)
        if known is None:
            raise
        return read_notice(known, by=by)
    return read_notice(notice, by=by)


def paste_notice(office: Office, *, text: str, by: journal.Actor) -> Notice:
    """Keep pasted text as a notice and read it.

    Raises:
        Invalid: nothing but blanks, or longer than `limits.PASTE_CHARACTERS`.
    """
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    if not clean.strip():
        raise Invalid(_("还没有文字。请把通知的全文粘贴进来。"), "text")
    if len(clean) > limits.PASTE_CHARACTERS:
        raise Invalid(_("文字超过 6 万字，不像一份通知。请只粘贴通知正文。"), "text")
    return receive_notice(office, data=clean.encode(), name=PASTED_NAME, by=by)


def keep_notice(office: Office, data: bytes, name: str, digest: str, by: journal.Actor) -> Notice:
    """The file and its notice, not read yet."""
    with transaction.atomic():
        kept = files.store_file(data, unit=office.unit, name=name, media_type=_media_type(data), by=by)
        notice = Notice.objects.create(
            code=ids.new_code(), office=office, file=kept, sha256=digest, state=NoticeState.RECEIVED,
            received_at=clock.now(), received_by=by.actor_code,
        )  # fmt: skip
        journal.record(
            "notice.receive",
            by=by,
            kind="notice",
            code=notice.code,
            owner=office.unit.code,
            sha256=digest,
            size=len(data),
        )
    return notice


def _media_type(data: bytes) -> str:
    """By content; what is no document is kept as bytes."""
    try:
        return _MEDIA[kind_of(data)]
    except Unreadable:
        return "application/octet-stream"


def reread_notice(notice: Notice, *, by: journal.Actor) -> Notice:
    """Try a file again that could not be read. Pressed twice it is read once.

    Raises:
        Refused: not this person's to do, or the file was read, or is gone.
    """
    require(rules.may_reread(notice, by))
    with transaction.atomic():
        moved = Notice.objects.filter(pk=notice.pk, state=NoticeState.UNREADABLE).update(
            state=NoticeState.RECEIVED, fault=""
        )
        if moved:
            journal.record(
                "notice.reread",
                by=by,
                kind="notice",
                code=notice.code,
                owner=notice.office.unit.code,
                reason=notice.fault,
            )
    notice.refresh_from_db()
    return read_notice(notice, by=by)


def read_notice(notice: Notice, *, by: journal.Actor) -> Notice:
    """Read a kept notice and propose its items; one that cannot be read says why and stays. Read before: nothing happens."""
    if notice.state != NoticeState.RECEIVED:
        return notice
    try:
        record = read_in_child(files.read_file(notice.file), notice.file.name)
        proposals = propose(record)
    except Unreadable as reason:
        _note_unreadable(notice, reason.code, by)
    else:
        note_reading(notice, record, proposals, by)
    notice.refresh_from_db()
    return notice


def _note_unreadable(notice: Notice, code: str, by: journal.Actor) -> None:
    with transaction.atomic():
        moved = Notice.objects.filter(pk=notice.pk, state=NoticeState.RECEIVED).update(
            state=NoticeState.UNREADABLE, fault=code
        )
        if not moved:
            return
        journal.record(
            "notice.unreadable", by=by, kind="notice", code=notice.code, owner=notice.office.unit.code, reason=code
        )
        if code == "classified":  # such a paper must not lie here (保密法); its hash and the reason stay
            files.destroy_file(notice.file, reason="classified", by=by)


def note_reading(notice: Notice, record: Record, proposals: list[Proposal], by: journal.Actor) -> None:
    """What was read, in one transaction; nothing where another process was faster."""
    title = record.title.text if record.title else ""
    number = record.doc_number.text if record.doc_number else ""
    with transaction.atomic():
        moved = Notice.objects.filter(pk=notice.pk, state=NoticeState.RECEIVED).update(
            state=NoticeState.READ, title=title[:200], doc_number=number[:60]
        )
        if not moved:
            return
        found = record.to_json()
        raw = found.pop("raw")
        Reading.objects.create(
            notice=notice, raw_text=raw, extractor=record.extractor.name, extractor_version=record.extractor.version,
            record=found, made_at=clock.now(),
        )  # fmt: skip
        Item.objects.bulk_create(_items(notice, proposals, raw))
        search.index_thing(
            "notice",
            notice.code,
            title=title or notice.file.name,
            text=number,
            owner_path=notice.office.unit.path or "",
        )
        journal.record(
            "notice.read", by=by, kind="notice", code=notice.code, owner=notice.office.unit.code,
            items=len(proposals), reader=record.schema_version,
        )  # fmt: skip


def _items(notice: Notice, proposals: list[Proposal], raw: str) -> list[Item]:
    return [
        Item(
            code=ids.new_code(),
            notice=notice,
            position=n * 100,  # room between them for what is split or added later
            kind=proposal.kind,
            ref=proposal.ref,
            clause=proposal.clause[:20],
            title=proposal.title[:200],
            quote="".join(raw[start:end] for start, end in proposal.spans),
            start=proposal.spans[0][0] if proposal.spans else None,
            end=proposal.spans[0][1] if proposal.spans else None,
            spans=[list(span) for span in proposal.spans],
            proposal=proposal.values,
            values=proposal.values,
        )
        for n, proposal in enumerate(proposals, 1)
    ]


@due_work.register("notices.read", every=20)
def read_waiting(most: int = 5) -> int:
    """Read what was kept but not read because a process died in between; returns how many notices it moved."""
    edge = clock.now() - LEFT_BEHIND
    waiting = Notice.objects.filter(state=NoticeState.RECEIVED, received_at__lte=edge).select_related(
        "file", "office__unit"
    )
    rows = list(waiting.order_by("received_at")[:most])
    for notice in rows:
        read_notice(notice, by=journal.System("reader"))
    return len(rows)
