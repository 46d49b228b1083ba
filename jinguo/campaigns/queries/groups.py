"""The parts a campaign's units are shown by: each county with all below it, then the rest by class."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce

from jinguo.campaigns.models import Campaign
from jinguo.campaigns.words import class_name
from jinguo.federation.models import Unit
from jinguo.federation.models.unit import UnitClass, subtree_range

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
    counties = counties_of(campaign)
    spans = [subtree_range(county.path) for county in counties]
    cases = [
        When(path__gte=low, path__lt=high, then=Value(county.code))
        for county, (low, high) in zip(counties, spans, strict=True)
    ]
    part = Case(*cases, default=F("unit_class")) if cases else F("unit_class")
    addressed = Unit.objects.filter(circulations__campaign=campaign).annotate(part=part).order_by()
    many = dict(addressed.values_list("part").annotate(n=Count("pk")))
    found: list[Group] = []
    for county, span in zip(counties, spans, strict=True):
        if many.get(county.code):
            name = county_name(county)
            found.append(Group(county.code, name, _letter(name, found), True, many[county.code], (span,)))
    for kind in CLASSES:
        if many.get(str(kind)):
            name = class_name(kind)
            found.append(Group(str(kind), name, _letter(name, found), False, many[str(kind)], tuple(spans)))
    return found


def counties_of(campaign: Campaign) -> list[Unit]:
    """The federations right below the issuing unit."""
    rows = Unit.objects.filter(parent_id=campaign.office.unit_id, unit_class=UnitClass.FEDERATION)
    return list(rows.order_by("path"))


def county_name(county: Unit) -> str:
    """What a county is called in a heading: 平定县, without 妇联."""
    name = county.short_name or county.name
    return name.removesuffix("妇女联合会").removesuffix("妇联") or name


def _letter(name: str, before: list[Group]) -> str:
    taken = {group.letter for group in before}
    return next((letter for letter in name.removeprefix("市") if letter not in taken), name[0])


def group_number(groups: list[Group], lead: str) -> Any:
    """An expression that gives the place of the part in `groups` a row's unit stands in; -1 for none of them.

    Counties are found by halving, since the range of each lies apart: it is asked for each of sixty thousand rows.
    """
    classes = [
        When(**{f"{lead}unit_class": group.code}, then=Value(n))
        for n, group in enumerate(groups)
        if not group.is_county
    ]
    rest = Case(*classes, default=Value(-1)) if classes else Value(-1)
    spans = sorted((*span, n) for n, group in enumerate(groups) if group.is_county for span in group.paths)
    return Coalesce(_halved(spans, f"{lead}path"), rest) if spans else rest


def _halved(spans: list[tuple[str, str, int]], path: str) -> Any:
    half = len(spans) // 2
    low, high, number = spans[half]
    if len(spans) == 1:
        return Case(When(**{f"{path}__gte": low, f"{path}__lt": high}, then=Value(number)), default=Value(None))
    return Case(When(**{f"{path}__lt": low}, then=_halved(spans[:half], path)), default=_halved(spans[half:], path))
