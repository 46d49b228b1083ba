"""A workbook of units comes in, is looked at, and is written as one act: all of it or nothing."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from jinguo.federation import rules
from jinguo.federation.actions import kept_books
from jinguo.federation.actions.chat_groups import put_chat_group, remove_chat_group
from jinguo.federation.actions.contacts import first_addresses, set_addresses, set_contacts
from jinguo.federation.actions.life import close_unit, merge_unit, move_unit, reopen_unit
from jinguo.federation.actions.posts import hand_over
from jinguo.federation.actions.units import NewUnit, edit_unit, plant_units
from jinguo.federation.models import TreeImport, Unit, User
from jinguo.federation.models.user import Role
from jinguo.federation.queries.import_known import Ref
from jinguo.federation.queries.import_plan import Kind, Line, Plan, plan_of
from jinguo.federation.queries.import_posts import Term
from jinguo.federation.queries.import_rows import Book, read_book
from jinguo.journal import actions as journal
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.registry import Every, due_work
from jinguo.lib.rulings import require
from jinguo.lib.sheets import Sheet

_look = Every(3600)


def keep_workbook(unit: Unit, sheets: Iterable[Sheet], *, name: str, by: journal.Actor) -> TreeImport:
    """Put a workbook beside the tree, to be looked at. Nothing in the tree changes."""
    require(rules.may_edit_unit(unit, by))
    return kept_books.put_aside(TreeImport, unit, sheets, name=name, act="unit.keep_workbook", by=by)


def book_of(row: TreeImport) -> Book:
    """What a kept workbook says.

    Raises:
        Stale: it was written, dropped or forgotten meanwhile.
    """
    return read_book(kept_books.sheets_of(row))


def write_workbook(row: TreeImport, *, shown: str, by: journal.Actor) -> Plan:
    """Carry out exactly what was shown.

    Args:
        shown: the digest of the plan the person looked at.

    Raises:
        Stale: the tree has changed since, so that something else would be done; or it was written already.
        Invalid: a cell is wrong, or a line cannot be carried out; nothing is written.
    """
    require(rules.may_edit_unit(row.unit, by))
    with transaction.atomic():
        kept_books.take(row)
        plan = plan_of(by, book_of(row))
        if plan.faults:
            raise Invalid(_("表里还有写错的格，没有写入。请改好再传一次。"))
        if plan.digest != shown:
            raise Stale(_("您看的时候单位有了变动，没有写入。下面是现在会改的，请再看一遍。"))
        _carry_out(plan, by)
        kept_books.note_written(row, plan.counts(), act="unit.write_workbook", by=by)
    return plan


def drop_workbook(row: TreeImport, *, by: journal.Actor) -> None:
    """Do nothing with it; its rows are forgotten at once."""
    require(rules.may_edit_unit(row.unit, by))
    kept_books.drop(row, act="unit.drop_workbook", by=by)


@due_work.register("federation.forget_workbooks")
def forget_workbooks() -> int:
    """Workbooks nobody decided about for a week are dropped, and what they held is gone."""
    return kept_books.forget(TreeImport) if _look.is_due() else 0


def _carry_out(plan: Plan, by: journal.Actor) -> None:
    units = _plant(plan.lines, by)
    for line in plan.lines:
        with _at(line):
            _change(line, units[line.ref], by)
    for line in plan.lines:
        if line.unit and line.above is not None:
            with _at(line):
                move_unit(line.unit, _of(line.above, units), by=by)
    for line in plan.lines:
        if Kind.REOPEN in line.kinds:
            with _at(line):
                reopen_unit(units[line.ref], by=by)
    for line in _lowest_first(plan.lines):
        with _at(line):
            _close(line, units, by)


def _plant(lines: list[Line], by: journal.Actor) -> dict[Ref, Unit]:
    """New units, those above before those below; every unit of the plan by its reference."""
    units: dict[Ref, Unit] = {line.ref: line.unit for line in lines if line.unit}
    waiting = [line for line in lines if line.unit is None]
    while waiting:
        ready = [line for line in waiting if isinstance(line.above, Unit) or line.above in units]
        if not ready:
            raise Invalid(_("第 %(row)s 行：上级绕成了一圈，请核对上级。") % {"row": waiting[0].row.number})
        groups: dict[Unit, list[Line]] = {}
        for line in ready:
            groups.setdefault(_of(line.above, units), []).append(line)
        for above, own in groups.items():
            require(rules.may_edit_unit(above, by))
            planted = plant_units([_new(line) for line in own], by=by, under=above)
            units |= {line.ref: planted[str(line.row.number)] for line in own}
        waiting = [line for line in waiting if line.ref not in units]
    first_addresses({units[line.ref]: line.mails or () for line in lines if line.unit is None}, by=by)
    return units


def _of(ref: Ref | None, units: dict[Ref, Unit]) -> Unit:
    return ref if isinstance(ref, Unit) else units[ref]  # type: ignore[index]


def _new(line: Line) -> NewUnit:
    facts = line.facts
    new = NewUnit(
        str(line.row.number), facts["name"], facts["short_name"], facts["unit_class"], facts["level"],
        aliases=line.aliases or (),
    )  # fmt: skip
    rest = ("sector", "division_code", "duty_phone", "valid_from")
    return replace(new, **{key: facts[key] for key in rest if facts.get(key)})


def _change(line: Line, unit: Unit, by: journal.Actor) -> None:
    facts = {key: value for key, value in line.facts.items() if key != "valid_to"}
    if line.unit and (facts or line.aliases is not None):
        standing = tuple(unit.aliases.order_by("pk").values_list("name", flat=True))
        edit_unit(unit, by=by, aliases=standing if line.aliases is None else line.aliases, **facts)
    if line.mails is not None and line.unit is not None:
        set_addresses(unit, line.mails, by=by)
    if line.contacts is not None:
        set_contacts(unit, line.contacts, by=by)
    if line.groups is not None:
        _set_groups(unit, line.groups, by)
    for term in line.terms:
        _begin_term(unit, term, by)


def _begin_term(unit: Unit, term: Term, by: journal.Actor) -> None:
    """A post changes hands (换届). Whoever holds it by an account keeps the account; others are known by name."""
    accounts = {post.who: post.user for post in unit.posts.filter(role=term.role).select_related("user") if post.user}
    people: list[User | str] = [accounts.get(name) or name for name in term.names]
    hand_over(unit, Role(term.role), people, first_day=term.first_day, until=term.until, by=by)


def _set_groups(unit: Unit, wanted: list[dict[str, object]], by: journal.Actor) -> None:
    names = {group["name"] for group in wanted}
    standing = {group.name: group for group in unit.chat_groups.all()}
    for name, group in standing.items():
        if name not in names:
            remove_chat_group(group, by=by)
    for facts in wanted:
        known = standing.get(str(facts["name"]))
        keeper = facts.get("keeper", known.keeper if known else "")
        about = facts.get("about", known.about if known else None)
        put_chat_group(
            unit, str(facts["name"]), by=by, keeper=str(keeper), about=about if isinstance(about, int) else None
        )


def _lowest_first(lines: list[Line]) -> list[Line]:
    """Endings, units below before those above them."""
    ending = [line for line in lines if line.unit and "valid_to" in line.facts]
    paths = dict(Unit.objects.filter(pk__in=[line.unit.pk for line in ending if line.unit]).values_list("pk", "path"))
    return sorted(ending, key=lambda line: -len(paths[line.unit.pk] if line.unit else ""))


def _close(line: Line, units: dict[Ref, Unit], by: journal.Actor) -> None:
    if line.unit is None:
        return
    if line.into is None:
        close_unit(line.unit, last_day=line.facts["valid_to"], by=by)
    else:
        merge_unit(line.unit, _of(line.into, units), last_day=line.facts["valid_to"], by=by)


class _at:
    """Says in which row it was when an action refuses."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> None:
        if isinstance(problem, Invalid):
            row = {"row": self.line.row.number, "unit": self.line.name, "sentence": problem.sentence}
            raise Invalid(_("第 %(row)s 行（%(unit)s）：%(sentence)s") % row) from problem
