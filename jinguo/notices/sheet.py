"""The parts of a stored reading the desk shows. Decoding the whole record on every page would cost more than the page.

Pure. The record was checked field by field when it was stored (`gongwen.sandbox`); here its JSON becomes dataclasses again.
"""

from dataclasses import dataclass
from typing import Any

from jinguo.gongwen import codec
from jinguo.gongwen.parts import (
    DocNumber,
    Imprint,
    OutlineNode,
    Recipient,
    Sentence,
    Signature,
    Text,
)  # fmt: skip
from jinguo.gongwen.remarks import Gap, LayoutFact


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What is drawn of a notice. Field names are those of `gongwen.record.Record`."""

    raw: str
    title: Text | None
    genre: Text | None
    doc_number: DocNumber | None
    recipients: tuple[Recipient, ...]
    outline: tuple[OutlineNode, ...]
    sign: Signature
    imprint: Imprint
    gaps: tuple[Gap, ...]
    layout: tuple[LayoutFact, ...]
    sentences: tuple[Sentence, ...]


def sheet_of(record: dict[str, Any], raw: str) -> Sheet:
    """The sheet of a stored record.

    Raises:
        ValueError: the record is not of the shape this program stores.
    """
    try:
        return codec.decode(Sheet, {"raw": raw, **{name: record[name] for name in _NAMES}})
    except KeyError as missing:
        raise ValueError(f"the record has no {missing}") from missing


_NAMES = tuple(name for name in Sheet.__dataclass_fields__ if name != "raw")
