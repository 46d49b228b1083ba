"""Keeping a paper that was written."""

from django.db import transaction

from jinguo.federation.models import Office
from jinguo.files.actions import store_file
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.papers.models import Paper, PaperKind

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def keep_paper(
    data: bytes, *, office: Office, kind: PaperKind, title: str, source: tuple[str, str], by: journal.Actor
) -> Paper:
    """Store the bytes of a paper and the row that says what it was made from."""
    with transaction.atomic():
        file = store_file(data, unit=office.unit, name=f"{title}.docx", media_type=DOCX, by=by)
        paper = Paper.objects.create(
            office=office, kind=kind, title=title, file=file, source_kind=source[0], source_code=source[1],
            made_at=clock.now(),
        )  # fmt: skip
        journal.record("paper.keep", by=by, kind="paper", code=paper.code, owner=office.unit.code, sha256=file.sha256)
    return paper


def freeze_paper(paper: Paper, *, by: journal.Actor) -> bool:
    """Close a paper for good; false when it was closed before."""
    with transaction.atomic():
        closed = Paper.objects.filter(pk=paper.pk, frozen_at=None).update(frozen_at=clock.now())
        if closed:
            journal.record("paper.freeze", by=by, kind="paper", code=paper.code, owner=paper.office.unit.code)
    return bool(closed)
