"""C1, C2 and the rules of 附件: the list, the annexes themselves, the places that point to them, and sums that must agree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinguo.gongwen.checking.findings import Hit, Rule
from jinguo.gongwen.checking.paper import Paper, Paragraph
from jinguo.gongwen.han import number_of
from jinguo.gongwen.parts import Attachment

_HEADING = re.compile(r"附[ \u3000]?件[ \u3000]*(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})?[ \u3000]*[：:]?")
_POINTER = re.compile(
    r"(?:详?见|参见|按照|填写|填报)附件(?P<n>\d{1,2})?(?!说明|材料|形式)|[（(]附件(?P<n2>\d{1,2})[）)]"
)
_RUN_ON = re.compile(r"[；;。，,\s]\d{1,2}[.．、]")  # 1.甲表；2.乙表 on one line is read as one name
_IGNORED = re.compile(r"[\s\u3000《》“”。：:、，.．]")


@dataclass(frozen=True)
class _Annex:
    paragraph: Paragraph
    number: int | None
    title: str


def _annexes(paper: Paper) -> list[_Annex]:
    """Annexes that stand in the file: a line 附件N and the title below it."""
    found = []
    lines = paper.within("annex")
    for n, p in enumerate(lines):
        m = _HEADING.fullmatch(p.text)
        if m:
            title = "".join(q.text for q in lines[n + 1 : n + 3])
            found.append(_Annex(p, number_of(m["n"]) if m["n"] else None, title))
    return found


def unlisted(paper: Paper) -> Iterator[Hit]:
    """More annexes than the list names. What a paper issues or passes on (印发, 转发) is the paper itself and not listed."""
    listed, there = paper.record.attachments, _annexes(paper)
    title = paper.record.title.text if paper.record.title else ""
    if len(there) > len(listed) and not (not listed and re.search("印发|转发|批转", title)):
        yield Hit(
            src=there[-1].paragraph.whole(),
            zh=f"附件说明列了{len(listed)}个附件，后面有{len(there)}个。", en=f"The list names {len(listed)} annexes, {len(there)} follow.",
            ask_zh="请把附件说明补全。", ask_en="Complete the list.",
        )  # fmt: skip


def apart(paper: Paper) -> Iterator[Hit]:
    """Fewer annexes in the file than listed: perhaps they are files of their own. Where it holds none, nothing is said."""
    listed, there = paper.record.attachments, _annexes(paper)
    if 0 < len(there) < len(listed):
        yield Hit(
            src=there[-1].paragraph.whole(),
            zh=f"附件说明列了{len(listed)}个附件，这个文件里有{len(there)}个。", en=f"The list names {len(listed)} annexes, this file holds {len(there)}.",
            ask_zh="其余的是不是另附？", ask_en="Are the others sent apart?",
        )  # fmt: skip


def named(paper: Paper) -> Iterator[Hit]:
    listed, there = paper.record.attachments, _annexes(paper)
    if len(listed) != len(there):
        return
    for line, annex in zip(listed, there, strict=True):
        wanted, found = _IGNORED.sub("", line.text), _IGNORED.sub("", annex.title)
        if len(there) > 1 and line.number is not None and annex.number not in (None, line.number):
            zh, en = (
                f"附件说明里是附件{line.number}，后面标的是附件{annex.number}。",
                f"Listed as {line.number}, headed {annex.number}.",
            )
        elif wanted and found and not found.startswith(wanted):
            zh, en = (
                f"附件名称和附件说明不一致：{line.text}。",
                f"The annex is not titled as the list says: {line.text}.",
            )
        else:
            continue
        yield Hit(
            src=line.src[:1] + annex.paragraph.whole(), zh=zh, en=en,
            ask_zh="以哪个为准？", ask_en="Which one is right?",
        )  # fmt: skip


def pointed(paper: Paper) -> Iterator[Hit]:
    """见附件3, and the list has two."""
    if any(_RUN_ON.search(line.text) for line in paper.record.attachments):
        return
    listed = {line.number or n for n, line in enumerate(paper.record.attachments, 1)}
    listed |= {annex.number or n for n, annex in enumerate(_annexes(paper), 1)}
    for p in paper.within("body"):
        for m in _POINTER.finditer(p.text):
            number = int(m["n"] or m["n2"] or 0)
            if (number and number in listed) or (not number and listed):
                continue
            yield Hit(
                src=p.src(*m.span()), zh="正文提到这个附件，附件说明里没有。", en="The text points to an annex that the list does not name.",
                ask_zh="请补附件说明，或改正文。", ask_en="Add it to the list, or change the text.",
            )  # fmt: skip


def list_marks(paper: Paper) -> Iterator[Hit]:
    """No mark after the name of an annex in the list; between two names on one line it parts them."""
    for line in paper.record.attachments:
        m = re.search("[。；，、;,]$", line.src[-1].quote) if line.src else None
        place = paper.at(line.src[-1].end - 1) if m else None
        if m and place:
            p, at = place
            if p.text[at + 1 :].strip():
                continue
            yield Hit(
                src=line.src, changes=p.change(at, at + 1, ""), zh="附件名称后不加标点。",
                en="No mark follows the name of an annex.",
            )  # fmt: skip


def single_number(paper: Paper) -> Iterator[Hit]:
    """One annex alone has no number; several have."""
    listed = paper.record.attachments
    first = listed[0] if listed else None
    if first is None or not first.src:
        return
    place = paper.at(first.src[0].start)
    if place is None:
        return
    p, at = place
    m = re.search(r"1[ \u3000]*[.．、][ \u3000]*$", p.text[:at])
    if len(listed) == 1 and m and not _RUN_ON.search(first.text):
        yield Hit(
            src=p.src(m.start(), at), changes=p.change(m.start(), at, ""), zh="只有一个附件时不编号。",
            en="A single annex has no number.",
        )  # fmt: skip
    if len(listed) > 1 and all(line.number is None and _labelled(paper, line) for line in listed):
        yield Hit(
            src=first.src, zh="附件不止一个时用阿拉伯数字编号。", en="Several annexes are numbered in Arabic digits.",
            ask_zh="请编上 1. 2. ……", ask_en="Number them 1. 2. …",
        )  # fmt: skip


def _labelled(paper: Paper, line: Attachment) -> bool:
    """The name stands behind a 附件： of its own, so it is one of the list and not what follows it."""
    place = paper.at(line.src[0].start) if line.src else None
    return place is not None and bool(_HEADING.match(place[0].text))


# C2


_LASTS = re.compile("工作日|小时|分钟|个月|年|天")  # 不少于5个工作日 announces no items


def declared(paper: Paper) -> Iterator[Hit]:
    """三项工作：一是…二是…: as many as announced."""
    for count in paper.record.counts:
        if count.n != count.found and count.conf != "low" and not _LASTS.search(count.text):
            yield Hit(
                src=count.src, zh=f"写的是{count.n}项，列出来{count.found}项。", en=f"{count.n} are announced, {count.found} are listed.",
                ask_zh="少了一项，还是数字写错了？", ask_en="Is one missing, or is the number wrong?",
            )  # fmt: skip


_CELL = re.compile(r"\s*(\d+(?:\.\d+)?)\s*$")


def totals(paper: Paper) -> Iterator[Hit]:
    """The last row of a table, 合计, beside the sum of the rows above it; a table with 小计 is left alone."""
    rows: list[tuple[Paragraph, list[str]]] = []
    for p in [*paper.paragraphs, None]:
        if p is not None and "\t" in p.text:
            rows.append((p, p.text.split("\t")))
            continue
        if len(rows) > 2 and not any("小计" in cell for _, cells in rows for cell in cells):
            yield from _wrong_totals(rows)
        rows = []


def _wrong_totals(rows: list[tuple[Paragraph, list[str]]]) -> Iterator[Hit]:
    last, cells = rows[-1]
    if not re.fullmatch(r"\s*(?:合\s*计|总\s*计)\s*", cells[0]):
        return
    above = [row for _, row in rows[1:-1]]
    for n, cell in enumerate(cells[1:], 1):
        m = _CELL.match(cell)
        column = [_CELL.match(row[n]) if n < len(row) else None for row in above]
        if m is None or any(one is None for one in column) or any(len(row) != len(cells) for row in above):
            continue
        total = round(sum(float(one[1]) for one in column if one), 6)
        if total != float(m[1]):
            start = sum(len(c) + 1 for c in cells[:n])
            yield Hit(
                src=last.src(start, start + len(cell)), zh=f"合计写的是{m[1]}，上面各行相加是{total:g}。",
                en=f"The total says {m[1]}; the rows above add up to {total:g}.", ask_zh="哪个数错了？", ask_en="Which number is wrong?",
            )  # fmt: skip


RULES = (
    Rule(id="C1", part="unlisted", strength="M", basis="9704 7.3.7", zh="附件都列出", en="every annex is listed", find=unlisted),
    Rule(id="C1", part="apart", strength="P", basis="usage", zh="附件都在", en="every annex is there", find=apart),
    Rule(id="C1", part="name", strength="M", basis="9704 7.3.7", zh="附件序号、名称一致", en="annexes numbered and titled as listed", find=named),
    Rule(id="C1", part="pointer", strength="P", basis="usage", zh="见附件能找到", en="pointers to annexes lead somewhere", find=pointed),
    Rule(id="C1", part="mark", strength="M", basis="9704 7.3.4", zh="附件名称后无标点", en="no mark after an annex's name", find=list_marks),
    Rule(id="C1", part="number", strength="G", basis="9704 7.3.4", zh="附件编号", en="numbers of annexes", find=single_number),
    Rule(id="C2", part="declared", strength="G", basis="regulation 二十", zh="说的项数和列的一致", en="as many items as announced", find=declared),
    Rule(id="C2", part="total", strength="G", basis="regulation 二十", zh="表格合计", en="totals of tables", find=totals),
)  # fmt: skip
