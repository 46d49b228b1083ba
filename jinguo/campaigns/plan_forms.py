"""What an officer types about a plan and its units. Nothing here saves."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AssignForm(forms.Form):
    """Who leads a clause."""

    lead_department = forms.CharField(label=_("牵头部门"), required=False, max_length=60)
    responsible = forms.CharField(label=_("负责人"), required=False, max_length=60)


class UnitFilter(forms.Form):
    """Which units of the list to show; always valid, since what is unknown is ignored."""

    group = forms.CharField(required=False)
    shown = forms.CharField(required=False)
    words = forms.CharField(label=_("按名称找"), required=False, max_length=40)
    add = forms.CharField(label=_("加一个单位"), required=False, max_length=40)
