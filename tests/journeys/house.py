"""The running house: a web server and a worker as processes of their own on this test's database, which can be killed.

What they say goes into a log in the data folder; a test that fails shows its end. No fixture lives here.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest

from jinguo.lib import clock

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds; a busy machine is slow, a hanging one is found
STEP = 0.05
T = TypeVar("T")


def until(found: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """Ask again and again until `found` answers with something true; fails the test when it never does."""
    limit = time.monotonic() + patience
    while time.monotonic() < limit:
        if answer := found():
            return answer
        Event().wait(STEP)
    pytest.fail(f"In {patience:.0f} s it did not come true: {what}")


def kept_port() -> socket.socket:
    """A port of our own, however often the server behind it dies: it is bound here and never listened at, so nobody else is
    given it, and who also allows its reuse may listen."""
    kept = socket.socket()
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    kept.bind(("127.0.0.1", 0))
    return kept


class Process:
    """One program of the house. It leads a process group of its own, so that killing it leaves no child behind."""

    def __init__(self, name: str, words: list[str], environment: dict[str, str], log: Path) -> None:
        self.name, self.words, self.environment, self.log = name, words, environment, log
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert self.child is None, f"the {self.name} process runs already"
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                [sys.executable, *self.words], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        """As if the power went: −9 to the program and everything it started."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, as a restart does."""
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(timeout=15)
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> None:
        if self.child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, number)
        self.child.wait(timeout=15)
        self.child = None

    @property
    def runs(self) -> bool:
        return self.child is not None and self.child.poll() is None


class House:
    """Web and worker of the test's database."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.kept = kept_port()
        self.port = int(self.kept.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"house-{self.port}.log"
        settings = {**environment, "JINGUO_URL": self.url, "JINGUO_MAIL": "smtp", "PYTHONUNBUFFERED": "1"}
        listen = [
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--no-ws",
            "--workers",
            "1",
            "--log-level",
            "warning",
        ]
        threads = ["--blocking-threads", "8", "--backpressure", "64"]
        web = ["-m", "granian", "--interface", "wsgi", *listen, *threads, "jinguo.config.wsgi:application"]
        self.web = Process("web", web, settings, self.log)
        self.worker = Process("worker", ["manage.py", "work"], settings, self.log)

    def open(self) -> None:
        """Start both; back when the first page answers."""
        self.worker.start()
        self.open_web()

    def open_web(self) -> None:
        self.web.start()
        until(self._answers, f"the web server answers at {self.url}; it said: {self.said()}")

    def _answers(self) -> bool:
        assert self.web.runs, f"the web server ended by itself; it said: {self.said()}"
        try:
            with urllib.request.urlopen(f"{self.url}/sign-in/", timeout=20):
                return True
        except urllib.error.HTTPError as error:
            pytest.fail(f"The first page answered {error.code}: {self.said()}")
        except OSError:
            return False

    def it_is(self, moment: datetime) -> None:
        """Time passes: both processes begin again under a clock that shows this moment."""
        self.close()
        shift = str(int((moment - clock.now() + clock.shift()).total_seconds()))
        for process in (self.web, self.worker):
            process.environment["JINGUO_CLOCK_SHIFT"] = shift
        self.open()

    def close(self) -> None:
        self.web.stop()
        self.worker.stop()

    def said(self) -> str:
        """The end of what web and worker said."""
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def faults(self) -> list[str]:
        """The first line of every traceback and every error they logged; a journey ends with none."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return [line for line in lines if line.startswith("Traceback") or " ERROR " in line or " CRITICAL " in line]
