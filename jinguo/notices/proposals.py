"""What the reader found, as plan items a person can decide on. Pure: a `gongwen` record in, proposals out.

What lives here: which leaf becomes which item, what its values are called, and which sentences stand behind it. What does
not: decisions (`actions.items`), coverage (`coverage`). Nothing is added that the record does not say.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from jinguo.gongwen.parts import Event, OutlineNode, Recipient, ReportDuty, Src, Task
from jinguo.gongwen.record import Record
from jinguo.notices.models import ItemKind
from jinguo.notices.values import LONGEST_WHEN

Span = tuple[int, int]

# The notice's own words for what a rule calls duty, ban …; "" where the sentence only states a fact.
FORCES = {"duty": "要", "ban": "不得", "option": "可", "request": "请", "plan": "将", "fact": ""}


@dataclass
class Proposal:
    """One item as the reader proposes it.

    Attributes:
        ref: id of the record's leaf; node: id of the outline node it hangs on.
        spans: [start, end) stretches of the raw text, in order.
        values: what a person may change, see `values.FIELDS`.
    """

    kind: ItemKind
    ref: str
    clause: str
    values: dict[str, Any]
    spans: list[Span] = field(default_factory=list)
    node: str | None = None
    holds: bool = True  # whether sentences of its node without an item of their own stand behind it

    @property
    def title(self) -> str:
        return str(self.values["title"])


def propose(record: Record) -> list[Proposal]:
    """Every item of a record, in the order of the text."""
    nodes = {node.id: node for node in record.outline}
    found = [
        *_recipients(record.recipients),
        *_theme(record, nodes),
        *_measures(record, nodes),
        *_requirements(record, nodes),
        *_report_duties(record.report_duties),
    ]
    found += _events(record, nodes, {p.node for p in found if p.kind == ItemKind.MEASURE})
    found += _lines(record, nodes, found)
    _add_bans(record, found)
    _add_sentences(record, nodes, found)
    _name_clauses(found)
    return sorted(found, key=lambda proposal: proposal.spans[0] if proposal.spans else (0, 0))


def spans_of(src: Iterable[Src]) -> list[Span]:
    return [(part.start, part.end) for part in src]


def _recipients(recipients: Iterable[Recipient]) -> list[Proposal]:
    return [
        Proposal(ItemKind.RECIPIENT, f"R{n}", "", {"title": each.text}, spans_of(each.src), holds=False)
        for n, each in enumerate(recipients, 1)
    ]


def _theme(record: Record, nodes: dict[str, OutlineNode]) -> list[Proposal]:
    if record.theme is None:
        return []
    home = next((node for node in nodes.values() if node.role == "theme" and node.parent is None), None)
    clause = home.clause if home else ""
    return [
        Proposal(ItemKind.THEME, "theme", clause, {"title": record.theme.text}, spans_of(record.theme.src), holds=False)
    ]


def _measures(record: Record, nodes: dict[str, OutlineNode]) -> list[Proposal]:
    """Measures, and tasks that stand under no measure; those under one are part of it."""
    measures = [task for task in record.tasks if task.kind == "measure"]
    homes = {task.node for task in measures}
    alone = [task for task in record.tasks if task.kind == "task" and not _under(task.node, homes, nodes)]
    requirement_homes = {each.node for each in record.constraints if each.kind == "requirement"}
    alone = [task for task in alone if not _under(task.node, requirement_homes, nodes)]
    return [_measure(task, nodes) for task in [*measures, *alone]]


def _measure(task: Task, nodes: dict[str, OutlineNode]) -> Proposal:
    duties = {duty.role: duty.unit for duty in task.duties}
    values = {
        "title": task.title or task.text[:40],
        "force": FORCES[task.force],
        "reach": task.reach,
        "actor": task.actor or "",
        "venues": [each.text for each in task.venues],
        "groups": [each.text for each in task.groups],
        "brands": [each.text for each in task.brands],
        "quantities": [each.text for each in task.quantities],
        "bans": [],
        "lead_department": duties.get("lead", ""),
        "responsible": duties.get("responsible", ""),
    }
    clause = nodes[task.node].clause if task.node in nodes else ""
    return Proposal(ItemKind.MEASURE, task.id, clause, values, spans_of(task.src), task.node)


def _requirements(record: Record, nodes: dict[str, OutlineNode]) -> list[Proposal]:
    found = []
    for each in record.constraints:
        if each.kind == "requirement":
            values = {"title": each.title or each.text[:40], "force": FORCES[each.force], "reach": "each", "bans": []}
            clause = nodes[each.node].clause if each.node in nodes else ""
            found.append(Proposal(ItemKind.REQUIREMENT, each.id, clause, values, spans_of(each.src), each.node))
    return found


def _events(record: Record, nodes: dict[str, OutlineNode], homes: set[str | None]) -> list[Proposal]:
    """The issuer's own events, and those addressees hold. One that stands in a measure is part of that measure."""
    own = [event for event in record.events if event.owner == "issuer"]
    others = [event for event in record.events if event.owner != "issuer" and not _under(event.node, homes, nodes)]
    found = [_event(event, ItemKind.OWN_EVENT, "", holds=len(own) == 1) for event in own]
    for event in others:
        node = nodes.get(event.node or "")
        proposal = _event(event, ItemKind.MEASURE, node.clause if node else "", holds=True)
        proposal.spans = _told_in(record, event, node.marker if node else "") or proposal.spans
        found.append(proposal)
    return found


