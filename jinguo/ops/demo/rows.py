"""The lines of the demonstration's data files; what each column means is in data/README.md."""

import csv
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of one data file."""
    with (HERE / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def split(values: str) -> tuple[str, ...]:
    """The several values of one cell."""
    return tuple(value for value in values.split("|") if value)
