"""What comes in over HTTP, cleaned. Nothing here saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.lib import limits
from jinguo.lib.errors import Invalid
from jinguo.notices.models import Item, ItemKind
from jinguo.notices.questions import MOST_DAYS, SUGGESTED_DAYS, Asked
from jinguo.notices.values import CHOICES, FIELDS, LISTS, LONGEST_WHEN, Reach, label_of, words_of
from jinguo.ui.forms import ChipSelect, DayField

# What the file chooser shows first; what a file is, its content says (gongwen.guard).
ACCEPTED = ".docx,.doc,.wps,.pdf,.ofd,.txt,.md,.rtf,.odt,.html,.htm,.mht,.mhtml"

_REQUIRED = {"required": _("这里还没有写。")}


def put_error(form: forms.BaseForm, problem: Invalid) -> None:
    """Show a refusal of an action beside the field it names, or above the form."""
    form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))


class UploadForm(forms.Form):
    """A notice as a file."""

    file = forms.FileField(
        label=_("通知文件"),
        help_text=_("Word、WPS、PDF、OFD、网页或文本文件都行，不超过 20 MB。可以直接拖进来。扫描件读不了。"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("还没有选文件。"),
            "invalid": _("文件没有传上来。请重新选择。"),
            "empty": _("这个文件是空的，里面没有文字。请检查是否选错了文件。"),
        },
    )


class PasteForm(forms.Form):
    """A notice as text."""

    text = forms.CharField(
        label=_("通知全文"),
        help_text=_("从文号、标题到落款，整份粘贴进来。"),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("还没有文字。请把通知的全文粘贴进来。")},
        strip=False,
        max_length=limits.PASTE_CHARACTERS
        * 2,  # the action says the exact limit, after line ends are made one character
    )


class WordsField(forms.CharField):
    """A short list, parted by 、 outside quotation marks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return words_of(super().clean(value) or "")


