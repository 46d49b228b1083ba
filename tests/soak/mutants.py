"""Mutants: a paper of the corpus, damaged in a way its seed and number decide. Text, .docx, .html, .pdf and .ofd; nothing
is drawn from the clock or the machine.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape

from tests.gongwen.corpus import papers
from tests.soak import drawn

_MARKERS = (
    "一、",
    "（一）",
    "(二)",
    "1.",
    "1、",
    "（1）",
    "⑴",
    "①",
    "㈠",
    "01 ",
    "一要",
    "一是",
    "首先，",
    "第一，",
    "其一，",
    "★ ",
    "第一章 ",
)
_OPENING, _CLOSING = "“‘《〈（([【〔「『", "”’》〉）)]】〕」』"
_PIECES = (
    "举办", "召开", "开展", "启动", "及", "和", "暨", "等", "、", "，", "。", "；", "：", "\n", "\n\n— 3 —\n", "3月8日", "2024年2月30日",
    "即日起至", "每月31日前", "及时", "请于", "前报送", "联系人：", "电话：", "0350-1234567", "a@example.org", "附件：1.", "抄送：", "印发",
    "〔2024〕9号", "**", "\u200b", "\ufeff", "\r", "\x0b", "\u2028", "\u3000", "\t", "Ａ１", "🌸", "\U00020000", "不少于", "每个", "99999999999",
    "零〇一二三四五六七八九十百千万亿", "20XX年X月X日", "联 系 人 ：", "第 1 页 共 9 页", "】【", "￥", "½", "１２：６１",
)  # fmt: skip
_LONGEST, _USUAL = 60_000, 6_000  # characters of one mutant in sixteen, and of the others; a notice has at most 3,000
_TEXT_FORMS = ("pasted", "encoded", "encoded", "bytes", "docx", "docx_xml", "docx_bytes", "html")
_DRAWN_FORMS = ("pdf", "pdf_words", "pdf_bytes", "ofd", "ofd", "ofd_bytes")
_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


@dataclass(frozen=True)
class Mutant:
    """How it was made, and what a person would send: bytes of a file, or pasted text."""

    how: str
    data: bytes | str


def mutant(seed: int, number: int) -> Mutant:
    """The mutant of this seed and number, the same on every machine."""
    chance = random.Random(f"{seed}/{number}")  # a text seed does not depend on Python's hash
    text = chance.choice(texts())
    longest = _LONGEST if chance.random() < 1 / 16 else _USUAL
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        text = chance.choice(TEXT_CHANGES)(chance, text)[:longest]
    how = chance.choice(_DRAWN_FORMS if chance.random() < 1 / 5 else _TEXT_FORMS)
    return Mutant(how, FORMS[how](chance, text))


@cache
def texts() -> tuple[str, ...]:
    """The papers that are damaged."""
    return tuple(paper.text for paper in papers())


# ---- changes of the text --------------------------------------------------------------------------------------------

Chance = random.Random


def _cut(chance: Chance, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return chance.choice((text[:at], text[at:]))


def _swapped(chance: Chance, text: str) -> str:
    a, b, c = sorted(chance.randrange(len(text) + 1) for _ in range(3))
    return text[:a] + text[b:c] + text[a:b] + text[c:]


def _doubled(chance: Chance, text: str) -> str:
    a, b = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[:b] + text[a:b] + text[b:]


def _dropped(chance: Chance, text: str) -> str:
    kept = chance.uniform(0.5, 0.99)
    return "".join(c for c in text if chance.random() < kept)


def _sprinkled(chance: Chance, text: str) -> str:
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(_PIECES) + text[at:]
    return text


def _marked(chance: Chance, text: str) -> str:
    """One marker over and over: at every line, or in a heap."""
    marker = chance.choice(_MARKERS)
    if chance.random() < 0.5:
        return "\n".join(marker + line for line in text.splitlines())
    at = chance.randrange(len(text) + 1)
    return text[:at] + marker * chance.randrange(2, 3000) + text[at:]


def _unbalanced(chance: Chance, text: str) -> str:
    """Brackets and quotation marks opened and never closed, or closed and never opened."""
    kind = chance.randrange(3)
    if kind == 0:
        return re.sub(f"[{re.escape(_CLOSING)}]", "", text)
    mark = chance.choice(_OPENING if kind == 1 else _CLOSING)
    at = chance.randrange(len(text) + 1)
    return text[:at] + mark * chance.randrange(1, 2000) + text[at:]


def _one_line(chance: Chance, text: str) -> str:
    """One very long line."""
    return re.sub(r"\s+", chance.choice(("", " ", "\u3000")), text) * chance.randrange(1, 12)


def _wrapped(chance: Chance, text: str) -> str:
    """A line break after every few characters."""
    width = chance.randrange(1, 40)
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def _heaped(chance: Chance, text: str) -> str:
    """One piece thousands of times: digits, separators, blanks, a list that does not end."""
    at = chance.randrange(len(text) + 1)
    return (
        text[:at]
        + chance.choice((*_PIECES, "甲、", "“乙”、", "3月", "0", "举办丙、")) * chance.randrange(50, 4000)
        + text[at:]
    )


def _widened(chance: Chance, text: str) -> str:
    """Half-width to full-width or the other way round."""
    if chance.random() < 0.5:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    return text.translate(str.maketrans("，。；：（）“”、", ',.;:()"",')).replace("\u3000", " ")


TEXT_CHANGES: tuple[Callable[[Chance, str], str], ...] = (
    _cut, _swapped, _doubled, _dropped, _sprinkled, _sprinkled, _marked, _unbalanced, _one_line, _wrapped, _heaped, _widened,
)  # fmt: skip


# ---- what is sent ---------------------------------------------------------------------------------------------------


def _encoded(chance: Chance, text: str) -> bytes:
    encoding = chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5"))
    return text.encode(encoding, "replace")


def flipped(chance: Chance, data: bytes) -> bytes:
    """Bits flipped, bytes cut out, put in or cut off."""
    out = bytearray(data)
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(out)) if out else 0
        what = chance.randrange(4)
        if what == 0 and out:
            out[at] ^= 1 << chance.randrange(8)
        elif what == 1:
            del out[at : at + chance.randrange(1, 50)]
        elif what == 2:
            out[at:at] = chance.randbytes(chance.randrange(1, 50))
        elif chance.random() < 0.1:
            del out[at:]
    return bytes(out)


def _paragraphs(text: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{escape(_printable(line))}</w:t></w:r></w:p>" for line in text.splitlines())


def _printable(line: str) -> str:
    return "".join(c for c in line if c >= " ")


def package(xml: str) -> bytes:
    """A .docx of this document part and nothing else."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo("[Content_Types].xml"), _TYPES)
        made.writestr(zipfile.ZipInfo("word/document.xml"), xml.encode("utf-8", "replace"))
    return out.getvalue()


