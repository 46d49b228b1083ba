"""Settling the issuer's own events: day, hall, leader, co-hosts, who answers for it, next step, result."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Clause, OwnEvent
from jinguo.campaigns.models.campaign import ClauseKind
from jinguo.campaigns.rules import plan as rules
from jinguo.journal import actions as journal
from jinguo.lib.errors import Invalid, NotThere, Stale
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require

MOST = {"hall": 80, "leader": 80, "cohosts": 200, "next_step": 200, "result": 600}
_LEADS = ("lead_department", "responsible")


@dataclass(frozen=True)
class Settled:
    """What stands about one own event. `held_on` None: the notice's own day, or none yet."""

    held_on: date | None = None
    starts: time | None = None
    ends: time | None = None
    hall: str = ""
    leader: str = ""
    cohosts: str = ""
    lead_department: str = ""
    responsible: str = ""
    next_step: str = ""
    result: str = ""


def settle_event(clause: Clause, wanted: Settled, *, seen: int, by: Any) -> OwnEvent:
    """Write down what was settled, whole.

    Args:
        seen: the version the form was filled from (0 for none yet).

    Raises:
        Invalid: too long, or it ends before it begins.
        Stale: somebody else changed it since the form was shown.
    """
    require(rules.may_assign(clause.campaign, by))
    if clause.kind != ClauseKind.OWN_EVENT:
        raise NotThere(_("这一条不是本级自办的活动。"))
    facts = _facts(wanted)
    with transaction.atomic():
        now = hold(clause) or clause
        row, _made = OwnEvent.objects.get_or_create(clause=clause)
        leads = {name: " ".join(getattr(wanted, name).split())[:60] for name in _LEADS}
        changed = differing(row, facts) + differing(now, leads)
        if not changed:
            return row
        if not OwnEvent.objects.filter(pk=row.pk, version=seen).update(version=seen + 1, **facts):
            raise Stale(_("这场活动刚刚有人改过，您的没有存。请看看现在的样子再改。"))
        Clause.objects.filter(pk=clause.pk).update(**leads)
        journal.record(
            "clause.settle", by=by, kind="campaign", code=clause.campaign.code, owner=clause.campaign.office.unit.code,
            clause=clause.number, fields=sorted(changed),
        )  # fmt: skip
    return OwnEvent.objects.select_related("clause").get(pk=row.pk)


def _facts(wanted: Settled) -> dict[str, Any]:
    """The columns of the event, clean."""
    facts: dict[str, Any] = {"held_on": wanted.held_on, "starts": wanted.starts, "ends": wanted.ends}
    if wanted.ends is not None and wanted.starts is None:
        raise Invalid(_("写了几点结束，请也写几点开始。"), "starts")
    if wanted.starts is not None and wanted.ends is not None and wanted.ends <= wanted.starts:
        raise Invalid(_("结束要晚于开始。"), "ends")
    for name, most in MOST.items():
        said = " ".join(getattr(wanted, name).split())
        if len(said) > most:
            raise Invalid(_("太长了，最多 %(n)s 个字。") % {"n": most}, name)
        facts[name] = said
    return facts
