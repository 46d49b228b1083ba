"""Units that may be one and the same: equal names, other names, pinyin, division codes or e-mail addresses."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations

from django.utils.translation import gettext as _

from jinguo.federation.models import Alias, MailAddress, ToldApart, Unit
from jinguo.lib import clock
from jinguo.search.pairs import pinyin_of

MOST = 5_000  # units compared at once; a larger tree is looked through county by county
MOST_ALIKE = 6  # more that share something (a typist's mailbox) are a custom, no mistake
_EVERYWHERE = {"federation", "home"}  # every village may have one of the same name
_FORMS = (("妇女联合会", "妇联"), ("妇女工作委员会", "妇委会"), ("妇女委员会", "妇委会"), ("女职工委员会", "女工委"))
_PLACE = re.compile(r"^[一-鿿]{1,10}?[省市县区旗](?=.{3,})")


@dataclass
class Pair:
    """Two units and why they look alike; `first` stands first in the tree."""

    first: Unit
    second: Unit
    reasons: list[str] = field(default_factory=list)


def levelled(name: str) -> str:
    """A name without blanks and signs, with one form for each kind of body: 妇女联合会 = 妇联."""
    text = "".join(sign for sign in unicodedata.normalize("NFKC", name).lower() if sign.isalnum())
    for full, short in _FORMS:
        text = text.replace(full, short)
    return text


def without_place(name: str) -> str:
    """The same without the place in front and without 市 alone: 阳泉市教育局 and 市教育局 are both 教育局."""
    short = _PLACE.sub("", name)
    return short.removeprefix("市") if len(short) > 4 else short


def look_alikes(scope: Unit) -> list[Pair] | None:
    """Pairs at or below a unit that look like one unit, strongest reasons first; None when there are too many units.

    Neither those somebody told apart nor merged and closed units are among them.
    """
    alive = Unit.objects.alive(clock.today()).under(scope, itself=True)
    units = {unit.pk: unit for unit in alive.select_related("parent")[: MOST + 1]}
    if len(units) > MOST:
        return None
    pairs: dict[tuple[int, int], Pair] = {}
    for reason, groups in _grounds(units):
        for ids in groups:
            if not 2 <= len(ids) <= MOST_ALIKE:
                continue
            for one, other in combinations(sorted(ids, key=lambda pk: units[pk].path), 2):
                if one in (units[other].parent_id,) or other in (units[one].parent_id,):
                    continue
                pair = pairs.setdefault((one, other), Pair(units[one], units[other]))
                if reason not in pair.reasons:
                    pair.reasons.append(reason)
    apart = set(ToldApart.objects.filter(first__in=units, second__in=units).values_list("first", "second"))
    found = [pair for (one, other), pair in pairs.items() if (min(one, other), max(one, other)) not in apart]
    return sorted(found, key=lambda pair: (-len(pair.reasons), pair.first.path, pair.second.path))


def _grounds(units: dict[int, Unit]) -> Iterable[tuple[str, list[set[int]]]]:
    """(why, groups of row ids that share it)."""
    every = list(units.values())
    bodies = [unit for unit in every if unit.unit_class not in _EVERYWHERE]
    coded = [unit for unit in every if unit.division_code]
    yield _("名称相同"), _grouped(every, lambda unit: (unit.parent_id, levelled(unit.name)))
    yield _("去掉地名后名称相同"), _grouped(bodies, lambda unit: without_place(levelled(unit.name)))
    yield (
        _("名称读音相同"),
        _grouped(every, lambda unit: (unit.parent_id, unit.unit_class, pinyin_of(levelled(unit.name)))),
    )
    yield _("区划代码和类别相同"), _grouped(coded, lambda unit: (unit.division_code, unit.unit_class))
    yield _("一家的别名是另一家的名称"), _called_alike(units)
    mails = defaultdict(set)
    for owner, address in MailAddress.objects.filter(unit__in=units).values_list("unit", "address"):
        mails[address].add(owner)
    yield _("登记了同一个邮箱"), list(mails.values())


def _grouped(units: Iterable[Unit], key: Callable[[Unit], object]) -> list[set[int]]:
    groups: dict[object, set[int]] = defaultdict(set)
    for unit in units:
        groups[key(unit)].add(unit.pk)
    return list(groups.values())


def _called_alike(units: dict[int, Unit]) -> list[set[int]]:
    names = defaultdict(set)
    for pk, unit in units.items():
        names[levelled(unit.name)].add(pk)
        names[levelled(unit.short_name)].add(pk)
    found: list[set[int]] = []
    for owner, alias in Alias.objects.filter(unit__in=units).values_list("unit", "name"):
        bearers = {pk for pk in names.get(levelled(alias), set()) if _near(units[pk], units[owner])}
        found += [{owner, pk} for pk in bearers - {owner}]
    return found


def _near(one: Unit, other: Unit) -> bool:
    """Villages of one name are many; only beside each other is an equal name a sign."""
    return one.parent_id == other.parent_id or one.unit_class not in _EVERYWHERE
