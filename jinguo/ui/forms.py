"""How a Django form is drawn: label above, 可以不写 on what may stay empty, hint, error with its way out.

Set FORM_RENDERER = "jinguo.ui.forms.Renderer" with "django.forms" in INSTALLED_APPS. Validation stays in the rooms, but for the
one field all of them have: a day.
"""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

DAY_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


class Renderer(TemplatesSetting):
    """Form and field templates of this house; widgets stay Django's own and get their class from `{% control %}`."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class ChipSelect(forms.RadioSelect):
    """One of a few short choices, drawn as chips."""

    look = "chips"


class ChipSelectMultiple(forms.CheckboxSelectMultiple):
    """Any of a few short choices, drawn as chips."""

    look = "chips"


class DayField(forms.DateField):
    """A day, from the browser's picker or typed by hand.

    One that cannot be reckoned with is refused: 0001-01-01 has no instant in UTC, 9999-12-31 no day after it. A form that
    knows better narrows `years`, with a sentence for "year".
    """

    years = range(1900, 2200)

    def __init__(self, **options: Any) -> None:
        words = {"required": _("请选一个日期。"), "invalid": _("这个日期看不懂，请写成 2024-03-08 这样。")}
        words |= options.pop("error_messages", {})
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=DAY_FORMATS, error_messages=words, widget=widget, **options)

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(half_width(value))
        if day and day.year not in self.years:
            raise forms.ValidationError(self.error_messages.get("year", self.error_messages["invalid"]), "invalid")
        return day


def half_width(value: Any) -> Any:
    """What was typed with a Chinese keyboard, in plain figures and without blanks; anything else as it is."""
    return "".join(unicodedata.normalize("NFKC", value).split()) if isinstance(value, str) else value
