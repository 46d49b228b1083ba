"""Reading in a child process: the same record as here, no network, no files, and a child that dies harms nobody."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from jinguo.gongwen import Unreadable, read
from jinguo.gongwen.sandbox import read_in_child

ROOT = Path(__file__).resolve().parents[2]
NOTICE = ROOT / "jinguo" / "ops" / "demo" / "notice.txt"


def test_the_child_reads_what_we_read() -> None:
    data = NOTICE.read_bytes()
    assert read_in_child(data, "通知.txt") == read(data, "通知.txt")


def test_the_document_date_reaches_the_child() -> None:
    record = read_in_child("请于3月20日前报送名单。".encode(), document_date=date(2024, 2, 20))
    assert [d.date for d in record.deadlines] == ["2024-03-20"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "damaged"),
        ("机密★10年\n关于工作的通知".encode(), "classified"),
        (b"PK\x03\x04rest", "damaged"),
    ],
)
def test_a_refusal_comes_back_as_the_same_refusal(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_in_child(data)
    assert caught.value.code == code


def in_child(words: str) -> subprocess.CompletedProcess[str]:
    """Run words in a process that has given up what a reading child gives up."""
    setup = "from jinguo.gongwen import child\nchild.limit()\nimport socket, subprocess, json\nchild.close_off()\n"
    return subprocess.run(
        [sys.executable, "-c", setup + words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    "words",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.org', 80)",
        "subprocess.run(['true'])",
        "import os; os.system('true')",
    ],
)
def test_the_child_has_no_network_and_starts_no_programs(words: str) -> None:
    done = in_child(words)
    assert done.returncode == 1 and "PermissionError: a reading process may not use" in done.stderr


def test_the_child_cannot_fill_the_memory_or_the_disk() -> None:
    assert "MemoryError" in in_child("b'x' * (600 << 20)").stderr
    assert in_child("open('/tmp/jinguo-sandbox-probe', 'wb', buffering=0).write(b'x')").returncode != 0


def test_the_child_cannot_run_for_ever() -> None:
    done = in_child("import resource; print(resource.getrlimit(resource.RLIMIT_CPU))")
    assert done.stdout.strip() == "(10, 10)"


@pytest.mark.parametrize("answer", ["{}", "[]", "not json", '{"record": {"raw": ""}}', '{"unreadable": "nonsense"}'])
def test_an_answer_that_is_not_a_record_is_not_believed(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinguo.gongwen.sandbox.READING", "tests.gongwen.strange")
    with pytest.raises(Unreadable) as caught:
        read_in_child(f"say {answer}".encode())
    assert caught.value.code == "reader_failed"


def test_a_child_that_is_killed_is_said_to_cost_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinguo.gongwen.sandbox.READING", "tests.gongwen.strange")
    with pytest.raises(Unreadable) as caught:
        read_in_child(b"end 9")
    assert caught.value.code == "too_costly"
