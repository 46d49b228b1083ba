"""Units and offices: planting, naming, ending them. Contacts and addresses are in `contacts`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.federation import rules
from jinguo.federation.actions.history import note_change
from jinguo.federation.models import Alias, Office, Unit
from jinguo.federation.models.history import ChangeKind
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid
from jinguo.lib.hold import differing, hold
from jinguo.lib.rulings import require
from jinguo.search.actions import Findable, index_things


@dataclass(frozen=True)
class NewUnit:
    """A unit to be planted: `key` names it within one call, `parent_key` its parent in the same call ("" for the root)."""

    key: str
    name: str
    short_name: str
    unit_class: str
    level: str
    parent_key: str = ""
    division_code: str = ""
    sector: str = ""
    aliases: tuple[str, ...] = ()
    duty_phone: str = ""
    valid_from: date | None = None


def plant_units(news: Iterable[NewUnit], *, by: journal.Actor, under: Unit | None = None) -> dict[str, Unit]:
    """Plant many units at once, parents before children; all or none.

    Args:
        under: the unit below which those without a parent key stand; None plants roots.

    Returns:
        key → unit.

    Raises:
        Invalid: a parent key that is not in the call.
    """
    news = list(news)
    waiting, planted = news, dict[str, Unit]()
    with transaction.atomic():
        while waiting:
            ready = [new for new in waiting if not new.parent_key or new.parent_key in planted]
            if not ready:
                raise Invalid(_("有单位找不到上级：%(names)s") % {"names": "、".join(new.name for new in waiting[:5])})
            rows = [_unsaved(new, planted.get(new.parent_key, under)) for new in ready]
            Unit.objects.bulk_create(rows)
            for row in rows:
                row.path = (row.parent.path if row.parent else "") + f"{row.pk:06x}/"
            Unit.objects.bulk_update(rows, ["path"], batch_size=400)
            planted |= dict(zip([new.key for new in ready], rows, strict=True))
            done = set(planted)
            waiting = [new for new in waiting if new.key not in done]
        Alias.objects.bulk_create(Alias(unit=planted[new.key], name=name) for new in news for name in new.aliases)
        index_things(findable(planted[new.key], new.aliases) for new in news)
        journal.record("unit.plant", by=by, kind="unit", code=under.code if under else "root", units=len(planted))
    return planted


def findable(unit: Unit, aliases: Iterable[str]) -> Findable:
    """A unit as the search index needs it."""
    words = [unit.short_name, unit.division_code, *aliases]
    return Findable("unit", unit.code, unit.name, "\n".join(words), unit.path or "")


def _unsaved(new: NewUnit, parent: Unit | None) -> Unit:
    return Unit(
        code=ids.new_code(),
        name=new.name,
        short_name=new.short_name,
        unit_class=new.unit_class,
        level=new.level,
        sector=new.sector,
        division_code=new.division_code,
        duty_phone=new.duty_phone,
        valid_from=new.valid_from,
        parent=parent,
    )


def open_office(unit: Unit, *, by: journal.Actor, parent: Office | None = None, **facts: object) -> Office:
    """Let a unit issue notices of its own; `facts` are fields of `Office`."""
    with transaction.atomic():
        office = Office(code=ids.new_code(), unit=unit, parent=parent)
        for name, value in facts.items():
            setattr(office, name, value)
        office.save()
        journal.record("office.open", by=by, kind="office", code=office.code, owner=unit.code)
    return office


def add_unit(parent: Unit, new: NewUnit, *, by: journal.Actor) -> Unit:
    """Plant one unit below another; asked again with the same name it gives the unit that is there."""
    require(rules.may_edit_unit(parent, by))
    with transaction.atomic():
        # Two who add the same unit wait for each other here.
        Unit.objects.filter(pk=parent.pk).update(level=F("level"))
        standing = parent.children.alive(clock.today()).filter(name=new.name).first()
        return standing or plant_units([replace(new, parent_key="")], by=by, under=parent)[new.key]


def edit_unit(unit: Unit, *, by: journal.Actor, aliases: Iterable[str], **facts: object) -> None:
    """Change what a unit is called and what it is; its place in the tree stays, its old name is kept in its history.

    Args:
        aliases: all its other names.
        facts: fields of `Unit`.
    """
    if not isinstance(by, journal.System):
        require(rules.may_edit_unit(unit, by))
    wanted = dict.fromkeys(name for each in aliases if (name := each.strip()))
    with transaction.atomic():
        now = hold(unit) or unit
        before, named = now.name, set(unit.aliases.values_list("name", flat=True))
        if not differing(now, facts) and named == set(wanted):
            return
        Unit.objects.filter(pk=unit.pk).update(**facts)
        after = str(facts.get("name", before))
        if after != before:
            note_change(unit, ChangeKind.RENAMED, clock.today(), by=by, before=before, after=after)
        Alias.objects.filter(unit=unit).exclude(name__in=wanted).delete()
        Alias.objects.bulk_create([Alias(unit=unit, name=name) for name in wanted], ignore_conflicts=True)
        index_things([findable(Unit.objects.get(pk=unit.pk), wanted)])
        journal.record("unit.edit", by=by, kind="unit", code=unit.code, owner=unit.code, fields=sorted(facts))


def edit_office(office: Office, *, by: journal.Actor, **facts: object) -> None:
    """Change what an office decides for itself; an empty 授权码 leaves the old one."""
    require(rules.may_edit_office(office, by))
    if not facts.get("mail_code"):
        facts.pop("mail_code", None)
    for name, value in facts.items():
        setattr(office, name, value)
    columns = {"mail_code_sealed" if name == "mail_code" else name for name in facts}
    with transaction.atomic():
        if not differing(hold(office), facts):
            return
        Office.objects.filter(pk=office.pk).update(**{name: getattr(office, name) for name in columns})
        journal.record(
            "office.edit", by=by, kind="office", code=office.code, owner=office.unit.code, fields=sorted(facts)
        )
