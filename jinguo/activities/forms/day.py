"""What is sent in on the day, and why an activity is called off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinguo.activities.fields import CountField, LineField, PicturesField, TextField
from jinguo.activities.forms.plan import check_code
from jinguo.activities.models.afterwards import Useful
from jinguo.activities.models.attendance import Exactness
from jinguo.ui.forms import ChipSelect


class WalkInForm(forms.Form):
    """How many came without a sign-up."""

    people = CountField(label=_("几个人"), min_value=1, max_value=500, required=True, initial=1)
    code = forms.CharField(widget=forms.HiddenInput, validators=[check_code])


class HandOutForm(forms.Form):
    """What was given to people, and how many."""

    what = LineField(
        label=_("发了什么"), max_length=40, help_text=_("如：反家暴折页、口袋书、花苗。"),
        error_messages={"required": _("请写发了什么。")},
    )  # fmt: skip
    count = CountField(label=_("多少份"), min_value=1, max_value=100_000, required=True)
    about = forms.BooleanField(label=_("约数"), required=False)
    code = forms.CharField(widget=forms.HiddenInput, validators=[check_code])


class UsefulForm(forms.Form):
    """The one question to those who came."""

    useful = forms.TypedChoiceField(
        label=_("这场活动对您有用吗？"), choices=Useful.choices, coerce=int, widget=ChipSelect,
        error_messages={"required": _("请点一个。")},
    )  # fmt: skip
    words = LineField(
        label=_("还想说一句"),
        hears=True,
        required=False,
        max_length=200,
        help_text=_("只有主办单位看得到，请不要写电话和身份证号。"),
    )
    code = forms.CharField(widget=forms.HiddenInput, required=False, validators=[check_code])

    def __init__(self, *args: Any, neutral: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if neutral:
            del self.fields["words"]


class StoryForm(forms.Form):
    """What is told of an activity."""

    story = TextField(label=_("稿子"), required=False, max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["story"].widget.attrs["rows"] = 12


class HeadcountForm(forms.Form):
    """How many there were. Blank is 「没报」, 0 is 「没有」."""

    on_site = CountField(label=_("现场人数"))
    women = CountField(label=_("其中女性"))
    online = CountField(label=_("线上观看"), help_text=_("线上的单独报，不和现场相加。"))
    exactness = forms.ChoiceField(
        label=_("这个数"), choices=Exactness.choices, widget=ChipSelect, initial=Exactness.EXACT
    )


class PhotoForm(forms.Form):
    """Pictures from the phone."""

    photos = PicturesField(label=_("照片"), error_messages={"required": _("还没有选照片。")})
    caption = LineField(label=_("写一句说明"), required=False, max_length=100)
    consent = forms.BooleanField(
        label=_("照片里的人同意公开使用"), required=False, help_text=_("不勾选也能存，只在单位内部看得到。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp"


class CancelForm(forms.Form):
    """Why it is called off; those who signed up read it."""

    reason = LineField(
        label=_("为什么取消"), max_length=200, error_messages={"required": _("请写一句原因，报了名的人会看到。")},
        help_text=_("留了短信或邮箱的人会收到这句话，其他人打开自己的报名页会看到。"),
    )  # fmt: skip
