"""One question as its organiser writes it; scripts or not, one page a question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids
from jinguo.questions.models import Kind, Question
from jinguo.questions.wishes import QuestionWish
from jinguo.ui.forms import ChipSelect

MOST_CHOICES, LONGEST_CHOICE, LONGEST_TEXT = 30, 60, 1000


class QuestionForm(forms.Form):
    """Kind, words, and what the kind needs."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("要什么样的回答"), choices=Kind.choices, widget=ChipSelect, initial=Kind.TEXT)
    label = forms.CharField(label=_("问什么"), max_length=100)
    hint = forms.CharField(label=_("解释一句"), max_length=200, required=False)
    required = forms.BooleanField(label=_("一定要答"), required=False)
    choices = forms.CharField(
        label=_("有哪几项"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一项。只有“选一项”才写。"),
    )  # fmt: skip
    least = forms.IntegerField(label=_("最小"), required=False)
    most = forms.IntegerField(label=_("最大"), required=False, help_text=_("数的上下限；几个字的，“最大”是字数。"))
    counts = forms.BooleanField(
        label=_("只用来数数"), required=False,
        help_text=_("如几号尺码、坐不坐车。勾了不加密，人忘掉以后数还在；看得出是谁、身体、家里怎样的不要勾。"),
    )  # fmt: skip
    asks_if = forms.ChoiceField(label=_("只问这样回答的人"), required=False)

    def __init__(self, *args: Any, earlier: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {question.code: question for question in earlier}
        pairs = [
            (f"{question.code}:{value}", f"{question.label} — {value or _('打了勾')}")
            for question in earlier
            for value in (question.options if question.kind == Kind.CHOICE else [""])
            if question.kind in (Kind.CHOICE, Kind.CONSENT)
        ]
        self.fields["asks_if"].choices = [("", _("谁都问")), *pairs]
        if not pairs:
            del self.fields["asks_if"]
        self.fields["label"].error_messages["required"] = _("请写问什么。")

    def clean_choices(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["choices"].split("\n")]
        kept = list(dict.fromkeys(line for line in lines if line))
        if len(kept) > MOST_CHOICES:
            raise forms.ValidationError(_("最多 %(most)s 项。") % {"most": MOST_CHOICES})
        if any(len(line) > LONGEST_CHOICE for line in kept):
            raise forms.ValidationError(_("一项最多 %(most)s 个字。") % {"most": LONGEST_CHOICE})
        return kept

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        return code if len(code) == 12 and code.isalnum() and code.isascii() else ids.new_code()

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        kind, least, most = typed.get("kind"), typed.get("least"), typed.get("most")
        if kind == Kind.CHOICE and len(typed.get("choices") or []) < 2 and "choices" not in self.errors:
            self.add_error("choices", _("请至少写两项，一行一项。"))
        if least is not None and most is not None and least > most:
            self.add_error("most", _("最大不能小于最小。"))
        if kind == Kind.TEXT and most is not None and not 1 <= most <= LONGEST_TEXT:
            self.add_error("most", _("字数写 1 到 %(most)s。") % {"most": LONGEST_TEXT})
        if typed.get("counts") and kind in (Kind.TEXT, Kind.FILE):
            self.add_error("counts", _("写字和传文件的回答总要保密，不能只用来数数。"))
        return typed

    def wish(self) -> QuestionWish:
        """What was typed, for the action."""
        typed = self.cleaned_data
        code, _colon, value = (typed.get("asks_if") or "").partition(":")
        bounded = typed["kind"] in (Kind.NUMBER, Kind.TEXT)
        return QuestionWish(
            kind=typed["kind"], label=typed["label"], hint=typed["hint"], required=typed["required"],
            choices=tuple(typed["choices"]) if typed["kind"] == Kind.CHOICE else (),
            least=typed["least"] if bounded else None, most=typed["most"] if bounded else None,
            personal=not typed["counts"], asks_if=self.earlier.get(code), asks_value=value,
        )  # fmt: skip


def as_typed(question: Question) -> dict[str, Any]:
    """A question as its form shows it."""
    asks = f"{question.asks_if.code}:{question.asks_value}" if question.asks_if else ""
    plain = ("code", "kind", "label", "hint", "required", "choices", "least", "most")
    return {**{name: getattr(question, name) for name in plain}, "counts": not question.personal, "asks_if": asks}
