"""A sheet as people fill it in. What is wrong with an answer is said beside it, with how to mend it.

A question that depends on another stands under it and shows once that is answered so: by style alone, so also with scripts
off. A browser too old for that shows every question, and each says of whom it is asked; what is answered though it was not to
be asked is not kept.
"""

import unicodedata
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jinguo.lib import limits
from jinguo.lib.texts import inner, visible
from jinguo.questions.models import Kind, Question
from jinguo.questions.wishes import Given
from jinguo.ui.forms import DayField

FILE_BYTES = 5 * limits.MIB
# Content, not the name, says what a file is (reference/reliability §5).
SIGNS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
TEXT_LENGTH = 200
STYLED_CHOICES = 12  # so many choices the style sheet knows; what depends on a later one always shows


def field_name(question: Question) -> str:
    """The name of a question's field."""
    return f"q_{question.code}"


def media_type_of(data: bytes) -> str:
    """What some bytes are; "" for what is not taken."""
    return next((kind for sign, kind in SIGNS.items() if data.startswith(sign)), "")


@dataclass
class Branch:
    """A question with those that depend on it. `shown_by`: which choice of the one above shows it, from 1; 0 for its tick."""

    field: forms.BoundField
    shown_by: int = 0
    below: "list[Branch]" = dataclass_field(default_factory=list)


class AnswerForm(forms.Form):
    """The questions of a sheet, each a field."""

    template_name = "questions/sheet.html"

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            field = _MAKERS[Kind(question.kind)](question)
            field.label, field.help_text = question.label, _hint(question)
            field.required = question.required and question.asks_if is None  # what depends, `clean` asks for
            field.needed = question.required  # for its label
            field.widget.is_required = field.required
            field.error_messages["required"] = _MISSING[Kind(question.kind)]
            self.fields[field_name(question)] = field

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for question in self.questions:
            name = field_name(question)
            if not self.is_asked(question, typed):
                typed.pop(name, None)
                self.errors.pop(name, None)
            elif (
                question.required
                and question.asks_if
                and name not in self.errors
                and typed.get(name) in (None, "", False)
            ):
                self.add_error(name, _MISSING[Kind(question.kind)])
        return typed

    def is_asked(self, question: Question, typed: dict[str, Any]) -> bool:
        """Whether this question is put to somebody who answered the others so."""
        before = question.asks_if
        if before is None:
            return True
        first = next((one for one in self.questions if one.pk == before.pk), None)
        if first is None or not self.is_asked(first, typed):
            return False
        said = typed.get(field_name(first))
        return bool(said) if first.kind == Kind.CONSENT else said == question.asks_value

    def get_context(self) -> dict[str, Any]:
        """For the template: the questions that depend on none, each with those below it."""
        branches = {question.pk: Branch(self[field_name(question)]) for question in self.questions}
        top = []
        for question in self.questions:
            branch, above = branches[question.pk], question.asks_if
            if above is not None and question.asks_value in above.options:
                branch.shown_by = above.options.index(question.asks_value) + 1
            if above is None or above.pk not in branches or branch.shown_by > STYLED_CHOICES:
                top.append(branch)
            else:
                branches[above.pk].below.append(branch)
        return {**super().get_context(), "branches": top}

    def given(self) -> list[Given]:
        """The answers, in order; a question left empty has none."""
        found = []
        for question in self.questions:
            value = self.cleaned_data.get(field_name(question))
            if value in (None, "", False):
                continue
            if question.kind == Kind.FILE:
                data = value.read()
                found.append(Given(question, "", data, value.name, media_type_of(data)))
            else:
                found.append(Given(question, _text(value)))
        return found


def _text(value: Any) -> str:
    if value is True:
        return _now("同意")
    return value.isoformat() if isinstance(value, date) else str(value)


def _hint(question: Question) -> str:
    parts = [question.hint] if question.hint else []
    if question.asks_if is not None:
        said = question.asks_value or _now("打了勾")
        parts.append(
            _now("“%(question)s”答“%(said)s”的才填") % {"question": inner(question.asks_if.label), "said": inner(said)}
        )
    return " · ".join(parts)


class _Line(forms.CharField):
    def to_python(self, value: Any) -> str:
        return "\n".join(" ".join(line.split()) for line in visible(str(value or "")).split("\n")).strip()


class _Number(forms.IntegerField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class _Upload(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > FILE_BYTES:
            raise forms.ValidationError(_("文件超过 5 MB。请压缩一下，或拍小一点再传。"), "large")
        first = file.read(16)
        file.seek(0)
        if not media_type_of(first):
            raise forms.ValidationError(_("只收照片（JPG、PNG）和 PDF。请换一种格式再传。"), "kind")
        return file


def _a_text(question: Question) -> forms.Field:
    most = question.most or TEXT_LENGTH
    words = {"max_length": _("最多 %(limit_value)s 个字，这里有 %(show_value)s 个。请写短一点。")}
    widget = forms.Textarea(attrs={"rows": 3}) if most > TEXT_LENGTH else forms.TextInput()
    field = _Line(max_length=most, error_messages=words, widget=widget)
    field.widget.attrs.pop("maxlength", None)  # cut without a word is worse than told
    return field


def _a_number(question: Question) -> forms.Field:
    words = {
        "invalid": _("这里只填整数，比如 3。"),
        "min_value": _("这里最小填 %(limit_value)s。"),
        "max_value": _("这里最大填 %(limit_value)s。"),
    }
    least = -(2**31) if question.least is None else question.least
    most = 2**31 - 1 if question.most is None else question.most
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return _Number(min_value=least, max_value=most, error_messages=words, widget=widget)


def _a_choice(question: Question) -> forms.Field:
    words = {"invalid_choice": _("这一项现在没有了。请从列出的里面选。")}
    return forms.ChoiceField(
        choices=[(line, line) for line in question.options], widget=forms.RadioSelect, error_messages=words
    )


def _a_date(question: Question) -> forms.Field:
    return DayField()


def _a_file(question: Question) -> forms.Field:
    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"})
    return _Upload(widget=widget, error_messages={"empty": _("这个文件是空的。请重新选。")})


def _a_consent(question: Question) -> forms.Field:
    return forms.BooleanField()


_MAKERS = {
    Kind.TEXT: _a_text, Kind.NUMBER: _a_number, Kind.CHOICE: _a_choice, Kind.DATE: _a_date, Kind.FILE: _a_file,
    Kind.CONSENT: _a_consent,
}  # fmt: skip
_MISSING = {
    Kind.TEXT: _("请写一下。"), Kind.NUMBER: _("请填一个数，没有就填 0。"), Kind.CHOICE: _("请选一项。"),
    Kind.DATE: _("请选一个日期。"), Kind.FILE: _("请选一个文件。"), Kind.CONSENT: _("要在这里打勾才能报。"),
}  # fmt: skip
