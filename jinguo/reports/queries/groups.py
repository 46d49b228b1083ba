"""The parts a campaign's units are shown by: each county with all below it, then the rest by class."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, Value, When

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
        units: how many units of it the notice went to.
        paths: ranges that belong to it, or, for a class, ranges that do not.
    """

    code: str
    name: str
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
    counties = list(Unit.objects.filter(parent=campaign.office.unit, unit_class=UnitClass.FEDERATION).order_by("path"))
    ranges = [subtree_range(county.path) for county in counties]
    many: Counter[str] = Counter()
    for path, unit_class in campaign.circulations.values_list("unit__path", "unit__unit_class"):
        inside = next((c.code for c, (low, high) in zip(counties, ranges, strict=True) if low <= path < high), "")
        many[inside or unit_class] += 1
    found = [
        Group(county.code, county.short_name or county.name, True, many[county.code], (span,))
        for county, span in zip(counties, ranges, strict=True)
        if many[county.code]
    ]
    return found + [
        Group(str(kind), class_name(kind), False, many[kind], tuple(ranges)) for kind in CLASSES if many[kind]
    ]


def group_key(groups: list[Group], lead: str) -> Any:
    """An expression that gives the code of the part a row's unit stands in."""
    cases = [When(group.holds(lead), then=Value(group.code)) for group in groups if group.is_county]
    return Case(*cases, default=F(f"{lead}unit_class")) if cases else F(f"{lead}unit_class")
