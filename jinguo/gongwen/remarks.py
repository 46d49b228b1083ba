"""Remarks on the paper itself: what is missing, what is unusual, what belongs to the page. One frozen dataclass each."""

from dataclasses import dataclass
from typing import Literal

from jinguo.gongwen.parts import Text


@dataclass(frozen=True, kw_only=True)
class Gap(Text):
    """Something a plan needs and the paper does not say. code is stable; text is the Chinese sentence for the officer."""

    code: str


@dataclass(frozen=True, kw_only=True)
class Deviation(Text):
    """Where the paper differs from the usual form. text: the words; message: what is unusual about them."""

    code: str
    message: str


@dataclass(frozen=True, kw_only=True)
class DeclaredCount(Text):
    """A count the text announces (三项工作) beside the number of items found under it."""

    n: int
    found: int


@dataclass(frozen=True, kw_only=True)
class LayoutFact(Text):
    """Something of the page, not of the prose.

    Found in the text: a page number, a running head, a sentence cut by a page edge (page_split), a line of the web page
    around the paper (page_line), lines of the head and tail that say nothing of the plan (mark, urgency, signer, annex,
    note). Told by the file: where a page begins (page_break), footnotes, watermarks, menus of a web page, text boxes,
    tables, numbers that the word processor generated (auto_number).
    """

    kind: Literal[
        "page_split", "page_break", "page_number", "running_head", "page_line", "mark", "urgency", "signer", "annex",
        "note", "footnote", "watermark", "menu", "text_box", "table", "auto_number",
    ]  # fmt: skip
