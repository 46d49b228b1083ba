"""The field sheet as a form, and the small forms beside it. HTTP in, clean values out; nothing is saved here."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Clause
from jinguo.reports.checks import Doubt
from jinguo.reports.models.deed import CountedIn, DeedKind, ForWhom
from jinguo.reports.models.returned import FormKind
from jinguo.reports.sheet import ABOUTS, FIELDS, NUMBERS, SIGNERS, Sheet, sources_of
from jinguo.ui.forms import ChipSelectMultiple, DayField

MOST = 10_000_000  # a number beyond this is a slip of the finger
_ACCEPT = ".doc,.docx,.wps,.pdf,.ofd,.xls,.xlsx,.et,.txt,.zip,.eml,image/jpeg,image/png,image/webp"
_ABOUT = re.compile(r"^[约近]|[余多来]$")


class CountField(forms.CharField):
    """A count as people write it: 126, １２６, 1,260, 126人次; 约 before or 余 after it says that it is about."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **kwargs)

    def clean(self, value: Any) -> tuple[int | None, bool]:
        """The number and whether it was written as 约; (None, False) when nothing was written, which is not 0."""
        text = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", str(value or "")))
        text = re.sub(r"(人次|次|人|件)$", "", text)
        bare = _ABOUT.sub("", text)
        if not text:
            return None, False
        if not re.fullmatch(r"\d{1,8}", bare) or int(bare) > MOST:
            raise ValidationError(_("请写一个整数，比如 126 或 约120；没有统计就空着，空着是“没报”。"))
        return int(bare), bare != text


class SheetDayField(DayField):
    """A day of this century."""

    years = range(2000, 2101)

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, error_messages={"year": _("请核对年份。")}, **options)


def text(label: Any, most: int, *, lines: int = 0, hint: Any = "", **attrs: str) -> forms.CharField:
    """A text field with its longest length said in its own words."""
    widget = forms.Textarea(attrs={"rows": lines, **attrs}) if lines else forms.TextInput(attrs=attrs)
    field = forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=hint)
    field.error_messages["max_length"] = _("写长了，请控制在 %(limit_value)d 字以内，现在是 %(show_value)d 字。")
    return field


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


@dataclass(frozen=True)
class Line:
    """One field as the sheet shows it: its 约 box, its unit, whether it was brought along, what is asked or noted."""

    field: BoundField
    about: BoundField | None
    unit: Any
    brought: bool
    doubts: list[tuple[Doubt, BoundField | None]]
    notes: list[str]


