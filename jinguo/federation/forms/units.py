"""What the pages about units send in, as clean values. Saving is the actions'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models import ChatGroup, Contact, Unit
from jinguo.federation.models.unit import Level, UnitClass
from jinguo.federation.models.user import BEARERS, Role
from jinguo.federation.queries.import_plan import short_of
from jinguo.ui.forms import ChipSelect, DayField

BASIS = _("如 发文字号或会议名称。")
NAMED = _("写全称或简称，也可以写单位编号。")


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


class AddressForm(forms.Form):
    """One e-mail address of a unit."""

    address = forms.EmailField(label=_("邮箱"), max_length=254)


class UnitForm(forms.Form):
    """What a unit is called and what it is."""

    name = forms.CharField(label=_("全称"), max_length=80)
    short_name = forms.CharField(label=_("简称"), max_length=40, help_text=_("看板和信里用，如 城区妇联。"))
    unit_class = forms.ChoiceField(label=_("类别"), choices=UnitClass.choices)
    level = forms.ChoiceField(label=_("级别"), choices=Level.choices)
    division_code = forms.RegexField(
        r"^\d{2,12}$",
        label=_("区划代码"),
        required=False,
        max_length=12,
        help_text=_("所在地的统计用区划代码，2 到 12 位数字。"),
        error_messages={"invalid": _("区划代码只有数字，2 到 12 位。")},
    )
    duty_phone = forms.CharField(
        label=_("值班电话"), max_length=30, required=False, help_text=_("随时有人接的公用电话，不写个人手机。")
    )
    aliases = forms.CharField(
        label=_("别的叫法"), required=False, max_length=400, help_text=_("通知里可能写的名字，用顿号隔开。")
    )

    def clean_aliases(self) -> tuple[str, ...]:
        text = self.cleaned_data["aliases"].replace(",", "、").replace("，", "、")
        names = tuple(name for each in text.split("、") if (name := each.strip()))
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError(_("有一个叫法超过 80 个字，请用顿号隔开各个叫法。"))
        return names


class CloseForm(forms.Form):
    """A unit's last day, and where its duties go."""

    last_day = DayField(label=_("最后一天"))
    into = forms.CharField(
        label=_("并入哪个单位"), required=False, max_length=80, help_text=_("写全称、简称或单位编号；没有就空着。")
    )
    with_below = forms.BooleanField(label=_("下级单位一起移到并入的单位下面"), required=False)
    basis = forms.CharField(label=_("依据"), required=False, max_length=80, help_text=BASIS)


class MoveForm(forms.Form):
    """The new unit above."""

    to = forms.CharField(label=_("新的上级"), max_length=80, help_text=NAMED)
    day = DayField(label=_("从哪天起"), required=False)
    basis = forms.CharField(label=_("依据"), required=False, max_length=80, help_text=BASIS)


class SplitForm(forms.Form):
    """The units that come out of one."""

    names = forms.CharField(
        label=_("分设出来的单位"),
        max_length=2000,
        help_text=_("一行一个全称；要写简称就空一格写在后面。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    first_day = DayField(label=_("从哪天起"))
    ends = forms.BooleanField(label=_("原来的单位同时撤销"), required=False)
    basis = forms.CharField(label=_("依据"), required=False, max_length=80, help_text=BASIS)

    def clean_names(self) -> list[tuple[str, str]]:
        """(full name, short name) of each line."""
        found = []
        for line in self.cleaned_data["names"].splitlines():
            name, _blank, short = line.strip().partition(" ")
            if not name:
                continue
            short = short.strip() or short_of(name)
            if len(name) > 80 or len(short) > 40:
                raise forms.ValidationError(_("有一个名称太长：全称最多 80 字，简称最多 40 字。"))
            found.append((name, short))
        return found


class TermForm(forms.Form):
    """A new term of a post: who takes over, from when, until when."""

    role = forms.ChoiceField(label=_("岗位"), choices=[(role.value, role.label) for role in BEARERS], widget=ChipSelect)
    names = forms.CharField(
        label=_("接任的人"),
        required=False,
        max_length=2000,
        help_text=_("一行一个姓名；暂时没有人就空着。姓名加密保存。"),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "data-sensitive": True}),
    )
    first_day = DayField(label=_("任期第一天"))
    until = DayField(label=_("任期最后一天"), required=False)
    end_links = forms.BooleanField(
        label=_("以前发给这个单位的链接全部作废"),
        required=False,
        help_text=_(
            "换了办事的人请勾上：上一任手里的链接就打不开了。新一任用下一封通知、提醒里的链接，急的可以换新链接重发。"
        ),
    )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean_names(self) -> list[str]:
        text = self.cleaned_data["names"]
        for sign in "、，,；;":
            text = text.replace(sign, "\n")
        names = [name for line in text.splitlines() if (name := line.strip())]
        if any(len(name) > 40 for name in names):
            raise forms.ValidationError(_("有一个姓名超过 40 个字，请一行写一个。"))
        return names


class ChatGroupForm(forms.Form):
    """A WeChat group: its name, who keeps it, about how many."""

    name = forms.CharField(label=_("群名"), max_length=60)
    keeper = forms.CharField(
        label=_("管理人"), max_length=40, required=False, help_text=_("加密保存，只有经办人看得到。")
    )
    about = forms.IntegerField(
        label=_("大约多少人"), required=False, min_value=0, max_value=500, help_text=_("写个大数就行，不收集成员名单。")
    )


class MapForm(forms.Form):
    """The schematic written out: a line a row."""

    sheet = forms.CharField(
        label=_("县名摆成地图的样子"),
        max_length=4000,
        strip=False,
        help_text=_(
            "在表格软件里一格写一个县名，摆成地图的样子，全选、复制，粘贴到这里。也可以自己写：一行一排，格子之间用逗号，空格子什么也不写。没写到的排在最下面。"
        ),
        widget=forms.Textarea(attrs={"rows": 6, "wrap": "off"}),
    )


class ImportForm(forms.Form):
    """A workbook of units."""

    file = forms.FileField(
        label=_("单位表"),
        max_length=200,
        help_text=_(".xlsx、.xls、.et 或 .csv，最大 20 MB。先给您看要改什么，您同意了才写入。"),
        error_messages={"required": _("请先选一个文件。"), "empty": _("这个文件是空的。请检查后重新选择。")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.et,.ods,.csv"}),
    )


def contact_values(contact: Contact) -> dict[str, str]:
    """A contact as the form's initial values."""
    return {
        "title": contact.title,
        "name": contact.name,
        "phone": contact.phone,
        "mobile": contact.mobile,
        "hours": contact.hours,
    }


def unit_values(unit: Unit) -> dict[str, Any]:
    """A unit as the form's initial values."""
    names = "、".join(unit.aliases.order_by("pk").values_list("name", flat=True))
    return {
        "name": unit.name,
        "short_name": unit.short_name,
        "unit_class": unit.unit_class,
        "level": unit.level,
        "division_code": unit.division_code,
        "duty_phone": unit.duty_phone,
        "aliases": names,
    }


def chat_group_values(group: ChatGroup) -> dict[str, Any]:
    """A WeChat group as the form's initial values."""
    return {"name": group.name, "keeper": group.keeper, "about": group.about}
