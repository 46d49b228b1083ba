"""Text as people paste it, without what nobody sees."""

import unicodedata

_HIDDEN_RANGES = (
    (0x00, 0x09), (0x0B, 0x0D), (0x0E, 0x20), (0x7F, 0xA0), (0xAD, 0xAE), (0x200B, 0x2010), (0x202A, 0x202F),
    (0x2060, 0x2070), (0xFEFF, 0xFF00), (0xFFFE, 0x10000),
)  # fmt: skip
_HIDDEN = dict.fromkeys(point for first, after in _HIDDEN_RANGES for point in range(first, after))


def visible(text: str) -> str:
    """Without control characters, marks that turn the direction of writing, and marks nobody can see; newlines stay."""
    kept = "".join(c for c in text if not 0xD800 <= ord(c) <= 0xDFFF)
    return unicodedata.normalize("NFC", kept).translate(_HIDDEN).replace("\r\n", "\n").replace("\r", "\n")


def inner(text: str) -> str:
    """The same words as they stand inside quotation marks: on one line, marks inside single (GB/T 15834 4.8.3.4)."""
    return " ".join(text.split()).replace("“", "‘").replace("”", "’")


def quote(text: str) -> str:
    """Somebody's words in quotation marks."""
    return f"“{inner(text)}”"
