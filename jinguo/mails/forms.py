"""What an officer types about mails and the mailbox. Limits and their sentences are the actions'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.mails.models import Kind
from jinguo.mails.models.mailbox import Security

CHOSEN = (Kind.NEWS, Kind.SUMMARY, Kind.TABLE, Kind.CORRECTION, Kind.WITHDRAWAL, Kind.SIGN, Kind.ZERO, Kind.QUESTION)


class MailboxForm(forms.Form):
    """The mailbox's own facts. The secret is never put into the page again."""

    address = forms.EmailField(label=_("收信邮箱"), help_text=_("单位们写信的那个地址，通知里写的就是它。"))
    host = forms.CharField(label=_("收信服务器"), help_text=_("163 邮箱填 imap.163.com，QQ 邮箱填 imap.qq.com。"))
    port = forms.IntegerField(label=_("端口"), initial=993, min_value=1, max_value=65535)
    security = forms.ChoiceField(label=_("加密"), choices=Security.choices, initial=Security.TLS)
    user = forms.CharField(label=_("登录名"), help_text=_("一般就是邮箱地址。"))
    secret = forms.CharField(
        label=_("授权码"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("不是网页登录的密码。存下后加密保存，不再显示；不改就空着。"),
    )
    trusted = forms.CharField(
        label=_("验证发件人的服务器"),
        required=False,
        help_text=_("收信方在邮件头 Authentication-Results 里写的名字。不清楚就空着：冒名的照样会标出来。"),
    )
    keep_days = forms.IntegerField(label=_("原件保存几天"), initial=730, min_value=30, max_value=3650)


class ClaimForm(forms.Form):
    """Whose mail it is and what."""

    unit = forms.ChoiceField(label=_("是哪个单位"))
    kind = forms.ChoiceField(
        label=_("是什么"),
        required=False,
        choices=[("", _("按系统的理解")), *((one.value, one.label) for one in CHOSEN)],
    )
    obligation = forms.ChoiceField(label=_("对应哪项要求"), required=False)
    remember = forms.BooleanField(label=_("记住这个邮箱，以后自动认出来"), required=False)

    def __init__(self, *args: Any, units: list[Any], duties: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.code, str(unit)) for unit in units]
        self.fields["obligation"].choices = [
            ("", _("由系统找")),
            *((duty.code, f"{duty.ask.campaign.title} · {duty.ask.title}") for duty in duties),
        ]
        if not duties:
            del self.fields["obligation"]


class AnswerForm(forms.Form):
    """A few words back."""

    text = forms.CharField(label=_("写给对方"), widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}))
    code = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class DropForm(forms.Form):
    """Mails saved as files."""

    files = forms.FileField(label=_("邮件文件（.eml）"), widget=Several(attrs={"accept": ".eml,message/rfc822"}))
