"""Form fields that take what people really type: full-width digits, dotted dates, pasted spaces, a +86 before the number.

What cannot be used gets a sentence that says what is wrong with it.
"""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jinguo.lib.pleas import pleads
from jinguo.lib.texts import visible
from jinguo.ui.forms import half_width

_HERSELF = re.compile(r"[我俺](?!们)|本人|救救|\bme\b")
_MOBILE = re.compile(r"1[3-9]\d{9}")


PLEA = _(
    "这里像是有人在求助，而这一页很多人看得到，没有存。真是求助，请打 12338、110 或 12348。是说活动，请改成不用当事人自己的话。"
)


def refuse_plea(text: str) -> None:
    """What many will read holds nobody's plea in her own words; a lesson's name (应急救命) is none."""
    if _HERSELF.search(text) and pleads(text):
        raise ValidationError(PLEA, "plea")


class WrittenField(forms.CharField):
    """Words for others to read. `hears`: a plea in them is kept apart by the action, not refused here."""

    def __init__(self, *, hears: bool = False, **options: Any) -> None:
        if not hears:
            options["validators"] = [*options.get("validators", ()), refuse_plea]
        super().__init__(**options)


class LineField(WrittenField):
    """One line of text: hidden marks gone, runs of white space made one."""

    def to_python(self, value: Any) -> str:
        return " ".join(visible(str(value or "")).split())


class TextField(WrittenField):
    """Several lines of text: hidden marks gone."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return "\n".join(line.rstrip() for line in visible(str(value or "")).split("\n")).strip()


class NameField(LineField):
    """What somebody calls herself: one to twenty characters."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": _("请写怎么称呼您，比如“李女士”。")})
        super().__init__(max_length=20, hears=True, **options)
        self.validators = [self.check_length]
        self.widget.attrs["autocomplete"] = "name"

    @staticmethod
    def check_length(value: str) -> None:
        if len(value) > 20:
            raise ValidationError(_("称呼最多 20 个字，这里有 %(n)s 个。") % {"n": len(value)}, "long")


class PhoneField(forms.CharField):
    """A mobile number of the mainland: eleven digits, however they were typed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": _("请写手机号，活动有变化时好找到您。")})
        super().__init__(**options)
        self.widget = forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "maxlength": "24"}
        )
        self.widget.is_required = self.required

    def to_python(self, value: Any) -> str:
        typed = unicodedata.normalize("NFKC", visible(str(value or "")))
        digits = re.sub(r"[\s\-—–()（）.·]", "", typed)
        return re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", digits)

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        if not re.fullmatch(r"\d+", value, re.ASCII):
            raise ValidationError(_("手机号只能是数字，请再看一眼。"), "letters")
        if len(value) != 11:
            raise ValidationError(_("手机号应为 11 位，这里是 %(n)s 位，请再看一眼。") % {"n": len(value)}, "length")
        if not _MOBILE.fullmatch(value):
            raise ValidationError(_("这不像手机号：手机号以 13 到 19 开头。只有座机的话，请打电话报名。"), "start")


class HourField(forms.TimeField):
    """An hour of the day, from the browser's picker or typed by hand."""

    def __init__(self, **options: Any) -> None:
        messages = {"required": _("请写几点。"), "invalid": _("这个时间看不懂，请写成 14:30 这样。")}
        super().__init__(
            input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%H点%M分", "%H点"], error_messages=messages, **options
        )
        self.widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        self.widget.is_required = self.required

    def to_python(self, value: Any) -> Any:
        return super().to_python(half_width(value))


class CountField(forms.IntegerField):
    """How many: nought or more; nothing typed stays nothing."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        most = options.setdefault("max_value", 1_000_000)
        messages = {
            "invalid": _("这里只填数字。"),
            "min_value": _("这个数太小了。"),
            "max_value": _("这个数太大了，最多 %(most)s。") % {"most": most},
            "required": _("请填一个数。"),
        }
        options.setdefault("min_value", 0)
        super().__init__(error_messages=messages, **options)
        self.widget.attrs["inputmode"] = "numeric"

    def to_python(self, value: Any) -> Any:
        return super().to_python(half_width(value))


class ManyFiles(forms.ClearableFileInput):
    """A picker for several files."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """One or several pictures; what they are is found out when they are made fit to keep."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        return (
            [single(item, initial) for item in data]
            if isinstance(data, list | tuple) and data
            else [single(None, initial)]
        )
