"""What is typed about standing places and what a visitor books; saving is the actions'."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jinguo.activities.fields import CountField, LineField, NameField, PhoneField, TextField
from jinguo.activities.forms import check_code
from jinguo.activities.wishes import Wish
from jinguo.federation.forms.units import ImportForm
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.lib.errors import Invalid
from jinguo.people.models import Purpose
from jinguo.stations.draft import StationDraft
from jinguo.stations.hours import Week, common, read_spans, read_week, spans_text
from jinguo.stations.models import OnHolidays, StationKind
from jinguo.stations.timetable import Offer
from jinguo.ui.dates import clock_text, moment_text
from jinguo.ui.forms import ChipSelect, DayField

HOURS_HINT = _("一行一种，如：周一至周五 9:00—12:00、14:30—18:00。不写的日子就是不开门。")


class WeekField(TextField):
    """A week's hours as people write them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=600, **options)
        self.widget = forms.Textarea(attrs={"rows": 3})
        self.widget.is_required = self.required

    def clean(self, value: Any) -> Week:
        try:
            return read_week(super().clean(value))
        except Invalid as problem:
            raise ValidationError(str(problem.sentence), "hours") from problem


class StationForm(forms.Form):
    """A standing place. The first fields are enough; the rest stands folded below."""

    FOLDED = ("directions", "in_home", "home_address", "host_name", "host_agreed", "discreet", "holidays", "shown")
    BOOKING = ("slot_minutes", "books", "slot_seats", "days_ahead")

    code = forms.CharField(widget=forms.HiddenInput, required=False, validators=[check_code])
    unit = LineField(label=_("归哪个单位管"), max_length=80, help_text=_("写全称或简称。"))
    kind = forms.ChoiceField(label=_("是哪一种"), choices=StationKind.choices, widget=ChipSelect)
    name = LineField(label=_("叫什么"), max_length=60, error_messages={"required": _("请写它叫什么。")})
    open = WeekField(label=_("什么时候开门"), required=False, help_text=HOURS_HINT)
    phone = LineField(
        label=_("电话"), required=False, max_length=30, help_text=_("会公开，请留值班电话，不留个人手机。")
    )
    address = LineField(
        label=_("在哪里"), required=False, max_length=120, help_text=_("在谁家里的，这里只写到村，门牌写在下面。")
    )
    services = TextField(
        label=_("能办什么"), required=False, max_length=600, help_text=_("一行一件，如：法律咨询、读书借书、带娃歇脚。")
    )
    host = LineField(label=_("谁接待"), required=False, max_length=40, help_text=_("写岗位，如：站长、值班执委。"))
    directions = LineField(label=_("怎么走"), required=False, max_length=200)
    in_home = forms.BooleanField(
        label=_("在谁家里"), required=False, help_text=_("公开页只写到村，门牌只给约好了的人看。")
    )
    home_address = LineField(label=_("门牌"), required=False, max_length=200)
    host_name = LineField(label=_("接待人的称呼"), required=False, max_length=20, help_text=_("她本人愿意公开才写。"))
    host_agreed = forms.BooleanField(label=_("她本人同意把称呼公开"), required=False)
    discreet = forms.BooleanField(
        label=_("不声张"), required=False,
        help_text=_("预约的通知和日历里不写是什么事。维权和婚恋的服务点不用勾，一律这样。"),
    )  # fmt: skip
    holidays = forms.ChoiceField(
        label=_("法定节假日"), choices=OnHolidays.choices, widget=ChipSelect, initial=OnHolidays.REST
    )
    shown = forms.BooleanField(label=_("在公开网站上列出来"), required=False, initial=True)
    slot_minutes = CountField(
        label=_("一次预约多少分钟"), min_value=5, max_value=480, help_text=_("不填就是不用预约，开门时直接来。")
    )
    books = WeekField(
        label=_("哪些时间可以约"), required=False, help_text=_("写法和开门时间一样；不填就是开门时间都能约。")
    )
    slot_seats = CountField(label=_("同一时间接待几位"), min_value=1, max_value=50, initial=1)
    days_ahead = CountField(label=_("最多提前几天约"), min_value=1, max_value=60, initial=14)

    def __init__(self, *args: Any, units: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units, self.owner = units, unit
        if unit is not None:
            del self.fields["unit"]

    def folded(self) -> list[Any]:
        """The fields that stand folded."""
        return [self[name] for name in self.FOLDED]

    def fold_open(self) -> bool:
        """One of them is told, or at fault."""
        told = ("directions", "in_home", "home_address", "host_name", "discreet")
        return any(self[name].value() for name in told) or any(self[name].errors for name in self.FOLDED)

    def booking(self) -> list[Any]:
        """The fields about appointments, folded too."""
        return [self[name] for name in self.BOOKING]

    def booking_open(self) -> bool:
        """There are appointments, or something is wrong with them."""
        return bool(self["slot_minutes"].value()) or any(self[name].errors for name in self.BOOKING)

    def clean_unit(self) -> Unit:
        words = self.cleaned_data["unit"]
        found = list(self.units(words))
        if len(found) != 1:
            raise ValidationError(_("没有找到这个单位，或有两个同名的，或不归您管。请写单位的全称。"))
        self.owner = found[0]
        return found[0]

    def keeper(self) -> Unit:
        """The unit that keeps it."""
        if self.owner is None:
            raise ValueError("asked of a form that is not valid")
        return self.owner

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("host_name") and not typed.get("host_agreed"):
            self.add_error("host_agreed", _("请先问过她本人，再在这里打勾；没问过就把称呼空着。"))
        if typed.get("in_home") and any(mark.isdigit() for mark in typed.get("address") or ""):
            self.add_error("address", _("在谁家里的，公开的地址只写到村，不写门牌号。门牌写在“门牌”一格。"))
        if typed.get("home_address") and not typed.get("in_home"):
            self.add_error("in_home", _("写了门牌，请在这里打勾；不是在家里的，地址写在“在哪里”。"))
        self._check_booking(typed)
        return typed

    def _check_booking(self, typed: dict[str, Any]) -> None:
        length, books, week = typed.get("slot_minutes"), typed.get("books") or {}, typed.get("open") or {}
        if not length:
            if books and "slot_minutes" not in self.errors:
                self.add_error("slot_minutes", _("写了哪些时间可以约，请再写一次多少分钟。"))
            return
        if not week and "open" not in self.errors:
            self.add_error("open", _("要预约的，请先写什么时候开门。"))
        for day, spans in books.items():
            if common(spans, week.get(day, ())) != spans:
                words = _("可以约的时间要在开门时间里：%(hours)s 没有都开门。") % {"hours": spans_text(spans)}
                self.add_error("books", words)
                return
        longest = max((last - first for spans in (books or week).values() for first, last in spans), default=length)
        if longest < length:
            self.add_error("slot_minutes", _("一次比可以约的时间还长，排不出来。"))

    def draft(self) -> StationDraft:
        """What was typed, for the action."""
        typed = self.cleaned_data
        plain = (
            "kind", "name", "open", "address", "directions", "in_home", "home_address", "phone", "host", "host_name",
            "discreet", "shown", "holidays", "slot_minutes",
        )  # fmt: skip
        length = typed["slot_minutes"]
        return StationDraft(
            **{name: typed[name] for name in plain},
            services="\n".join(line.strip(" 、，。;；") for line in typed["services"].splitlines() if line.strip()),
            slot_seats=typed["slot_seats"] or 1,
            days_ahead=typed["days_ahead"] or 14,
            books=(typed["books"] or typed["open"]) if length else {},
        )


class OddDaysForm(forms.Form):
    """Some days that are not as every week."""

    first = DayField(label=_("从哪天"))
    last = DayField(label=_("到哪天"), required=False, help_text=_("只有一天就不用填。"))
    hours = LineField(label=_("那几天几点开门"), required=False, max_length=100, help_text=_("不开门就空着。"))
    note = LineField(label=_("为什么"), required=False, max_length=60, help_text=_("会公开，如：装修、外出培训。"))
    call_off = forms.BooleanField(label=_("那几天已经约了的，取消并告诉她们"), required=False)

    def clean_hours(self) -> Any:
        try:
            return read_spans(self.cleaned_data["hours"])
        except Invalid as problem:
            raise ValidationError(str(problem.sentence)) from problem


class EndForm(forms.Form):
    """Why a place is no more."""

    reason = LineField(label=_("为什么撤"), required=False, max_length=200, help_text=_("只有本单位看得到。"))


class SheetForm(ImportForm):
    """A sheet of places, as the units' sheet is sent in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("服务点表")


def offer_text(offer: Offer, *, several: bool, dated: bool = False) -> str:
    """A slot as a choice: 14:30, with its day where asked, and how many may still come where more than one may."""
    words = moment_text(offer.starts_at, clock.now()) if dated else clock_text(offer.starts_at)
    return str(_("%(time)s（余 %(n)s）") % {"time": words, "n": offer.free}) if several else words


class TimeForm(forms.Form):
    """Another time."""

    time = forms.ChoiceField(
        label=_("几点"), widget=ChipSelect,
        error_messages={"required": _("请选一个时间。"), "invalid_choice": _("这个时间刚刚没有了，请另选一个。")},
    )  # fmt: skip

    def __init__(self, *args: Any, offers: Sequence[Offer], several: bool, dated: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {offer.code: offer for offer in offers}
        if dated:  # times of many days in one list
            self.fields["time"].widget = forms.Select()
        self.fields["time"].choices = [
            (offer.code, offer_text(offer, several=several, dated=dated)) for offer in offers
        ]

    def starts_at(self) -> datetime:
        """The beginning of the slot she chose."""
        return self.offers[self.cleaned_data["time"]].starts_at


class BookingForm(TimeForm):
    """One person's appointment: which time, name and telephone, how she hears."""

    name = NameField(label=_("怎么称呼您"))
    phone = PhoneField(label=_("手机号"), error_messages={"required": _("请写手机号，时间有变化时好找到您。")})
    email = forms.EmailField(
        label=_("邮箱"), required=False, max_length=120, help_text=_("填了就改用邮件告诉您"),
        error_messages={"invalid": _("这个邮箱地址不对，请再看一眼；不想留也可以空着。")},
    )  # fmt: skip
    sms = forms.BooleanField(label=_("有变化时发短信告诉我"), required=False, initial=True)
    sensitive = forms.BooleanField(
        label=_("我单独同意：为办这件事用我的称呼和手机号"), required=False,
        help_text=_("只有接待的人看得到；短信和日历里不写是什么事。随时可以取消。"),
    )  # fmt: skip

    def __init__(self, *args: Any, sensitive: bool, sms: bool, mail: bool, days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = _("只用来通知这一次；过后 %(days)s 天删除") % {"days": days}
        for name, asked in (("email", mail), ("sms", sms), ("sensitive", sensitive)):
            if not asked:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "sensitive" in self.fields and not typed.get("sensitive"):
            self.add_error("sensitive", _("请在这里单独打一次勾；不同意也没有关系，可以打电话来办。"))
        if typed.get("email") and not str(typed["email"]).isascii():
            self.add_error("email", self.fields["email"].error_messages["invalid"])
        return typed

    def wish(self) -> Wish:
        """What she asks for, for the action."""
        typed = self.cleaned_data
        consents = (str(Purpose.SENSITIVE),) if typed.get("sensitive") else ()
        return Wish(
            name=typed["name"], phone=typed["phone"], email=typed.get("email") or "", sms=bool(typed.get("sms")),
            consents=consents,
        )  # fmt: skip
