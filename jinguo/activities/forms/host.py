"""What a village's host types: one sentence with a picture, then the few fields it became."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jinguo.activities.draft import Draft
from jinguo.activities.fields import CountField, HourField, LineField, TextField
from jinguo.activities.forms.plan import SOON, check_code
from jinguo.activities.models import Activity, Session
from jinguo.activities.models.activity import Audience, Venue
from jinguo.activities.models.kinds import Kind
from jinguo.activities.spoken import MOST, Heard
from jinguo.activities.villages import told_who, venue_of, village_name, who_told
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.ui.forms import DayField

TWO_HOURS = timedelta(hours=2)


def check_length(words: str) -> None:
    """A sentence or three, not a paper."""
    if len(words) > MOST:
        raise ValidationError(
            _("这里有 %(n)s 个字，太长了，最多 %(most)s 个。一场活动一两句话就够；好几场请一场一场说。")
            % {"n": len(words), "most": MOST},
            "long",
        )


class SayingForm(forms.Form):
    """One sentence, perhaps a picture."""

    code = forms.CharField(widget=forms.HiddenInput, validators=[check_code])
    words = TextField(
        label=_("说一句要办的活动"),
        hears=True,
        help_text=_("打字、粘贴或用手机键盘上的话筒说。如：明天下午3点在村文化室讲妇科健康，张老师来讲，大概30人"),
        error_messages={"required": _("还没有写。说一句就行：哪天、几点、在哪、做什么。")},
        validators=[check_length],
    )
    photo = forms.FileField(label=_("照片"), required=False, help_text=_("可传可不传。会缩小，并去掉位置信息。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["rows"] = 3
        self.fields["photo"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp"
        self.fields["photo"].error_messages["empty"] = _("这张照片是空的。请重新选一张。")


class HeldForm(forms.Form):
    """The activity as it was understood; every value may be changed."""

    code = forms.CharField(widget=forms.HiddenInput, validators=[check_code])
    title = LineField(label=_("活动名称"), max_length=60, error_messages={"required": _("请写活动名称。")})
    kind = forms.ChoiceField(
        label=_("做什么"), choices=[("", _("请选一项")), *Kind.choices],
        error_messages={"required": _("请选做什么。"), "invalid_choice": _("请选做什么。")},
    )  # fmt: skip
    day = DayField(label=_("哪一天"))
    starts = HourField(label=_("几点开始"))
    ends = HourField(label=_("几点结束"))
    place = LineField(label=_("地点"), max_length=100, error_messages={"required": _("请写地点。")})
    home = forms.BooleanField(
        label=_("在谁家里办"), required=False,
        help_text=_("勾上以后，上面写的地点只给管这件事的人看，公开页、展板和群里都只写村名。"),
    )  # fmt: skip
    who = LineField(label=_("谁来讲、谁带"), required=False, max_length=60)
    expected = CountField(label=_("大概来多少人"), max_value=100_000, min_value=1)
    discreet = forms.BooleanField(
        label=_("不声张"), required=False,
        help_text=_("涉及健康、困难这类事请勾上：展板和群里不写是什么事，不留照片。大家都能听的讲座可以不勾。"),
    )  # fmt: skip
    consent = forms.BooleanField(label=_("照片里的人同意公开使用"), required=False)

    def __init__(self, *args: Any, unit: Unit, with_picture: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        if not with_picture:
            del self.fields["consent"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("day") and typed.get("starts") and typed.get("ends"):
            self._check_times(typed)
        place, title = typed.get("place") or "", typed.get("title") or ""
        if typed.get("home") and place and place in title:
            self.add_error("title", _("名称里写了在谁家。名称会公开，请去掉，只写做什么。"))
        return typed

    def _check_times(self, typed: dict[str, Any]) -> None:
        starts, ends = (clock.at(typed["day"], typed[n].hour, typed[n].minute) for n in ("starts", "ends"))
        if ends <= starts:
            self.add_error("ends", _("结束要晚于开始。下午请写成 14:30 这样的 24 小时。"))
        elif abs(starts - clock.now()) > SOON:
            self.add_error("day", _("这个日子离今天太远，请看看年份对不对。"))
        typed["starts_at"], typed["ends_at"] = starts, ends

    def draft(self, area: Unit | None, over: Draft | None = None) -> Draft:
        """What was typed, for the action. Somebody's home goes into the sealed address, the village into the public place.

        Args:
            over: what stands already; what this form does not ask for is kept from there.
        """
        data = self.cleaned_data
        at_home = data["home"]
        base = over or Draft("", "", data["starts_at"], data["ends_at"], area=area, audiences=(Audience.RURAL,))
        return replace(
            base,
            title=data["title"],
            kind=data["kind"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            venue=Venue.FAMILY if at_home else venue_of(data["place"]),
            place=village_name(self.unit) if at_home else data["place"],
            home_address=data["place"] if at_home else "",
            address="" if at_home else base.address,
            summary=told_who(data["who"])
            if over is None or over.summary == told_who(who_told(over.summary))
            else over.summary,
            discreet=data["discreet"],
            expected=data["expected"],
        )


def first_values(heard: Heard, code: str) -> dict[str, Any]:
    """What the form shows first: what was heard, and an end where none was said, to be looked at."""
    return {
        "code": code, "title": heard.title[:60], "kind": heard.kind, "day": heard.day, "starts": heard.starts,
        "ends": heard.ends or two_hours_later(heard), "place": heard.place, "home": heard.home, "who": heard.who,
        "expected": heard.expected, "discreet": bool(heard.discreet_for),
    }  # fmt: skip


def two_hours_later(heard: Heard) -> Any:
    """An end to propose where none was said; nothing where that would be past midnight."""
    if heard.starts is None or heard.starts.hour >= 22:
        return None
    return (datetime.combine(clock.today(), heard.starts) + TWO_HOURS).time()


def standing_values(session: Session, activity: Activity) -> dict[str, Any]:
    """An activity as the form shows it again."""
    first, last = clock.local(session.starts_at), clock.local(session.ends_at)
    home = activity.venue == Venue.FAMILY
    return {
        "code": activity.code, "title": activity.title, "kind": activity.kind, "day": first.date(), "starts": first.time(),
        "ends": last.time(), "place": activity.home_address if home else activity.place, "home": home,
        "who": who_told(activity.summary), "expected": activity.expected, "discreet": activity.discreet,
    }  # fmt: skip
