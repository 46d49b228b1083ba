"""Signing up: name and telephone; everything else only where the activity asks for it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jinguo.activities.fields import CountField, NameField, PhoneField
from jinguo.activities.joining import Joining
from jinguo.activities.models import SeatPool, SignUp
from jinguo.activities.models.session import PoolKind
from jinguo.activities.wishes import Wish
from jinguo.lib import clock
from jinguo.people.models import Purpose
from jinguo.ui.dates import range_text

MOST_SEATS = 20


def pool_text(pool: SeatPool, *, several_sessions: bool) -> str:
    """One choice among several: which group, when, and whether there is room."""
    first, last = pool.slot_from or pool.session.starts_at, pool.slot_until or pool.session.ends_at
    parts = [pool.name] if pool.kind in (PoolKind.GROUP, PoolKind.UNIT) else []
    if pool.kind == PoolKind.PUBLIC and not several_sessions:
        parts.append(str(pool.get_kind_display()))
    if several_sessions or pool.kind == PoolKind.SLOT:
        parts.append(range_text(first, last, clock.now()))
    room = _("余 %(n)s 席") % {"n": pool.free} if pool.free > 0 and not pool.waiting else _("已满 · 可候补")
    return " · ".join([*parts, str(room)])


def pool_named(pools: Sequence[SeatPool], code: Any) -> SeatPool:
    """The pool of this code, or the first."""
    return next((pool for pool in pools if pool.code == code), pools[0])


class SeatsForm(forms.Form):
    """How many come with her now; `for_her`: the host writes down what she said on the telephone."""

    seats = CountField(label=_("一共来几位"), min_value=1, max_value=MOST_SEATS, required=True)
    minors = CountField(label=_("其中未满 18 岁的"), max_value=MOST_SEATS, required=False)
    guardian = forms.BooleanField(label=_("我是孩子的监护人，同意孩子参加"), required=False)

    def __init__(self, *args: Any, row: SignUp, for_her: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seats": row.seats, "minors": row.minors or None}, **kwargs)
        said = _("连她自己在内，最多 %(most)s 席") if for_her else _("连您自己在内，最多 %(most)s 席")
        self.fields["seats"].help_text = said % {"most": row.pool.each}
        if for_her:
            self.fields["guardian"].label = _("她是孩子的监护人，亲口同意孩子参加")
        if not row.pool.session.activity.minors:
            del self.fields["minors"], self.fields["guardian"]


class MoveForm(forms.Form):
    """Which other seats of the same activity she wants; `chosen` is the pool."""

    to = forms.ChoiceField(label=_("改到"), widget=forms.RadioSelect)
    wait = forms.BooleanField(
        label=_("没有空席也改：去排那里的候补"), required=False,
        help_text=_("打了勾，现在的席位马上让给别人。不打勾，没有空席就不改。"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, pools: Sequence[SeatPool], seats: int, several_sessions: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pools = pools
        field = self.fields["to"]
        field.choices = [(pool.code, pool_text(pool, several_sessions=several_sessions)) for pool in pools]
        field.error_messages |= {"required": _("请选一个。"), "invalid_choice": _("这一项刚刚没有了，请重新选。")}
        if not self.is_bound and all(pool.free >= seats and not pool.waiting for pool in pools):
            del self.fields["wait"]

    def chosen(self) -> SeatPool:
        """The pool she chose."""
        return pool_named(self.pools, self.cleaned_data["to"])


class SignUpForm(forms.Form):
    """One person's sign-up, as `Joining` says what there is to ask; `for_her`: the host writes down what she said on the telephone."""

    pool = forms.ChoiceField(label=_("哪一场"), widget=forms.RadioSelect)
    name = NameField(label=_("怎么称呼您"))
    phone = PhoneField(label=_("手机号"))
    seats = CountField(label=_("报几席"), min_value=1, max_value=MOST_SEATS, required=False)
    minors = CountField(
        label=_("其中未满 18 岁的"), max_value=MOST_SEATS, required=False, help_text=_("席数连孩子在内；没有就不填")
    )
    guardian = forms.BooleanField(
        label=_("我是孩子的监护人，同意孩子参加"), required=False, help_text=_("未满 18 岁的，请由监护人来报。")
    )
    email = forms.EmailField(label=_("邮箱"), required=False, max_length=120)
    sms = forms.BooleanField(label=_("有变化时发短信告诉我"), required=False, initial=True)
    sensitive = forms.BooleanField(
        label=_("我单独同意：为办这件事用我的称呼和手机号"), required=False,
        help_text=_("这类事只有经办人看得到；通知和日历里不写是什么事。随时可以在自己的报名页取消。"),
    )  # fmt: skip

    def __init__(self, *args: Any, joining: Joining, for_her: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pools, self.activity = joining.pools, joining.activity
        self._choose_pool()
        days = joining.activity.office.public_days
        self.fields["phone"].help_text = _("只用来通知这一场；活动结束 %(days)s 天后删除") % {"days": days}
        most = max(pool.each for pool in self.pools)
        self.fields["seats"].help_text = _("连您自己在内，最多 %(most)s 席") % {"most": most}
        self.fields["seats"].initial = 1
        self.fields["email"].error_messages["invalid"] = _("这个邮箱地址不对，请再看一眼；不想留也可以空着。")
        self.fields["email"].help_text = (
            _("填了就改用邮件告诉您") if joining.sms else _("轮到您、有变化时发信；不填就请自己打开报名页看")
        )
        self._drop(
            pool=len(self.pools) > 1, seats=most > 1, minors=self.activity.minors, guardian=self.activity.minors,
            email=joining.mail, sms=joining.sms, sensitive=self.activity.is_sensitive,
        )  # fmt: skip
        if for_her:
            self._speak_of_her(most)

    def _speak_of_her(self, most: int) -> None:
        said = {
            "name": _("怎么称呼她"), "guardian": _("她是孩子的监护人，亲口同意孩子参加"), "sms": _("有变化时发短信告诉她"),
            "sensitive": _("她亲口单独同意：为办这件事用她的称呼和手机号"),
        }  # fmt: skip
        for name, label in said.items():
            if name in self.fields:
                self.fields[name].label = label
        if "seats" in self.fields:
            self.fields["seats"].help_text = _("连她自己在内，最多 %(most)s 席") % {"most": most}
        if "email" in self.fields:
            self.fields["email"].help_text = _("有变化时给她发信；没有就空着")

    def _choose_pool(self) -> None:
        several = len({pool.session_id for pool in self.pools}) > 1
        field = self.fields["pool"]
        field.choices = [(pool.code, pool_text(pool, several_sessions=several)) for pool in self.pools]
        field.error_messages |= {"required": _("请选一个。"), "invalid_choice": _("这一项刚刚没有了，请重新选。")}
        if not several:
            slots = any(pool.kind == PoolKind.SLOT for pool in self.pools)
            field.label = _("哪个时段") if slots else _("您参加哪一组")

    def _drop(self, **wanted: bool) -> None:
        for name, asked in wanted.items():
            if not asked:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        minors, seats = typed.get("minors") or 0, typed.get("seats") or 1
        if minors > seats and "minors" not in self.errors:
            self.add_error("minors", _("孩子的人数不能多于一共的席数，席数连孩子在内。"))
        if minors and not typed.get("guardian"):
            self.add_error("guardian", _("带孩子来，请监护人在这里打勾。"))
        if "sensitive" in self.fields and not typed.get("sensitive"):
            self.add_error("sensitive", _("请在这里单独打一次勾；不同意也没有关系，可以打电话来办。"))
        if typed.get("email") and not str(typed["email"]).isascii():
            self.add_error("email", ValidationError(self.fields["email"].error_messages["invalid"], "invalid"))
        return typed

    @classmethod
    def who(cls, sent: Any) -> tuple[str, str] | None:
        """Name and telephone alone, clean; None when one of them is not. For a second press, which needs no more."""
        try:
            return cls.base_fields["name"].clean(sent.get("name")), cls.base_fields["phone"].clean(sent.get("phone"))
        except ValidationError:
            return None

    def chosen(self) -> SeatPool:
        """The pool she chose, or the only one."""
        return pool_named(self.pools, self.cleaned_data.get("pool"))

    def wish(self) -> Wish:
        """What she asks for, for the action."""
        typed = self.cleaned_data
        minors = typed.get("minors") or 0
        consents = [str(Purpose.SENSITIVE)] if typed.get("sensitive") else []
        if minors and typed.get("guardian"):
            consents.append(str(Purpose.GUARDIAN))
        return Wish(
            name=typed["name"], phone=typed["phone"], seats=typed.get("seats") or 1, minors=minors,
            email=typed.get("email") or "", sms=bool(typed.get("sms")), consents=tuple(consents),
        )  # fmt: skip
