"""Seats as a unit types them: pools of a session, and when sign-up opens and closes."""

import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.activities.fields import CountField, HourField, LineField
from jinguo.activities.models import SeatPool, Session
from jinguo.activities.models.session import PoolKind
from jinguo.activities.wishes import PoolWish
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.ui.forms import ChipSelect, DayField

MOST = 100_000
MOST_SLOTS = 40


class PoolForm(forms.Form):
    """One pool. Which of the lower fields count depends on whom it is for."""

    kind = forms.ChoiceField(label=_("这些席位给谁"), choices=PoolKind.choices, widget=ChipSelect, initial="group")
    name = LineField(
        label=_("叫什么"), required=False, max_length=40, help_text=_("分组写“女方”“男方”这样；留给单位的不用写。")
    )
    capacity = CountField(label=_("几席"), min_value=1, max_value=MOST, required=True)
    each = CountField(label=_("一人最多报几席"), min_value=1, max_value=20)
    waiting_cap = CountField(label=_("候补最多排几位"), max_value=MOST, help_text=_("不填就和席数一样多，至少十位。"))
    offer_hours = CountField(
        label=_("轮到候补时等几小时"), max_value=240,
        help_text=_("给她留着席位等她回话；填 0 是不问，直接给她。没留短信和邮箱的人都直接给。"),
    )  # fmt: skip
    starts = HourField(label=_("时段从"), required=False)
    ends = HourField(label=_("到"), required=False)
    every = CountField(
        label=_("分成几分钟一段"), min_value=5, max_value=600,
        help_text=_("填了就从头到尾分成一样长的几段，每段都是下面这么多席；不填就是一段。"),
    )  # fmt: skip
    unit = LineField(
        label=_("哪个单位"), required=False, max_length=60, help_text=_("写单位的全称或简称，只在本系统里有的单位。")
    )

    def __init__(
        self, *args: Any, session: Session, units: Any = None, pool: SeatPool | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.session, self.units, self.pool = session, units, pool
        self.found: Unit | None = None
        if pool is not None:
            del self.fields["kind"]
            kept = {PoolKind.SLOT: ("starts", "ends"), PoolKind.UNIT: (), PoolKind.GROUP: (), PoolKind.PUBLIC: ()}
            for name in {"starts", "ends", "every", "unit"} - set(kept[PoolKind(pool.kind)]):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        kind = self.chosen()
        if kind == PoolKind.GROUP and not typed.get("name"):
            self.add_error("name", _("请写这一组叫什么，报名的人要看着选。"))
        if kind == PoolKind.SLOT:
            self._check_slot(typed)
        if kind == PoolKind.UNIT and self.pool is None:
            self._find_unit(typed.get("unit") or "")
        return typed

    def chosen(self) -> str:
        return self.pool.kind if self.pool else str(self.cleaned_data.get("kind") or "")

    def _check_slot(self, typed: dict[str, Any]) -> None:
        day = clock.local(self.session.starts_at).date()
        for name, words in (("starts", _("请写这个时段几点开始。")), ("ends", _("请写这个时段几点结束。"))):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, words)
        if self.errors:
            return
        first = clock.at(day, typed["starts"].hour, typed["starts"].minute)
        last = clock.at(day, typed["ends"].hour, typed["ends"].minute)
        if last <= first:
            self.add_error("ends", _("时段的结束要晚于开始。"))
        elif first < self.session.starts_at or last > self.session.ends_at:
            self.add_error("starts", _("时段要在这一场的时间里。"))
        typed["slot"] = (first, last)
        every = timedelta(minutes=typed.get("every") or 0)
        if every and not self.errors and ((last - first) % every or (last - first) // every > MOST_SLOTS):
            self.add_error("every", _("这段时间分不成这样的整段，或者分得太多（最多 %(n)s 段）。") % {"n": MOST_SLOTS})

    def _find_unit(self, words: str) -> None:
        wanted = "".join(unicodedata.normalize("NFKC", words).split())
        found: list[Unit] = list(self.units.filter(name=wanted)[:2]) or list(self.units.filter(short_name=wanted)[:2])
        if not wanted:
            self.add_error("unit", _("请写是留给哪个单位的。"))
        elif len(found) != 1:
            self.add_error("unit", _("没有找到这个单位，或有两个同名的。请写单位的全称。"))
        else:
            self.found = found[0]

    def wish(self) -> PoolWish:
        """What was typed, for the action."""
        typed = self.cleaned_data
        slot: tuple[datetime | None, datetime | None] = typed.get("slot") or (None, None)
        hours = typed.get("offer_hours")
        return PoolWish(
            kind=self.chosen(), name=typed.get("name") or "", capacity=typed["capacity"], each=typed.get("each") or 1,
            waiting_cap=typed.get("waiting_cap"), offer_hours=24 if hours is None else hours, slot_from=slot[0],
            slot_until=slot[1], unit=self.found,
        )  # fmt: skip

    def wishes(self) -> list[PoolWish]:
        """One pool, or as many slots of one length as the hours hold; these are called after their hours."""
        wish, minutes = self.wish(), self.cleaned_data.get("every")
        if not minutes or not wish.slot_from or not wish.slot_until:
            return [wish]
        every = timedelta(minutes=minutes)
        starts = [wish.slot_from + n * every for n in range((wish.slot_until - wish.slot_from) // every)]
        return [replace(wish, name="", slot_from=first, slot_until=first + every) for first in starts]


class GatesForm(forms.Form):
    """When sign-up opens and closes, and for how many sessions one person may sign up."""

    opens_day = DayField(label=_("哪天开始报名"), required=False, help_text=_("不填：发布了就能报。"))
    opens_hour = HourField(label=_("几点"), required=False)
    closes_day = DayField(label=_("哪天截止"), required=False, help_text=_("不填：到开始为止。"))
    closes_hour = HourField(label=_("几点"), required=False)
    per_person = CountField(label=_("一个人最多报几场"), max_value=50, help_text=_("不填就不限。一场里一人只报一次。"))

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        typed["opens_at"], typed["closes_at"] = self._instant(typed, "opens", 8), self._instant(typed, "closes", 18)
        if self.errors:
            return typed
        if typed["closes_at"] and typed["closes_at"] > self.session.starts_at:
            self.add_error("closes_day", _("截止不能晚于活动开始。"))
        if typed["opens_at"] and typed["opens_at"] >= (typed["closes_at"] or self.session.starts_at):
            self.add_error("opens_day", _("开始报名要早于截止和活动开始。"))
        return typed

    @staticmethod
    def _instant(typed: dict[str, Any], which: str, hour: int) -> datetime | None:
        day, at = typed.get(f"{which}_day"), typed.get(f"{which}_hour")
        return clock.at(day, at.hour if at else hour, at.minute if at else 0) if day else None
