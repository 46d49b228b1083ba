"""The house as the tests about the code see it: its files, its rings, its templates. No test lives here."""

import ast
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "jinguo"
NOT_OURS = {".git", ".venv", "var", "screenshots", "node_modules", "__pycache__"}


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is, or would be, committed; without git: every file outside the folders that git ignores."""
    words = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode == 0:
        paths = [ROOT / name for name in done.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file()))


def name(path: Path) -> str:
    """A file's path from the repository's top, as a person would name it."""
    return path.relative_to(ROOT).as_posix()


def nothing(found: Iterable[object], advice: str) -> None:
    """Fail with the advice and every finding, one a line; a person should not have to run the test again to see them."""
    lines = [f"  {each}" for each in found]
    if lines:
        pytest.fail("\n".join([f"{advice}:", *lines]), pytrace=False)


def room_of(path: Path) -> str:
    """The room a file of the house belongs to."""
    return path.relative_to(HOUSE).parts[0]


def python_files(*, of_the_house: bool = True) -> Iterator[Path]:
    """Python files written by people: of jinguo/ alone, or of the whole repository. Migrations are Django's."""
    for path in committed():
        if path.suffix == ".py" and "migrations" not in path.parts and (HOUSE in path.parents or not of_the_house):
            yield path


def templates() -> Iterator[Path]:
    """Every template of the house."""
    return (path for path in committed() if HOUSE in path.parents and "templates" in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(), str(path))


@cache
def rings() -> dict[str, int]:
    """Room → ring, 0 on top, from the import contract: one list for imports, relations and templates."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "rings")
    return {room.strip(" ()"): level for level, layer in enumerate(layers) for room in layer.split("|")}


def below(lower: str, upper: str) -> bool:
    """Whether `upper` may know `lower`: the same room, or one in a ring further down."""
    return lower == upper or rings()[lower] > rings()[upper]


def dotted(node: ast.expr, names: dict[str, str]) -> str:
    """`datetime.now` as `datetime.datetime.now`, by this file's imports; "" for anything but a chain of names."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        start = dotted(node.value, names)
        return f"{start}.{node.attr}" if start else ""
    return ""


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Local name → full name, for everything this file imports."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {
                alias.asname or alias.name.split(".")[0]: (alias.asname and alias.name) or alias.name.split(".")[0]
                for alias in node.names
            }
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found
