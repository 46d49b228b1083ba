"""The link by which a village or a home holds its activities: given, given anew, taken back."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.models import HostDoor
from jinguo.federation.actions.links import make_link, revoke_links
from jinguo.federation.models import Unit
from jinguo.federation.models.link import Purpose
from jinguo.journal import actions as journal
from jinguo.journal.queries import just_did
from jinguo.lib import clock, ids
from jinguo.lib.errors import Stale
from jinguo.lib.hold import hold
from jinguo.lib.rulings import require

KIND = "host_door"
_OTHER = _("刚刚有人也给了一个。请刷新，用那一个。")
GOES_FOR = timedelta(days=400)
"""A year and some days: whoever gives it each spring is never late. One that got lost is taken back at once."""


def give_door(unit: Unit, *, checked: bool, by: journal.Actor, instead_of: str | None = None) -> HostDoor:
    """A new link for this unit; one that stood is taken back in the same step, so that never two are about.

    Args:
        checked: what is made by it stays a draft until an officer above publishes it.
        instead_of: code of the one that stood on the page she pressed on ("" for none); None: not asked.

    Raises:
        Stale: somebody else gave one in the same moment.
    """
    require(rules.may_give_door(unit, by))
    code = ids.new_code()
    try:
        with transaction.atomic():
            hold(unit)
            given = HostDoor.objects.filter(unit=unit, closed_at=None).first()
            if given is not None and instead_of not in (None, given.code):
                if just_did(by, "host.give", kind=KIND, code=given.code, checked=checked) is None:
                    raise Stale(_OTHER)
                return given
            _close(unit, by)
            link, secret = make_link(
                Purpose.HOST, unit=unit, kind=KIND, code=code, expires_at=clock.now() + GOES_FOR, by=by
            )
            door = HostDoor(
                code=code, unit=unit, link=link, checked=checked, made_at=clock.now(), made_by=by.actor_code
            )
            door.secret = secret
            door.save(force_insert=True)
            journal.record("host.give", by=by, kind=KIND, code=code, owner=unit.code, checked=checked)
    except IntegrityError:
        raise Stale(_OTHER) from None
    return door


def close_door(unit: Unit, *, by: journal.Actor) -> bool:
    """Take the standing link back; True when there was one."""
    require(rules.may_give_door(unit, by))
    with transaction.atomic():
        return _close(unit, by)


def set_checking(door: HostDoor, *, checked: bool, by: journal.Actor) -> bool:
    """From now on look first, or no longer; the link itself stays. True when that changed something."""
    require(rules.may_give_door(door.unit, by))
    with transaction.atomic():
        rows = HostDoor.objects.filter(pk=door.pk, closed_at=None, checked=not checked)
        if not rows.update(checked=checked):
            return False
        journal.record("host.check", by=by, kind=KIND, code=door.code, owner=door.unit.code, checked=checked)
    return True


def _close(unit: Unit, by: journal.Actor) -> bool:
    door = HostDoor.objects.filter(unit=unit, closed_at=None).first()
    if door is None or not HostDoor.objects.filter(pk=door.pk, closed_at=None).update(
        closed_at=clock.now(), secret_sealed=""
    ):
        return False
    revoke_links(KIND, door.code, by=by)
    journal.record("host.take_back", by=by, kind=KIND, code=door.code, owner=unit.code)
    return True
