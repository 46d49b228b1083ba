"""Why something was read: the rule that fired, the words it fired on in their line, and the same for each of its parts."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from jinguo.gongwen.parts import Leaf, Src
from jinguo.gongwen.record import Record

_BESIDE = 24  # characters of the line shown before and after the words
_NAMED = (
    "title", "matter", "genre", "subtype", "doc_number", "issuer", "theme", "preamble", "sign", "imprint", "goals",
    "background", "cited_documents", "recipients", "contacts", "attachments", "names", "counts", "gaps", "deviations", "layout",
)  # fmt: skip
_HIDDEN = {"src", "rule", "conf", "inferred", "id"}


def found_by(record: Record, wanted: str) -> list[tuple[str, Leaf]]:
    """The findings that `wanted` names: an id (t3, e1), a clause (二(一)三), or a part (title, contacts)."""
    if wanted in _NAMED:
        value = getattr(record, wanted)
        leaves = value if isinstance(value, tuple) else (value,) if value is not None else ()
        return [(f"{wanted}[{n}]" if isinstance(value, tuple) else wanted, leaf) for n, leaf in enumerate(leaves)]
    named = [(wanted.upper(), leaf) for leaf in record.leaves() if getattr(leaf, "id", "").upper() == wanted.upper()]
    if named:
        return named
    nodes = {node.id for node in record.outline if node.clause == wanted}
    things: tuple[tuple[str, Leaf], ...] = (
        *((node.id, node) for node in record.outline if node.id in nodes),
        *((task.id, task) for task in record.tasks if task.node in nodes),
        *((event.id, event) for event in record.events if event.node in nodes),
        *((one.id, one) for one in record.deadlines if one.node in nodes),
        *((duty.id, duty) for duty in record.report_duties if duty.node in nodes),
        *((limit.id, limit) for limit in record.constraints if limit.node in nodes),
    )
    return list(things)


def askable(record: Record) -> str:
    """What may be asked for, in short: T1–T12 E1–E10 …, and the parts that hold something."""
    last: dict[str, str] = {}
    for leaf in record.leaves():
        found = re.fullmatch(r"([A-Z]+)(\d+)", getattr(leaf, "id", ""))
        if found:
            last[found[1]] = found[2]
    ids = [f"{letter}1" if n == "1" else f"{letter}1–{letter}{n}" for letter, n in last.items()]
    return " ".join([*ids, *(name for name in _NAMED if getattr(record, name))])


def why(record: Record, name: str, leaf: Leaf, indent: str = "") -> Iterator[str]:
    """Lines that say what was found, by which rule, and where."""
    yield f"{indent}{name}  {type(leaf).__name__}  规则 rule {leaf.rule}  把握 conf {leaf.conf}" + (
        "  有推断 inferred" if leaf.inferred else ""
    )
    for field in fields(leaf):
        value = getattr(leaf, field.name)
        if field.name not in _HIDDEN and value not in (None, "", (), False) and not _leaves(value):
            said = "；".join(map(str, value)) if isinstance(value, tuple) else str(value)
            yield f"{indent}    {field.name}: {said if len(said) <= 120 else said[:119] + '…'}"
    for span in leaf.src:
        yield f"{indent}    {_in_line(record.raw, span)}"
    for field in fields(leaf):
        for n, part in enumerate(_leaves(getattr(leaf, field.name))):
            many = isinstance(getattr(leaf, field.name), tuple)
            yield from why(record, f"{field.name}[{n}]" if many else field.name, part, indent + "    ")


def _leaves(value: Any) -> list[Leaf]:
    return [one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Leaf)]


def _in_line(raw: str, span: Src) -> str:
    """`12:5  …请各县把【简要情况】及时报送…`: line and column from 1, the words in brackets."""
    start = raw.rfind("\n", 0, span.start) + 1
    end = raw.find("\n", span.end)
    end = len(raw) if end < 0 else end
    before, after = raw[max(start, span.start - _BESIDE) : span.start], raw[span.end : min(end, span.end + _BESIDE)]
    left = "…" if span.start - _BESIDE > start else ""
    right = "…" if span.end + _BESIDE < end else ""
    line = raw.count("\n", 0, span.start) + 1
    return f"{line}:{span.start - start + 1}  {left}{before.lstrip()}【{span.quote}】{after.rstrip()}{right}"
