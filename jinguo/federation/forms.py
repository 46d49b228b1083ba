"""What a sign-in and an account page send in, as clean values. Saving is the actions'."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models import Contact, Office, User
from jinguo.federation.models.user import Role


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("用户名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("密码"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class CodeForm(forms.Form):
    """A one-time code of six digits."""

    code = forms.CharField(
        label=_("动态码"),
        max_length=8,
        help_text=_("打开手机上的动态码应用，填六位数字。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class PasswordForm(forms.Form):
    """The old password and a new one."""

    old = forms.CharField(
        label=_("原密码"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("新密码"),
        max_length=200,
        help_text=_("至少 10 个字符，不要用常见密码。几个不相干的词连起来最好记。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.user)
        return self.cleaned_data["new"]


class ContactForm(forms.Form):
    """A contact of a unit; the e-mail address is also registered for the unit."""

    title = forms.CharField(label=_("岗位"), max_length=40, help_text=_("如 信息员、办公室"))
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    phone = forms.CharField(label=_("办公电话"), max_length=30, required=False)
    mobile = forms.CharField(
        label=_("手机"), max_length=20, required=False, help_text=_("加密保存，只有经办人看得到。")
    )
    email = forms.EmailField(label=_("邮箱"), required=False, help_text=_("通知会发到这里；从这里来的信也算本单位的。"))
    hours = forms.CharField(label=_("接听时间"), max_length=60, required=False)


class UserForm(forms.Form):
    """A new account and its first post."""

    username = forms.SlugField(label=_("用户名"), max_length=40, help_text=_("字母、数字或短横线，登录时用。"))
    display_name = forms.CharField(label=_("显示名"), max_length=40, help_text=_("如 宣教部经办"))
    password = forms.CharField(
        label=_("初始密码"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_username(self) -> str:
        name = self.cleaned_data["username"].lower()
        if User.objects.filter(username=name).exists():
            raise forms.ValidationError(_("这个用户名已经有人用，请换一个。"))
        return name

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], User(username=self.cleaned_data.get("username", "")))
        return self.cleaned_data["password"]


class PostForm(forms.Form):
    """Who gets which role in which unit."""

    role = forms.ChoiceField(label=_("岗位"), choices=Role.choices)
    unit = forms.CharField(label=_("单位"), max_length=80, help_text=_("写全称或简称。"))
    starts = forms.DateField(label=_("任期起"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class OfficeForm(forms.ModelForm):
    """What an office decides for itself; the 授权码 stays as it is when left empty."""

    mail_code = forms.CharField(
        label=_("邮箱授权码"),
        required=False,
        max_length=100,
        help_text=_("在邮箱网页“设置—客户端授权”里生成，不是网页登录密码。留空就不改。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Office
        fields = [
            "brand", "department", "doc_mark", "doc_code", "phone", "public_host", "mail_from", "mail_host", "mail_port",
            "mail_security", "mail_user", "public_days", "link_days",
        ]  # fmt: skip
        labels = {
            "brand": _("对外简称"),
            "department": _("经办部门"),
            "doc_mark": _("发文机关标志"),
            "doc_code": _("机关代字"),
            "phone": _("咨询电话"),
            "public_host": _("公开网站的域名"),
            "mail_from": _("发信邮箱"),
            "mail_host": _("发信服务器"),
            "mail_port": _("端口"),
            "mail_security": _("加密方式"),
            "mail_user": _("邮箱登录名"),
            "public_days": _("报名信息保留天数"),
            "link_days": _("单位链接有效天数"),
        }


def contact_values(contact: Contact) -> dict[str, str]:
    """A contact as the form's initial values."""
    return {
        "title": contact.title,
        "name": contact.name,
        "phone": contact.phone,
        "mobile": contact.mobile,
        "hours": contact.hours,
    }
