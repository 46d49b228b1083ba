"""Which unit signed a mail, by the names it carries: the sign-off first, then the heading or the first sentence."""

import re
from collections.abc import Mapping

_TAIL = 8  # lines looked at from the end for a sign-off
_DATE = re.compile(r"[\d〇一二三四五六七八九十]{2,4}\s*年.{0,8}[日号]?|[\d.\-/\s年月日：:]+")


def _squeezed(text: str) -> str:
    return re.sub(r"[\s　“”\"'（）()]", "", text)


def sign_off(texts: list[str], names: Mapping[str, int]) -> set[int]:
    """Units named alone on one of the last lines of a text; the first text that has one decides."""
    for text in texts:
        lines = [line for line in (_squeezed(line) for line in text.splitlines()) if line]
        found: set[int] = set()
        for line in lines[-_TAIL:]:
            bare = re.sub(r"^(?:报送单位|单位|报送|落款|供稿|发件单位|填报单位|来源)[：:]", "", line)
            bare = _DATE.sub("", bare, count=1) if not bare.startswith(tuple(names)) else bare
            bare = re.sub(r"(?:宣|敬上|报送|办公室|（盖章）|\(盖章\)|盖章)$", "", bare)
            if bare in names:
                found.add(names[bare])
            elif bare.startswith(tuple(names)):
                named = longest(bare, names)
                if named and len(bare) <= len(named) + 22 and _DATE.fullmatch(bare[len(named) :]):
                    found.add(names[named])
        if found:
            return found
    return set()


def heading(texts: list[str], names: Mapping[str, int]) -> set[int]:
    """Units whose name begins a title, a file name or a first sentence; several when the longest name is not one unit's."""
    found: set[int] = set()
    for text in texts:
        start = _squeezed(text)[:120]
        named = longest(start[:60], names)
        if named:
            found.add(names[named])
            continue
        for name in sorted(names, key=len, reverse=True):
            if len(name) >= 4 and name in start:
                found.add(names[name])
                break
    return found


def longest(text: str, names: Mapping[str, int]) -> str:
    """The longest name the text begins with; "" when none."""
    return next((text[:end] for end in range(min(len(text), 40), 2, -1) if text[:end] in names), "")
