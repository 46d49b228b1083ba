"""How wide a text is, in characters (字: 3.1), and the indents of signature and date that follow from it (7.3.5).

Reckoned, not measured: a Han character, a full-width mark or a dash is 1, a digit or Latin letter 0.5.
"""

import unicodedata


def width(text: str) -> float:
    """Width of ``text`` in Han characters of its own size."""
    return sum(_one(character) for character in text)


def _one(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc", "Mn", "Me"):
        return 0.0
    # Ambiguous characters (quotes, dashes, ellipses, the middle dot) are set full width in Chinese text.
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def signature_indents(signature: str, date: str, *, sealed: bool) -> tuple[float, float]:
    """Right indents (字) of the signature and of the date below it.

    Unsealed (7.3.5.2): the signature stands 2 in and the date begins 2 right of its first character; a date
    longer than the signature stands 2 in itself and pushes the signature left.
    Sealed (7.3.5.1): the date stands 4 in and the signature is centred on the date's axis.
    """
    signed, dated = width(signature), width(date)
    if sealed:
        return max(0.0, 4 + (dated - signed) / 2), 4.0
    if dated <= signed:
        return 2.0, signed - dated
    return 4 + dated - signed, 2.0
