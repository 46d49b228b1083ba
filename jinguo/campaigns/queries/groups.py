"""The parts a campaign's units are shown by: each county with all below it, then the rest by class."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from jinguo.campaigns.models import Campaign
from jinguo.campaigns.words import class_name
from jinguo.federation.models import Unit
from jinguo.federation.models.unit import UnitClass, subtree_range
from jinguo.federation.queries.map import place_name

# In this order, after the counties (which stand in the order of the tree, never ranked).
CLASSES = (
    UnitClass.COMMITTEE,
    UnitClass.ENTERPRISE,
    UnitClass.NEW_ORG,
    UnitClass.HOME,
    UnitClass.FEDERATION,
    UnitClass.OUTSIDE,
)


@dataclass(frozen=True)
class Group:
    """A part: a county's subtree, or all units of one class that stand in no county.

    Attributes:
        code: the county's code, or the class.
        letter: one character that names it in a narrow matrix.
        units: how many units of it the notice went to.
        paths: ranges that belong to it, or, for a class, ranges that do not.
    """

    code: str
    name: str
    letter: str
    is_county: bool
    units: int
    paths: tuple[tuple[str, str], ...]

    def holds(self, lead: str = "") -> Q:
        """The filter for rows whose unit (reached by `lead`, e.g. "unit__") stands in this part."""
        inside = Q(pk__in=[])
        for low, high in self.paths:
            inside |= Q(**{f"{lead}path__gte": low, f"{lead}path__lt": high})
        if self.is_county:
            return inside
        return Q(**{f"{lead}unit_class": self.code}) & ~inside


@dataclass(frozen=True)
class Sorter:
    """Says in which part of a city a unit stands, from its path and class alone.

    Attributes:
        counties: the federations right below the issuing unit, in the order of the tree.
        top: length of the path of the issuing unit.
    """

    counties: list[Unit]
    top: int

    def part(self, path: str, unit_class: str) -> str:
        """The code of the county the unit is or stands below, else its class."""
        return self._codes.get(path[: path.find("/", self.top) + 1], unit_class)

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {county.path: county.code for county in self.counties}

    def groups(self, many: Mapping[str, int]) -> list[Group]:
        """The parts that hold at least one unit, counties first. `many`: how many units each holds."""
        spans = [subtree_range(county.path) for county in self.counties]
        found: list[Group] = []
        for county, span in zip(self.counties, spans, strict=True):
            if many.get(county.code):
                name = place_name(county)
                found.append(Group(county.code, name, _letter(name, found), True, many[county.code], (span,)))
        for kind in CLASSES:
            if many.get(str(kind)):
                name = class_name(kind)
                found.append(Group(str(kind), name, _letter(name, found), False, many[str(kind)], tuple(spans)))
        return found


def sorter_of(campaign: Campaign) -> Sorter:
    """For the units below the one that issued it."""
    counties = Unit.objects.filter(parent_id=campaign.office.unit_id, unit_class=UnitClass.FEDERATION).order_by("path")
    return Sorter(list(counties), len(campaign.office.unit.path))


def groups_of(campaign: Campaign) -> list[Group]:
    """The parts that hold at least one addressed unit, counties first, in the order of the tree."""
    sorter = sorter_of(campaign)
    addressed = campaign.circulations.values_list("unit__path", "unit__unit_class").order_by()
    return sorter.groups(Counter(sorter.part(path, kind) for path, kind in addressed))


def _letter(name: str, before: list[Group]) -> str:
    taken = {group.letter for group in before}
    return next((letter for letter in name.removeprefix("市") if letter not in taken), name[0])
