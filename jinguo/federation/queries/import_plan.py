"""What a workbook of units would change, before anything is changed: added, changed, moved, closed, merged, or nothing.

Only reads. `actions.tree_import` shows the plan, and makes it again inside the transaction that carries it out.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from jinguo.federation.columns import UNIT_HEADS, class_labels, level_labels
from jinguo.federation.models import Unit
from jinguo.federation.queries.import_known import Known, Ref
from jinguo.federation.queries.import_posts import Term, terms_of
from jinguo.federation.queries.import_rows import Book, Fault, Row
from jinguo.federation.queries.workbook import MOST
from jinguo.lib import clock

FACTS = ("name", "short_name", "unit_class", "level", "sector", "division_code", "duty_phone", "valid_from")


MOST_CHANGED = 5_000  # units one workbook may change: some ten seconds in which nobody else can write


class Kind(StrEnum):
    """What happens to a unit; a line may be of several kinds, the first of them names it."""

    ADD = "add"
    MERGE = "merge"
    CLOSE = "close"
    REOPEN = "reopen"
    MOVE = "move"
    CHANGE = "change"


@dataclass
class Line:
    """One unit of the workbook.

    Attributes:
        ref: the unit, or the number of its row when it is new.
        facts: what `edit_unit` or `plant_units` is to write; `aliases` and `mails` only where they change.
        above, into: the new unit above, and the heir.
        contacts, groups: the whole new list, or None where nothing changes.
        terms: posts that begin a new term, each with everybody who holds it.
        says: (what, before, after) in words, for the preview.
    """

    row: Row
    ref: Ref
    kinds: list[Kind] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    aliases: tuple[str, ...] | None = None
    mails: tuple[str, ...] | None = None
    above: Ref | None = None
    into: Ref | None = None
    contacts: list[dict[str, str]] | None = None
    groups: list[dict[str, Any]] | None = None
    terms: list[Term] = field(default_factory=list)
    says: list[tuple[str, str, str]] = field(default_factory=list)
    name: str = ""

    @property
    def unit(self) -> Unit | None:
        return self.ref if isinstance(self.ref, Unit) else None

    def note(self, kind: Kind, what: str, before: str, after: str) -> None:
        if kind not in self.kinds:
            self.kinds.append(kind)
        self.says.append((what, before, after))


@dataclass
class Plan:
    """All lines that change something, how many do not, and what is wrong; with a fault nothing can be written. `unread`:
    (sheet, head) of columns, and (sheet, "") of sheets, that say nothing here."""

    lines: list[Line] = field(default_factory=list)
    same: int = 0
    faults: list[Fault] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Changes when what would be done changes: what was looked at is what is done, or nothing."""
        said = [(line.row.number, line.unit.code if line.unit else "", line.kinds, line.says) for line in self.lines]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:24]

    def counts(self) -> dict[str, int]:
        """Kind → lines that this kind names."""
        found: dict[str, int] = {}
        for line in self.lines:
            found[line.kinds[0]] = found.get(line.kinds[0], 0) + 1
        return found


def plan_of(actor: Any, book: Book) -> Plan:
    """What this person may do with this workbook. Units she may not change are as if they were not there."""
    plan = Plan(faults=list(book.faults), unread=list(book.unread))
    if len(book.units) > MOST:
        sentence = _("一次最多 %(most)s 家单位。请分开导入，全国的区划用命令行。") % {"most": f"{MOST:,}"}
        plan.faults.append(Fault(book.units[0].sheet, "A1", sentence))
        return plan
    known = Known(actor, book)
    lines: dict[Ref, Line] = {}
    for row in book.units:
        line = _line(row, known, plan)
        if line is None:
            continue
        if line.ref in lines:
            twice = _("和第 %(row)s 行是同一家单位，请只留一行。") % {"row": lines[line.ref].row.number}
            plan.faults.append(Fault(row.sheet, row.cell("name"), twice))
            continue
        lines[line.ref] = line
    _check_twins(lines, plan)
    for line in lines.values():
        _compare(line, known, plan)
    _keep_inherited(lines, known)
    _people(book, known, lines, plan)
    _posts(book, known, lines, plan)
    _check_endings(lines, plan)
    plan.lines = [line for line in lines.values() if line.kinds]
    plan.same = len(lines) - len(plan.lines)
    if len(plan.lines) > MOST_CHANGED:
        said = {"n": f"{len(plan.lines):,}", "most": f"{MOST_CHANGED:,}"}
        sentence = _("这份表要改 %(n)s 家，一次最多改 %(most)s 家。请分成几份导入，全国的区划用命令行。") % said
        plan.faults.append(Fault(plan.lines[0].row.sheet, "A1", sentence))
    return plan


