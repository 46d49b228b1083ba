"""An activity as a unit types it."""

import re
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jinguo.activities.defaults import kind_groups
from jinguo.activities.draft import Draft
from jinguo.activities.fields import CountField, HourField, LineField, TextField
from jinguo.activities.models.activity import EVENTS, Audience, Venue, Visibility
from jinguo.activities.suggest import without_number
from jinguo.activities.ways import area_name
from jinguo.campaigns.models import Clause
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.ui.forms import ChipSelect, ChipSelectMultiple, DayField

CODE = re.compile(r"[23456789abcdefghjkmnpqrstuvwxyz]{12}")
SOON = timedelta(days=400)  # further ahead a year is usually mistyped
ADMISSION = [("walk_in", _("直接来，不用报名")), ("seats", _("要报名，限席位"))]


def check_code(value: str) -> str:
    """A code that a page of ours has drawn; it makes a form sent twice count once."""
    if not CODE.fullmatch(value):
        raise ValidationError(_("这一页已经旧了。请刷新后再办一次。"))
    return value


def check_times(form: forms.Form, typed: dict[str, Any]) -> None:
    """From day, hours and perhaps a last day make `starts_at` and `ends_at`, or say what is wrong with them."""
    day, until = typed.get("day"), typed.get("until") or typed.get("day")
    if not (day and until and typed.get("starts") and typed.get("ends")):
        return
    starts = clock.at(day, typed["starts"].hour, typed["starts"].minute)
    ends = clock.at(until, typed["ends"].hour, typed["ends"].minute)
    if until < day:
        form.add_error("until", _("结束的日子不能早于开始的日子。"))
    elif ends <= starts:
        form.add_error("ends", _("结束要晚于开始。下午请写成 14:30 这样的 24 小时。"))
    elif abs(starts - clock.now()) > SOON:
        form.add_error("day", _("这个日子离今天太远，请看看年份对不对。"))
    typed["starts_at"], typed["ends_at"] = starts, ends


