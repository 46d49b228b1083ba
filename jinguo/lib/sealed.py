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
        return _open(stored, self.binding(row)).decode() if stored else ""

    def __set__(self, row: Any, value: str) -> None:
        if not row.code:
            raise ValueError(f"{type(row).__name__}.code must be set before {self.name}")
        setattr(row, self.column, _seal(value.encode(), self.binding(row)) if value else "")
        if self.lookup:
            setattr(row, self.lookup, crypto.ring().hash(value, f"{row._meta.db_table}.{self.lookup}") if value else "")

    def resealed(self, row: Any) -> str:
        """What the column holds once its value is sealed by the ring's current key.

        Raises:
            crypto.KeyMissing, crypto.Tampered: the present value does not open.
        """
        return _seal(_open(getattr(row, self.column), self.binding(row)), self.binding(row))


def beginning() -> str:
    """The characters with which every column sealed by the ring's current key begins.

    Whole groups of three bytes only, so that they do not depend on what follows.
    """
    head = crypto.ring().head
    return base64.b64encode(head[: len(head) // 3 * 3]).decode()


def lookup_hash(model: Any, attribute: str, value: str) -> str:
    """What the look-up column of a sealed attribute holds for a value."""
    descriptor = model.__dict__[attribute]
    return crypto.ring().hash(value, f"{model._meta.db_table}.{descriptor.lookup}")


def _seal(plain: bytes, binding: str) -> str:
    return base64.b64encode(crypto.ring().seal(plain, binding)).decode()


def _open(stored: str, binding: str) -> bytes:
    try:
        sealed = base64.b64decode(stored, validate=True)
    except ValueError as error:
        raise crypto.Tampered(f"there is no ciphertext at {binding}") from error
    return crypto.ring().open(sealed, binding)
