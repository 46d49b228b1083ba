"""Model attributes that are stored encrypted: `phone = Sealed("phone_sealed", lookup="phone_hash")`.

The column holds base64 text bound to table, column and the row's random `code`, which must be set before the value.
"""

import base64
from typing import Any

from jinguo.lib import crypto


class Sealed:
    """Reads and writes the plain value of an encrypted column.

    Args:
        column: the text column holding the ciphertext ("" for no value).
        lookup: a column to fill with the keyed hash of the value, for finding equal ones.
    """

    def __init__(self, column: str, lookup: str = "") -> None:
        self.column, self.lookup = column, lookup

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def binding(self, row: Any) -> str:
        return f"{row._meta.db_table}.{self.column}.{row.code}"

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        stored = getattr(row, self.column)
        if not stored:
            return ""
        return crypto.ring().open(base64.b64decode(stored), self.binding(row)).decode()

    def __set__(self, row: Any, value: str) -> None:
        if not row.code:
            raise ValueError(f"{type(row).__name__}.code must be set before {self.name}")
        sealed = crypto.ring().seal(value.encode(), self.binding(row)) if value else b""
        setattr(row, self.column, base64.b64encode(sealed).decode())
        if self.lookup:
            setattr(row, self.lookup, crypto.ring().hash(value, f"{row._meta.db_table}.{self.lookup}") if value else "")


def lookup_hash(model: Any, attribute: str, value: str) -> str:
    """What the look-up column of a sealed attribute holds for a value."""
    descriptor = model.__dict__[attribute]
    return crypto.ring().hash(value, f"{model._meta.db_table}.{descriptor.lookup}")
