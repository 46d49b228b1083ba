"""Settings: a blank is the default, a file wins, and a value that cannot be used stops the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jinguo.config import env
from jinguo.config.env import BadSetting

ROOT = Path(__file__).resolve().parents[2]
NAME = "JINGUO_THING"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv(f"{NAME}_FILE", raising=False)


@pytest.mark.parametrize("blank", [None, "", "   "])
def test_blank_is_the_default(monkeypatch, blank, tmp_path):
    if blank is not None:
        monkeypatch.setenv(NAME, blank)
        monkeypatch.setenv(f"{NAME}_FILE", blank)
    assert env.text(NAME, "given") == "given"
    assert env.flag(NAME, True) is True
    assert env.number(NAME, 7) == 7
    assert env.words(NAME, "a, b") == ["a", "b"]
    assert env.networks(NAME) == []
    assert env.folder(NAME, tmp_path) == tmp_path
    assert env.database(NAME, f"sqlite:{tmp_path}/x")["NAME"] == f"{tmp_path}/x"


def test_a_file_wins_and_its_last_line_break_does_not_count(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv(NAME, "from the environment")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert env.text(NAME) == "from the file"


@pytest.mark.parametrize(("value", "meant"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("0", False)])
def test_yes_and_no_in_the_usual_words(monkeypatch, value, meant):
    monkeypatch.setenv(NAME, value)
    assert env.flag(NAME, not meant) is meant


@pytest.mark.parametrize(
    ("read", "value", "says"),
    [
        (lambda: env.flag(NAME, True), "maybe", "maybe"),
        (lambda: env.choice(NAME, "a", ("a", "b")), "c", "must be one of a, b"),
        (lambda: env.number(NAME, 0), "soon", "whole number"),
        (lambda: env.networks(NAME), "10.0.0.0/8,proxy", "'proxy' is not an IP address"),
        (lambda: env.address(NAME, ""), "jinguo.example.org", "must be like https://"),
        (lambda: env.address(NAME, ""), "https://jinguo.example.org/path", "without a path"),
        (lambda: env.address(NAME, ""), "ftp://jinguo.example.org", "must be like https://"),
        (lambda: env.address(NAME, ""), "https://[", "is not an address"),
        (lambda: env.file(NAME, Path("/x")), "keys/ring.json", "full path"),
        (lambda: env.folder(NAME, Path("/x")), "/dev/null/folder", "cannot make the folder"),
        (lambda: env.database(NAME, ""), "sqlite:house.sqlite3", "full path"),
        (lambda: env.database(NAME, ""), "sqlite:/srv/", "full path"),
        (lambda: env.database(NAME, ""), "sqlite:/dev/null/x", "cannot make the folder"),
        (lambda: env.database(NAME, ""), "postgres://u:secret@host:port/name", "the port must be a number"),
        (lambda: env.database(NAME, ""), "postgres://u:secret@host/", "names no database"),
        (lambda: env.database(NAME, ""), "mysql://u:secret@host/name", "must begin with sqlite: or postgres://"),
    ],
)
def test_what_cannot_be_used_is_named_with_the_reason_and_without_a_password(monkeypatch, read, value, says):
    monkeypatch.setenv(NAME, value)
    with pytest.raises(BadSetting) as stopped:
        read()
    said = str(stopped.value)
    assert said.startswith(f"{NAME}: ")
    assert says in said
    assert "dotenv-sample" in said
    assert "secret" not in said


@pytest.mark.parametrize(("content", "says"), [(None, "cannot read"), (b"", "is empty"), (b"\xff\xfe\xfa", "not text")])
def test_a_file_that_cannot_be_used_is_named(monkeypatch, tmp_path, content, says):
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    with pytest.raises(BadSetting, match=says):
        env.text(NAME)


def test_a_database_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv(NAME, "postgres://us%40er:pa%2Fss@db.example.org:5433/house")
    found = env.database(NAME, "")
    assert [found[part] for part in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "us@er",
        "pa/ss",
        "db.example.org",
        "5433",
        "house",
    ]
    monkeypatch.setenv(NAME, "postgres://jinguo@/house?host=/run/postgresql&port=5434")
    found = env.database(NAME, "")
    assert [found[part] for part in ("HOST", "PORT", "PASSWORD")] == ["/run/postgresql", "5434", ""]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JINGUO_DEBUG", "perhaps"),
        ("JINGUO_MAIL", "pigeon"),
        ("JINGUO_CLOCK_SHIFT", "tomorrow"),
        ("JINGUO_URL", "jinguo"),
        ("JINGUO_PROXIES", "proxy"),
        ("JINGUO_DATABASE", "oracle:x"),
        ("JINGUO_SECRET_KEY_FILE", "/dev/null/none"),
    ],
)
def test_the_program_stops_with_one_sentence_and_no_traceback(name, value, tmp_path):
    environment = {**os.environ, "JINGUO_DATA": str(tmp_path / "data"), name: value}
    environment.pop("JINGUO_DATABASE") if name != "JINGUO_DATABASE" and "JINGUO_DATABASE" in environment else None
    done = subprocess.run(
        [sys.executable, "-m", "jinguo", "doctor"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}: ")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
