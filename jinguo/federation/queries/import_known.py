"""What the tree knows about the units a workbook names, fetched in few queries whatever its length."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from jinguo.federation.models import Alias, ChatGroup, Contact, MailAddress, Unit
from jinguo.federation.queries.import_rows import Book, Row
from jinguo.federation.queries.workbook import bearers, editable
from jinguo.lib import clock

if TYPE_CHECKING:
    from jinguo.federation.queries.import_plan import Line

Ref = Unit | int  # a unit that is there, or the number of the row that adds it
PART = 400
CONTACT_FACTS = ("title", "name", "phone", "mobile", "hours")
GROUP_FACTS: tuple[str, ...] = ("name", "keeper", "about")


class Known:
    """The units an actor may change, as far as a workbook names them."""

    def __init__(self, actor: Any, book: Book) -> None:
        self._rows = editable(actor).select_related("parent", "merged_into").prefetch_related(
            Prefetch("aliases", Alias.objects.order_by("pk")),
            Prefetch("mail_addresses", MailAddress.objects.order_by("position", "pk")),
            Prefetch("contacts", Contact.objects.order_by("position")),
            Prefetch("chat_groups", ChatGroup.objects.order_by("pk")),
            Prefetch("posts", bearers(), to_attr="bearers"),
            Prefetch("absorbed", Unit.objects.prefetch_related("aliases", "mail_addresses")),
        )  # fmt: skip
        self.by_code: dict[str, Unit] = {}
        self._by_name: dict[str, dict[int, Unit]] = defaultdict(dict)
        self._by_division: dict[str, dict[int, Unit]] = defaultdict(dict)
        self.new: dict[str, list[int]] = defaultdict(list)
        self._new_names: dict[int, str] = {}
        self._fetch(book)

    def _fetch(self, book: Book) -> None:
        people = [*book.contacts, *book.groups, *book.posts]
        rows = [*book.units, *people]
        codes = _words(rows, ("code", "above_code", "into"))
        names = _words(book.units, ("name", "above", "into")) | _words(people, ("unit",))
        for part in _parts(codes):
            self._take(self._rows.filter(code__in=part))
        for part in _parts(names):
            self._take(self._rows.filter(name__in=part))
            self._take(self._rows.filter(short_name__in=part))
        for part in _parts(_words(book.units, ("division_code",))):
            self._take(self._rows.filter(division_code__in=part))
        today = clock.today()
        for row in book.units:
            name = row.said.get("name")
            if name and not row.said.get("code"):
                self._new_names[row.number] = name
                alive = [unit for unit in self._by_name.get(name, {}).values() if unit.is_in_being(today)]
                if not any(_stands_there(unit, row.said) for unit in alive):
                    self.new[name].append(row.number)

    def _take(self, units: Iterable[Unit]) -> None:
        for unit in units:
            known = self.by_code.setdefault(unit.code, unit)
            self._by_name[unit.name][unit.pk] = known
            self._by_name[unit.short_name][unit.pk] = known
            if unit.division_code:
                self._by_division[unit.division_code][unit.pk] = known

    def named(self, words: str) -> list[Ref]:
        """The unit of this code; else the units in being of this name or short name, and the rows that add one of this name."""
        if words in self.by_code:
            return [self.by_code[words]]
        today = clock.today()
        alive: list[Ref] = [unit for unit in self._by_name.get(words, {}).values() if unit.is_in_being(today)]
        return [*alive, *self.new.get(words, [])]

    def standing(self, said: dict[str, Any], above: Ref | None) -> list[Unit]:
        """The units a row without a code may be about: of the same name at the same place, else the one of the same division
        and class. Nothing stands yet below a unit that is itself added.

        One in being comes first; one that has ended only when the row says it ended on that day.
        """
        same = [unit for unit in self._by_name.get(said["name"], {}).values() if unit.name == said["name"]]
        if above is not None:
            same = [unit for unit in same if isinstance(above, Unit) and unit.parent_id == above.pk]
        if found := _of_today(same, said):
            return found
        alike = [
            unit
            for unit in self._by_division.get(said.get("division_code") or "", {}).values()
            if unit.unit_class == (said.get("unit_class") or unit.unit_class)
        ]
        found = [] if same else _of_today(alike, said)
        return found if len(found) == 1 else []

    def name_of(self, ref: Ref) -> str:
        return ref.name if isinstance(ref, Unit) else self._new_names.get(ref, "")

    def aliases(self, unit: Unit) -> tuple[str, ...]:
        return tuple(alias.name for alias in unit.aliases.all())

    def mails(self, unit: Unit) -> tuple[str, ...]:
        return tuple(row.address for row in unit.mail_addresses.all())

    def left_to(self, unit: Unit) -> tuple[set[str], set[str]]:
        """Names and addresses that units merged into this one have left it."""
        names: set[str] = set()
        mails: set[str] = set()
        for gone in unit.absorbed.all():
            names |= {gone.name, gone.short_name, *self.aliases(gone)}
            mails |= set(self.mails(gone))
        return names, mails

    def how_many(self, unit: Unit | None, what: str) -> str:
        if unit is None:
            return ""
        return str(len(unit.contacts.all() if what == "contacts" else unit.chat_groups.all()))

    def put_people(self, line: "Line", what: str, rows: list[Row]) -> bool:
        """Write the new list of contacts or groups into the line, where it differs; whether it does."""
        if what == "contacts":
            wanted = [{key: row.said[key] for key in CONTACT_FACTS if key in row.said} for row in rows]
            if line.unit and not _differ(list(line.unit.contacts.all()), wanted):
                return False
            line.contacts = wanted
            return True
        groups = [{key: row.said[key] for key in GROUP_FACTS if key in row.said} for row in rows]
        groups = [group for group in groups if group.get("name")]
        if line.unit and not _differ(list(line.unit.chat_groups.all()), groups):
            return False
        line.groups = groups
        return True


def _of_today(units: list[Unit], said: dict[str, Any]) -> list[Unit]:
    today = clock.today()
    alive = [unit for unit in units if unit.is_in_being(today)]
    return alive or [unit for unit in units if unit.valid_to and unit.valid_to == said.get("valid_to")]


def _stands_there(unit: Unit, said: dict[str, Any]) -> bool:
    """Does a unit stand below the one a row names, as far as it names one?"""
    above = unit.parent
    code, name = said.get("above_code"), said.get("above")
    if above is None or not (code or name):
        return True
    return code == above.code if code else name in {above.code, above.name, above.short_name}


def _differ(standing: list[Contact] | list[ChatGroup], wanted: list[dict[str, Any]]) -> bool:
    """Whether a list of rows is not what is wanted; a fact a row does not name is no difference."""
    if len(standing) != len(wanted):
        return True
    return any(
        getattr(row, key) != value for row, facts in zip(standing, wanted, strict=True) for key, value in facts.items()
    )


def _words(rows: Iterable[Row], keys: tuple[str, ...]) -> set[str]:
    return {row.said[key] for row in rows for key in keys if row.said.get(key)}


def _parts(words: set[str]) -> Iterable[list[str]]:
    ordered = sorted(words)
    return (ordered[start : start + PART] for start in range(0, len(ordered), PART))
