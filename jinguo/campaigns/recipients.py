"""Recipient phrases (主送单位) → units of the tree.

What lives here: the grammar of a phrase such as 各县（区）妇联, 县直各单位妇委会、女职委 or 各乡镇（街道）妇联（石桥镇除外）, and the
look-up of the units it stands for below the issuing unit. What does not: choosing among them, which is a person's act
(`actions.plan`). A word that leads nowhere is returned, never guessed away; 有关单位 names nobody and resolves to nobody.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import AddressGroup
from jinguo.campaigns.phrases import Named, Reading, cut_exceptions, read_phrase, split_names
from jinguo.federation.models import Alias, Unit
from jinguo.federation.models.unit import Level, UnitClass, UnitRows

MEANINGS = {
    "city": _("市级"),
    "county": _("县级"),
    "township": _("乡镇（街道）"),
    "village": _("村（社区）"),
    "scope": _("本级以下"),
    "all_levels": _("各级"),
    "below": _("本级以下各单位"),
    "direct": _("本级直属单位"),
    "federation": _("妇联"),
    "committee": _("市直单位妇女组织"),
    "enterprise": _("企业"),
    "home": _("妇女之家"),
    "new_org": _("新经济组织和新社会组织"),
    "state": _("国有企业"),
    "province": _("省属企业"),
    "private": _("民营企业"),
    "institution": _("事业单位"),
    "body_committee": _("妇女委员会"),
    "body_staff": _("女职工委员会"),
    "body_any": _("妇女组织"),
    "branch": _("按单位名称"),
    "except": _("除外"),
    "unit": _("点名的单位"),
    "group": _("通讯组"),
    "vague": _("没有写明是哪些"),
}

GENERATIONS = 9  # a unit merged into one that was merged, and so on
_BODY_NAMES = {"body_committee": ("妇女委员会", "妇委会"), "body_staff": ("女职工委员会", "女工委", "女职委")}
_OWN_BODIES = (
    "妇女联合会",
    "妇联",
    "妇女委员会",
    "妇委会",
    "女职工委员会",
    "女工委",
)  # what 市教育局 alone may stand for
_SUFFIXES = ("妇女联合会", "妇联", "妇女委员会", "妇委会", "女职工委员会", "女工委", "妇女之家", "妇女组织")


def meaning_words(meaning: str) -> str:
    """What a stretch of a phrase was taken for, in words: a key of `MEANINGS`, or `sectors:` with several of them."""
    keys = meaning.removeprefix("sectors:").replace("+", " ").split()
    return "、".join(str(MEANINGS.get(key, key)) for key in keys)


@dataclass(frozen=True)
class Resolution:
    """What a phrase stands for.

    Attributes:
        units: row ids, in the order of the tree.
        words: [words of the phrase, what they were taken for (`meaning_words`)] pairs, in the order of the phrase.
        unresolved: words that led nowhere; "" when every word was understood.
    """

    units: tuple[int, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    unresolved: str = ""


@dataclass
class _Search:
    """The units that may be meant: those below the issuer that are in being on the day."""

    issuer: Unit
    day: date
    words: list[tuple[int, str, str]] = field(default_factory=list)

    def rows(self, under: Unit | None = None) -> UnitRows:
        return Unit.objects.alive(self.day).under(self.issuer if under is None else under)

    @cached_property
    def groups(self) -> list[AddressGroup]:
        """The saved groups of the issuer, the longest name first."""
        rows = AddressGroup.objects.filter(office__unit=self.issuer)
        return sorted(rows, key=lambda group: -len(group.name))

    def heirs(self, group: AddressGroup) -> set[int]:
        """The units of a group that are in being, and for the others those they were merged into."""
        found: set[int] = set()
        units = list(Unit.objects.filter(pk__in=group.members.values("unit")))
        for _generation in range(GENERATIONS):
            found |= {unit.pk for unit in units if unit.is_in_being(self.day)}
            ended = [unit.merged_into_id for unit in units if unit.merged_into_id and not unit.is_in_being(self.day)]
            if not ended:
                break
            units = list(Unit.objects.filter(pk__in=ended))
        return set(self.rows().filter(pk__in=found).values_list("pk", flat=True))

    def named(self, name: str, under: Unit | None = None) -> Unit | None:
        """The one unit of this name, short name or alias below the issuer; None when there is none or more than one."""
        wanted = [name, *(name + suffix for suffix in _OWN_BODIES)]
        rows = self.rows(under)
        found = list(rows.filter(Q(name__in=wanted) | Q(short_name__in=wanted))[:2])
        if not found:
            aliases = Alias.objects.filter(name__in=wanted, unit__in=rows).values("unit")
            found = list(rows.filter(pk__in=aliases)[:2])
        if not found and self.issuer.name and under is None:
            found = self._with_place(name)
        return found[0] if len(found) == 1 else None

    def _with_place(self, name: str) -> list[Unit]:
        """市教育局 for 阳泉市教育局…: the issuer's own place left out or put in front."""
        place = re.sub("妇女联合会$|妇联$", "", self.issuer.name)
        short = place[-1:]
        other = place + name[1:] if name.startswith(short) else name.removeprefix(place[:-1])
        if other == name:
            return []
        return list(self.rows().filter(Q(name__in=[other]) | Q(short_name__in=[other]))[:2])