class SheetForm(forms.Form):
    """The sheet, with the questions that were asked about it so far.

    Args:
        base: what it is filled from; unchanged fields keep their source.
        clauses: the clauses that may be chosen.
        notes: field → what the city asked to be mended.
    """

    token = forms.CharField(max_length=12, min_length=12, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    paste = forms.CharField(
        label=_("把写好的文字粘贴在这里"), required=False, widget=forms.Textarea(attrs={"rows": 4}), strip=False
    )
    drop = forms.FileField(
        label=_("或者选文件、拖到这里"), required=False, widget=ManyFiles(attrs={"accept": _ACCEPT}),
        help_text=_("Word、WPS、PDF、表格、照片都行，一次最多 5 个。照片会缩小，拍摄地点会去掉，只在内部用。"),
    )  # fmt: skip
    title = text(_("活动名称"), 100)
    held_on = SheetDayField(label=_("时间"))
    ended_on = SheetDayField(label=_("到哪天结束"), help_text=_("一天办完的不用填。"))
    place = text(_("地点"), 100)
    cohosts = text(_("联办"), 200, hint=_("和谁一起办的。两家都报，只算一场。"))
    kind = forms.ChoiceField(label=_("形式"), required=False, choices=[("", _("请选")), *FormKind.choices])
    clauses = forms.MultipleChoiceField(label=_("对应条款"), required=False, widget=ChipSelectMultiple)
    on_site = CountField(label=_("现场参加"))
    women = CountField(label=_("其中妇女"))
    online = CountField(label=_("线上观看"), help_text=_("单独算，不和现场相加。"))
    benefited = CountField(label=_("服务或受益"))
    deeds = CountField(label=_("办实事"))
    summary = text(_("简介"), 300, lines=3, hint=_("怎么办的、有什么结果，两三句就够。"))
    body = text(_("正文"), 1200, lines=5)
    story = text(_("典型事例"), 600, lines=3)
    difficulties = text(_("困难和建议"), 600, lines=3, hint=_("只有基层说得出来的，我们原话写进汇总。"))
    photos = forms.MultipleChoiceField(label=_("照片"), required=False, widget=forms.CheckboxSelectMultiple)
    web_link = forms.URLField(label=_("网页链接"), required=False, max_length=300, assume_scheme="https")
    reporter = text(_("报送人"), 40, autocomplete="name")
    phone = text(_("电话"), 30, autocomplete="tel", inputmode="tel")
    approver = text(_("审签人"), 40)
    reason = text(_("为什么改"), 200)

    def __init__(
        self,
        data: Any = None,
        *,
        base: Sheet,
        clauses: list[Clause],
        token: str,
        notes: dict[str, list[str]] | None = None,
        newer: bool = False,
    ) -> None:
        self.base, self.offered, self.notes = base, clauses, notes or {}
        self.doubts: list[Doubt] = []
        super().__init__(data, initial=self._initial(base, token), label_suffix="")
        for about in ABOUTS:
            self.fields[about] = forms.BooleanField(label=_("约"), required=False)
        self._choices("clauses", [(clause.code, str(clause)) for clause in clauses])
        self._choices("photos", [(photo.code, photo.caption or _("照片")) for photo in base.photos])
        if not newer:
            del self.fields["reason"]

    @staticmethod
    def _initial(base: Sheet, token: str) -> dict[str, Any]:
        codes = {"clauses": [one.code for one in base.clauses], "photos": [one.code for one in base.photos]}
        return {**base.values, **codes, "token": token}

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if not choices:
            del self.fields[name]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices = choices

    def ask(self, doubts: list[Doubt]) -> None:
        """Show these questions beside their fields, each with a line for a reason."""
        self.doubts = doubts
        for doubt in doubts:
            if doubt.is_gentle:
                continue
            self.fields[f"why-{doubt.code}"] = text(_("说明（几个字就行）"), 100)

    def was_asked(self) -> set[str]:
        """The questions she has seen already."""
        return set(self.cleaned_data.get("asked", "").split())

    def clean(self) -> dict[str, Any]:
        """Numbers apart from their 约; whatever was written as 约 is about."""
        values: dict[str, Any] = super().clean() or {}
        for name in NUMBERS:
            number, about = values.get(name) or (None, False)
            values[name] = number
            if f"{name}_about" in self.fields:
                values[f"{name}_about"] = number is not None and (about or bool(values.get(f"{name}_about")))
        return values

    def sheet(self) -> Sheet:
        """The clean sheet with where each value came from and what was answered to the questions."""
        values = {name: self.cleaned_data.get(name) for name in (*(one.name for one in FIELDS), *ABOUTS, *SIGNERS)}
        picked = set(self.cleaned_data.get("clauses") or [])
        clauses = [clause for clause in self.offered if clause.code in picked]
        shown = set(self.cleaned_data.get("photos") or [])
        photos = [photo for photo in self.base.photos if photo.code in shown]
        doubts = [
            {"code": doubt.code, "field": doubt.field, "reason": " ".join(self.data.get(f"why-{doubt.code}", "").split())[:100]}
            for doubt in self.doubts
            if not doubt.is_gentle
        ]  # fmt: skip
        return Sheet(values, clauses, photos, sources_of(values, clauses, self.base), doubts)

    def lines(self, *names: str) -> Iterator[Line]:
        """These fields, each with what belongs beside it; fields this form does not have are left out."""
        units = {one.name: one.unit for one in FIELDS}
        brought = self.base.brought()
        for name in names:
            if name in self.fields:
                about = self[f"{name}_about"] if f"{name}_about" in self.fields else None
                mine = [doubt for doubt in self.doubts if doubt.field == name]
                doubts = [(doubt, None if doubt.is_gentle else self[f"why-{doubt.code}"]) for doubt in mine]
                yield Line(self[name], about, units.get(name, ""), name in brought, doubts, self.notes.get(name, []))

    @property
    def what(self) -> list[Line]:
        return list(self.lines("title", "held_on", "ended_on", "place", "cohosts", "kind", "clauses"))

    @property
    def how_many(self) -> list[Line]:
        return list(self.lines(*NUMBERS))

    @property
    def words(self) -> list[Line]:
        return list(self.lines("summary", "difficulties", "photos"))

    @property
    def more(self) -> list[Line]:
        return list(self.lines("body", "story", "web_link", *SIGNERS, "reason"))


REASONS = (
    ("none", _("这段时间没有开展")),
    ("joined", _("和别的单位一起办，由对方报")),
    ("unfit", _("本单位不适合这一项")),
)


class ZeroForm(forms.Form):
    """「没有，报‘无’」 with a reason: one of three, or a few words."""

    reason = forms.ChoiceField(label=_("原因"), required=False, choices=REASONS, widget=forms.RadioSelect)
    words = text(_("或者写几个字"), 100)

    def said(self) -> str:
        """The reason in words; "" when none was given."""
        chosen = dict(REASONS).get(self.cleaned_data["reason"], "")
        return self.cleaned_data["words"] or str(chosen)


class ReasonForm(forms.Form):
    """Why a unit is exempt."""

    reason = text(_("为什么免报"), 200, hint=_("单位会看到这句话。"))


class ProxyForm(forms.Form):
    """Why a federation reports for a unit below it."""

    why_proxy = forms.CharField(
        label=_("为什么由上级代报"), max_length=200, help_text=_("比如：没有专人、没有网络。单位会看到这句话，也可以自己更正。"),
        error_messages={"required": _("请写一句为什么由上级代办，单位会看到。")},
    )  # fmt: skip


class ZeroForProxyForm(ZeroForm):
    """「没有」 for a unit below: why there is nothing, and why the unit does not say so itself."""

    why_zero = text(_("为什么由上级代报"), 200, hint=_("比如：没有专人、没有网络。单位会看到这句话，也可以自己更正。"))


class ExtendForm(forms.Form):
    """Until which day, and why. The day counts to its 24:00."""

    to = SheetDayField(label=_("延到哪天"))
    why = text(_("为什么延期"), 200, hint=_("单位会看到这句话。"))

    def clean_to(self) -> date:
        day: date | None = self.cleaned_data["to"]
        if day is None:
            raise ValidationError(_("请选一个日子。"))
        return day


class DeedForm(forms.Form):
    """One deed for the register, filled from its report."""

    kind = forms.ChoiceField(label=_("是哪一种"), choices=DeedKind.choices, initial=DeedKind.GOOD)
    title = text(_("办了什么"), 100)
    for_whom = forms.ChoiceField(
        label=_("为了谁"),
        choices=ForWhom.choices,
        help_text=_("选了困境、患病、残疾、单亲、受侵害的，不存名称和结果，只计数。"),
    )
    benefited = CountField(label=_("多少受益"))
    counted_in = forms.ChoiceField(label=_("按什么数"), choices=CountedIn.choices, initial=CountedIn.PERSONS)
    result = text(_("结果"), 200)
