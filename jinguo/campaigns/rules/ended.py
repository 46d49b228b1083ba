"""What a unit that has ended may still do: look. What it owed before its end it may still report."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Obligation
from jinguo.federation.models import Unit
from jinguo.lib import clock
from jinguo.lib.rulings import YES, Ruling, no
from jinguo.ui import dates


def may_act(unit: Unit) -> Ruling:
    """Is this unit in being, or what has become of it?"""
    last, today = unit.valid_to, clock.today()
    if last is None or last >= today:
        return YES
    said = {"day": dates.day_text(last + timedelta(days=1), today), "unit": unit.merged_into or ""}
    if unit.merged_into is not None:
        return no(
            _("贵单位 %(day)s 起并入%(unit)s，这些事由它接着办，这里只能看。有没办完的，请和它或发文单位联系。") % said
        )
    return no(_("贵单位 %(day)s 起撤销了，没办的不用再办，这里只能看。有没办完的，请打电话给发文单位。") % said)


def is_out(obligation: Obligation, moment: datetime) -> bool:
    """Did the unit end before it was due (undated: before the moment)? Then nobody owes it: the same as `closed` in SQL."""
    last = obligation.unit.valid_to
    return last is not None and clock.end_of(last) < (obligation.extended_to or obligation.due_at or moment)