def _told_in(record: Record, event: Event, marker: str) -> list[Span]:
    """The sentence that tells others to hold an event, without its number; [] where it tells of several. Who holds it, how
    often and for whom stands there, and the units read no more than the item's words."""
    ids = {each.id for each in record.events}
    for sentence in record.sentences:
        if event.id in sentence.refs and not ids & set(sentence.refs) - {event.id}:
            (start, end), *rest = spans_of(sentence.src)
            return [(start + len(marker) * sentence.src[0].quote.startswith(marker), end), *rest]
    return []


def _event(event: Event, kind: ItemKind, clause: str, *, holds: bool) -> Proposal:
    duties = {duty.role: duty.unit for duty in event.duties}
    values: dict[str, Any] = {
        "title": event.name,
        "event_kind": event.kind,
        "date": event.date or (event.window.start if event.window and not event.window.fuzzy else None),
        "when": event.window.text.replace("\n", "")[:LONGEST_WHEN] if event.window else "",
        "facets": [facet.text for facet in event.facets],
        "splits": [list(cut.names) for cut in event.cuts if not cut.made],  # offered to a person, never done
        "reach": "issuer" if kind == ItemKind.OWN_EVENT else "each",
        "lead_department": duties.get("lead", ""),
        "responsible": duties.get("responsible", ""),
    }
    if kind == ItemKind.MEASURE:
        values |= {"force": "", "bans": []}
    return Proposal(kind, event.id, clause, values, spans_of(event.src), event.node, holds)


def _report_duties(duties: Iterable[ReportDuty]) -> list[Proposal]:
    found = []
    for duty in duties:
        mail = next((contact.value for contact in duty.channels if contact.kind == "email"), "")
        values = {
            "title": duty.object or duty.text[:40],
            "who": list(duty.who),
            "to": duty.to or "",
            "channel": mail,
            "soft": duty.soft or "",
            "due": _due(duty),
            "ask_kind": _ask_kind(duty),
            "reach": "each",
        }
        found.append(Proposal(ItemKind.REPORT_DUTY, duty.id, "", values, spans_of(duty.src), duty.node, holds=False))
    return found


def _due(duty: ReportDuty) -> dict[str, Any] | None:
    """The due time the notice itself gives; None when it gives none, or one that hangs on something not yet known."""
    if duty.due:
        return {"kind": "date", "date": duty.due, "time": duty.time or ""}
    anchor = duty.anchor
    if anchor and anchor.after in ("event_end", "each_time") and anchor.unit == "workday":
        return {"kind": "working_days", "days": anchor.n}
    return None


