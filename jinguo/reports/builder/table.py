"""A table of a summary."""

from dataclasses import dataclass

Cell = str | int | None


@dataclass(frozen=True)
class Column:
    """A column: its title and the unit of its numbers."""

    title: str
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """A table. A cell None was not reported; `total` is the last row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None
    note: str
