"""What an officer types to set up a channel. Limits and their sentences are the actions'."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.messages.models import RobotKind
from jinguo.ui.forms import ChipSelect

MEDIA_TYPES = [
    ("application/json", "JSON"),
    ("application/x-www-form-urlencoded", _("表单（x-www-form-urlencoded）")),
    ("text/xml", "XML"),
]


class RobotForm(forms.Form):
    kind = forms.ChoiceField(label=_("哪一家"), choices=RobotKind.choices, widget=ChipSelect, initial=RobotKind.WECOM)
    name = forms.CharField(label=_("哪个群"), help_text=_("自己认得就行，比如“县区妇联工作群”。"))
    url = forms.CharField(
        label=_("Webhook 地址"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("在群设置里添加“自定义机器人”后复制。谁拿到它都能往群里发，所以存下后不再显示。"),
    )
    secret = forms.CharField(
        label=_("加签密钥"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("钉钉、飞书设了“加签”或“签名校验”才填。"),
    )


class GatewayForm(forms.Form):
    url = forms.CharField(label=_("网关地址"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    media_type = forms.ChoiceField(label=_("正文的格式"), choices=MEDIA_TYPES)
    body = forms.CharField(
        label=_("正文的样子"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_(
            "发送时 {phone} 换成号码，{text} 换成内容，{id} 换成这条短信的编号（网关靠它认出重复）。空着就用 GET。"
        ),
    )
    ok_text = forms.CharField(
        label=_("收下时的回话里有"),
        required=False,
        help_text=_("网关文档里写的那几个字。空着的话，HTTP 200 就算收下。"),
    )