def _line(row: Row, known: Known, plan: Plan) -> Line | None:
    """Which unit a row is about: by its code, its division, its name below the unit above; else a new one."""
    said = row.said
    if said.get("code"):
        unit = known.by_code.get(said["code"])
        if unit is None:
            sentence = _("没有这个编号的单位。新单位请把编号空着。")
            plan.faults.append(Fault(row.sheet, row.cell("code"), sentence))
            return None
        return Line(row, unit, name=said.get("name") or unit.name)
    if not said.get("name"):
        if "name" in said:
            plan.faults.append(Fault(row.sheet, row.cell("name"), _("请写全称。")))
        return None
    above = _above(row, known, plan)
    if above is False:
        return None
    standing = known.standing(said, above if not isinstance(above, bool) else None)
    if len(standing) > 1:
        sentence = _("有不止一家叫这个名字，请写单位编号，或者写清上级。")
        plan.faults.append(Fault(row.sheet, row.cell("name"), sentence))
        return None
    if standing:
        return Line(row, standing[0], name=said["name"])
    line = Line(row, row.number, above=above, name=said["name"])
    return line if _new(line, known, plan) else None


def _check_twins(lines: dict[Ref, Line], plan: Plan) -> None:
    """The same new unit twice: a row was pasted two times."""
    first: dict[tuple[str, Ref | None], Line] = {}
    for line in lines.values():
        if line.unit is None and (other := first.setdefault((line.name, line.above), line)) is not line:
            twice = _("和第 %(row)s 行是同一家单位，请只留一行。") % {"row": other.row.number}
            plan.faults.append(Fault(line.row.sheet, line.row.cell("name"), twice))


def _new(line: Line, known: Known, plan: Plan) -> bool:
    """A unit to be added needs a class, a level and a unit above."""
    row, said = line.row, line.row.said
    for key in ("unit_class", "level"):
        if not said.get(key):
            if key in said or key not in row.at:
                sentence = _("新单位要写%(what)s。") % {"what": UNIT_HEADS[key]}
                plan.faults.append(Fault(row.sheet, row.cell(key), sentence))
            return False
    if said.get("valid_to"):
        plan.faults.append(Fault(row.sheet, row.cell("valid_to"), _("新单位不写最后一天，请空着。")))
        return False
    if line.above is None:
        plan.faults.append(Fault(row.sheet, row.cell("above"), _("新单位要写上级的全称或编号。")))
        return False
    line.facts = {key: said[key] for key in FACTS if said.get(key)}
    line.facts.setdefault("short_name", short_of(said["name"]))
    line.aliases, line.mails = said.get("aliases", ()), said.get("mails", ())
    line.note(Kind.ADD, str(_("上级")), "", known.name_of(line.above))
    line.says += [(UNIT_HEADS[key], "", _shown(key, value)) for key, value in line.facts.items() if key != "name"]
    for key in ("aliases", "mails"):
        if said.get(key):
            line.says.append((UNIT_HEADS[key], "", "、".join(said[key])))
    return True


def short_of(name: str) -> str:
    """The usual short form of a full name."""
    pairs = (("妇女联合会", "妇联"), ("妇女委员会", "妇委会"), ("女职工委员会", "女工委"))
    for full, short in pairs:
        name = name.replace(full, short)
    return name[:40]


