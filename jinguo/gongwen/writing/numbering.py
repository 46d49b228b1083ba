"""Numbers of headings and attachments as the standard writes them: 一、 （一） 1. （1） (7.3.3)."""

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A whole number from 0 to 9999 in Han numerals: 10 → 十, 21 → 二十一, 108 → 一百零八."""
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is outside 0 to 9999")
    if number < 10:
        return _DIGITS[number]
    out, pending = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if pending and out else "") + _DIGITS[digit] + sign
            pending = False
        else:
            pending = True
    return out.removeprefix("一") if out.startswith("一十") else out


def mark(level: int, number: int) -> str:
    """The mark that stands before a heading of ``level`` 1 to 4."""
    return {1: f"{chinese(number)}、", 2: f"（{chinese(number)}）", 3: f"{number}.", 4: f"（{number}）"}[level]


class HeadingNumbers:
    """Counts headings; a heading starts the count of every deeper level anew."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        """The mark of the next heading of ``level``."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        return mark(level, self._counts[level - 1])
