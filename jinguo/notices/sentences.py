"""Finding a person's words in the raw text, and the place of what she adds. No writes."""

import re

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from jinguo.lib.errors import Invalid
from jinguo.notices.models import Notice

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
