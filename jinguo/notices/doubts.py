"""How sure the reader was of an item, what it asks about it, and which list cuts beside it a person may turn round. Pure.

Works on the stored JSON of a record: the desk needs a few keys of its leaves, and decoding them all would cost more than
the page. What the reader says in words (`questions`) is shown as it stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jinguo.notices.models import Item, ItemKind

_JOINTS = re.compile(r"[^，。；！？：、]{0,12}")  # 和, 以及一场 …
_BROKEN = re.compile(r"damaged|masked|broken")  # codes of remarks about a value that cannot be read for certain

# Why the reader cut a list, or did not: its rule → the reason in words.
_WHY: dict[str, str | Promise] = {
    "event.split.ji": _("“及”的两边都是完整的活动，多半一次办完，所以没有断开。"),
    "event.split.weak_heads": _("两边合起来才是一个活动名称，所以没有断开。"),
    "event.split.both_strong": _("两边都是完整的活动，所以断成了两项。"),
}
_ASKED_CUTS = ("event.split.ji",)  # both sides stand by themselves, so only a person can say whether it is one occasion


class Trust(StrEnum):
    """How sure the reader was; the order is that of the queue."""

    DOUBT = "doubt"
    FAIR = "fair"
    SURE = "sure"


@dataclass(frozen=True)
class Offer:
    """A list cut that one press turns round.

    Attributes:
        made: the reader cut here, and the press puts together; else it did not, and the press cuts.
        names: what stands on the two sides.
        partner: of a cut that was made: code of the item on the other side.
    """

    made: bool
    names: tuple[str, ...]
    why: str | Promise
    partner: str = ""


@dataclass(frozen=True)
class Doubt:
    """What a person should know before she decides about an item.

    Attributes:
        reasons: why the item is asked about; empty when nothing is in doubt.
        weight: 0 for the most doubtful; only meaningful beside others in doubt.
    """

    trust: Trust
    reasons: tuple[str | Promise, ...] = ()
    offer: Offer | None = None
    weight: int = 0


def doubts_of(record: Mapping[str, Any], items: Sequence[Item], raw: str) -> dict[str, Doubt]:
    """The doubt of every item, by its code. One a person added or made herself is in no doubt."""
    leaves = _Leaves(record)
    offers = _Offers(leaves, items, raw)
    broken = _broken(record)
    return {item.code: _doubt(leaves.of(item), item, offers.of(item), broken) for item in items}


def _doubt(leaf: Mapping[str, Any], item: Item, offer: Offer | None, broken: list[tuple[int, int, str]]) -> Doubt:
    reasons: list[str | Promise] = []
    conf = leaf.get("conf", "high")
    if conf == "low":
        reasons.append(_("读得没有把握，请对照原句。"))
    reasons += [text for start, end, text in broken if any(a < end and start < b for a, b in item.spans)]
    if leaf.get("inferred") and item.proposal.get("date"):
        reasons.append(_("原文没有写年份，日期是按成文日期推出来的。"))
    if item.kind != ItemKind.REPORT_DUTY:  # what a duty lacks is asked for by itself (`questions`)
        reasons += leaf.get("questions") or ()
    if offer is not None and not offer.made and _asked(leaf):
        reasons.append(_("这是一项活动，还是几项？"))
    if reasons:
        return Doubt(Trust.DOUBT, tuple(reasons), offer, 0 if conf == "low" else 1)
    return Doubt(Trust.FAIR if conf == "mid" else Trust.SURE, (), offer)


def _asked(leaf: Mapping[str, Any]) -> bool:
    return any(cut["rule"] in _ASKED_CUTS or cut["conf"] == "low" for cut in leaf.get("cuts") or () if not cut["made"])


def _broken(record: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    """Places with a value the reader could not read for certain, and its sentence about them."""
    remarks = [*(record.get("gaps") or ()), *(record.get("deviations") or ())]
    return [
        (part["start"], part["end"], remark.get("message") or remark["text"])
        for remark in remarks
        if _BROKEN.search(remark["code"])
        for part in remark["src"]
    ]


class _Leaves:
    """The leaves of a record by kind and id."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.record = record
        self.by_id: dict[str, Mapping[str, Any]] = {}
        for name in ("outline", "events", "tasks", "constraints"):
            self.by_id |= {leaf["id"]: leaf for leaf in record.get(name) or ()}
        self.duties = {leaf["id"]: leaf for leaf in record.get("report_duties") or ()}

    def of(self, item: Item) -> Mapping[str, Any]:
        """The leaf an item was proposed from; {} for one that came from nowhere in the record."""
        if not item.ref:
            return {}
        if item.kind == ItemKind.THEME:
            return self.record.get("theme") or {}
        if item.kind == ItemKind.RECIPIENT:
            found = self.record.get("recipients") or ()
            place = int(item.ref[1:]) if item.ref[1:].isdigit() else 0
            return found[place - 1] if 0 < place <= len(found) else {}
        return (self.duties if item.kind == ItemKind.REPORT_DUTY else self.by_id).get(item.ref, {})


class _Offers:
    """The cuts of a record a person may turn round."""

    def __init__(self, leaves: _Leaves, items: Sequence[Item], raw: str) -> None:
        self.leaves, self.raw = leaves, raw
        self.own = [item for item in items if item.kind == ItemKind.OWN_EVENT and item.ref and item.spans]

    def of(self, item: Item) -> Offer | None:
        if item.kind != ItemKind.OWN_EVENT:
            return None
        cuts = self.leaves.of(item).get("cuts") or ()
        refused = next((cut for cut in cuts if not cut["made"] and len(cut["names"]) > 1), None)
        if refused is not None:
            return Offer(False, tuple(refused["names"]), _why(refused["rule"]))
        made = next((cut for cut in cuts if cut["made"]), None)
        partner = self._partner(item) if made is not None else None
        if made is None or partner is None:
            return None
        pair = sorted((item, partner), key=lambda each: each.spans[0][0])
        return Offer(True, tuple(each.title for each in pair), _why(made["rule"]), partner.code)

    def _partner(self, item: Item) -> Item | None:
        """The own event that was cut off from this one: nothing but a joint stands between them."""
        group = self.leaves.of(item).get("group")
        for other in self.own:
            if other.code == item.code or self.leaves.of(other).get("group") != group:
                continue
            if not any(cut["made"] for cut in self.leaves.of(other).get("cuts") or ()):
                continue
            first, last = sorted((item, other), key=lambda each: each.spans[0][0])
            if _JOINTS.fullmatch(self.raw, first.spans[-1][1], last.spans[0][0]):
                return other
        return None


def _why(rule: str) -> str | Promise:
    return _WHY.get(rule, _("这里可以断开，也可以不断。"))
