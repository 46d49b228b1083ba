"""What units and officers type about a circulation. Limits and their sentences are the actions'."""

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from jinguo.lib import clock
from jinguo.ui.forms import ChipSelect, DayField

LANGUAGE = "zh-hans"  # the office reads the reason, whatever language the unit's browser speaks
REASONS = [
    ("not_ours", _("不是我们单位的事")),
    ("incomplete", _("材料不全或打不开")),
    ("other", _("别的原因")),
]


class SignForm(forms.Form):
    signer = forms.CharField(
        label=_("签收人"),
        help_text=_("姓名或岗位都行。"),
        error_messages={"required": _("请写一下谁签收的：姓名或岗位都行，比如“信息员”。")},
    )


class SendBackForm(forms.Form):
    """A reason to tick, and more words if she likes; together they are the reason kept."""

    why = forms.ChoiceField(
        label=_("为什么退回"),
        choices=REASONS,
        widget=ChipSelect,
        error_messages={"required": _("请选一个退回的原因，好让发件单位知道怎么改。")},
    )
    more = forms.CharField(
        label=_("补充一句"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("比如：少了附件 2。")
    )

    def reason(self) -> str:
        """The words ticked and typed, as one sentence."""
        with translation.override(LANGUAGE):
            why = str(dict(REASONS)[self.cleaned_data["why"]])
        return "：".join(words for words in (why, self.cleaned_data["more"].strip()) if words)


class BurdenForm(forms.Form):
    text = forms.CharField(
        label=_("哪里成了负担，或者怎样能省事些"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写一句：哪里成了负担，或者怎样能省事些。")},
    )


class PhoneForm(forms.Form):
    """A telephone sign-for: whom, when, and what was said."""

    whom = forms.CharField(
        label=_("谁接的"), help_text=_("姓名或岗位。"), error_messages={"required": _("请写接电话的人：姓名或岗位。")}
    )
    called_at = forms.DateTimeField(
        label=_("什么时候打的"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        error_messages={"required": _("请写打电话的日子和时间。"), "invalid": _("请写成年月日和时间。")},
    )
    note = forms.CharField(label=_("说了什么"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["called_at"].initial = clock.local(clock.now()).replace(tzinfo=None)


class SignForForm(forms.Form):
    """A federation above signs for a unit that cannot: who there knows of it, and why."""

    whom = forms.CharField(
        label=_("该单位谁知道这件事"),
        help_text=_("姓名或岗位。"),
        error_messages={"required": _("请写谁知道：姓名或岗位。")},
    )
    reason = forms.CharField(
        label=_("为什么由上级代签"),
        help_text=_("比如：没有专人、没有网络。单位会看到，也可以自己再签。"),
        error_messages={"required": _("请写一句为什么由上级代办，单位会看到。")},
    )


class ReissueForm(forms.Form):
    """A new link by mail; the address only where one is to be added."""

    instead_of = forms.CharField(required=False, widget=forms.HiddenInput)
    address = forms.CharField(
        label=_("补一个邮箱"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("只在没有邮箱或邮箱不对时填，以后的通知也发给它。"),
    )


class ExtensionForm(forms.Form):
    """Until which day more time is asked for, and why. The day counts to its 24:00."""

    to = DayField(label=_("想延到哪天"), error_messages={"required": _("请选想延到哪天。")})
    reason = forms.CharField(
        label=_("为什么要延"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一句就够，也可以写办到哪一步了。"),
        error_messages={"required": _("请写一句为什么要延期。")},
    )


class AnswerForm(forms.Form):
    """The office's answer to a request for more time: the day it gives, and a word to the unit."""

    to = DayField(label=_("延到哪天"), required=False)
    note = forms.CharField(
        label=_("给单位的话"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("不同意的，请写明为什么。"),
    )


class CallForm(forms.Form):
    """One telephone call, written down with one press; the code makes a second press the same call."""

    code = forms.CharField(widget=forms.HiddenInput)
    outcome = forms.CharField()
    note = forms.CharField(required=False)


class ProofForm(forms.Form):
    """A one-time code, as it came by mail or SMS."""

    typed = forms.CharField(
        label=_("收到的验证码"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("请填收到的 6 位验证码。")},
    )


class DigitsForm(forms.Form):
    """The last four digits of a telephone the unit has registered."""

    digits = forms.CharField(
        label=_("登记电话的后四位"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "4"}),
        error_messages={"required": _("请填登记电话的后四位。")},
    )


class ShortCodeForm(forms.Form):
    """The short code shown on another device."""

    typed = forms.CharField(
        label=_("短码"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("8 位字母和数字，大小写都行，10 分钟内有效。"),
        error_messages={"required": _("请填那 8 位短码。")},
    )