def _above(row: Row, known: Known, plan: Plan) -> Ref | bool | None:
    """The unit above as the row names it; None when it names none, False when that is a fault."""
    code, name = row.said.get("above_code", ""), row.said.get("above", "")
    by_code = known.by_code.get(code) if code else None
    if code and by_code is None:
        plan.faults.append(Fault(row.sheet, row.cell("above_code"), _("没有这个编号的单位，请核对上级编号。")))
        return False
    if by_code is not None:
        if name and name not in {by_code.name, by_code.short_name}:
            sentence = _("上级编号是%(unit)s，和“上级”一栏对不上。请改对一个，另一个空着。") % {"unit": by_code.name}
            plan.faults.append(Fault(row.sheet, row.cell("above"), sentence))
            return False
        return by_code
    return _named(row, "above", known, plan) if name else None


def _named(row: Row, key: str, known: Known, plan: Plan) -> Ref | bool:
    """The one unit a cell names, in being or in this workbook; False with a fault when there is none or more than one."""
    found = known.named(row.said[key])
    if len(found) == 1:
        return found[0]
    sentence = (
        _("有不止一家叫这个名字，请改写单位编号；是表里新加的，先导入它，再导入它的下级。")
        if found
        else _("没有找到这个单位，请写全称或编号，一字不差。")
    )
    plan.faults.append(Fault(row.sheet, row.cell(key), sentence))
    return False


def _compare(line: Line, known: Known, plan: Plan) -> None:
    """What a row says against what the unit is."""
    unit, said = line.unit, line.row.said
    if unit is None:
        return
    for key in FACTS:
        if key not in said or (key in {"name", "short_name", "unit_class", "level"} and not said[key]):
            continue
        before = getattr(unit, key)
        if before != said[key]:
            line.facts[key] = said[key]
            line.note(Kind.CHANGE, UNIT_HEADS[key], _shown(key, before), _shown(key, said[key]))
    for key, before in (("aliases", known.aliases(unit)), ("mails", known.mails(unit))):
        if key in said and not _alike(key, said[key], before):
            setattr(line, key, said[key])
            line.note(Kind.CHANGE, UNIT_HEADS[key], "、".join(before), "、".join(said[key]))
    above = _above(line.row, known, plan)
    if above and above is not True and unit.parent is not None and above != unit.parent:
        line.above = above
        line.note(Kind.MOVE, str(_("上级")), unit.parent.name, known.name_of(above))
    _compare_ending(line, unit, known, plan)


def _compare_ending(line: Line, unit: Unit, known: Known, plan: Plan) -> None:
    said = line.row.said
    if "valid_to" not in said:
        return
    into: Ref | bool | None = None
    if said.get("into"):
        into = _named(line.row, "into", known, plan)
        if into is False:
            return
    last = said["valid_to"]
    if last is None:
        if into is not None:
            plan.faults.append(Fault(line.row.sheet, line.row.cell("valid_to"), _("并入别的单位要写最后一天。")))
        elif unit.valid_to is not None:
            line.note(Kind.REOPEN, UNIT_HEADS["valid_to"], unit.valid_to.isoformat(), "")
        return
    if (last, into) == (unit.valid_to, unit.merged_into):
        return
    line.facts["valid_to"] = last
    before = unit.valid_to.isoformat() if unit.valid_to else ""
    if into is None:
        line.note(Kind.CLOSE, UNIT_HEADS["valid_to"], before, last.isoformat())
        return
    line.into = into
    line.note(Kind.MERGE, UNIT_HEADS["valid_to"], before, last.isoformat())
    line.says.append((UNIT_HEADS["into"], unit.merged_into.name if unit.merged_into else "", known.name_of(into)))