class ItemForm(forms.Form):
    """The values of one item; its fields depend on its kind."""

    def __init__(self, kind: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in FIELDS[kind]:
            self.fields[name] = _field(kind, name)

    @classmethod
    def of(cls, item: Item, data: Any = None) -> "ItemForm":
        """The form of an item, filled with what stands now; ids are its own, since several may be open on one page."""
        return cls(item.kind, data, initial=item.values, auto_id=f"id_{item.code}_%s")

    def values(self) -> dict[str, Any]:
        """Clean values as they are stored."""
        return stored(self.cleaned_data)


def stored(values: dict[str, Any]) -> dict[str, Any]:
    """Clean values as they are stored: days and hours as text."""
    found = dict(values)
    if "date" in found:
        found["date"] = found["date"].isoformat() if found["date"] else None
    if "time" in found:
        found["time"] = found["time"].strftime("%H:%M") if found["time"] else ""
    return found


def _field(kind: str, name: str) -> forms.Field:
    label = label_of(kind, name)
    if name == "title":
        return forms.CharField(label=label, max_length=200, error_messages=_REQUIRED)
    if name in LISTS:
        return WordsField(label=label, help_text=_("几个就用顿号隔开。"))
    if name == "when":
        return forms.CharField(
            label=label, required=False, max_length=LONGEST_WHEN,
            help_text=_("不止一天或没有定哪一天时写，如 3月6日、13日下午2:30，或 3月上旬。"),
        )  # fmt: skip
    if name == "date":
        return DayField(label=label, required=False)
    if name == "time":
        return forms.TimeField(
            label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            help_text=_("不写就是当天 24 点。"), error_messages={"invalid": _("时间请写成 17:00 这样。")},
        )  # fmt: skip
    if name == "reach":
        return forms.ChoiceField(label=label, choices=Reach.choices, widget=ChipSelect, error_messages=_REQUIRED)
    if name == "force":
        choices = [("", _("没有写")), *CHOICES[name].choices]
        return forms.ChoiceField(label=label, choices=choices, required=False, widget=ChipSelect)
    if name in CHOICES:
        return forms.ChoiceField(label=label, choices=CHOICES[name].choices, error_messages=_REQUIRED)
    return forms.CharField(label=label, required=False, max_length=60)


class AddForm(forms.Form):
    """What the reader missed, by its words. Every kind's fields are here; those the chosen kind has are kept."""

    KINDS = (
        ItemKind.MEASURE, ItemKind.OWN_EVENT, ItemKind.REPORT_DUTY, ItemKind.DEADLINE, ItemKind.CONTACT,
        ItemKind.REQUIREMENT, ItemKind.RECIPIENT,
    )  # fmt: skip
    OWN = ("title", "date", "time", "value", "channel", "lead_department", "responsible")

    sentence = forms.CharField(
        label=_("原文里的那句话"),
        help_text=_("从通知里照样复制一句，空格和换行不要紧。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_REQUIRED,
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("它是什么"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=ChipSelect,
        error_messages=_REQUIRED,
    )
    title = forms.CharField(label=_("名称"), max_length=200, error_messages=_REQUIRED)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.OWN[1:]:
            self.fields[name] = _field(ItemKind.MEASURE, name)
        self.fields["title"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """A deadline without a day says nothing; a contact without a number or an address neither."""
        kind = self.cleaned_data.get("kind")
        needed = {ItemKind.DEADLINE: "date", ItemKind.CONTACT: "value"}.get(kind)
        for name in self.OWN:
            if kind and name not in FIELDS[kind]:
                self.errors.pop(name, None)  # what another kind would need does not matter
                self.cleaned_data.pop(name, None)
        if needed and not self.cleaned_data.get(needed) and needed not in self.errors:
            self.add_error(needed, _REQUIRED["required"])
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """What the action is told: kind, words and their place, and the values of that kind as they are stored."""
        found = dict(self.cleaned_data)
        start, end = found.pop("start"), found.pop("end")
        at = (start, end) if start is not None and end is not None else None
        return {**stored(found), "kind": ItemKind(found["kind"]), "at": at}


class SplitForm(forms.Form):
    """One own event into several."""

    names = forms.CharField(
        label=_("分成哪几项"),
        help_text=_("一行一项，至少两项。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_REQUIRED,
    )

    def clean_names(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class MergeForm(forms.Form):
    """Two own events into one."""

    other = forms.ChoiceField(label=_("和哪一项合并"), error_messages=_REQUIRED)
    title = forms.CharField(label=_("合并后的名称"), max_length=200, error_messages=_REQUIRED)

    def __init__(self, others: list[Item], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["other"].choices = [(other.code, other.title) for other in others]


def _day(label: Any) -> forms.DateField:
    return DayField(label=label, required=False, error_messages=_REQUIRED)


class AnswerForm(forms.Form):
    """An answer to an open question: a choice, and what the choice needs."""

    need: dict[str, str] = {}  # choice → the field it needs
    beside: dict[str | None, tuple[str, ...]] = {"date": ("time",)}  # field → what may stand beside it
    kind = forms.ChoiceField(label=_("怎么定"), widget=ChipSelect, error_messages={"required": _("请选一项。")})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.need.get(self.data.get("kind", "")) if self.is_bound else None
        for name in self.need.values():  # needed where its choice is made, and shown so before any is
            self.fields[name].required = not self.is_bound or name == chosen

    def clean(self) -> dict[str, Any]:
        needed = self.need.get(self.cleaned_data.get("kind", ""))
        for name in (name for name in self.fields if name not in ("kind", needed, *self.beside.get(needed, ()))):
            self.errors.pop(name, None)  # what another choice would need does not matter
            self.cleaned_data.setdefault(name, None)
        return self.cleaned_data


class DueForm(AnswerForm):
    """By when a report is due."""

    need = {"working_days": "days", "date": "date"}
    days = forms.IntegerField(
        label=_("几个工作日"), min_value=1, max_value=MOST_DAYS, initial=SUGGESTED_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "min_value": _("工作日请填 1 到 30 之间的数。"), "max_value": _("工作日请填 1 到 30 之间的数。"),
            "invalid": _("工作日请填 1 到 30 之间的数。"), **_REQUIRED,
        },
    )  # fmt: skip
    date = _day(_("哪一天"))
    time = forms.TimeField(
        label=_("几点前"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("不写就是当天 24 点。"), error_messages={"invalid": _("时间请写成 17:00 这样。")},
    )  # fmt: skip

    def __init__(self, asked: Asked, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        soft = asked.item.proposal.get("soft") if asked.item else ""
        keep = _("保持“%(word)s”") % {"word": soft} if soft else _("不设期限")
        self.fields["kind"].choices = [("working_days", _("每场后几个工作日")), ("date", _("另定日期")), ("soft", keep)]


class SignDueForm(AnswerForm):
    """Until when units should sign for the notice."""

    need = {"date": "date"}
    date = _day(_("哪一天"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("date", _("到这一天 18:00")), ("none", _("不设"))]


class SignedOnForm(AnswerForm):
    """The 成文日期."""

    need = {"date": "date"}
    date = _day(_("成文日期"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("empty", _("留空")), ("date", _("补填"))]
