"""How a Django form is drawn: label above, 可以不写 on what may stay empty, hint, error with its way out.

Set FORM_RENDERER = "jinguo.ui.forms.Renderer" with "django.forms" in INSTALLED_APPS. Validation stays in the rooms.
"""

from django import forms
from django.forms.renderers import TemplatesSetting


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
