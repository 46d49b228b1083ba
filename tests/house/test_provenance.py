"""What is committed is ours, whole, and tells nothing about the machine it was written on."""

import re
from pathlib import Path

import pytest

from tests.house import tree

# The patterns are put together so that this file does not match itself.
REGISTRIES = r"\b(?:pypi|pythonhosted|npmjs|jsdelivr|unpkg|cdnjs|deb\.debian|security\.debian|crates|mirrors)\.(?:org|com|io|net|cn)\b"
FORBIDDEN = {
    "the host of a package registry": re.compile(REGISTRIES, re.IGNORECASE),
    "a path of one machine": re.compile(r"(?<![\w.~-])/(?:work|root|farm)/[\w.]|/opt/jg" + "venv"),
    "a folder that is not the project's": re.compile(r"\.libra" + r"ry\b"),
    "a mark of unfinished work": re.compile(
        r"\b(?:TO" + "DO|FIX" + "ME|XX" + "X|HA" + r"CK)\b|coming so" + "on|敬请期" + "待"
    ),
}
NOT_TEXT = {".png", ".jpg", ".jpeg", ".docx", ".pdf", ".otf", ".ttf", ".woff2", ".ico", ".zip", ".ofd"}
FULL_LINE = re.compile(r"^([A-Za-z0-9._-]+(?:\[[\w,-]+\])?)\s*[^#]*?(#.*)?$")


def marks(text: str) -> list[tuple[int, str]]:
    """(line, what) for each thing that must not be committed."""
    return [
        (number, what)
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]


def headings(text: str) -> list[int]:
    """The levels of a Markdown text's headings in order, outside code blocks."""
    outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return [len(found) for found in re.findall(r"^(#+) ", outside, flags=re.MULTILINE)]


def unexplained(requirements: str) -> list[str]:
    """The libraries of a requirements/*.in text that say not what they are for."""
    lines = [line.strip() for line in requirements.splitlines()]
    wanted = [FULL_LINE.match(line) for line in lines if line and not line.startswith(("#", "-"))]
    return [match[1] for match in wanted if match and not (match[2] or "").strip("# ")]


def pinned(hashed: str) -> set[str]:
    """The libraries of a hashed requirements/*.txt text, names made alike."""
    return {
        found.lower().replace("_", "-").replace(".", "-")
        for found in re.findall(r"^([\w.-]+)(?:\[.*?\])?==", hashed, re.MULTILINE)
    }


def test_nothing_committed_names_a_registry_a_machine_or_unfinished_work() -> None:
    found = []
    for path in tree.committed():
        if path.suffix.lower() not in NOT_TEXT and "data" not in path.relative_to(tree.ROOT).parts[:2]:
            found += [
                f"{tree.name(path)}:{line} names {what}" for line, what in marks(path.read_text(errors="replace"))
            ]
    tree.nothing(found, "these must not be committed")


def test_both_readmes_have_the_same_headings() -> None:
    texts = [tree.ROOT / name for name in ("README.md", "README.zh-CN.md")]
    tree.nothing(
        [tree.name(path) for path in texts if not path.exists()], "these files greet a newcomer, and are missing"
    )
    english, chinese = (headings(path.read_text()) for path in texts)
    assert english == chinese, "README.md and README.zh-CN.md are kept in step"


@pytest.mark.parametrize("source", sorted((tree.ROOT / "requirements").glob("*.in")), ids=lambda path: path.name)
def test_every_library_says_what_it_is_for_and_is_pinned_with_hashes(source: Path) -> None:
    hashed = source.with_suffix(".txt").read_text()
    assert unexplained(source.read_text()) == []
    assert "://" not in hashed, "a lock file never holds addresses"
    names = re.findall(
        r"^([\w.-]+)", "\n".join(line for line in source.read_text().splitlines() if line[:1].isalpha()), re.MULTILINE
    )
    assert names, "no library was found at all: this test looks in the wrong place"
    missing = {name.lower().replace("_", "-").replace(".", "-") for name in names} - pinned(hashed)
    assert missing == set(), f"compile {source.name} again"
    assert len(re.findall(r"^[\w.-]+.*==", hashed, re.MULTILINE)) == len(
        re.findall(r"==[^\n]*\\\n\s+--hash=sha256:", hashed)
    )


def test_this_catches_what_must_not_be_committed() -> None:
    lines = [
        "see https://py" + "pi.org/x",
        "open('/wo" + "rk/main/a')",
        "# TO" + "DO later",
        "in .libra" + "ry/search",
        "/var/lib/jinguo, work/x",
    ]
    assert [number for number, _ in marks("\n".join(lines))] == [1, 2, 3, 4]


def test_this_catches_readmes_out_of_step_and_unexplained_libraries() -> None:
    assert headings("# A\n```\n# not one\n```\n## B\n") == [1, 2]
    assert headings("# A\n## B\n## C\n") != headings("# A\n## B\n")
    assert unexplained("-c runtime.txt\n# note\nsegno   # QR codes\nlxml\npsycopg[binary]>=3 #\n") == [
        "lxml",
        "psycopg[binary]",
    ]
    assert pinned("Django==5.2 \\\n    --hash=sha256:0\npsycopg[binary]==3.3 \\\n") == {"django", "psycopg"}
