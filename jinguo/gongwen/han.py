"""Chinese numerals as official papers use them: 一 … 九千九百九十九, 〇 and 两. Pure arithmetic."""

DIGITS = "〇一二三四五六七八九"
HAN_NUMBER = "[〇零一二两三四五六七八九十百千]"  # one character of a numeral, for patterns

_VALUES = {c: i for i, c in enumerate(DIGITS)} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 120 → 一百二十. Outside 0..999 the Arabic digits are kept."""
    if not 0 <= number <= 999:
        return str(number)
    if number < 10:
        return DIGITS[number]
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = DIGITS[hundreds] + "百" if hundreds else ""
    if rest:
        text += DIGITS[0] * (hundreds > 0 and tens == 0)
        text += (DIGITS[tens] if tens > 1 or hundreds else "") + "十" if tens else ""
        text += DIGITS[ones] if ones else ""
    return text


def number_of(text: str) -> int | None:
    """The value of an Arabic or Chinese whole number; None when it is neither."""
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 12 else None
    if not text or any(c not in _VALUES and c not in _UNITS for c in text):
        return None
    if all(c in _VALUES for c in text):  # a row of digits: 二〇二四
        return int("".join(str(_VALUES[c]) for c in text)) if len(text) <= 12 else None
    total, digit = 0, None
    for c in text:
        if c in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[c]
            digit = None
        else:
            digit = _VALUES[c]
    return total + (digit or 0)
