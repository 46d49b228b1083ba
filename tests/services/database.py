"""The test database as other processes can see it: a real SQLite file (WAL, real locks) or a PostgreSQL database.

Which of the two is chosen before the settings are read, in tests/services/surroundings.py.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from tests.services import blueprint


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A file in the data folder for SQLite, a name of this worker's own for PostgreSQL."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "runner")
    for alias, database in settings.DATABASES.items():
        on_file = "sqlite" in database["ENGINE"]
        name = Path(os.environ["JINGUO_DATA"]) / f"{alias}-test.sqlite3" if on_file else f"jinguo_{alias}_{worker}"
        database.setdefault("TEST", {})["NAME"] = str(name)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Whether the database was laid out from its blueprint. It goes with the run's folder or the throw-away cluster."""
    database = settings.DATABASES["default"]
    laid_out = blueprint.lay_out(database, database["TEST"]["NAME"])
    # Nothing is left to migrate; the tables are all there, and making none of them is quicker than asking every migration.
    database["TEST"]["MIGRATE"] = not laid_out
    return laid_out


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool) -> None:
    """A database that had to be migrated is kept as the blueprint of the next one."""
    if not django_db_keepdb:
        connection.close()
        blueprint.keep(connection.settings_dict, connection.settings_dict["NAME"])


@pytest.fixture(scope="session", autouse=True)
def only_what_was_written_is_emptied() -> Iterator[None]:
    """After a test that commits, Django empties every table and makes its permissions anew: half a second on SQLite, more
    on PostgreSQL. Here only tables that hold rows are emptied."""

    def empty_all(case: TransactionTestCase) -> None:
        for alias in case._databases_names(include_mirrors=False):
            empty(connections[alias])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_all)
        yield


STAYS = {"django_content_type", "auth_permission"}  # made with the tables; nothing of the house writes there


def empty(database: BaseDatabaseWrapper) -> None:
    """Delete every row that tests may have written."""
    names = set(database.introspection.django_table_names(only_existing=True, include_views=False)) - STAYS
    quoted = [database.ops.quote_name(name) for name in sorted(names)]
    # Django's own names, quoted: SQL has no placeholder for them.
    holds_rows = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in quoted)  # noqa: S608
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        cursor.execute(holds_rows)
        filled = [name for (name,) in cursor.fetchall()]
        if filled and database.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")  # no foreign key is asked: all of it goes
        for name in filled:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608


@pytest.fixture
def child_environment() -> dict[str, str]:
    """The environment for a process of its own on this test's database: a worker, a web server, a command.

    Such a process sees only what is committed: mark the test `django_db(transaction=True)`.
    """
    database = connection.settings_dict
    url = f"sqlite:{database['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{quote(database['USER'])}@/{database['NAME']}?host={database['HOST']}"
    return {**os.environ, "JINGUO_DATABASE": url}


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> None:
    """Static files keep their plain names in tests: nothing was collected, so no hashed name exists."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns when it is missing
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STORAGES = storages
