"""By what a photograph or a paragraph is known again, though it was saved anew, made smaller, or changed by a word. PURE.

A picture's print is its difference hash (8 × 8 brightness steps from left to right). It is looked up by four bands of 16
bits: two prints that differ in at most three steps share one for sure, and nearly always up to `NEAR`. A paragraph is
looked up by the four smallest digests of its shingles, and then compared shingle by shingle.
"""

import hashlib
import io
import warnings
from collections.abc import Iterator

from PIL import Image

from jinguo.reports.likeness import overlap, plain, shingles

NEAR = 6  # steps of 64 in which two prints of one picture may differ
FLAT = 4  # steps; a picture with fewer rising or falling ones is a plain wall and proves nothing
LEAST = 40  # letters of a paragraph; a shorter one is everybody's
SKETCH = 4
SAME = 0.6  # of the shingles
_PICTURE, _WORDS = 1 << 40, 1 << 61


def picture_print(data: bytes) -> int | None:
    """64 bits of a picture this house has made itself; None where nothing can be read, or nothing is to be seen."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            small = Image.open(io.BytesIO(data)).convert("L").resize((9, 8), Image.Resampling.BOX)
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    light = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (light[at + 1] > light[at])
    return bits if FLAT <= bits.bit_count() <= 64 - FLAT else None


def is_near(one: int, other: int) -> bool:
    """Whether two prints are of one picture."""
    return (one ^ other).bit_count() <= NEAR


def picture_marks(bits: int) -> list[int]:
    """The four numbers a picture is looked up by."""
    return [_PICTURE | band << 16 | (bits >> band * 16 & 0xFFFF) for band in range(4)]


def paragraphs(*texts: str) -> Iterator[str]:
    """The paragraphs long enough to be somebody's own."""
    for text in texts:
        yield from (line.strip() for line in text.splitlines() if len(plain(line)) >= LEAST)


def paragraph_marks(paragraph: str) -> list[int]:
    """The four numbers a paragraph is looked up by."""
    digests = (hashlib.blake2b(piece.encode(), digest_size=7).digest() for piece in shingles(paragraph))
    return [_WORDS | number for number in sorted(int.from_bytes(digest) for digest in digests)[:SKETCH]]


def is_same(one: str, other: str) -> bool:
    """Whether two paragraphs are one, a few words apart."""
    return overlap(shingles(one), shingles(other)) >= SAME
