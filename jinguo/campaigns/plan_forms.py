"""What an officer types about a plan and its units. Nothing here saves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.ui.forms import DayField


class AssignForm(forms.Form):
    """Who leads a clause."""

    lead_department = forms.CharField(label=_("牵头部门"), required=False, max_length=60)
    responsible = forms.CharField(label=_("负责人"), required=False, max_length=60)


class OwnEventForm(forms.Form):
    """What the office settles about an event of its own. Limits and their sentences are the action's."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held_on = DayField(label=_("哪天办"), required=False)
    starts = forms.TimeField(
        label=_("几点开始"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("请写成 14:30 这样的时间。")},
    )  # fmt: skip
    ends = forms.TimeField(
        label=_("几点结束"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("请写成 14:30 这样的时间。")},
    )  # fmt: skip
    hall = forms.CharField(label=_("场地"), required=False)
    leader = forms.CharField(label=_("出席领导"), required=False, help_text=_("几位的，用顿号隔开。"))
    lead_department = forms.CharField(label=_("牵头部门"), required=False, max_length=60)
    responsible = forms.CharField(label=_("负责人"), required=False, max_length=60)
    cohosts = forms.CharField(label=_("联办单位"), required=False, help_text=_("包括妇联以外的，用顿号隔开。"))
    next_step = forms.CharField(label=_("下一步"), required=False)
    result = forms.CharField(
        label=_("办得怎样"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("写了就算办完。")
    )


class UnitFilter(forms.Form):
    """Which units of the list to show; always valid, since what is unknown is ignored."""

    group = forms.CharField(required=False)
    shown = forms.CharField(required=False)
    words = forms.CharField(label=_("按名称找"), required=False, max_length=40)
    add = forms.CharField(label=_("加一个单位"), required=False, max_length=40)
