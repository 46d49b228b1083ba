"""Keys are made for an empty house, once, and never in place of lost ones."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from jinguo.config.env import BadSetting
from jinguo.config.keys import ensure_ring, signing_secret
from jinguo.lib import crypto
from tests.world import Cast

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(tmp_path, monkeypatch):
    """Ring file, file folder and database of a house that holds nothing."""
    monkeypatch.setenv("JINGUO_KEYRING", os.environ["JINGUO_KEYRING"])  # put back after the test
    database = {"ENGINE": "jinguo.lib.sqlite", "NAME": str(tmp_path / "house.sqlite3")}
    return tmp_path / "keys" / "ring.json", tmp_path / "files", database


def test_an_empty_house_gets_a_ring(house):
    ensure_ring(*house)
    assert crypto.ring().current == "k1"
    assert house[0].stat().st_mode & 0o777 == 0o600


def test_a_ring_that_is_there_is_kept(house):
    ensure_ring(*house)
    before = house[0].read_bytes()
    ensure_ring(*house)
    assert house[0].read_bytes() == before


@pytest.mark.parametrize("left", ["a file", "a database"])
def test_a_lost_ring_is_not_replaced(house, left):
    ring, files, database = house
    if left == "a file":
        (files / "ab").mkdir(parents=True)
    else:
        Path(database["NAME"]).write_bytes(b"SQLite format 3")
    ensure_ring(ring, files, database)
    assert not ring.exists()
    with pytest.raises(crypto.KeyMissing):
        crypto.ring()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_lost_ring_is_not_replaced_where_the_database_is_elsewhere(house):
    """With PostgreSQL the data folder may be new and the database old."""
    ring, files, _ = house
    database = {**settings.DATABASES["default"], "NAME": connection.settings_dict["NAME"]}
    on_file = connection.vendor == "sqlite"
    if not on_file:
        ensure_ring(ring, files, database)
        assert ring.exists(), "a migrated database without a unit holds nothing"
        ring.unlink()
    Cast.gather()
    ensure_ring(ring, files, database)
    assert not ring.exists()


def test_a_database_that_does_not_answer_may_hold_anything(house):
    ring, files, _ = house
    away = {"ENGINE": "postgresql", "HOST": "127.0.0.1", "PORT": "1", "USER": "x", "NAME": "x", "PASSWORD": ""}
    ensure_ring(ring, files, away)
    assert not ring.exists()


def test_a_ring_that_cannot_be_made_stops_the_start(house):
    _, files, database = house
    with pytest.raises(BadSetting, match="JINGUO_KEYRING"):
        ensure_ring(Path("/dev/null/ring.json"), files, database)


def test_the_signing_secret_is_made_once_and_again_when_it_is_lost(tmp_path):
    first = signing_secret(tmp_path / "keys")
    assert signing_secret(tmp_path / "keys") == first
    assert (tmp_path / "keys" / "secret.key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "keys" / "secret.key").unlink()
    assert signing_secret(tmp_path / "keys") not in {first, ""}


def test_a_cut_signing_secret_is_said(tmp_path):
    (tmp_path / "secret.key").write_text("short")
    with pytest.raises(BadSetting, match="is cut"):
        signing_secret(tmp_path)


def test_four_processes_starting_at_once_agree_on_their_keys(tmp_path):
    code = (
        "from jinguo.config import settings; from jinguo.lib import crypto;"
        "print(settings.SECRET_KEY, crypto.ring().identity)"
    )
    environment = {**os.environ, "JINGUO_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    environment.pop("JINGUO_DATABASE", None)
    environment.pop("JINGUO_KEYRING", None)
    running = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in running}) == 1
    assert [process.returncode for process in running] == [0] * 4


def test_the_website_does_not_start_without_its_keys(tmp_path):
    environment = {**os.environ, "JINGUO_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    environment.pop("JINGUO_DATABASE", None)
    environment.pop("JINGUO_KEYRING", None)
    (tmp_path / "data" / "files" / "ab").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", "import jinguo.config.wsgi"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "no key ring at" in done.stderr
    assert "Traceback" not in done.stderr
