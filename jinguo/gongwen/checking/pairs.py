"""P2: marks that come in pairs — left open, or one kind inside itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jinguo.gongwen.checking.findings import Hit, Rule
from jinguo.gongwen.checking.paper import Paper, Paragraph

_CLOSE = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "(": "）", "【": "】", "「": "」"}
_OPEN = {"”": "“", "’": "‘", "》": "《", "〉": "〈", "）": "（", ")": "（", "】": "【", "」": "「"}
_INNER = {"“": "‘’", "《": "〈〉"}
_LIST_LABEL = re.compile(r"(?:^|[。；：，;,\s])(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[A-Za-z])$")


_DEEP = 40  # marks open at once: no prose has so many, and what follows would only be guesses


@dataclass
class _Walk:
    """What a walk through a paragraph met: marks without a partner, and marks inside their own kind."""

    lonely: list[int] = field(default_factory=list)
    nested: list[tuple[int, int]] = field(default_factory=list)
    open: list[int] = field(default_factory=list)


def _walk(p: Paragraph) -> _Walk:
    found, text = _Walk(), p.text
    for at, c in enumerate(text):
        if c in _CLOSE and not p.in_token(at):
            found.open.append(at)
            if len(found.open) > _DEEP:
                break
        elif c in _OPEN and not p.in_token(at):
            _close(found, text, at)
    found.lonely = sorted([*found.lonely, *found.open])
    return found


def _close(found: _Walk, text: str, at: int) -> None:
    kind = _OPEN[text[at]]
    same = [i for i in found.open if text[i].replace("(", "（") == kind]
    if not same:
        label = kind == "（" and _LIST_LABEL.search(text[max(0, at - 4) : at])  # 1）内容: no partner is wanted
        if text[at] != "’" and not label:  # an apostrophe of foreign words
            found.lonely.append(at)
        return
    start = same[-1]
    if len(same) > 1 and kind in _INNER and any(text[i] == kind for i in found.open[: found.open.index(start)]):
        found.nested.append((start, at))
    dropped = found.open[found.open.index(start) + 1 :]
    found.lonely += dropped
    del found.open[found.open.index(start) :]


def unpaired(paper: Paper) -> Iterator[Hit]:
    """One finding a paragraph: the first mark without its partner. A quotation over several paragraphs may stay open."""
    for n, p in enumerate(paper.paragraphs):
        lonely = [at for at in _walk(p).lonely if not (p.text[at] == "“" and at == 0 and _goes_on(paper, n))]
        if not lonely:
            continue
        at = lonely[0]
        want = _CLOSE.get(p.text[at]) or _OPEN[p.text[at]]
        yield Hit(
            src=p.src(at, at + 1), zh=f"“{p.text[at]}”没有配上“{want}”。", en=f"{p.text[at]} has no partner {want}.",
            ask_zh="请补上或删去一个。", ask_en="Add the missing one, or remove this one.",
        )  # fmt: skip


def _goes_on(paper: Paper, n: int) -> bool:
    after = paper.paragraphs[n + 1 : n + 2]
    return bool(after) and after[0].text.startswith("“")


def nested(paper: Paper) -> Iterator[Hit]:
    """“…“…”…” takes ‘ ’ inside, 《…《…》…》 takes 〈 〉."""
    for p in paper.paragraphs:
        walk = _walk(p)
        if walk.lonely:
            continue  # what looks nested is a mark left open
        for start, end in walk.nested:
            inner = _INNER[p.text[start]]
            proper = inner[0] + p.text[start + 1 : end] + inner[1]
            yield Hit(
                src=p.src(start, end + 1), offers=(proper,), zh=f"套在里面的用{inner}：{proper}。",
                en=f"Inside itself the mark becomes {inner}: {proper}.", ask_zh="里面的改成这样吗？", ask_en="Change the inner pair?",
            )  # fmt: skip


RULES = (
    Rule(id="P2", part="pair", strength="G", basis="15834 4.8.3.4", zh="成对的标点", en="marks in pairs", find=unpaired),
    Rule(id="P2", part="inside", strength="G", basis="15834 4.15.3.5", zh="里外层不同的标点", en="other marks inside", find=nested),
)  # fmt: skip
