"""What each number means: who counts what, in which unit, what is not in it, and whether it is exact. Words only."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Definition:
    """What one number means, as the page and the frozen snapshot say it.

    Attributes:
        counts: who counts what; `not_in_it`: what is left out, so that nobody adds it.
        exactness: whether it is exact, or may be 约.
    """

    code: str
    name: str | Promise
    unit: str
    counts: str | Promise
    not_in_it: str | Promise
    exactness: str | Promise


_MAY_BE_ABOUT = _("单位写明约或准；有一家是约数，合计就写约。")
DEFINITIONS = (
    Definition(
        "activities", _("活动"), "场", _("单位每报一场计一场；联办的同一场只计一次。"),
        _("预告、没有办的、市里自办的不在内。"), _("逐场计，是准数。"),
    ),
    Definition(
        "on_site", _("现场参加"), "人次", _("主办单位在现场数的人次，一个人来两次计两次。"),
        _("线上观看不在内；不是“人”，不能当人数用。"), _MAY_BE_ABOUT,
    ),
    Definition("women", _("其中妇女"), "人次", _("现场参加里的妇女人次，主办单位数。"), _("不另加到现场参加里。"), _MAY_BE_ABOUT),
    Definition(
        "online", _("线上观看"), "次", _("播出的平台显示的观看次数，主办单位抄报。"), _("不和现场参加相加，也不是人数。"), _MAY_BE_ABOUT,
    ),
    Definition(
        "benefited", _("服务或受益"), "人", _("得到服务、慰问、帮助的人，一人计一次，主办单位按名单或发放记录数。"),
        _("只到场没有得到服务的不在内；同一人在两场里会各计一次。"), _MAY_BE_ABOUT,
    ),
    Definition(
        "deeds", _("办实事"), "件", _("单位说办成的实事件数；同一场联办的只计一次。"), _("逐件的名称和结果看实事登记。"), _("逐件计，是准数。"),
    ),
)  # fmt: skip
