"""What has been read so far: the leaves with the stretch of the view each came from, and the ids they are given."""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TypeVar

from jinguo.gongwen.parts import (
    Background,
    Bucket,
    Constraint,
    Contact,
    Deadline,
    Event,
    Goal,
    ReportDuty,
    Sentence,
    Task,
    Text,
)
from jinguo.gongwen.reading.context import Context

Numbered = TypeVar("Numbered", Event, Task, Constraint, Deadline, ReportDuty)


@dataclass
class Findings:
    """Lists that grow while the body is read. `spans` says which id covers which stretch of the view."""

    goals: list[Goal] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    background: list[Background] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    report_duties: list[ReportDuty] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    theme: Text | None = None
    sentences: list[tuple[int, int, Bucket, str, str | None]] = field(default_factory=list)
    spans: list[tuple[str, int, int]] = field(default_factory=list)

    def event(self, leaf: Event, start: int, end: int) -> Event:
        return self._keep(self.events, "E", leaf, start, end)

    def task(self, leaf: Task, start: int, end: int) -> Task:
        return self._keep(self.tasks, "T", leaf, start, end)

    def constraint(self, leaf: Constraint, start: int, end: int) -> Constraint:
        return self._keep(self.constraints, "C", leaf, start, end)

    def deadline(self, leaf: Deadline, start: int, end: int) -> Deadline:
        return self._keep(self.deadlines, "D", leaf, start, end)

    def report(self, leaf: ReportDuty, start: int, end: int) -> ReportDuty:
        return self._keep(self.report_duties, "R", leaf, start, end)

    def _keep(self, rows: list[Numbered], letter: str, leaf: Numbered, start: int, end: int) -> Numbered:
        """Add a leaf under the next id of its kind."""
        kept = replace(leaf, id=f"{letter}{len(rows) + 1}")
        rows.append(kept)
        self.spans.append((kept.id, start, end))
        return kept

    def sentence(self, start: int, end: int, bucket: Bucket, rule: str, node: str | None) -> None:
        self.sentences.append((start, end, bucket, rule, node))

    def covered(self, ctx: Context) -> tuple[Sentence, ...]:
        """The sentences in order, each with the ids of the leaves that came from it."""
        out: list[Sentence] = []
        rows = sorted(self.sentences, key=lambda row: row[:2])
        refs_of = _overlaps([(start, end) for start, end, *_ in rows], self.spans)
        for (start, end, bucket, rule, node), refs in zip(rows, refs_of, strict=True):
            src = ctx.src(start, end)
            if not src:
                continue
            out.append(
                Sentence(id=f"S{len(out) + 1}", start=src[0].start, end=src[-1].end, bucket=bucket, refs=tuple(refs), node=node, src=src, rule=rule)
            )  # fmt: skip
        return tuple(out)


def _overlaps(stretches: list[tuple[int, int]], spans: list[tuple[str, int, int]]) -> list[list[str]]:
    """For each of the sorted, disjoint stretches the names of the spans that touch it, in the order of `spans`."""
    found: list[list[str]] = [[] for _ in stretches]
    starts = [start for start, _ in stretches]
    for name, start, end in spans:
        i = max(bisect_right(starts, start) - 1, 0)
        while i < len(stretches) and stretches[i][0] < end:
            if stretches[i][1] > start:
                found[i].append(name)
            i += 1
    return found
