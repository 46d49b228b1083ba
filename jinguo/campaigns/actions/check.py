"""Mending a draft before it is issued: the corrected text comes in as a notice of its own; the first file stays untouched."""

from collections.abc import Collection
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.rules.check import may_correct
from jinguo.gongwen import Record
from jinguo.gongwen.checking import applied, check
from jinguo.journal import actions as journal
from jinguo.journal.queries import just_did
from jinguo.lib.errors import Invalid
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require
from jinguo.notices.actions import receive_notice
from jinguo.notices.models import Notice


def corrected_text(record: Record, fixes: Collection[str]) -> str:
    """The text with the one-click fixes of these findings; ids that are not of this text change nothing."""
    return applied(record.raw, [found for found in check(record) if found.id in fixes])


def corrected_name(notice: Notice) -> str:
    """What the file of a corrected text is called: 通知.docx → 通知.改正.txt."""
    stem = PurePath(notice.file.name).stem.removesuffix(".改正")
    return f"{stem}.改正.txt"


def correct_notice(notice: Notice, record: Record, *, fixes: Collection[str], by: journal.Actor) -> Notice:
    """Bring in the corrected text as a new notice and read it; the same correction twice gives the same notice.

    Raises:
        Refused: not this person's to do, or not now.
        Invalid: none of the fixes changes anything.
    """
    require(may_correct(notice, by, record))
    text = corrected_text(record, fixes)
    if text == record.raw:
        raise Invalid(_("没有勾选能改的地方。请在要改的条目前打勾。"), "fix")
    made = receive_notice(notice.office, data=text.encode(), name=corrected_name(notice), by=by)
    with transaction.atomic():
        hold(made)
        if just_did(by, "notice.correct", kind="notice", code=made.code) is None:
            _note(notice, made, len(fixes), by)
    return made


def _note(notice: Notice, made: Notice, fixes: int, by: journal.Actor) -> None:
    journal.record(
            "notice.correct", by=by, kind="notice", code=made.code, owner=notice.office.unit.code, source=notice.code,
            fixes=fixes,
        )  # fmt: skip
