"""The WeChat groups a unit looks after: name, keeper and about how many. Members are never asked for."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.federation import rules
from jinguo.federation.models import ChatGroup, Unit
from jinguo.journal import actions as journal
from jinguo.lib import ids
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require

MOST_PEOPLE = 500  # what a WeChat group holds


def put_chat_group(
    unit: Unit, name: str, *, by: journal.Actor, keeper: str = "", about: int | None = None
) -> ChatGroup:
    """Add a group, or bring the one of this name up to date.

    Raises:
        Invalid: more people than a WeChat group holds.
    """
    if not isinstance(by, journal.System):
        require(rules.may_edit_unit(unit, by))
    if about is not None and not 0 <= about <= MOST_PEOPLE:
        raise Invalid(_("一个微信群最多 500 人，请核对人数。"), "about")
    with transaction.atomic():
        row, fresh = ChatGroup.objects.get_or_create(unit=unit, name=name.strip(), defaults={"code": ids.new_code()})
        if fresh or (row.keeper, row.about) != (keeper, about):
            row.keeper, row.about = keeper, about
            ChatGroup.objects.filter(pk=row.pk).update(keeper_sealed=row.keeper_sealed, about=about)
            journal.record("unit.put_chat_group", by=by, kind="unit", code=unit.code, owner=unit.code, group=row.code)
    return row


def remove_chat_group(group: ChatGroup, *, by: journal.Actor) -> None:
    """The unit no longer looks after this group."""
    require(rules.may_edit_unit(group.unit, by))
    with transaction.atomic():
        if ChatGroup.objects.filter(pk=group.pk).delete()[0]:
            journal.record(
                "unit.remove_chat_group",
                by=by,
                kind="unit",
                code=group.unit.code,
                owner=group.unit.code,
                group=group.code,
            )
