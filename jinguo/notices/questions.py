"""What the notice leaves open and only a person can decide: report due, sign-for due, 成文日期. Pure.

A suggested date drives nothing: until somebody answers, the question is open and the plan cannot be published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jinguo.lib import clock
from jinguo.notices.models import Decision, Item, ItemKind, Question
from jinguo.notices.sheet import Sheet

Answers = Mapping[tuple[str, str], dict[str, Any]]  # (question, ref) → the newest value

SUGGESTED_DAYS = 3  # 系统建议: working days after each activity
SIGN_DAYS = 2  # 系统建议: working days to sign for a notice
CLOSE_OF_DAY = time(18, 0)
NO_PLAN = ("公示", "决定")  # these papers tell; they ask nothing of units (issue 3, item 4)
MOST_DAYS = 30  # working days a report may be given


@dataclass(frozen=True)
class Asked:
    """One question as it stands.

    Attributes:
        ref: code of the report duty it is about, or "".
        says: what the notice does say.
        value: the newest answer; None while the question is open.
    """

    question: Question
    ref: str
    says: str | Promise
    value: dict[str, Any] | None
    item: Item | None = None

    @property
    def open(self) -> bool:
        return self.value is None

    @property
    def key(self) -> str:
        return f"{self.question}-{self.ref}" if self.ref else str(self.question)


def tells_only(sheet: Sheet, answers: Answers) -> str:
    """The kind of a paper that yields no plan (公示, 决定); "" for others, and once a person wants it treated as one."""
    genre = sheet.genre.text if sheet.genre else ""
    return genre if genre in NO_PLAN and (Question.AS_NOTICE, "") not in answers else ""


def questions_of(sheet: Sheet, items: Sequence[Item], answers: Answers) -> list[Asked]:
    """Every question of a notice, answered or not, in the order they are shown; none of a paper that yields no plan."""
    if tells_only(sheet, answers):
        return []
    found = [_due_question(item, answers) for item in items if _needs_due(item)]
    found.append(Asked(Question.SIGN_DUE, "", _("原文没有。"), answers.get((Question.SIGN_DUE, ""))))
    if sheet.sign.date is None:
        says = _("原文没有。")
        if sheet.imprint.date:
            day = date.fromisoformat(sheet.imprint.date)
            says = _("只有印发日期 %(month)s月%(day)s日。") % {"month": day.month, "day": day.day}
        found.append(Asked(Question.SIGNED_ON, "", says, answers.get((Question.SIGNED_ON, ""))))
    return found


def _needs_due(item: Item) -> bool:
    gone = (Decision.REJECTED, Decision.REPLACED)
    return item.kind == ItemKind.REPORT_DUTY and item.decision not in gone and not item.proposal.get("due")


def _due_question(item: Item, answers: Answers) -> Asked:
    soft = item.proposal.get("soft")
    says = _("原文只写“%(word)s”。") % {"word": soft} if soft else _("原文没有写。")
    return Asked(Question.DUE, item.code, says, answers.get((Question.DUE, item.code)), item)


def due_of(item: Item, answers: Answers) -> tuple[dict[str, Any], str]:
    """A report duty's due and where it comes from: "notice", "confirmed", or "" while nothing is said."""
    if item.proposal.get("due"):
        return item.proposal["due"], "notice"
    value = answers.get((Question.DUE, item.code))
    if value is None or value["kind"] == "soft":
        return {"kind": "soft"}, ""
    return value, "confirmed"


def instant_of(due: Mapping[str, Any]) -> datetime | None:
    """The instant of a dated due: to the end of that day unless an hour stands (DESIGN §4 Time)."""
    if due.get("kind") != "date":
        return None
    day = date.fromisoformat(due["date"])
    if due.get("time"):
        hour, minute = (int(part) for part in due["time"].split(":")[:2])
        return clock.at(day, hour, minute)
    return clock.end_of(day)


def due_text(due: Mapping[str, Any], soft: str = "") -> str | Promise:
    """How a due reads on a card."""
    if due["kind"] == "working_days":
        return _("每场后 %(days)s 个工作日") % {"days": due["days"]}
    if due["kind"] == "date":
        day = date.fromisoformat(due["date"])
        said = f"{day.year}年{day.month}月{day.day}日"
        return f"{said} {due['time']}" if due.get("time") else _("%(day)s 前（含当天）") % {"day": said}
    return _("“%(word)s”，不设期限") % {"word": soft} if soft else _("不设期限")
