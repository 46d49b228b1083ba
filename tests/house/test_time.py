"""Only jinguo/lib/clock.py reads the time, so that a test run or the demonstration can move every process alike."""

import ast
import re

import pytest

from tests.house import tree

CLOCK = "jinguo/lib/clock.py"
READS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.strftime",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "django.db.models.functions.Now",
}
# Django fills these columns from its own clock.
SELF_FILLING = {"auto_now", "auto_now_add"}
IN_TEMPLATE = re.compile(r"\{%\s*now\b|\|\s*(?:timesince|timeuntil|naturaltime|naturalday)\s*(?:\||\}\}|%\})")


def time_reads(source: str) -> list[tuple[int, str]]:
    """(line, what) for each place of this Python source that reads the time."""
    module = ast.parse(source)
    names = tree.imported_names(module)
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute | ast.Name) and tree.dotted(node, names) in READS:
            found.append((node.lineno, tree.dotted(node, names)))
        elif isinstance(node, ast.keyword) and node.arg in SELF_FILLING:
            found.append((node.value.lineno, node.arg))
    return found


def test_only_the_clock_reads_the_time() -> None:
    found = {tree.name(path): reads for path in tree.python_files() if (reads := time_reads(path.read_text()))}
    assert CLOCK in found, "the clock itself was not found: this test looks in the wrong place"
    del found[CLOCK]
    tree.nothing(found.items(), "use jinguo.lib.clock")


def test_templates_do_not_read_the_time() -> None:
    found = [tree.name(path) for path in tree.templates() if IN_TEMPLATE.search(path.read_text())]
    tree.nothing(found, "pass the instant in from the view")


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import datetime as dt\nx = dt.now()",
        "import datetime\nx = datetime.date.today()",
        "from time import time\nx = time()",
        "from django.utils import timezone\nx = Field(default=timezone.now)",
        "x = Field(auto_now_add=True)",
    ],
)
def test_this_catches_a_reading(line: str) -> None:
    assert len(time_reads(line)) == 1


def test_this_lets_arithmetic_pass() -> None:
    assert (
        time_reads(
            "from datetime import datetime\nfrom jinguo.lib import clock\nx = clock.now()\ny = datetime.combine(a, b)"
        )
        == []
    )
