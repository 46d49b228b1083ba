"""What the pages about accounts and the office send in, as clean values. Saving is the actions'."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models import Office, User
from jinguo.federation.models.office import Security
from jinguo.federation.models.user import Role
from jinguo.ui.forms import DayField


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("用户名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("密码"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def clean_username(self) -> str:
        return self.cleaned_data["username"].lower()


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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.user)
        return self.cleaned_data["new"]


class UserForm(forms.Form):
    """A new account; its posts are given by the security administrator."""

    username = forms.SlugField(label=_("用户名"), max_length=40, help_text=_("字母、数字或短横线，登录时用。"))
    display_name = forms.CharField(label=_("显示名"), max_length=40, help_text=_("如 宣教部经办"))
    password = forms.CharField(
        label=_("初始密码"),
        max_length=200,
        help_text=_("至少 10 个字符。请当面或电话告诉本人，登录后让她自己改。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-sensitive": True}),
    )

    def clean_username(self) -> str:
        name = self.cleaned_data["username"].lower()
        if User.objects.filter(username=name).exists():
            raise forms.ValidationError(_("这个用户名已经有人用，请换一个。"))
        return name

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], User(username=self.cleaned_data.get("username", "")))
        return self.cleaned_data["password"]


class NewPasswordForm(forms.Form):
    """A new first password for somebody who forgot hers."""

    password = UserForm.base_fields["password"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class PostForm(forms.Form):
    """Who gets which role in which unit."""

    role = forms.ChoiceField(label=_("岗位"), choices=Role.choices)
    unit = forms.CharField(label=_("单位"), max_length=80, help_text=_("写全称或简称。"))
    starts = DayField(label=_("任期起"), required=False)


class HandOverForm(forms.Form):
    """Who takes a post over, from when, until when."""

    to = forms.CharField(label=_("接任者的用户名"), max_length=40, help_text=_("先请系统管理员给她开好账号。"))
    first_day = DayField(label=_("任期第一天"))
    until = DayField(label=_("任期最后一天"), required=False)


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

    def __init__(self, *args: Any, may_edit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("public_days", "link_days"):
            self.fields[name].validators += [MinValueValidator(1), MaxValueValidator(3660)]
        for field in self.fields.values():
            field.disabled = not may_edit

    def groups(self) -> list[dict[str, Any]]:
        """The fields as the page shows them, each group under its heading."""
        parts = [
            (_("对外"), "", ("brand", "phone", "public_host")),
            (_("公文"), "", ("department", "doc_mark", "doc_code")),
            (
                _("发信邮箱"),
                _("通知和回执从这里发出。没有设好之前，信都留在发信箱里。"),
                ("mail_from", "mail_host", "mail_port", "mail_security", "mail_user", "mail_code"),
            ),
            (_("保留多久"), "", ("public_days", "link_days")),
        ]
        return [
            {"title": title, "note": note, "fields": [self[name] for name in names]} for title, note, names in parts
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        on_this_machine = given.get("mail_host") in {"127.0.0.1", "::1", "localhost", ""}
        if given.get("mail_security") == Security.PLAIN and not on_this_machine:
            self.add_error("mail_security", _("不加密只能用于本机的发信服务器，请选 TLS 或 STARTTLS。"))
        return given
