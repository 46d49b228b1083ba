"""The record of one notice, whole, and its JSON.

What the paper says and where it says it; nothing about units, people or plans, which belong to the rooms above.
The field names and their order in the JSON are a promise to other programs: change them only with `SCHEMA_VERSION`.
"""

from dataclasses import dataclass, fields
from typing import Any, Self

from jinguo.gongwen import codec
from jinguo.gongwen.parts import (
    Attachment,
    Background,
    CitedDocument,
    Constraint,
    Contact,
    Deadline,
    DocNumber,
    Event,
    Extractor,
    Goal,
    Imprint,
    Leaf,
    Named,
    OutlineNode,
    Preamble,
    Recipient,
    ReportDuty,
    Sentence,
    Signature,
    Task,
    Text,
)
from jinguo.gongwen.remarks import DeclaredCount, Deviation, Gap, LayoutFact

SCHEMA_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Record:
    """Everything read from one notice."""

    schema_version: int
    name: str
    extractor: Extractor
    genre: Text | None
    subtype: Text | None
    preamble: Preamble | None
    goals: tuple[Goal, ...]
    constraints: tuple[Constraint, ...]
    background: tuple[Background, ...]
    cited_documents: tuple[CitedDocument, ...]
    title: Text | None
    matter: Text | None
    doc_number: DocNumber | None
    issuer: Text | None
    recipients: tuple[Recipient, ...]
    theme: Text | None
    outline: tuple[OutlineNode, ...]
    events: tuple[Event, ...]
    tasks: tuple[Task, ...]
    deadlines: tuple[Deadline, ...]
    report_duties: tuple[ReportDuty, ...]
    contacts: tuple[Contact, ...]
    attachments: tuple[Attachment, ...]
    sign: Signature
    imprint: Imprint
    gaps: tuple[Gap, ...]
    deviations: tuple[Deviation, ...]
    names: tuple[Named, ...]
    counts: tuple[DeclaredCount, ...]
    layout: tuple[LayoutFact, ...]
    sentences: tuple[Sentence, ...]
    raw: str

    def to_json(self) -> dict[str, Any]:
        """The record as plain dicts and lists, ready for `json.dumps`."""
        plain: dict[str, Any] = codec.encode(self)
        return plain

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The record back from `to_json`. Raises ValueError when the shape or a span is wrong."""
        record = codec.decode(cls, data)
        if record.schema_version != SCHEMA_VERSION:
            raise ValueError(f"record of schema {record.schema_version}, this program reads {SCHEMA_VERSION}")
        wrong = next((s for leaf in record.leaves() for s in leaf.src if record.raw[s.start : s.end] != s.quote), None)
        if wrong is not None:
            raise ValueError(f"span {wrong.start}-{wrong.end} does not quote the text")
        return record

    def leaves(self) -> list[Leaf]:
        """Every leaf in the record, nested ones too, parents before children."""
        found: list[Leaf] = []
        waiting: list[Any] = [getattr(self, f.name) for f in fields(self)][::-1]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Leaf):
                found.append(item)
                waiting.extend([getattr(item, f.name) for f in fields(item)][::-1])
            elif isinstance(item, tuple):
                waiting.extend(reversed(item))
        return found
