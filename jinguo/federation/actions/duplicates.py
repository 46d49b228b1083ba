"""Saying that two units which look alike are two."""

from django.db import transaction

from jinguo.federation import rules
from jinguo.federation.models import ToldApart, Unit
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.rulings import require


def tell_apart(one: Unit, other: Unit, *, by: journal.Actor) -> None:
    """They are not offered for merging again; said twice it is said once."""
    require(rules.may_edit_unit(one, by))
    require(rules.may_edit_unit(other, by))
    first, second = sorted((one, other), key=lambda unit: int(unit.pk))
    with transaction.atomic():
        _row, fresh = ToldApart.objects.get_or_create(first=first, second=second, defaults={"said_at": clock.now()})
        if fresh:
            journal.record("unit.tell_apart", by=by, kind="unit", code=one.code, owner=one.code, other=other.code)