def resolve(phrase: str, issuer: Unit, *, day: date) -> Resolution:
    """The units a recipient phrase stands for, below the issuing unit, on a day.

    Args:
        phrase: as written in the notice, without the final colon.
        issuer: the unit that issues; 各县（区）妇联 of a city are its own counties only.
    """
    search = _Search(issuer, day)
    text, exceptions = cut_exceptions(phrase)
    found, left = _meant(text, search)
    return _finish(search, found, exceptions, left)


def _meant(text: str, search: _Search) -> tuple[set[int], str]:
    """Row ids of the units a phrase without exceptions stands for, and the words that led nowhere."""
    text, grouped = _cut_groups(text, search)
    if not text.strip("、，；各和及与"):
        return grouped, ""
    named = _all_named(text, search)
    if named is not None:
        return grouped | {unit.pk for unit in named}, ""
    reading = read_phrase(text)
    scope = _scope(reading, search)
    search.words += reading.words
    if reading.vague or scope is None or not reading.says_whom:
        return grouped, text.strip("、，；")
    found = set(search.rows(scope).filter(_filter(reading, scope)).values_list("pk", flat=True))
    return grouped | found, reading.left


def _cut_groups(text: str, search: _Search) -> tuple[str, set[int]]:
    """The phrase without the names of saved groups (各会员单位), and the units they hold; a merged one's heir instead."""
    found: set[int] = set()
    for group in search.groups:
        match = re.search(rf"(?:各|全体|所有)?{re.escape(group.name)}(?=$|[、，；和及与])", text)
        if match is None or (match.start() and text[match.start() - 1] not in "、，；和及与"):
            continue
        search.words.append((match.start(), match[0], "group"))
        found |= search.heirs(group)
        text = text[: match.start()] + text[match.end() :]
    return text.strip("、，；"), found


def _all_named(text: str, search: _Search) -> list[Unit] | None:
    """The units when the phrase is nothing but names (城区、矿区妇联); None otherwise."""
    found: list[Unit] = []
    words: list[tuple[int, str, str]] = []
    for named in split_names(text, _SUFFIXES):
        unit = search.named(named.full) or search.named(named.bare)
        if unit is None:
            return None
        found.append(unit)
        words.append((named.at, named.words, "unit"))
    search.words += words
    return found or None


def _scope(reading: Reading, search: _Search) -> Unit | None:
    """Where to look: the issuer, or the unit whose place stands in front (平定县各乡镇妇联). None: no such place."""
    if reading.place is None:
        return search.issuer
    unit = search.named(reading.place.bare)
    if unit is None:
        return None
    search.words.append((reading.place.at, reading.place.words, "unit"))
    return unit