def _ask_kind(duty: ReportDuty) -> str:
    """Each activity, one closing summary, or a dated table (DESIGN §4 Ask)."""
    words = duty.object + "".join(duty.form)
    if "总结" in words and not (duty.anchor and duty.anchor.after in ("event_end", "each_time")):
        return "closing"
    return "dated" if duty.due or duty.recurrence else "each_activity"


def _lines(record: Record, nodes: dict[str, OutlineNode], found: list[Proposal]) -> list[Proposal]:
    """The headings under which measures stand as points: （一）… over 一要 二要."""
    homes = {nodes[p.node].parent for p in found if p.kind == ItemKind.MEASURE and p.node in nodes}
    own = {p.node for p in found if p.kind in (ItemKind.MEASURE, ItemKind.REQUIREMENT)}
    lines = [node for node in record.outline if node.id in homes and node.id not in own and node.parent is not None]
    return [
        Proposal(
            ItemKind.LINE, node.id, node.clause, {"title": node.heading, "lead_department": "", "responsible": ""},
            spans_of(node.src), node.id, holds=False,
        )
        for node in lines
    ]  # fmt: skip


def _add_bans(record: Record, found: list[Proposal]) -> None:
    """A ban belongs to the measure or requirement it stands in; alone it is a requirement of its own."""
    homes = {p.node: p for p in found if p.holds and p.node}
    for each in record.constraints:
        if each.kind != "ban":
            continue
        home = homes.get(each.node or "")
        if home is not None:
            home.values["bans"].append(each.what or each.text)
            home.spans = _joined([*home.spans, *spans_of(each.src)])
        else:
            values = {"title": each.what or each.text[:40], "force": FORCES[each.force], "reach": "each", "bans": []}
            found.append(Proposal(ItemKind.REQUIREMENT, each.id, "", values, spans_of(each.src), each.node))


def _add_sentences(record: Record, nodes: dict[str, OutlineNode], found: list[Proposal]) -> None:
    """Give each sentence of a point or a requirement to its item, so that the thread leads to the whole of it."""
    by_ref = {p.ref: p for p in found}
    homes = {p.node: p for p in found if p.holds and p.node}
    for sentence in record.sentences:
        spans = spans_of(sentence.src)
        if any(_overlap(span, mine) for p in found for mine in p.spans for span in spans):
            continue
        home = next((by_ref[ref] for ref in sentence.refs if ref in by_ref), None)
        if home is None and sentence.bucket in ("task", "constraint", "event", "report"):
            home = _home_of(sentence.node, homes, nodes)
        if home is None and sentence.bucket == "event":
            home = next((p for p in found if p.kind == ItemKind.OWN_EVENT and p.holds), None)
        if home is not None and home.holds:
            home.spans = _joined([*home.spans, *spans])


def _home_of(node_id: str | None, homes: dict[str, Proposal], nodes: dict[str, OutlineNode]) -> Proposal | None:
    while node_id is not None:
        if node_id in homes:
            return homes[node_id]
        node_id = nodes[node_id].parent if node_id in nodes else None
    return None


def _under(node_id: str | None, homes: set[str | None], nodes: dict[str, OutlineNode]) -> bool:
    while node_id is not None:
        if node_id in homes:
            return True
        node_id = nodes[node_id].parent if node_id in nodes else None
    return False


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _joined(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _name_clauses(found: list[Proposal]) -> None:
    """Own events and duties have no number in the notice: 自办1, 报送1. Repeats get their turn: 二(四)三-2."""
    counts: dict[str, int] = {}
    used: dict[str, int] = {}
    for proposal in sorted(found, key=lambda p: p.spans[0] if p.spans else (0, 0)):
        word = {ItemKind.OWN_EVENT: "自办", ItemKind.REPORT_DUTY: "报送"}.get(proposal.kind)
        if word:
            counts[word] = counts.get(word, 0) + 1
            proposal.clause = f"{word}{counts[word]}"
        elif proposal.kind != ItemKind.RECIPIENT:
            base = proposal.clause or {ItemKind.THEME: "主题"}.get(proposal.kind, "未编号")
            used[base] = used.get(base, 0) + 1
            proposal.clause = base if used[base] == 1 else f"{base}-{used[base]}"
