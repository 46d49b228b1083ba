"""The register of deeds: what stands in it, what is told and not entered yet, and what may be shown of small groups."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from jinguo.campaigns.models import Campaign
from jinguo.reports.models import Deed, Return, ReturnVersion, Told
from jinguo.reports.models.deed import SENSITIVE, CountedIn, ForWhom
from jinguo.reports.queries.figures import counted_returns
from jinguo.reports.suppression import suppressed

FEW = "few"  # the groups whose counts are hidden, together
MOST = 30  # proposals on one page
_RESULT = re.compile(
    r"[^。；;\n]*(?:解决|帮助|发放|送去|办好|办成|修|协调|落实|申请到|对接|救助|达成)[^。；;\n]*[。；;]?"
)

_LISTED = re.compile(r"(?:实事|难事|好事|难题)[^。：:\n]{0,6}件[：:](?P<items>[^。\n]+)")
_ITEM = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[一二三四五]是)\s*")
_MANY = re.compile(r"(?P<n>\d{1,6})\s*(?:名|位)?(?P<u>户|人次|人|名|位|个家庭)")
_UNITS = {
    "户": CountedIn.HOUSEHOLDS, "个家庭": CountedIn.HOUSEHOLDS, "人次": CountedIn.PERSON_TIMES, "人": CountedIn.PERSONS,
    "名": CountedIn.PERSONS, "位": CountedIn.PERSONS,
}  # fmt: skip
_WHOM = (
    (ForWhom.HARMED, "受侵害|受害|家暴|家庭暴力|被打"), (ForWhom.ILL, "患病|两癌|重病|患者"), (ForWhom.SINGLE, "单亲"), (ForWhom.DISABLED, "残疾"),
    (ForWhom.POOR, "困境|困难|低收入|低保|贫困"), (ForWhom.JOB_SEEKERS, "求职|就业|创业|招聘"), (ForWhom.ELDERLY, "老人|老年|敬老"),
    (ForWhom.CHILDREN, "儿童|孩子|学生"), (ForWhom.WORKERS, "女职工"), (ForWhom.FAMILIES, "家庭"),
)  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """A deed an accepted return tells of and the register does not hold yet; `number`: its place among that return's.
    `benefited`, `counted_in`: as its own words say, else as the return does."""

    given: Return
    version: ReturnVersion
    number: int
    title: str
    result: str
    for_whom: str = ForWhom.WOMEN
    benefited: int | None = None
    about: bool = False
    counted_in: str = CountedIn.PERSONS


@dataclass(frozen=True)
class Group:
    """Deeds of one sensitive group as they may be shown; those that are too few stand together as `FEW`, unnamed: who sees
    that a unit has told one deed more than are listed shall not see for whom. `deeds` None: not said."""

    code: str
    name: str
    deeds: int | None


@dataclass(frozen=True)
class Register:
    """The register of one campaign.

    Attributes:
        listed: deeds named one by one; `counted`: how many count: of returns that tell of one event those of one.
        twice: row numbers of deeds that are not counted, for another return of the same event tells them.
        groups, total: sensitive groups with small counts hidden.
    """

    listed: list[Deed]
    hidden: list[Deed]
    counted: int
    twice: frozenset[int]
    groups: list[Group]
    total: int | None

    @property
    def sayable(self) -> int:
        """How many there are, as far as it may be said: beside the named ones a sum would give a hidden count away."""
        if self.total is not None:
            return self.counted
        return sum(deed.pk not in self.twice for deed in self.listed)


def register_of(campaign: Campaign) -> Register:
    """Everything registered, each event's deeds once: of several returns that tell of it those of the fullest count."""
    rows = Deed.objects.standing().filter(campaign=campaign).select_related("given__unit", "version")
    deeds = list(rows.order_by("given__unit__path", "given_id", "position"))
    many = Counter(deed.given_id for deed in deeds)
    told = Told.objects.filter(confirmed=True, given__in=many).values_list("given", "event")
    events = {given: f"return:{given}" for given in many} | dict(told)
    best: dict[str, int] = {}
    for given in sorted(many, key=lambda one: (-many[one], one)):
        best.setdefault(events[given], given)
    twice = frozenset(deed.pk for deed in deeds if best[events[deed.given_id]] != deed.given_id)
    counted = [deed for deed in deeds if deed.pk not in twice]
    quiet = Counter(deed.for_whom for deed in counted if deed.is_sensitive)
    names = [one for one in ForWhom if one in SENSITIVE]
    shown, total = suppressed([quiet[one] for one in names])
    groups = [Group(str(one.value), str(one.label), number) for one, number in zip(names, shown, strict=True) if number]
    if None in shown:
        groups.append(Group(FEW, str(_("件数少的群体")), None))
    return Register(
        [deed for deed in deeds if not deed.is_sensitive], [deed for deed in deeds if deed.is_sensitive],
        len(counted), twice, groups, total if quiet else 0,
    )  # fmt: skip


def proposals_of(campaign: Campaign) -> list[Proposal]:
    """The next deed to register of each accepted return that tells more than the register holds, in the order of the tree."""
    rows = counted_returns(campaign).exclude(accepted=None).filter(accepted__deeds__gt=0)
    entered = Count("deeds", filter=Q(deeds__removed_at=None))
    rows = rows.annotate(entered=entered).filter(entered__lt=F("accepted__deeds"))
    found = []
    for given in rows.select_related("unit", "accepted").order_by("unit__path", "pk")[:MOST]:
        version: Any = given.accepted
        taken = (
            set(Deed.objects.standing().filter(given=given).values_list("position", flat=True)) if given.entered else ()
        )
        number = next(n for n in range(1, version.deeds + 1) if n not in taken)
        found.append(_proposal(given, version, number))
    return found


def _proposal(given: Return, version: Any, number: int) -> Proposal:
    """Deed `number` in its own words where the report lists them (办实事3件：……；……), else in the activity's."""
    listed = deeds_in(version)
    if not number <= len(listed) <= version.deeds:
        whom = whom_in(version.title)
        return Proposal(
            given,
            version,
            number,
            version.title,
            result_in(version),
            whom,
            version.benefited,
            bool(version.benefited_about),
        )
    said = listed[number - 1]
    many = _MANY.search(said)
    unit = _UNITS[many["u"]] if many else CountedIn.PERSONS
    return Proposal(
        given, version, number, said[:100], "", whom_in(said), int(many["n"]) if many else None, False, unit
    )


def deeds_in(version: Any) -> list[str]:
    """The deeds a report lists one by one after their number."""
    for text in (version.summary, version.body):
        if found := _LISTED.search(text):
            items = [_ITEM.sub("", item).strip(" ，,") for item in re.split(r"[；;]", found["items"])]
            return [item for item in items if item]
    return []


def whom_in(text: str) -> str:
    """Whom words speak of, the most in need of quiet first; proposed, never entered by itself."""
    return next((str(whom.value) for whom, words in _WHOM if re.search(words, text)), str(ForWhom.WOMEN.value))


def result_in(version: ReturnVersion) -> str:
    """The sentence of a report that tells a result; "" where none does. Proposed, never entered by itself."""
    for text in (version.summary, version.body):
        found = _RESULT.search(text)
        if found:
            return found[0].strip()[:200]
    return ""
