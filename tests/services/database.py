"""The test database as other processes can see it: a real SQLite file (WAL, real locks) or a PostgreSQL database.

Which of the two is chosen before the settings are read, in tests/services/surroundings.py.
"""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """A file in the data folder for SQLite, a name of this worker's own for PostgreSQL."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "runner")
    for alias, database in settings.DATABASES.items():
        on_file = "sqlite" in database["ENGINE"]
        name = Path(os.environ["JINGUO_DATA"]) / f"{alias}-test.sqlite3" if on_file else f"jinguo_{alias}_{worker}"
        database.setdefault("TEST", {})["NAME"] = str(name)


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