class ActivityForm(forms.Form):
    """An activity with one session. The first fields are enough; the rest stands folded below."""

    FOLDED = (
        "until", "address", "directions", "access", "series", "expected", "online_url", "audiences", "each", "minors", "discreet",
        "bring", "cost", "cohosts", "contact_phone",
    )  # fmt: skip

    code = forms.CharField(widget=forms.HiddenInput, required=False, validators=[check_code])
    unit = forms.ChoiceField(label=_("以哪个单位的名义"))
    title = LineField(label=_("活动名称"), max_length=100)
    kind = forms.ChoiceField(label=_("做什么"), choices=[])
    day = DayField(label=_("哪一天"))
    starts = HourField(label=_("几点开始"))
    ends = HourField(label=_("几点结束"))
    admission = forms.ChoiceField(label=_("怎么来"), choices=ADMISSION, widget=ChipSelect, initial="walk_in")
    seats = CountField(label=_("一共几席"), max_value=100_000, min_value=1)
    venue = forms.ChoiceField(label=_("在哪类地方"), choices=Venue.choices, widget=ChipSelect)
    area = forms.ChoiceField(label=_("哪个县（区）"), required=False)
    place = LineField(label=_("地点"), max_length=100, help_text=_("如：市图书馆二层少儿厅。在家里办的，只写到村。"))
    summary = TextField(
        label=_("说几句"), required=False, max_length=2000, help_text=_("做什么、谁来讲、来之前要知道什么。")
    )
    clauses = forms.MultipleChoiceField(label=_("算在通知的哪一条"), required=False, widget=ChipSelectMultiple)
    visibility = forms.ChoiceField(
        label=_("给谁看"), widget=ChipSelect, initial=Visibility.PUBLIC,
        choices=[choice for choice in Visibility.choices if choice[0] in EVENTS],
    )  # fmt: skip
    until = DayField(label=_("办到哪一天"), required=False, help_text=_("只办一天的不用填。"))
    address = LineField(label=_("详细地址"), required=False, max_length=200,
        help_text=_("在家里办的，这里写门牌：只给报上了的人看，公开页上没有。"),
    )  # fmt: skip
    directions = LineField(
        label=_("怎么去"), required=False, max_length=200, help_text=_("如：坐 8 路到图书馆站，从东门进；可以停车。")
    )
    access = LineField(
        label=_("无障碍"), required=False, max_length=200,
        help_text=_("给行动、听力、视力不便的人看，如：门口有坡道，二层有电梯，有手语。没看过就不写。"),
    )  # fmt: skip
    online_url = forms.URLField(label=_("线上地址"), required=False, max_length=300, assume_scheme="https")
    audiences = forms.MultipleChoiceField(
        label=_("适合谁"), required=False, choices=Audience.choices, widget=ChipSelectMultiple
    )
    each = CountField(
        label=_("一人最多报几席"), max_value=20, min_value=1, help_text=_("带孩子、带家人的活动可以放宽。")
    )
    minors = forms.BooleanField(
        label=_("有未满 18 岁的孩子来"), required=False, help_text=_("报名时会问几个孩子，并要监护人同意。")
    )
    discreet = forms.BooleanField(
        label=_("不声张"), required=False,
        help_text=_("涉及健康、困难这类事请勾上：通知和日历里不写是什么事，名单遮住姓名，不留照片，报名要单独同意。"),
    )  # fmt: skip
    series = LineField(
        label=_("属于哪个系列"), required=False, max_length=40,
        help_text=_("同一个名字的活动会排在一页上，如：周三读书会。"),
    )  # fmt: skip
    expected = CountField(
        label=_("预计最多同时来多少人"), max_value=1_000_000, min_value=1,
        help_text=_("1000 人以上的公开活动，要在开始 20 天前向公安机关申请许可。"),
    )  # fmt: skip
    bring = LineField(label=_("带什么"), required=False, max_length=200)
    cost = LineField(label=_("费用"), required=False, max_length=60, help_text=_("不填就是免费。"))
    cohosts = LineField(
        label=_("和谁一起办"), required=False, max_length=200, help_text=_("几个单位用顿号隔开；合办的算一场。")
    )
    contact_phone = LineField(label=_("问询电话"), required=False, max_length=30, help_text=_("会公开，请留办公电话。"))

    def __init__(self, *args: Any, units: list[Unit], areas: list[Unit], clauses: list[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units, self.areas, self.served = units, areas, clauses
        choose = self.fields
        choose["kind"].choices = [("", _("请选一项")), *kind_groups()]
        choose["unit"].choices = [(unit.code, unit.name) for unit in units]
        choose["area"].choices = [("", _("全市")), *((area.code, area_name(area)) for area in areas)]
        choose["clauses"].choices = [
            (clause.code, f"{clause.number} {without_number(clause.heading)}"[:60]) for clause in clauses
        ]
        choose["title"].error_messages["required"] = _("请写活动名称。")
        choose["place"].error_messages["required"] = _("请写地点；线上活动写“线上”。")
        choose["kind"].error_messages["required"] = _("请选做什么。")
        choose["venue"].error_messages["required"] = _("请选一类地方。")
        choose["online_url"].error_messages["invalid"] = _("这个网址打不开，请从浏览器里完整复制。")
        for name, wanted in (("unit", len(units) > 1), ("area", bool(areas)), ("clauses", bool(clauses))):
            if not wanted:
                del choose[name]

    def folded(self) -> list[Any]:
        """The fields that stand folded; open them when one of them has a value or a fault."""
        return [self[name] for name in self.FOLDED]

    def fold_open(self) -> bool:
        told = [
            name for name in self.FOLDED if name != "audiences" and self[name].value() not in (None, "", False, 1, "1")
        ]
        return bool(told) or any(self[name].errors for name in self.FOLDED)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        check_times(self, typed)
        if typed.get("admission") == "seats" and not typed.get("seats") and "seats" not in self.errors:
            self.add_error("seats", _("要报名的活动，请写一共几席。"))
        return typed

    def host(self) -> Unit:
        """The unit chosen, or the only one."""
        code = self.cleaned_data.get("unit")
        return next((unit for unit in self.units if unit.code == code), self.units[0])

    def draft(self, area: Unit | None = None) -> Draft:
        """What was typed, for the action. `area` stands in where the form does not ask for one."""
        data = self.cleaned_data
        walk_in = data["admission"] == "walk_in"
        chosen = next((unit for unit in self.areas if unit.code == data.get("area")), None)
        named = re.split(r"[、，,；;]", data["cohosts"])
        plain = (
            "title", "starts_at", "ends_at", "venue", "place", "address", "directions", "access", "online_url", "summary", "bring",
            "cost", "contact_phone", "visibility", "minors", "discreet", "series", "expected",
        )  # fmt: skip
        kind, _dot, subkind = data["kind"].partition(".")
        facts = {name: data[name] for name in plain}
        if data["venue"] == Venue.FAMILY:  # whose home it is and how to find it, only confirmed guests are told
            facts["home_address"] = "，".join(part for part in (facts["address"], facts["directions"]) if part)
            facts["address"] = facts["directions"] = ""
        return Draft(
            **facts,
            kind=kind,
            subkind=subkind,
            area=chosen if self.areas else area,
            seats=None if walk_in else data["seats"],
            each=data["each"] or 1,
            audiences=tuple(data["audiences"]),
            cohosts=tuple(name.strip()[:80] for name in named if name.strip()),
            clauses=tuple(clause for clause in self.served if clause.code in data.get("clauses", ())),
        )


def moment_fields(starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    """A session's instants as the form shows them."""
    first, last = clock.local(starts_at), clock.local(ends_at)
    until = last.date() if last.date() != first.date() else None
    return {"day": first.date(), "starts": first.time(), "ends": last.time(), "until": until}
