"""HTML text to tags and words, in time that grows with its length: Python's own parser takes minutes over `<p <p <p …`.

Forgiving as browsers are: a `<` that begins no tag is a letter, what is never closed reaches to the end.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_NAME = re.compile(r"/?[a-zA-Z][^\s/>]{0,40}")
_ATTRIBUTE = re.compile(r"([^\s=\"'/>]{1,60})(?:\s{0,9}=\s{0,9}(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_RAW = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp", "iframe")
}
_MOST_IN_TAG = 20_000  # characters; longer ones hold pictures, whose attributes say nothing here


class Tag(NamedTuple):
    """A tag: its name in lower case, `/` before the name of one that ends, and its attributes (none for those)."""

    name: str
    given: dict[str, str]


def tokens(text: str) -> Iterator[Tag | str]:
    """Tags and the words between them, in order; scripts, styles, comments and declarations are left out."""
    at, end = 0, len(text)
    while at < end:
        start = text.find("<", at)
        if start < 0:
            break
        if start > at:
            yield unescape(text[at:start])
        named = _NAME.match(text, start + 1)
        if named:
            stop = _end_of_tag(text, named.end())
            if stop < 0:
                return
            tag = Tag(named[0].lower(), _attributes(text[named.end() : min(stop, named.end() + _MOST_IN_TAG)]))
            yield tag
            at = stop + 1
            closing = _RAW.get(tag.name)
            if closing is not None and text[stop - 1] != "/":
                found = closing.search(text, at)
                if found is None:
                    return
                at = found.start()
        elif text.startswith(("!", "?", "/"), start + 1):
            mark = "-->" if text.startswith("!--", start + 1) else ">"
            stop = text.find(mark, start + 1)
            if stop < 0:
                return
            at = stop + len(mark)
        else:
            yield "<"
            at = start + 1
    if at < end:
        yield unescape(text[at:])


def _end_of_tag(text: str, at: int) -> int:
    """Where the `>` of a tag stands, those inside quotation marks apart; -1 when it never comes."""
    stop = text.find(">", at)
    for _ in range(20):
        if stop < 0 or not _open_quote(text[at : min(stop, at + _MOST_IN_TAG)]):
            return stop
        further = text.find(">", stop + 1)
        if further < 0 or further - at > _MOST_IN_TAG:
            return stop
        stop = further
    return stop


def _open_quote(words: str) -> bool:
    """Whether an attribute's value is still open at the end of the words."""
    rest = re.sub(r"=\s{0,9}(?:\"[^\"]*\"|'[^']*')", "", words)
    return bool(re.search(r"=\s{0,9}[\"']", rest))


def _attributes(words: str) -> dict[str, str]:
    if not words.strip(" /\r\n\t"):
        return {}
    return {m[1].lower(): unescape((m[2] or "").strip("\"'")) for m in _ATTRIBUTE.finditer(words)}
