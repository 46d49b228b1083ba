"""Holding it again: on which day, or every so many weeks until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.activities.fields import HourField
from jinguo.activities.forms.plan import SOON, check_code, check_times
from jinguo.lib import clock
from jinguo.ui.forms import ChipSelect, DayField

EVERY = [("1", _("每周")), ("2", _("隔一周")), ("4", _("每四周"))]


class CopyForm(forms.Form):
    """On which day it is held again."""

    day = DayField(label=_("哪一天"), help_text=_("几场的，这是第一场；其余的隔开同样的天数。"))
    code = forms.CharField(widget=forms.HiddenInput, validators=[check_code])

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if abs(clock.at(day) - clock.now()) > SOON:
            raise forms.ValidationError(_("这个日子离今天太远，请看看年份对不对。"))
        return day


class MoreForm(forms.Form):
    """How often, and until when."""

    every = forms.ChoiceField(label=_("多久一次"), choices=EVERY, widget=ChipSelect, initial="1")
    until = DayField(label=_("办到哪一天"))


class TimeForm(forms.Form):
    """When one session of several is held; `cleaned_data` has `starts_at` and `ends_at`."""

    day = DayField(label=_("哪一天"))
    starts = HourField(label=_("几点开始"))
    ends = HourField(label=_("几点结束"))
    until = DayField(label=_("办到哪一天"), required=False, help_text=_("只办一天的不用填。"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        check_times(self, typed)
        return typed