def _docx(chance: Chance, text: str) -> bytes:
    return package(_WORD.format(_paragraphs(text)))


def _docx_xml(chance: Chance, text: str) -> bytes:
    """A whole package around a damaged document: tags lost, nested without end, entities, numbers that are none."""
    xml = _WORD.format(_paragraphs(text))
    at = chance.randrange(len(xml))
    extra = chance.choice((
        "<w:p>" * chance.randrange(1, 5000), "<w:tbl><w:tr><w:tc>" * chance.randrange(1, 2000), "</w:p>", "&#0;", "&nbsp;", "<![CDATA[",
        '<w:numPr><w:ilvl w:val="99999999999999999999"/><w:numId w:val="-1"/></w:numPr>', "<w:t>" * 50, '<w:pStyle w:val="x"/>', "<!--",
    ))  # fmt: skip
    what = chance.randrange(4)
    if what == 0:
        xml = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' + xml.replace("的", "&b;", 5)
    elif what == 1:
        xml = xml[:at]
    elif what == 2:
        xml = xml[:at] + extra + xml[at:]
    else:
        xml = re.sub("</w:(?:p|r|t)>", lambda m: m[0] if chance.random() < 0.95 else "", xml)
    return package(xml)


def _html(chance: Chance, text: str) -> bytes:
    page = (
        "<html><body><nav>首页</nav>"
        + "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
        + "</body></html>"
    )
    if chance.random() < 0.5:
        at = chance.randrange(len(page))
        nested = (
            "<div>" * chance.randrange(1, 3000),
            "<table><tr><td>" * 500,
            "<!--",
            "<script>",
            "&#xFFFFFFFF;",
            "</body>",
        )
        page = page[:at] + chance.choice(nested) + page[at:]
    return page.encode("utf-8", "replace")


FORMS: dict[str, Callable[[Chance, str], bytes | str]] = {
    "pasted": lambda chance, text: text,
    "encoded": _encoded,
    "bytes": lambda chance, text: flipped(chance, _encoded(chance, text)),
    "docx": _docx,
    "docx_xml": _docx_xml,
    "docx_bytes": lambda chance, text: flipped(chance, _docx(chance, text)),
    "html": _html,
    "pdf": drawn.pdf,
    "pdf_words": drawn.pdf_words,
    "pdf_bytes": lambda chance, text: flipped(chance, drawn.pdf(chance, text)),
    "ofd": drawn.ofd,
    "ofd_bytes": lambda chance, text: flipped(chance, drawn.ofd(chance, text)),
}
