"""Finding a person's words in the raw text, and the place of what she adds. No writes."""

import re

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from jinguo.lib.errors import Invalid
from jinguo.notices.models import Notice, Reading

_LINE = re.compile("[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
_BLANK = " \t\u3000\xa0\ufeff\u200b*"
_IGNORED = re.compile(r"[\s\u3000\u200b\ufeff*]")


def find_sentence(raw: str, words: str) -> tuple[int, int]:
    """Where words stand in the raw text, blanks, line breaks and stars apart.

    Raises:
        Invalid: they do not stand there, or are nothing but blanks.
    """
    wanted = _IGNORED.sub("", words)
    if not wanted:
        raise Invalid(_("请写出原文里的那句话。"), "sentence")
    kept = [at for at, character in enumerate(raw) if not _IGNORED.match(character)]
    found = "".join(raw[at] for at in kept).find(wanted)
    if found < 0:
        raise Invalid(_("原文里没有这句话。请从左边的通知里照样复制一句。"), "sentence")
    return kept[found], kept[found + len(wanted) - 1] + 1


def selected(raw: str, at: tuple[int, int], words: str) -> tuple[int, int]:
    """A stretch a person selected, held against the words she saw.

    Raises:
        Invalid: other words stand there.
    """
    start, end = at
    there = _IGNORED.sub("", raw[start:end])
    if not there or not 0 <= start < end <= len(raw) or there != _IGNORED.sub("", words):
        raise Invalid(_("选中的文字和原文对不上。请重新选一次，或者把那句话复制进来。"), "sentence")
    return start, end


def spans_of(raw: str, start: int, end: int, hidden: list[tuple[int, int]] | None = None) -> list[tuple[int, int]]:
    """A stretch as spans that cross no line, without the blanks and stars at their edges and without what is hidden.

    Args:
        hidden: page numbers and running heads that stand inside the sentence.
    """
    found = []
    for line in _LINE.finditer(raw, start, end):
        a, b = line.span()
        while a < b and raw[a] in _BLANK:
            a += 1
        while b > a and raw[b - 1] in _BLANK:
            b -= 1
        if a < b and not any(x <= a and b <= y for x, y in hidden or ()):
            found.append((a, b))
    return found or [(start, end)]


def hidden_in(reading: Reading) -> list[tuple[int, int]]:
    """Where a reading found page numbers and running heads: on the page, not in the prose."""
    facts = [fact for fact in reading.record["layout"] if fact["kind"] in ("page_number", "running_head")]
    return [(part["start"], part["end"]) for fact in facts for part in fact["src"]]


def narrowed(raw: str, spans: list[list[int]], words: str) -> list[list[int]]:
    """The stretch of some spans that says these words; all of them where the words do not stand there."""
    for start, end in spans:
        try:
            first, last = find_sentence(raw[start:end], words)
        except Invalid:
            continue
        return [[start + first, start + last]]
    return spans


def free_clause(notice: Notice, word: str) -> str:
    """The next free number of a kind the notice does not number itself: 补1, 自办11."""
    pattern = re.compile(rf"{word}(\d+)")
    used = [
        int(match[1])
        for clause in notice.items.values_list("clause", flat=True)
        if (match := pattern.fullmatch(clause))
    ]
    return f"{word}{max(used, default=0) + 1}"


def place_after(notice: Notice, start: int) -> int:
    """A position behind the last item that begins at or before an offset."""
    before = notice.items.filter(start__lte=start).aggregate(last=Max("position"))["last"]
    return (before or 0) + 1
