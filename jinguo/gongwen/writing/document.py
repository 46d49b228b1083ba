"""What a paper says: title, addressee, blocks, tables, attachments, sources, signature, imprint. Values only.

How it looks is the ``profile``'s; how it becomes a file is ``docx``'s. Sentences are never made here: every word
comes from the caller. All texts are plain text; ``\\n`` in a span is a line break, characters XML cannot hold are
printed as U+FFFD.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from jinguo.gongwen.writing.profile import Profile

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text. ``source_refs`` are numbers of rows in the paper's ``SourceTable``."""

    text: str
    source_refs: tuple[int, ...] = ()
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text: 3号仿宋, first line two characters in (7.3.3)."""

    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, *source_refs: int) -> "Paragraph":
        """A paragraph of one span."""
        return cls((Span(text, source_refs),))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; its number (一、 （一） 1. （1）) is counted by the writer: 7.3.3.

    ``then`` is text that runs on in the same paragraph: （一）抓好落实。各单位……
    """

    level: int
    text: str
    then: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``unit`` is printed under the title; ``width`` is in characters, 0 means by content."""

    title: str
    unit: str = ""
    align: Align = "center"
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell with sources. ``None`` means not reported, never nought."""

    text: str | int | Decimal | None
    source_refs: tuple[int, ...] = ()


CellLike: TypeAlias = Cell | str | int | Decimal | None
Row: TypeAlias = tuple[CellLike, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The heading row is repeated on every page it runs to; no row is cut by a page end.

    ``total`` is the last row. It is given, never added up here: a joint event counts once in a total, so the sum of
    a column is not always the truth. ``missing`` is printed for ``None``. A caption is numbered 表1, 表2 in order.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    note: str = ""
    total: Row | None = None
    missing: str = "未报送"


Block: TypeAlias = Heading | Paragraph | Table


class Measure(StrEnum):
    """What kind of number a figure is (口径)."""

    CLAIMED = "申报"
    DEDUPLICATED = "已去重"
    CONFIRMED = "已确认"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed, with its unit; ``about`` that it was reported as 约, which stays beside it."""

    text: str
    measure: Measure
    about: bool = False


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One sentence of the paper and what stands behind it.

    ``number`` is what ``source_refs`` point to; ``sources`` are the reports, records or clauses it rests on.
    A sentence without a number of its own has no figures.
    """

    number: int
    sentence: str
    sources: tuple[str, ...]
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """The 依据表: printed as the last attachment, on a new page (7.3.7)."""

    rows: tuple[SourceRow, ...]
    title: str = "依据表"
    note: str = (
        "口径：“申报”是各单位报来的数；“已去重”是同一活动只计一次的数；“已确认”是与原单位或活动记录核对过的数。"
        "序号与正文右上角方括号内的数字对应。"
    )


@dataclass(frozen=True, slots=True)
class Attachment:
    """An 附件. Without blocks it is only named under the text (sent apart); ``landscape`` lays its pages sideways."""

    title: str
    blocks: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Imprint:
    """The 版记, at the foot of the last page (7.4). ``copies`` are the bodies the paper is copied to (抄送)."""

    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A paper to be written.

    ``title`` may hold ``\\n`` where it must break; otherwise the writer balances its lines. ``signature`` empty means
    the profile's. A missing ``date`` stays missing. ``sealed`` leaves room for a seal (7.3.5.1), else 7.3.5.2.
    ``remark`` is the 附注 in round brackets (7.3.6).
    """

    profile: Profile
    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    sources: SourceTable | None = None
    signature: str = ""
    date: datetime.date | None = None
    sealed: bool = False
    remark: str = ""
    imprint: Imprint | None = field(default=None)

    @property
    def signed_by(self) -> str:
        """The body that signs: the paper's own, else the profile's."""
        return self.signature or self.profile.signature
