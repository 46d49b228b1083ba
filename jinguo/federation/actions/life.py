"""Ending, merging, splitting and moving units (撤销、合并、分设、划转). What a unit did stays its own; nothing is deleted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Q, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext_lazy as _

from jinguo.federation import rules
from jinguo.federation.actions.history import hold_tree, note_change
from jinguo.federation.actions.units import NewUnit, findable, plant_units
from jinguo.federation.models import Alias, MailAddress, Office, Unit
from jinguo.federation.models.history import ChangeKind
from jinguo.federation.models.unit import subtree_range
from jinguo.federation.queries import office_of
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require
from jinguo.search.actions import index_things, move_owner

PATH_LENGTH = 120  # what the column holds: seventeen levels


def close_unit(unit: Unit, *, last_day: date, by: journal.Actor, basis: str = "") -> None:
    """Let a unit end: nothing new is asked of it after that day; what it did stays.

    Raises:
        Invalid: it still has units below it, issues notices itself, or would end before it began.
    """
    require(rules.may_edit_unit(unit, by))
    with transaction.atomic():
        hold_tree(unit)
        if _end(_fresh(unit), last_day, None):
            note_change(unit, ChangeKind.CLOSED, last_day, by=by, basis=basis)
            journal.record("unit.close", by=by, kind="unit", code=unit.code, owner=unit.code)


def merge_unit(
    unit: Unit, into: Unit, *, last_day: date, by: journal.Actor, with_below: bool = False, basis: str = ""
) -> None:
    """Let a unit go up in another one: the heir takes over its names and e-mail addresses, so that letters to and from
    the old name find the heir; its contacts, returns and history stay its own.

    Args:
        with_below: the units below it go to the heir as well, at once.

    Raises:
        Invalid: besides what `close_unit` says, the heir is the unit itself, stands below it, or has ended.
    """
    require(rules.may_edit_unit(unit, by))
    require(rules.may_edit_unit(into, by))
    with transaction.atomic():
        hold_tree(unit)
        hold_tree(into)
        unit, into = _fresh(unit), _fresh(into)
        if unit.pk == into.pk:
            raise Invalid(_("不能并入它自己，请写另一个单位。"), "into")
        if not into.is_in_being(last_day + timedelta(days=1)):
            raise Invalid(_("%(unit)s那时已经不在了，请写另一个单位。") % {"unit": into.short_name}, "into")
        if unit.is_above(into):
            raise Invalid(_("不能并入它自己的下级，请先把那个下级移出来。"), "into")
        if with_below:
            _hand_down(unit, into, last_day, by=by, basis=basis)
        if _end(unit, last_day, into):
            _inherit(unit, into)
            note_change(unit, ChangeKind.MERGED, last_day, by=by, other=into, after=into.name, basis=basis)
            note_change(
                into,
                ChangeKind.ABSORBED,
                last_day + timedelta(days=1),
                by=by,
                other=unit,
                before=unit.name,
                basis=basis,
            )
            journal.record("unit.merge", by=by, kind="unit", code=unit.code, owner=unit.code, into=into.code)


def move_unit(unit: Unit, to: Unit, *, by: journal.Actor, day: date | None = None, basis: str = "") -> None:
    """Put a unit, with everything below it, below another one of the same tree; from now on, whatever the day says.

    Args:
        day: the day on which it became so, for the history; today without it.

    Raises:
        Invalid: below itself, into another tree, below a unit that has ended, or the tree would be too deep.
    """
    require(rules.may_edit_unit(unit, by))
    require(rules.may_edit_unit(to, by))
    with transaction.atomic():
        hold_tree(unit)
        unit, to = _fresh(unit), _fresh(to)
        if unit.parent_id == to.pk:
            return
        _check_move(unit, to)
        _move(unit, to, by=by, day=day or clock.today(), basis=basis)


def split_unit(
    unit: Unit, news: Sequence[NewUnit], *, first_day: date, by: journal.Actor, ends: bool = False, basis: str = ""
) -> list[Unit]:
    """Let new units come out of one, beside it; asked again with the same names it gives those that are there.

    Args:
        first_day: of the new ones; with `ends` the old unit's last day is the day before.

    Raises:
        Invalid: no name, or, with `ends`, what `close_unit` says.
    """
    require(rules.may_edit_unit(unit, by))
    if unit.parent is None:
        raise Invalid(_("它上面没有单位，分设出来的没有地方放。"))
    require(rules.may_edit_unit(unit.parent, by))
    if not news:
        raise Invalid(_("请写出分设出来的单位的名称，一行一个。"), "names")
    with transaction.atomic():
        hold_tree(unit)
        unit = _fresh(unit)
        standing = {each.name: each for each in unit.parent.children.alive(first_day)}
        fresh = [replace(new, parent_key="", valid_from=first_day) for new in news if new.name not in standing]
        planted = plant_units(fresh, by=by, under=unit.parent) if fresh else {}
        for new in planted.values():
            note_change(new, ChangeKind.SPLIT_OFF, first_day, by=by, other=unit, before=unit.name, basis=basis)
            note_change(unit, ChangeKind.SPLIT, first_day, by=by, other=new, after=new.name, basis=basis)
        last_day = first_day - timedelta(days=1)
        ended = ends and _end(unit, last_day, None)
        if ended:
            note_change(unit, ChangeKind.CLOSED, last_day, by=by, basis=basis)
        if planted or ended:
            journal.record(
                "unit.split", by=by, kind="unit", code=unit.code, owner=unit.code, into=len(planted), ends=ends
            )
        named = {**standing, **{new.name: new for new in planted.values()}}
        return [named[new.name] for new in news]


def reopen_unit(unit: Unit, *, by: journal.Actor) -> None:
    """Take an ending back: the unit is as it was; units that went to an heir with it stay there.

    Raises:
        Invalid: the unit above it has ended.
    """
    require(rules.may_edit_unit(unit, by))
    with transaction.atomic():
        hold_tree(unit)
        unit = _fresh(unit)
        if unit.parent and not unit.parent.is_in_being(clock.today()):
            raise Invalid(_("它的上级%(unit)s已经撤并，请先恢复上级。") % {"unit": unit.parent.short_name})
        if Unit.objects.filter(pk=unit.pk, valid_to__isnull=False).update(valid_to=None, merged_into=None):
            note_change(unit, ChangeKind.REOPENED, clock.today(), by=by)
            journal.record("unit.reopen", by=by, kind="unit", code=unit.code, owner=unit.code)


def _fresh(unit: Unit) -> Unit:
    """The unit as it is now that the tree is held."""
    return Unit.objects.select_related("parent").get(pk=unit.pk)


def _end(unit: Unit, last_day: date, into: Unit | None) -> bool:
    """Set the last day; False when it ends just so already. The posts of people without an account end with it."""
    if unit.parent_id is None or Office.objects.filter(unit=unit).exists():
        raise Invalid(_("发文单位不能在这里撤并，请系统管理员联系开发者。"))
    if unit.children.alive(last_day + timedelta(days=1)).exists():
        raise Invalid(_("它还有下级单位。请先把下级单位撤并或移走。"), "last_day")
    if unit.valid_from and last_day < unit.valid_from:
        raise Invalid(_("撤销的日子早于成立的日子，请核对。"), "last_day")
    as_it_is = (unit.valid_to, unit.merged_into_id) == (last_day, into.pk if into else None)
    Unit.objects.filter(pk=unit.pk).update(valid_to=last_day, merged_into=into)
    running = unit.posts.filter(Q(ends=None) | Q(ends__gt=last_day), user=None, starts__lte=last_day)
    running.update(ends=last_day)
    return not as_it_is


def _inherit(unit: Unit, into: Unit) -> None:
    """The heir answers to the old names, and mail from the old addresses counts as the heir's."""
    names = {unit.name, unit.short_name, *unit.aliases.values_list("name", flat=True)} - {into.name, into.short_name}
    Alias.objects.bulk_create([Alias(unit=into, name=name) for name in sorted(names)], ignore_conflicts=True)
    index_things([findable(into, into.aliases.values_list("name", flat=True))])
    known = set(into.mail_addresses.values_list("address", flat=True))
    last = into.mail_addresses.aggregate(last=Max("position"))["last"] or 0
    more = [row.address for row in unit.mail_addresses.all() if row.address not in known]
    MailAddress.objects.bulk_create(
        MailAddress(unit=into, address=address, position=last + n) for n, address in enumerate(more, 1)
    )


