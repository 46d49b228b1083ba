"""Who keeps a campaign's list of points, and who answers it for an activity."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.activities.models import Activity
from jinguo.activities.models.activity import ActivityState
from jinguo.campaigns.models import Campaign
from jinguo.federation import policy
from jinguo.lib.rulings import YES, Ruling, no


def may_set_points(campaign: Campaign, by: Any) -> Ruling:
    """Put points on the list, change them, take them off; any time, a measure may come and go."""
    if policy.may(by, "campaign.edit", campaign.office.unit):
        return YES
    return no(_("只有发文单位的经办人可以改核对单；您可以查看。"))


def may_answer(activity: Activity, by: Any) -> Ruling:
    """Say what was done about them: before, on and after the day."""
    if activity.state == ActivityState.CANCELLED:
        return no(_("活动已经取消，不用再核对。"))
    if policy.may(by, "activity.edit", activity.unit):
        return YES
    return no(_("这场活动由别的单位主办，只有主办单位能填核对单。"))
