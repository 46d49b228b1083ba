"""Depth: which characters stand inside quotation marks or brackets, so that separators there cut nothing."""

import re

HIDDEN = "\x00"

_PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "〔": "〕",
    "[": "]",
    "［": "］",
    "【": "】",
    "「": "」",
}
_CLOSERS = set(_PAIRS.values())
_MARKS = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_CLOSERS) + '"\n') + "]")

_QUOTED = re.compile("“[^“”\n]*”|《[^《》\n]*》")

_N = "[一二三四五六七八九十]"
# Enumeration commas inside one term: 一、二等奖, 3、5月, 市、县两级, 省、市、县三级.
_TERMS = re.compile(
    rf"(?<={_N})、(?={_N}(?:、{_N}){{0,12}}(?:等奖|等|类|级|期))|(?<=\d)、(?=\d)"
    r"|(?<=[省市县乡区])、(?=[市县乡镇村区](?:、[县乡镇村区]){0,6}[一二三四五两]级)"
    r"|(?<=省)、(?=市、县[二三四五两]级)"
)


def masked(text: str) -> str:
    """`text` with everything inside marks replaced by HIDDEN; the outer marks stay. Same length.

    A mark left open at the end of its paragraph hides nothing.
    """
    out = list(text)
    stack: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for m in _MARKS.finditer(text):
        c, at = m[0], m.start()
        if c == "\n":
            stack.clear()
        elif stack and c == stack[-1][0]:
            _, opened = stack.pop()
            if not stack:
                spans.append((opened + 1, at))
        elif c in _PAIRS:
            stack.append((_PAIRS[c], at))
        elif c == '"':
            stack.append(('"', at))
        elif c in _CLOSERS:
            _close_outer(stack, c, at, spans)
    for start, end in spans:
        out[start:end] = HIDDEN * (end - start)
    joined = "".join(out)
    return _TERMS.sub(HIDDEN, joined) if "、" in joined else joined


def without_quotes(text: str) -> str:
    """`text` with what stands in “” and 《》 hidden, brackets left readable. Same length."""
    return _QUOTED.sub(lambda m: HIDDEN * len(m[0]), text)


def _close_outer(stack: list[tuple[str, int]], closer: str, at: int, spans: list[tuple[int, int]]) -> None:
    """A closing mark that skips unclosed inner ones closes its own partner; without a partner it is plain text."""
    depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == closer), None)
    if depth is None:
        return
    _, opened = stack[depth]
    del stack[depth:]
    if not stack:
        spans.append((opened + 1, at))


def cut(mask: str, start: int, end: int, separators: str) -> list[tuple[int, int]]:
    """The non-empty pieces of [start, end) between depth-0 `separators`."""
    pieces: list[tuple[int, int]] = []
    at = start
    for m in re.compile(f"[{separators}]").finditer(mask, start, end):
        pieces.append((at, m.start()))
        at = m.end()
    pieces.append((at, end))
    return [(s, e) for s, e in pieces if e > s]


def sentences(mask: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of one paragraph, with their closing mark."""
    found: list[tuple[int, int]] = []
    at = start
    for m in re.compile("[。！？!?]+[”’」』）)]*").finditer(mask, start, end):
        found.append((at, m.end()))
        at = m.end()
    if at < end:
        found.append((at, end))
    return found
