"""A sheet as it was read, and the names of its cells. Standard library only: the reading child loads this too."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

MAX_ROWS = 100_000
MAX_COLUMNS = 80
ABOVE = 10  # filled rows among which a head is looked for
MAX_CELL = 2_000  # characters; a longer one is no name, telephone or list of addresses


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its rows from the first row on, each a tuple of texts, blanks at the end left off."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    def table(self, known: Collection[str] = ()) -> tuple[dict[str, int], list[tuple[int, tuple[str, ...]]]]:
        """The heads (levelled text → column from 0; the first of two alike) and (row number from 1, cells) of the rest.

        The head is the first row that holds anything; rows without a word, and the head once more, are left out.

        Args:
            known: levelled heads; a title and a note may stand above the row that holds most of them.
        """
        filled = [(number, row) for number, row in enumerate(self.rows, 1) if any(row)]
        if not filled:
            return {}, []
        fits = [sum(level(text) in known for text in set(row)) for _number, row in filled[:ABOVE]]
        (_number, head), rest = filled[fits.index(max(fits))], filled[fits.index(max(fits)) + 1 :]
        heads: dict[str, int] = {}
        for column, text in enumerate(head):
            if text:
                heads.setdefault(level(text), column)
        return heads, [(number, row) for number, row in rest if row != head]


def level(text: str) -> str:
    """A head without blanks, signs that differ in width only, capitals and the star of a required column."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(folded.split()).strip("*:")


def cell_name(column: int, row: int) -> str:
    """What a spreadsheet calls a cell: column from 0, row from 1 → `AB7`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
