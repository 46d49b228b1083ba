"""One return as a reviewer reads it: every field beside the record or the words of the mail it was taken from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from jinguo.activities.queries import ActivityRecord
from jinguo.reports.models import ReturnVersion
from jinguo.reports.queries.returns import clause_text, shown, text_of
from jinguo.reports.sheet import FIELDS, LABELS, TYPED, Field, sheet_from_record

MAIL = "mail:"  # how the source of a value that was read from a mail begins


@dataclass(frozen=True)
class Reading:
    """One field of the sheet beside what it was taken from.

    Attributes:
        verdict: `same` as the record now, `brought` along, `read` from a mail, `typed`, `check`: to be looked at.
        recorded: what the activity record says now; "" where it says nothing.
        quote: the words of the mail it was read from; "" where it was not.
        remarks: why it should be looked at, in sentences.
        thread: number shared with the record's line or with the quoted words; 0 for none.
    """

    name: str
    label: object
    text: str
    verdict: str
    recorded: str = ""
    quote: str = ""
    remarks: list[str] = field(default_factory=list)
    thread: int = 0


def readings(version: ReturnVersion, record: ActivityRecord | None, questions: Mapping[str, object]) -> list[Reading]:
    """Every filled field with its verdict, and fields that raised a question.

    Args:
        record: the activity as it stands now, when the return is about one.
        questions: code of a doubt → its sentence.
    """
    known = sheet_from_record(record).values if record else {}
    said = _words(version)
    rows = [_reading(version, number, one, known, questions, said) for number, one in enumerate(FIELDS, 1)]
    rows = [row for row in rows if row.text or row.remarks]
    clauses = clause_text(version)
    if clauses:
        brought = _source(version, "clauses") != TYPED
        rows.append(Reading("clauses", LABELS["clauses"], clauses, "brought" if brought else "typed"))
    return rows


def _reading(
    version: ReturnVersion,
    number: int,
    one: Field,
    known: dict[str, Any],
    questions: Mapping[str, object],
    said: str,
) -> Reading:
    value, now = getattr(version, one.name), known.get(one.name)
    recorded = shown(one, now, about=bool(one.about and known.get(one.about)))
    quote = str(version.sources.get(one.name, {}).get("quote", ""))
    remarks = [_remark(doubt, questions) for doubt in version.doubts if doubt["field"] == one.name]
    if recorded and value != now:
        remarks.append(_("活动记录里现在是“%(now)s”。") % {"now": recorded})
    verdict, source = "check" if remarks else "typed", _source(version, one.name)
    if not remarks and source.startswith(MAIL):
        verdict = "read"
    elif not remarks and source != TYPED:
        verdict = "same" if recorded else "brought"
    thread = number if recorded or (quote and quote in said) else 0
    return Reading(one.name, one.label, text_of(version, one), verdict, recorded, quote, remarks, thread)


def _source(version: ReturnVersion, name: str) -> str:
    return str(version.sources.get(name, {}).get("from", TYPED))


def _remark(doubt: dict[str, str], questions: Mapping[str, object]) -> str:
    said = doubt["reason"] or _("没有说明")
    return _("%(question)s单位说：%(said)s。") % {"question": questions.get(doubt["code"], ""), "said": said}


def mail_of(version: ReturnVersion) -> str:
    """The code of the mail a version was read from; "" where it was written otherwise."""
    for source in version.sources.values():
        found = re.match(rf"{MAIL}(\w+)\.", str(source.get("from", "")))
        if found:
            return found[1]
    return ""


def _words(version: ReturnVersion) -> str:
    return f"{version.summary}\n{version.body}"


@dataclass(frozen=True)
class Piece:
    """A stretch of what the unit wrote; `thread`: the field that was read from it, 0 for none."""

    text: str
    thread: int = 0
    field: str = ""


def pieces_of(text: str, rows: Iterable[Reading]) -> list[Piece]:
    """A text cut where fields were read from it, each stretch lit once; of two that overlap the first begun is lit."""
    stretches = [(text.find(row.quote), row) for row in rows if row.quote and row.thread and not row.recorded]
    pieces, at = [], 0
    for start, row in sorted((one for one in stretches if one[0] >= 0), key=lambda one: (one[0], one[1].thread)):
        if start < at:
            continue
        pieces += [Piece(text[at:start]), Piece(row.quote, row.thread, row.name)]
        at = start + len(row.quote)
    return [piece for piece in [*pieces, Piece(text[at:])] if piece.text]
