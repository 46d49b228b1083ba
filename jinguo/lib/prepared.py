"""A hot read whose SQL is made once.

Django makes the SQL of a query anew each time it is asked; for a few columns found by one or two values that is nine tenths
of the time (measured: 0.45 ms against 0.05). Here the query is made once, with a mark in the place of each value, and from
then on asked with the values. The SQL stays Django's own, for either database; none is written by hand.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection

MARK = 7_000_000_000_000_000_000  # no row of ours has such a number


class Prepared:
    """One query, asked often with other values.

    Args:
        rows: makes a `values_list` of texts and whole numbers (others are read differently by each database) from values given
            by name; each must be compared as it is, with `=`.
    """

    def __init__(self, rows: Callable[..., Any]) -> None:
        self.rows = rows
        self.made: tuple[str, list[Callable[[dict[str, Any]], Any]]] | None = None

    def ask(self, **values: str | int) -> list[tuple[Any, ...]]:
        """The rows for these values, each a tuple of its columns."""
        if self.made is None:
            self.made = self._make(values)
        sql, places = self.made
        with connection.cursor() as cursor:
            cursor.execute(sql, [place(values) for place in places])
            return list(cursor.fetchall())

    def _make(self, values: dict[str, str | int]) -> tuple[str, list[Callable[[dict[str, Any]], Any]]]:
        marks = {
            name: MARK + n if isinstance(value, int) else f"{MARK + n}"
            for n, (name, value) in enumerate(values.items())
        }
        sql, parameters = self.rows(**marks).query.sql_with_params()
        places = [_place(parameter, marks) for parameter in parameters]
        if {name for name, mark in marks.items() if mark not in parameters}:
            raise ValueError(f"not every one of {sorted(marks)} is compared as it is: {sql}")
        return sql, places


def _place(parameter: Any, marks: dict[str, Any]) -> Callable[[dict[str, Any]], Any]:
    """What stands in this place: one of the values, or always the same."""
    for name, mark in marks.items():
        if type(parameter) is type(mark) and parameter == mark:
            return lambda values, name=name: values[name]  # type: ignore[misc]
    return lambda values: parameter
