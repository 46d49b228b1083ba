"""The parts a campaign's units are shown by: each county with all below it, then the rest by class."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from jinguo.campaigns.models import Campaign
from jinguo.federation.models import Unit
from jinguo.federation.models.unit import UnitClass, subtree_range
from jinguo.reports.words import class_name

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


def groups_of(campaign: Campaign) -> list[Group]:
    """The parts that hold at least one addressed unit, counties first, in the order of the tree."""
    top = Q(parent=campaign.office.unit, unit_class=UnitClass.FEDERATION)
    addressed = Exists(campaign.circulations.filter(unit=OuterRef("pk")))
    rows = list(Unit.objects.annotate(addressed=addressed).filter(top | Q(addressed=True)).order_by("path"))
    counties = [
        row for row in rows if row.parent_id == campaign.office.unit_id and row.unit_class == UnitClass.FEDERATION
    ]
    ranges = [subtree_range(county.path) for county in counties]
    many: Counter[str] = Counter()
    for row in rows:
        if row.addressed:
            inside = next(
                (c.code for c, (low, high) in zip(counties, ranges, strict=True) if low <= row.path < high), ""
            )
            many[inside or row.unit_class] += 1
    found: list[Group] = []
    for county, span in zip(counties, ranges, strict=True):
        if many[county.code]:
            name = county_name(county)
            found.append(Group(county.code, name, _letter(name, found), True, many[county.code], (span,)))
    for kind in CLASSES:
        if many[kind]:
            name = class_name(kind)
            found.append(Group(str(kind), name, _letter(name, found), False, many[kind], tuple(ranges)))
    return found


def county_name(county: Unit) -> str:
    """What a county is called in a heading: 平定县, without 妇联."""
    name = county.short_name or county.name
    return name.removesuffix("妇女联合会").removesuffix("妇联") or name


def _letter(name: str, before: list[Group]) -> str:
    taken = {group.letter for group in before}
    return next((letter for letter in name.removeprefix("市") if letter not in taken), name[0])


def group_key(groups: list[Group], lead: str) -> Any:
    """An expression that gives the code of the part a row's unit stands in."""
    cases = [When(group.holds(lead), then=Value(group.code)) for group in groups if group.is_county]
    return Case(*cases, default=F(f"{lead}unit_class")) if cases else F(f"{lead}unit_class")
