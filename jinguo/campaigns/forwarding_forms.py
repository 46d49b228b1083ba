"""What is typed about a notice passed on. Nothing here saves; limits and their sentences are the actions'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.actions.forwarding import AskShape, ClauseShape, Shape
from jinguo.campaigns.models import Ask, Campaign, Clause
from jinguo.campaigns.models.campaign import ClauseKind
from jinguo.campaigns.queries.forwarding import ADDED, CHANGED, DROPPED, KEPT, Line
from jinguo.lib import clock
from jinguo.notices.questions import CLOSE_OF_DAY
from jinguo.ui.forms import ChipSelect, DayField

MORE = 2  # empty lines for what is added
HOW = [(KEPT, _("照原文")), (CHANGED, _("改写")), (DROPPED, _("不写进"))]
FIXED = (ClauseKind.LINE, ClauseKind.THEME)  # they hold the others together and are taken over as they are


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return DayField(label=label, required=False, help_text=hint)


def _text(label: Any, rows: int = 0, hint: Any = "", **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=False, help_text=hint, widget=widget, **more)


class PassOnForm(forms.Form):
    """The sentence it is passed on with, and until when to sign; only for those with an account."""

    cover = _text(_("转发的话"), 3)
    sign_due = _day(_("请在哪天前签收"), _("可以不定。"))

    def until(self) -> Any:
        """The instant of the date to sign by, or None."""
        day = self.cleaned_data.get("sign_due")
        return clock.at(day, CLOSE_OF_DAY.hour, CLOSE_OF_DAY.minute) if day else None


class LocalForm(forms.Form):
    """A local notice, whole: its head, what becomes of each clause and ask, and what is added."""

    title = forms.CharField(
        label=_("标题"), widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": _("请写标题。")}
    )
    doc_number = _text(_("文号"), hint=_("没有就空着。"))
    cover = _text(_("开头的话"), 3, _("放在正文最前面，可以不写。"))
    sign_due = _day(_("请在哪天前签收"), _("可以不定。"))

    def __init__(self, campaign: Campaign, lines: list[Line], asks: list[Line], data: Any = None) -> None:
        super().__init__(data, auto_id="id_%s", initial=_head(campaign))
        self.lines = [line for line in lines if line.state != ADDED and line.above.kind not in FIXED]
        self.asks = [line for line in asks if line.state != ADDED]
        for line in self.lines:
            self._clause(line)
        for line in self.asks:
            self._ask(line)
        self.added = self._added([line.here for line in lines if line.state == ADDED])
        self.added_asks = self._added_asks([line.here for line in asks if line.state == ADDED])

    def _clause(self, line: Line) -> None:
        code, above = line.above.code, line.above.sentence or line.above.heading
        self.fields[f"how-{code}"] = forms.ChoiceField(
            label=_("%(number)s 怎么写") % {"number": line.above.number}, choices=HOW, initial=line.state,
            widget=ChipSelect,
        )  # fmt: skip
        self.fields[f"text-{code}"] = _text(
            _("%(number)s 改成") % {"number": line.above.number}, 3, initial=line.here.sentence if line.here else above
        )

    def _ask(self, line: Line) -> None:
        code, here = line.above.code, line.here
        self.fields[f"keep-{code}"] = forms.BooleanField(
            label=_("要下级报这一项"), required=False, initial=here is not None
        )
        self.fields[f"ask-{code}"] = _text(_("报什么"), initial=(here or line.above).title)
        self.fields[f"due-{code}"] = _day(_("本级定的最后一天"), _("空着就照原文的日子。"))
        own = here is not None and here.due_origin == "local"
        self.initial[f"due-{code}"] = _last_day(here) if own else None

    def _added(self, rows: list[Clause]) -> list[str]:
        names = []
        for n in range(1, len(rows) + MORE + 1):
            row = rows[n - 1] if n <= len(rows) else None
            self.fields[f"added-{n}"] = _text(
                _("本级加的第 %(n)s 条") % {"n": n}, 2, initial=row.sentence if row else ""
            )
            names.append(f"added-{n}")
        return names

    def _added_asks(self, rows: list[Ask]) -> list[tuple[str, str]]:
        names = []
        for n in range(1, len(rows) + MORE):
            row = rows[n - 1] if n <= len(rows) else None
            self.fields[f"ask-added-{n}"] = _text(_("另外要报什么"), initial=row.title if row else "")
            self.fields[f"due-added-{n}"] = _day(_("哪天以前报"), _("可以不定。"))
            self.initial[f"due-added-{n}"] = _last_day(row) if row else None
            names.append((f"ask-added-{n}", f"due-added-{n}"))
        return names

    def rows(self) -> list[tuple[Line, Any, Any]]:
        """Each clause with its two fields."""
        return [(line, self[f"how-{line.above.code}"], self[f"text-{line.above.code}"]) for line in self.lines]

    def ask_rows(self) -> list[tuple[Line, Any, Any, Any]]:
        """Each ask with its three fields."""
        names = [(line, line.above.code) for line in self.asks]
        return [(line, self[f"keep-{code}"], self[f"ask-{code}"], self[f"due-{code}"]) for line, code in names]

    def added_rows(self) -> list[Any]:
        return [self[name] for name in self.added]

    def added_ask_rows(self) -> list[tuple[Any, Any]]:
        return [(self[title], self[due]) for title, due in self.added_asks]

    def shape(self) -> Shape:
        """What was wanted."""
        said = self.cleaned_data
        day = said.get("sign_due")
        return Shape(
            title=said["title"], doc_number=said["doc_number"], cover=said["cover"],
            sign_due_at=clock.at(day, CLOSE_OF_DAY.hour, CLOSE_OF_DAY.minute) if day else None,
            clauses=[self._wanted(line) for line in self.lines]
            + [ClauseShape("", True, "", said[name]) for name in self.added],
            asks=[self._wanted_ask(line) for line in self.asks]
            + [AskShape("", True, said[title], said[due]) for title, due in self.added_asks],
        )  # fmt: skip

    def _wanted(self, line: Line) -> ClauseShape:
        code, how = line.above.code, self.cleaned_data.get(f"how-{line.above.code}") or KEPT
        text = self.cleaned_data[f"text-{code}"] if how == CHANGED else ""
        return ClauseShape(code, how != DROPPED, line.above.heading, text)

    def _wanted_ask(self, line: Line) -> AskShape:
        code, said = line.above.code, self.cleaned_data
        return AskShape(code, said[f"keep-{code}"], said[f"ask-{code}"], said[f"due-{code}"])


def _head(campaign: Campaign) -> dict[str, Any]:
    due = clock.local(campaign.sign_due_at).date() if campaign.sign_due_at else None
    return {"title": campaign.title, "doc_number": campaign.doc_number, "cover": campaign.cover, "sign_due": due}


def _last_day(ask: Any) -> Any:
    """The day whose 24:00 an ask is due at."""
    if ask is None or ask.due_at is None:
        return None
    day = clock.local(ask.due_at)
    return day.date().fromordinal(day.toordinal() - 1) if (day.hour, day.minute) == (0, 0) else day.date()
