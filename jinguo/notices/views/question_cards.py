"""The open questions as cards: their forms, what the notice says, how the standing answer reads."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jinguo.lib import clock
from jinguo.notices.forms import DueForm, SignDueForm, SignedOnForm
from jinguo.notices.models import Decision, ItemKind, Question
from jinguo.notices.queries import Desk
from jinguo.notices.questions import SIGN_DAYS, Asked, due_text
from jinguo.ui.dates import moment_text
from jinguo.workdays.queries import add_working_days


@dataclass(frozen=True)
class QuestionCard:
    """A question with its form, and how the standing answer reads."""

    asked: Asked
    form: forms.Form
    answer: str | Promise
    n: int | None
    hint: str | Promise = ""
    now: bool = False
    known: int = 0


def question_cards(desk: Desk, bound: dict[str, forms.Form] | None = None) -> list[QuestionCard]:
    """Every question of the desk; `bound`: the form that was just sent in, by question key."""
    cards = []
    for asked in desk.questions:
        form = (bound or {}).get(asked.key) or form_of(asked, drawn=_drawn_day(desk))
        n = desk.numbers.get(asked.ref) if asked.ref else None
        row = desk.said.get((asked.question, asked.ref))
        now = asked.key == desk.now
        cards.append(QuestionCard(asked, form, _said(asked), n, _hint(asked), now, row.pk if row else 0))
    return cards


def form_of(asked: Asked, data: Any = None, drawn: str | None = None) -> Any:
    """The form of one question, filled with the standing answer or the suggestion; `drawn`: a deadline a person drew."""
    options: dict[str, Any] = {"auto_id": f"id_{asked.key}_%s"}
    value = asked.value or {}
    if asked.question == Question.DUE:
        start = {"kind": value.get("kind") or "working_days", "date": value.get("date"), "time": value.get("time")}
        if drawn and not value:
            start |= {"kind": "date", "date": drawn}
        return DueForm(asked, data, initial=start | ({"days": value["days"]} if "days" in value else {}), **options)
    if asked.question == Question.SIGN_DUE:
        at = datetime.fromisoformat(value["at"]) if "at" in value else None
        day = clock.local(at).date() if at else add_working_days(clock.today(), SIGN_DAYS)
        return SignDueForm(data, initial={"kind": value.get("kind") or "date", "date": day}, **options)
    return SignedOnForm(data, initial={"kind": value.get("kind") or "empty", "date": value.get("date")}, **options)


def _said(asked: Asked) -> str | Promise:
    value = asked.value
    if value is None:
        return ""
    if asked.question == Question.DUE:
        return due_text(value, str(asked.item.proposal.get("soft", "")) if asked.item else "")
    if value["kind"] == "none":
        return _("不设")
    if value["kind"] == "empty":
        return _("留空")
    if "at" in value:
        return moment_text(datetime.fromisoformat(value["at"]), clock.now())
    day = date.fromisoformat(value["date"])
    return f"{day.year}年{day.month}月{day.day}日"


def _hint(asked: Asked) -> str:
    if not asked.open:
        return ""
    if asked.question == Question.DUE:
        return _("三个工作日是系统建议；您选定后，来源改记“市妇联确认”。")
    if asked.question == Question.SIGN_DUE:
        return _("两个工作日是系统建议；不设，就没有单位会逾期。")
    return _("不知道就留空，不用印发日期代替。")


def _drawn_day(desk: Desk) -> str | None:
    """The day of the one deadline a person drew on the paper; None for none, or for several."""
    days = {
        item.values["date"]
        for item in desk.items
        if item.kind == ItemKind.DEADLINE and item.decision != Decision.REJECTED and item.values.get("date")
    }
    return days.pop() if len(days) == 1 else None
