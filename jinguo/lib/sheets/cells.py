"""A sheet as it was read, and the names of its cells. Standard library only: the reading child loads this too."""

import unicodedata
from dataclasses import dataclass

MAX_ROWS = 100_000
MAX_COLUMNS = 80
MAX_CELL = 2_000  # characters; a longer one is no name, telephone or list of addresses


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its rows from the first row on, each a tuple of texts, blanks at the end left off."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    def table(self) -> tuple[dict[str, int], list[tuple[int, tuple[str, ...]]]]:
        """The heads (levelled text → column from 0; the first of two alike) and (row number from 1, cells) of the rest.

        The head is the first row that holds anything; rows without a word are left out.
        """
        filled = [(number, row) for number, row in enumerate(self.rows, 1) if any(row)]
        if not filled:
            return {}, []
        heads: dict[str, int] = {}
        for column, text in enumerate(filled[0][1]):
            if text:
                heads.setdefault(level(text), column)
        return heads, filled[1:]


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