def _keep_inherited(lines: dict[Ref, Line], known: Known) -> None:
    """An heir's row was written before it took over names and addresses: what the absorbed unit left it stays."""
    for line in lines.values():
        unit = line.unit
        if unit is None or (line.aliases is None and line.mails is None):
            continue
        names, mails = known.left_to(unit)
        for key, left, before in (("aliases", names, known.aliases(unit)), ("mails", mails, known.mails(unit))):
            wanted = getattr(line, key)
            if wanted is None:
                continue
            kept = (*wanted, *(each for each in before if each in left and each not in wanted))
            if _alike(key, kept, before):
                setattr(line, key, None)
                line.says = [said for said in line.says if said[0] != UNIT_HEADS[key]]
                if not line.says and line.kinds == [Kind.CHANGE]:
                    line.kinds = []
            else:
                setattr(line, key, kept)


def _people(book: Book, known: Known, lines: dict[Ref, Line], plan: Plan) -> None:
    """Contacts and groups: the rows of a unit are its whole list; a unit without a row keeps what it has."""
    for rows, present, what in (
        (book.contacts, book.has_contacts, "contacts"),
        (book.groups, book.has_groups, "groups"),
    ):
        if not present:
            continue
        for ref, own in _by_owner(rows, known, plan).items():
            line = lines.get(ref) or Line(own[0], ref, name=known.name_of(ref))
            if known.put_people(line, what, own):
                head = str(_("联系人") if what == "contacts" else _("微信群"))
                kind = Kind.CHANGE if line.unit else Kind.ADD
                line.note(kind, head, known.how_many(line.unit, what), str(len(own)))
                lines[ref] = line


def _posts(book: Book, known: Known, lines: dict[Ref, Line], plan: Plan) -> None:
    """Posts: the rows of one post of a unit are everybody who holds it; a post without a row stays as it is."""
    for ref, own in _by_owner(book.posts, known, plan).items():
        unit = ref if isinstance(ref, Unit) else None
        found, faults = terms_of(unit, own)
        plan.faults += faults
        if found:
            line = lines.get(ref) or Line(own[0], ref, name=known.name_of(ref))
            line.terms = found
            for term in found:
                line.note(Kind.CHANGE if unit else Kind.ADD, term.label, "、".join(term.before), "、".join(term.names))
            lines[ref] = line


def _by_owner(rows: list[Row], known: Known, plan: Plan) -> dict[Ref, list[Row]]:
    found: dict[Ref, list[Row]] = {}
    for row in rows:
        ref = _owner(row, known, plan)
        if ref is not None:
            found.setdefault(ref, []).append(row)
    return found


def _alike(key: str, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Addresses are written to in order; other names have none."""
    return set(one) == set(other) if key == "aliases" else one == other


def _owner(row: Row, known: Known, plan: Plan) -> Ref | None:
    if row.said.get("code"):
        unit = known.by_code.get(row.said["code"])
        if unit is None:
            plan.faults.append(Fault(row.sheet, row.cell("code"), _("没有这个编号的单位，请核对。")))
        return unit
    if not row.said.get("unit"):
        plan.faults.append(Fault(row.sheet, row.cell("unit"), _("请写是哪个单位的。")))
        return None
    found = _named(row, "unit", known, plan)
    return None if isinstance(found, bool) else found


def _check_endings(lines: dict[Ref, Line], plan: Plan) -> None:
    """A unit with others below it cannot end, unless they end or move away in the same workbook."""
    ending = {line.unit.pk: line for line in lines.values() if line.unit and "valid_to" in line.facts}
    for part in _parts(list(ending)):
        gone = Q(pk__in=[line.unit.pk for line in lines.values() if line.unit and _leaves(line)])
        rows = Unit.objects.alive(clock.today() + timedelta(days=1)).filter(parent__in=part).exclude(gone)
        for parent in set(rows.values_list("parent", flat=True)):
            row = ending[parent].row
            sentence = _("它还有下级单位。请在表里把下级一起撤并，或者改到别的上级下面。")
            plan.faults.append(Fault(row.sheet, row.cell("valid_to"), sentence))


def _leaves(line: Line) -> bool:
    return "valid_to" in line.facts or line.above is not None


def _parts(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _shown(key: str, value: Any) -> str:
    if key == "unit_class":
        return class_labels().get(value, str(value))
    if key == "level":
        return level_labels().get(value, str(value))
    return "" if value is None else str(value)
