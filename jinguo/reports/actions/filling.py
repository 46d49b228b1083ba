"""Filling a sheet from what a unit pastes or drops. It is read as a mail is, by the same process within the same limits; what
she typed herself stays as it is, and nothing goes out: it becomes a draft she looks over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities.actions.photos import keep_sent_photo
from jinguo.campaigns.models import Obligation
from jinguo.campaigns.models.obligation import AskKind
from jinguo.campaigns.rules.obligations import may_report_for
from jinguo.journal import actions as journal
from jinguo.lib import clock, limits
from jinguo.lib.errors import Invalid
from jinguo.lib.mail import Letter, Part
from jinguo.lib.mail.sandbox import Unread, photos_of_parts, read_mail
from jinguo.lib.pictures import Picture
from jinguo.lib.rulings import require
from jinguo.reports.actions.returns import keep_draft, revise_return
from jinguo.reports.models import Return
from jinguo.reports.queries.clauses import best_clause
from jinguo.reports.sheet import ABOUTS, PHOTOS, SIGNERS, Sheet
from jinguo.reports.understanding.fields import fields_of, named_in
from jinguo.reports.understanding.filling import put_fields, put_text
from jinguo.reports.understanding.pictures import looks_like_photo, of_each
from jinguo.reports.understanding.problems import problem_text
from jinguo.reports.understanding.several import Told, activities
from jinguo.reports.understanding.texts import Texts, texts_of
from jinguo.reports.understanding.values import Found

MOST_FILES = 5
WHERE = "pasted"  # how the source of a value that was read from it begins
_BLANK = (None, "")


@dataclass(frozen=True)
class Given:
    """What she gave: a pasted text, and files with their names as she has them."""

    text: str
    files: Sequence[tuple[str, bytes]]


@dataclass(frozen=True)
class Filled:
    """The drafts it became, one for each activity it tells of, and which files could not be read: name and why."""

    drafts: list[Return]
    unread: list[tuple[str, str]]


@dataclass(frozen=True)
class Read:
    """What was read of it: each activity with its texts and fields, the photographs of each, which files could not be read."""

    tellings: list[tuple[Texts, dict[str, Found]]]
    pictures: list[list[tuple[Part, Picture]]]
    unread: list[tuple[str, str]]


def fill_drafts(
    duty: Obligation, typed: Sheet, given: Given, *, token: str, by: journal.Actor, of: Return | None = None
) -> Filled:
    """Read it and keep what it says as drafts. The same form sent twice keeps the same ones.

    Args:
        typed: what the form holds already.
        of: the return a newer version is written of; then it is about one activity, whatever it says.

    Raises:
        Invalid: nothing given, too much, or nothing that could be read.
    """
    read = _read(duty, given, apart=of is None)
    with transaction.atomic():
        sheets = (_sheet_of(duty, typed, read, number, by) for number in range(len(read.tellings)))
        drafts = [_keep(duty, sheet, token, number, of, by) for number, sheet in enumerate(sheets)]
    return Filled(drafts, read.unread)


def fill_for_unit(duty: Obligation, typed: Sheet, given: Given, *, by: Any) -> tuple[Sheet, Read]:
    """Read it for the federation that reports for the unit (代报). No draft is kept: what is not sent was never the unit's.

    Returns:
        The sheet filled with the first activity it tells of, and all that was read.

    Raises:
        Invalid: as `fill_drafts`.
    """
    require(may_report_for(duty, by))
    read = _read(duty, given, apart=True)
    with transaction.atomic():
        return _sheet_of(duty, typed, read, 0, by), read


def _read(duty: Obligation, given: Given, *, apart: bool) -> Read:
    """Everything she gave, read. `apart`: each activity it tells of by itself."""
    data = _parcel(given)
    try:
        letter = read_mail(data)
    except Unread as fault:
        raise Invalid(_("没有读出来。请把文字复制后粘贴进来，或另存为 .docx 再选。"), "drop") from fault
    texts, names = texts_of(letter), {duty.unit.name, duty.unit.short_name}
    today = clock.today()
    told = activities(texts, today, names) if apart and duty.ask.kind == AskKind.EACH_ACTIVITY else []
    tellings = [(one.texts, one.fields) for one in told] or [(texts, _whole(texts, today, names))]
    unread = [(part.name, str(problem_text(part.problem))) for part in letter.parts if part.problem]
    pictures = _pictures(data, letter, told)
    if not (texts.own.strip() or texts.papers or texts.tables or any(pictures)):
        raise Invalid(_said(unread), "drop")
    return Read(tellings, pictures, unread)


def _whole(texts: Texts, today: date, names: set[str]) -> dict[str, Found]:
    """The fields of all of it; a name also from within a sentence, for she looks the draft over."""
    fields = fields_of(texts, today, names)
    if "title" not in fields and (named := named_in(texts.main, names)):
        fields["title"] = named
    return fields


def _sheet_of(duty: Obligation, typed: Sheet, read: Read, number: int, by: journal.Actor) -> Sheet:
    """The sheet of one activity of it; what was typed is of the first."""
    said, found = read.tellings[number]
    sheet = _sheet(duty, typed if number == 0 else _signers(typed), said, found)
    _put_photos(sheet, duty, read.pictures[number] if number < len(read.pictures) else [], by)
    return sheet


def _keep(duty: Obligation, sheet: Sheet, token: str, number: int, of: Return | None, by: journal.Actor) -> Return:
    if of is not None:
        return revise_return(of, sheet, token=token, by=by, send=False)
    return keep_draft(duty, sheet, token=token if number == 0 else f"{token[:10]}{number:02d}", by=by)


def _parcel(given: Given) -> bytes:
    """What she gave as one mail: whatever reads mails reads it."""
    files = [(name, data) for name, data in given.files if data]
    if not given.text.strip() and not files:
        raise Invalid(_("还没有粘贴文字，也没有选文件。"), "paste")
    if len(given.text) > limits.PASTE_CHARACTERS:
        raise Invalid(_("粘贴的文字太长了。请只粘贴这一次活动的。"), "paste")
    if len(files) > MOST_FILES:
        raise Invalid(_("一次最多选 5 个文件。"), "drop")
    if sum(len(data) for _name, data in files) > limits.UPLOAD_BYTES:
        raise Invalid(_("选的文件一共超过 20 MB。请分几次，或把照片缩小再选。"), "drop")
    parcel = EmailMessage(policy=SMTP)
    parcel.set_content(given.text or "\n", charset="utf-8", cte="base64")
    for name, data in files:
        parcel.add_attachment(data, maintype="application", subtype="octet-stream", filename=name[-120:] or "file")
    return parcel.as_bytes()


def _said(unread: list[tuple[str, str]]) -> object:
    if not unread:
        return _("里面没有读到文字。请选 .docx、.pdf、.doc、.wps、.xlsx 或 .txt，或把文字粘贴进来。")
    name, why = unread[0]
    return _("“%(name)s”%(why)s。请另存为 .docx 或 .pdf 再选，或把文字粘贴进来。") % {"name": name, "why": why}


def _sheet(duty: Obligation, typed: Sheet, texts: Texts, found: dict[str, Found]) -> Sheet:
    """What she typed, and in the fields she left empty what was read."""
    sheet = Sheet(dict(typed.values), list(typed.clauses), list(typed.photos), dict(typed.sources))
    fields = {name: one for name, one in found.items() if sheet.values.get(name) in _BLANK}
    if duty.ask.kind != AskKind.EACH_ACTIVITY:  # a summary's numbers are not one activity's
        fields = {name: one for name, one in fields.items() if name in SIGNERS}
    put_fields(sheet, WHERE, fields)
    if not sheet.values.get("summary") and not sheet.values.get("body"):
        put_text(sheet, WHERE, texts)
    if not sheet.clauses:
        words = "\n".join([texts.own, texts.main.text])
        clause, _score = best_clause(duty.ask.campaign, words, str(sheet.values.get("title") or ""))
        if clause is not None:
            sheet.clauses, sheet.sources["clauses"] = [clause], {"from": f"{WHERE}.0[0:0]"}
    return sheet


def _signers(typed: Sheet) -> Sheet:
    """Who reports is said once for all of them; the rest was typed of the first."""
    kept = {name: value for name, value in typed.values.items() if name in SIGNERS}
    return Sheet(kept | dict.fromkeys(ABOUTS, False))


def _pictures(data: bytes, letter: Letter, told: Sequence[Told]) -> list[list[tuple[Part, Picture]]]:
    """The photographs of each activity, ready to be kept; one that cannot be opened is only missing."""
    each = of_each(letter, told)
    wanted = [part.number for mine in each for part in mine]
    try:
        opened = photos_of_parts(data, wanted) if wanted else {}
    except Unread:
        opened = {}
    return [
        [(part, picture) for part in mine if (picture := opened.get(part.number)) and _shows(picture)] for mine in each
    ]


def _shows(picture: Picture) -> bool:
    return looks_like_photo(picture.width, picture.height)


def _put_photos(sheet: Sheet, duty: Obligation, pictures: Sequence[tuple[Part, Picture]], by: journal.Actor) -> None:
    kept = {photo.pk: photo for photo in sheet.photos}
    for part, picture in pictures:
        if len(kept) < PHOTOS:
            photo = keep_sent_photo(duty.unit, picture=picture, digest=part.sha256, by=by)
            kept[photo.pk] = photo
            sheet.sources.setdefault("photos", {"from": f"{WHERE}.{part.number}[0:0]"})
    sheet.photos = list(kept.values())