def _hand_down(unit: Unit, into: Unit, last_day: date, *, by: journal.Actor, basis: str) -> None:
    """The units below go to the heir; paths know no days, so only when the old unit has ended."""
    if last_day > clock.today():
        raise Invalid(_("下级单位现在就会移过去，所以最后一天不能晚于今天。到了那天再办，或者先不移下级。"), "last_day")
    for child in list(unit.children.alive(last_day + timedelta(days=1)).select_related("parent")):
        _check_move(child, into)
        _move(child, into, by=by, day=last_day + timedelta(days=1), basis=basis)


def _check_move(unit: Unit, to: Unit) -> None:
    if unit.parent is None:
        raise Invalid(_("最上面的单位不能移。"), "to")
    if unit.path.partition("/")[0] != to.path.partition("/")[0]:
        raise Invalid(_("不能移到另一棵组织树下面。"), "to")
    if unit.pk == to.pk or unit.is_above(to):
        raise Invalid(_("不能移到它自己或它的下级下面。"), "to")
    if not to.is_in_being(clock.today()):
        raise Invalid(_("%(unit)s已经撤并，下面不能再放单位。") % {"unit": to.short_name}, "to")
    low, high = subtree_range(unit.path)
    deepest = Unit.objects.filter(path__gte=low, path__lt=high).aggregate(most=Max(Length("path")))["most"]
    if deepest - len(unit.parent.path) + len(to.path) > PATH_LENGTH:
        raise Invalid(_("层级太深了，最多十七级。请移到高一些的单位下面。"), "to")


def _move(unit: Unit, to: Unit, *, by: journal.Actor, day: date, basis: str) -> None:
    """Every path below is rewritten at once, with the owners in the search index."""
    above, old = unit.parent, unit.path
    new = to.path + old[len(above.path) :]
    low, high = subtree_range(old)
    rows = Unit.objects.filter(path__gte=low, path__lt=high)
    Unit.objects.filter(pk=unit.pk).update(parent=to)
    rows.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    move_owner(old, new)
    _rehang_offices(new, to)
    note_change(unit, ChangeKind.MOVED, day, by=by, before=above.name, after=to.name, other=to, basis=basis)
    journal.record("unit.move", by=by, kind="unit", code=unit.code, owner=unit.code, into=to.code)


def _rehang_offices(new: str, to: Unit) -> None:
    """The offices that came along inherit from the office they now stand below."""
    low, high = subtree_range(new)
    came = Office.objects.filter(unit__path__gte=low, unit__path__lt=high)
    inside = came.values("pk")
    came.exclude(parent__in=inside).update(parent=office_of(to))
