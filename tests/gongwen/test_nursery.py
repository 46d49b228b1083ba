"""Every file has a process of its own, forked from one that has loaded everything: it is limited, sees no other file, ends
with who asked, and a file is read also where the nursery dies or cannot stand."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from jinguo.gongwen import asking
from jinguo.gongwen.asking import Died, ask

ROOT = Path(__file__).resolve().parents[2]
STRANGE = "tests.gongwen.strange"


@pytest.fixture(params=["nursery", "alone"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways a file may be read keep the same promises."""
    if request.param == "alone":
        monkeypatch.setattr(asking._Line, "call", gone)
    return str(request.param)


def gone(*words: object) -> None:
    raise asking._Gone


@pytest.fixture
def own_line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A nursery for this test alone, which may kill it."""
    line = asking._Line()
    monkeypatch.setattr(asking, "_line", line)
    yield line
    line.end()


def do(words: str, seconds: float = 60) -> str:
    return ask(STRANGE, {}, words.encode(), seconds=seconds).decode()


def facts() -> Any:
    return json.loads(do("facts"))


def died(words: str, seconds: float = 60) -> str:
    with pytest.raises(Died) as caught:
        do(words, seconds)
    return caught.value.code


def is_alive(pid: int) -> bool:
    """Whether it runs; one that has ended and only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def ends(pid: int) -> bool:
    """Whether it ends within 20 seconds."""
    until = time.monotonic() + 20
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_alive(pid)


def children_of(line: Any, waiting: Future[Any]) -> list[int]:
    """The processes a nursery has forked, once there are some, or once nobody waits for one any more."""
    place = Path(f"/proc/{line._nursery.pid}/task/{line._nursery.pid}/children")
    while not (children := place.read_text().split()) and not waiting.done():
        time.sleep(0.01)
    return [int(child) for child in children]


def test_each_file_has_a_process_that_knows_nothing_of_another() -> None:
    assert do("remember a name") == "kept"
    first, second = facts(), facts()
    assert first["forks"] and first["parent"] == second["parent"] and first["pid"] != second["pid"]
    for one in (first, second):
        assert one["seen"] == []
        assert one["open"] == [0, 1, 2]
        assert set(one["names"]) <= {"PATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONUTF8", "LC_CTYPE", "PYTHONDONTWRITEBYTECODE"}  # fmt: skip


def test_a_file_meets_no_network(way: str) -> None:
    """Where the kernel lets a user leave it; elsewhere Python alone refuses (`test_sandbox`)."""
    leaving = shutil.which("unshare")
    if not leaving or subprocess.run([leaving, "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this kernel lets nobody leave the network")
    assert facts()["network"] == ["lo"]


def test_a_file_is_limited_in_memory_time_and_writing(way: str, tmp_path: Path) -> None:
    assert do("fill 200") == str(200 << 20)
    assert died("fill 300") == "too_costly"
    assert died("spin 0") == "too_costly"
    assert died(f"write {tmp_path / 'x'}") == "reader_failed"
    assert (tmp_path / "x").read_bytes() == b""


def test_a_file_that_breaks_its_process_is_said_to_have(way: str) -> None:
    assert [died(f"end {number}") for number in (9, 6, 11)] == ["too_costly", "too_costly", "reader_failed"]
    assert do("say that others are read") == "that others are read"


def test_what_takes_too_long_is_killed(own_line: Any) -> None:
    do("say hello")
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(died, "wait 600", 2)
        children = children_of(own_line, waiting)
        assert waiting.result() == "too_costly"
    assert all(map(ends, children))
    assert do("say still here") == "still here"


def test_files_are_read_beside_one_another(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        slow = threads.submit(do, f"wait-for {tmp_path / 'end'}")
        assert list(threads.map(do, [f"say {number}" for number in range(20)])) == [str(number) for number in range(20)]
        assert not slow.done()
        (tmp_path / "end").touch()
        assert slow.result() == "it came"


def test_a_file_survives_the_death_of_the_nursery_and_the_next_has_another(own_line: Any) -> None:
    first = facts()["parent"]
    assert do("kill-parent 0") == "alone"
    assert ends(first)
    then = facts()
    assert then["forks"] and then["parent"] != first


def test_a_killed_nursery_takes_its_processes_with_it(own_line: Any, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as threads:
        do("say hello")
        waiting = threads.submit(do, f"wait-for {tmp_path / 'end'}", 40)
        children = children_of(own_line, waiting)
        own_line._nursery.kill()
        assert all(map(ends, children)) and not waiting.done()
        (tmp_path / "end").touch()
        assert waiting.result() == "it came", "it was read again, alone"


CALLER = """
import sys, threading, time
from jinguo.gongwen.asking import ask, _line
ask("tests.gongwen.strange", {}, b"say hello", seconds=60)
threading.Thread(target=ask, args=("tests.gongwen.strange", {}, b"wait 600"), kwargs={"seconds": 900}, daemon=True).start()
place = f"/proc/{_line._nursery.pid}/task/{_line._nursery.pid}/children"
while not (children := open(place).read().split()):
    time.sleep(0.01)
print(_line._nursery.pid, *children, flush=True)
time.sleep(600)
"""


def test_nothing_is_left_of_a_caller_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", CALLER], cwd=ROOT, stdout=subprocess.PIPE, text=True) as caller:
        assert caller.stdout is not None
        pids = [int(word) for word in caller.stdout.readline().split()]
        assert len(pids) >= 2 and all(map(is_alive, pids))
        caller.kill()
    assert all(map(ends, pids))


FORKING = """
import os
from jinguo.gongwen.asking import ask, _line
mine = ask("tests.gongwen.strange", {}, b"facts", seconds=60)
nursery = _line._nursery
read, write = os.pipe()
if not os.fork():
    os.write(write, ask("tests.gongwen.strange", {}, b"facts", seconds=60))
    _line.end()
    os._exit(0)
os.wait()
print(mine.decode(), os.read(read, 10_000).decode(), sep="\\n")
"""


def test_a_forked_caller_has_a_nursery_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKING], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    mine, its = map(json.loads, done.stdout.splitlines())
    assert mine["forks"] and its["forks"] and mine["parent"] != its["parent"]


def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_ANSWERED", 1000)
    assert died("say " + "x" * 2000) == "reader_failed"
