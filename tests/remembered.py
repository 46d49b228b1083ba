"""What a fixture wrote once in this process, written again in a moment: the same rows with the same keys and seals.

Building the small world takes a third of a second of processor time; putting its rows back as the database itself spells
them takes a hundredth of that.
"""

import os
import pickle
from collections.abc import Callable, Hashable
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from jinguo.lib import clock, crypto

LITERAL = {"sqlite": "quote({})", "postgresql": "quote_nullable({}::text)"}


class Remembered:
    """A way of writing rows, and the rows it wrote the first time.

    They are forgotten when the clock was moved, another day has begun or the key changed, for then the world would be
    another one too; where one of the keys is taken, the rows are written anew.
    """

    def __init__(self, write: Callable[..., Any]) -> None:
        self.write = write
        self.kept: dict[Hashable, tuple[list[str], bytes]] = {}

    def __call__(self, *given: Any, about: Hashable = None) -> Any:
        """Write them; what the first writing returned, as a copy of its own. `about`: all that `given` decides."""
        mark = (clock.shift(), clock.today(), os.environ.get("JINGUO_KEYRING"), _key(), about)
        if mark not in self.kept:
            before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in _tables()}
            made = self.write(*given)
            inserts = [words for model, known in before.items() for words in _insert(model, known)]
            self.kept[mark] = inserts, pickle.dumps(made)
            return made
        inserts, made = self.kept[mark]
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for words in inserts:
                    cursor.execute(words)
        except IntegrityError:
            return self.write(*given)
        return pickle.loads(made)  # noqa: S301 - dumped above


def _key() -> bytes:
    """By which key values are sealed now; empty where no key was made yet."""
    try:
        return crypto.ring().head
    except crypto.KeyMissing:
        return b""


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _insert(model: type[models.Model], known: set[Any]) -> list[str]:
    """The statements that write this table's new rows again; none where there are none."""
    quote, literal = connection.ops.quote_name, LITERAL[connection.vendor]
    columns = [quote(field.column) for field in model._meta.local_concrete_fields if not field.generated]
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    values = ", ".join(literal.format(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {values} FROM {table}")  # noqa: S608 - Django's own names
        rows = [row for (pk, *row) in cursor.fetchall() if model._meta.pk.to_python(pk) not in known]
    if not rows:
        return []
    written = ", ".join(f"({', '.join(row)})" for row in rows)
    return [f"INSERT INTO {table} ({', '.join(columns)}) VALUES {written}", *_beyond(model)]  # noqa: S608


def _beyond(model: type[models.Model]) -> list[str]:
    """PostgreSQL hands out numbers from a counter of its own, which a test may have set back: it goes on beyond these rows."""
    pk = model._meta.pk
    if connection.vendor != "postgresql" or not isinstance(pk, models.AutoField):
        return []
    table, key = model._meta.db_table, connection.ops.quote_name(pk.column)
    counter = f"(SELECT pg_get_serial_sequence('\"{table}\"', '{pk.column}') AS at) AS counter"
    most = f"(SELECT max({key}) FROM {connection.ops.quote_name(table)})"  # noqa: S608
    return [f"SELECT setval(counter.at, greatest({most}, nextval(counter.at))) FROM {counter}"]  # noqa: S608
