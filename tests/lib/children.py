"""Processes of their own for tests: a piece of Python on this test's database, started together, killed when told."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BEGIN = """
import sys, django
django.setup()
print("ready", flush=True)
sys.stdin.readline()
"""


class Child:
    """One process running `code` after a common start; what it prints is read line by line."""

    def __init__(self, code: str, environment: dict[str, str], *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", BEGIN + code, *words],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def line(self) -> str:
        """The next line it prints, or "" when it has ended."""
        return self.process.stdout.readline().strip()

    def go(self) -> None:
        """Let it begin (or go on), once it said that it is ready."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """End it as a power cut would: kill -9."""
        self.process.kill()
        self.process.communicate()

    def died(self) -> int:
        """Wait until it ends by itself, badly or well; minus the signal that ended it."""
        self.process.communicate(timeout=120)
        return self.process.returncode

    def end(self) -> str:
        """Wait for it; its remaining output. Fails with what it said when it did not end well."""
        out, err = self.process.communicate(timeout=120)
        assert self.process.returncode == 0, err
        return out.strip()


def start_together(code: str, environment: dict[str, str], words: list[tuple[str, ...]]) -> list[Child]:
    """One child per tuple of words, all of them let go at the same moment."""
    children = [Child(code, environment, *each) for each in words]
    for child in children:
        assert child.line() == "ready", child.process.communicate()[1]
    for child in children:
        child.go()
    return children
