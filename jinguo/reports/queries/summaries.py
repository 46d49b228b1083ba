"""Reading a summary: its sentences under their headings, its sources, and what came after its snapshot."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from jinguo.reports import builder
from jinguo.reports.builder.words import chinese
from jinguo.reports.models import Return, Sentence, Summary
from jinguo.reports.models.summary import Origin
from jinguo.reports.paper import Line

_DIGITS = re.compile(r"\d+")


@dataclass
class Shown:
    """One sentence as the page shows it. `number`: its place in the 依据表 of the paper; 0 when it is left out."""

    row: Sentence
    number: int
    new_numbers: list[str] = field(default_factory=list)

    @property
    def groups(self) -> list[tuple[str, list[dict[str, str]]]]:
        """Its sources by kind, in the order they were given."""
        found: dict[str, list[dict[str, str]]] = {}
        for source in self.row.sources:
            found.setdefault(source["kind"], []).append(source)
        return list(found.items())

    @property
    def by_unit(self) -> list[tuple[str, int]]:
        """How many returns of each unit stand behind it."""
        return list(Counter(one["unit"] for one in self.row.sources if one["kind"] == "return").items())


@dataclass
class Section:
    """A heading with its printed number, and the sentences under it."""

    section: str
    level: int
    text: str
    mark: str
    sentences: list[Shown]


def numbered(summary: Summary) -> list[Shown]:
    """The sentences in order; those that stand are numbered from 1, as in the paper."""
    shown, number = [], 0
    for row in summary.sentences.all():
        number += 0 if row.dropped else 1
        added = sorted(set(_DIGITS.findall(row.text)) - set(_DIGITS.findall(row.built_text)))
        shown.append(Shown(row, 0 if row.dropped else number, added))
    return shown


def sections_of(summary: Summary, shown: list[Shown]) -> list[Section]:
    """The paper's sections with their sentences, headings numbered as the writer numbers them."""
    found, counts = [], [0, 0, 0, 0]
    for heading in builder.outline(summary.snapshot.data):
        if heading.section == builder.MAYBE and not any(one.row.section == heading.section for one in shown):
            continue
        mark = ""
        if heading.level:
            counts[heading.level] += 1
            counts[heading.level + 1 :] = [0] * (3 - heading.level)
            mark = mark_of(heading.level, counts[heading.level])
        mine = [one for one in shown if one.row.section == heading.section]
        found.append(Section(heading.section, heading.level, heading.text, mark, mine))
    return found


def mark_of(level: int, number: int) -> str:
    """一、 （一） 1. as official papers number their headings."""
    if level == 3:
        return f"{number}."
    return f"{chinese(number)}、" if level == 1 else f"（{chinese(number)}）"


def lines_of(summary: Summary) -> list[Line]:
    """The sentences that stand, as the paper takes them."""
    return [
        Line(
            one.number, one.row.section, one.row.text, one.row.sources, one.row.figures, one.row.origin == Origin.TYPED
        )
        for one in numbered(summary)
        if one.number
    ]


@dataclass(frozen=True)
class Late:
    """A return that came or was accepted after the snapshot, with the sentences that rest on it."""

    given: Return
    touches: list[int]


def came_after(summary: Summary, shown: list[Shown]) -> list[Late]:
    """What is not in the snapshot: new returns, corrections and acceptances since. They go into a supplement."""
    at = summary.snapshot.at
    rows = Return.objects.filter(campaign=summary.campaign).exclude(state="draft")
    rows = (
        rows.filter(Q(sent_at__gt=at) | Q(accepted_at__gt=at))
        .select_related("unit", "current")
        .order_by("-sent_at", "-pk")
    )
    rests: dict[str, list[int]] = {}
    for one in shown:
        for source in one.row.sources:
            if one.number and source["kind"] == "return":
                rests.setdefault(source["code"], []).append(one.number)
    return [Late(row, rests.get(row.code, [])) for row in rows]


def seen_by(actor: Any) -> "QuerySet[Summary]":
    """The summaries an actor may see, with what their pages show."""
    rows = Summary.objects.visible_to(actor).select_related("campaign__office__unit", "snapshot", "paper__file")
    return rows.prefetch_related("sentences")