def _filter(reading: Reading, scope: Unit) -> Q:
    classes = _classes(reading)
    wanted = Q(unit_class__in=classes)
    if reading.levels:
        wanted &= Q(level__in=reading.levels) & _kinds_of_place(reading)
    if reading.direct:
        wanted &= (
            Q(level=reading.direct) | Q(parent=scope) if reading.direct == scope.level else Q(level=reading.direct)
        )
    if reading.sectors and UnitClass.ENTERPRISE in classes:
        wanted &= ~Q(unit_class=UnitClass.ENTERPRISE) | Q(sector__in=reading.sectors)
    if not reading.levels and not reading.all_levels and classes == {UnitClass.FEDERATION}:
        wanted &= Q(parent=scope)  # 各妇联: those directly below
    bodies = [name for body in reading.bodies for name in _BODY_NAMES.get(body, ())]
    if bodies and "body_any" not in reading.bodies:
        wanted &= _any_name(bodies)
    if reading.branches:
        wanted &= _any_name(reading.branches)
    return wanted


def _classes(reading: Reading) -> set[str]:
    if reading.classes:
        return reading.classes
    if "body_federation" in reading.bodies or reading.levels:
        return {UnitClass.FEDERATION}
    if reading.branches or reading.bodies:
        return {UnitClass.COMMITTEE, UnitClass.ENTERPRISE, UnitClass.NEW_ORG}
    return set()


def _any_name(parts: list[str]) -> Q:
    found = Q(pk__in=[])
    for part in parts:
        found |= Q(name__contains=part) | Q(short_name__contains=part)
    return found


# One kind of place alone narrows its level: 各街道妇联 leaves out the townships, 各社区妇联 the villages.
_NARROWED = (
    (Level.COUNTY, {"县"}, ("县妇",), True), (Level.COUNTY, {"区"}, ("区妇",), True),
    (Level.COUNTY, {"市"}, ("市妇",), True), (Level.COUNTY, {"旗"}, ("旗妇",), True),
    (Level.TOWNSHIP, {"街道"}, ("街道",), True), (Level.TOWNSHIP, {"乡", "镇"}, ("街道",), False),
    (Level.TOWNSHIP, {"乡"}, ("乡妇",), True), (Level.TOWNSHIP, {"镇"}, ("镇妇",), True),
    (Level.VILLAGE, {"社区"}, ("社区",), True), (Level.VILLAGE, {"村"}, ("社区",), False),
)  # fmt: skip


def _kinds_of_place(reading: Reading) -> Q:
    narrowed = Q()
    for level, kinds, names, holds in _NARROWED:
        if reading.places.get(level) == kinds:
            part = _any_name(list(names))
            narrowed &= ~Q(level=level) | (part if holds else ~part)
    return narrowed


def _finish(search: _Search, found: set[int], exceptions: list[Named], left: str) -> Resolution:
    """Take the exceptions away and put the units in the order of the tree."""
    for named in exceptions:
        search.words.append((named.at, named.words, "except"))
        for name in split_names(named.bare, _SUFFIXES):
            excepted = _excepted(name, search)
            if excepted is None:
                left = "、".join(filter(None, [left, name.words]))
            else:
                found -= excepted
    ordered = Unit.objects.filter(pk__in=found).order_by("path").values_list("pk", flat=True) if found else ()
    words = tuple((words, meaning) for _at, words, meaning in sorted(search.words))
    return Resolution(tuple(ordered), words, left)


def _excepted(name: Named, search: _Search) -> set[int] | None:
    """The units an exception takes away: a unit with all below it (城区除外), a saved group, or a kind of unit (街道除外).

    None when the words lead nowhere: then nothing is taken away, and they are said to be unresolved.
    """
    unit = search.named(name.full) or search.named(name.bare)
    if unit is not None:
        return set(search.rows().under(unit, itself=True).values_list("pk", flat=True))
    inner = _Search(search.issuer, search.day)
    for words in (name.full, name.bare, f"{name.bare}妇联"):
        found, left = _meant(words, inner)
        if found and not left:
            return found
    return None
