"""A campaign's points as its office types them, and what a host says to them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.activities.fields import LineField
from jinguo.activities.models import CheckPoint
from jinguo.activities.models.checklist import PointKind, Said
from jinguo.activities.queries.checklist import Line
from jinguo.ui.forms import ChipSelect, DayField


class PointForm(forms.Form):
    """One point of a campaign's list."""

    kind = forms.ChoiceField(
        label=_("是哪一类"), choices=PointKind.choices, widget=ChipSelect, initial=PointKind.SAFETY
    )
    text = LineField(
        label=_("请各场核对什么"), max_length=120, help_text=_("一句话，如：出入口有人看着，有应急预案。"),
        error_messages={"required": _("请写请各场核对什么。")},
    )  # fmt: skip
    until = DayField(
        label=_("到哪天为止"), required=False, help_text=_("过了这天不再要求。卫生和健康措施必须写；别的可以空着。")
    )


class ChecklistForm(forms.Form):
    """Two fields a point: settled, not applicable or nothing yet; and how, or who."""

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        choices = [*Said.choices, ("", _("还没有"))]
        for line in lines:
            code, stands = line.point.code, line.answer
            self.fields[f"said_{code}"] = forms.ChoiceField(
                label=line.point.text, choices=choices, required=False, widget=ChipSelect,
                initial=stands.said if stands else "",
            )  # fmt: skip
            self.fields[f"said_{code}"].needed = True  # not 「可以不写」
            who = line.point.kind == PointKind.CONTACT
            self.fields[f"note_{code}"] = LineField(
                label=_("谁，电话") if who else _("怎么落实的"), required=False, max_length=120,
                initial=stands.note if stands else "",
            )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """The points with their two fields."""
        return [
            {"point": line.point, "said": self[f"said_{line.point.code}"], "note": self[f"note_{line.point.code}"]}
            for line in self.lines
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for line in self.lines:
            said, note = typed.get(f"said_{line.point.code}"), typed.get(f"note_{line.point.code}")
            if line.point.kind == PointKind.CONTACT and said == Said.SETTLED and not note:
                self.add_error(f"note_{line.point.code}", _("请写当天有急事找谁、打哪个电话。只有主办单位看得到。"))
            elif note and not said:
                self.add_error(f"said_{line.point.code}", _("写了怎么落实的，请再点一下“已落实”或“不适用”。"))
        return typed

    def answers(self) -> dict[CheckPoint, tuple[str, str]]:
        """What was said to each point, for the action."""
        return {
            line.point: (self.cleaned_data[f"said_{line.point.code}"], self.cleaned_data[f"note_{line.point.code}"])
            for line in self.lines
        }
