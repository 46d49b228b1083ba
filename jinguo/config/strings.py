"""Finds the strings of the interface: what Python files and templates wrap in gettext, and what they forgot to wrap.

No catalogue is read or written here (see `catalogues`), and no setting is needed.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parents[1]
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# Where the text stands among the arguments: (context, text, plural); None where there is none.
PLACES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
BABEL_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# What is left of a template once comments, everything wrapped and elements that say they are Chinese are taken out.
WRAPPED = re.compile(
    r"\{#.*?#\}"
    r"|\{%\s*comment\b.*?endcomment\s*%\}"
    r"|\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}"
    r"|\{%\s*trans(?:late)?\s.*?%\}"
    r"|_\(\s*(?:\"[^\"]*\"|'[^']*')\s*\)"
    r"|<(?!html\b)(?P<tag>\w+)\b[^>]*\blang=\"zh[^>]*>.*?</(?P=tag)>",
    re.DOTALL,
)


@dataclass(frozen=True, order=True)
class Text:
    """One string of the interface: what a translator sees."""

    singular: str
    plural: str = ""
    context: str = ""

    @property
    def id(self) -> str | tuple[str, str]:
        """The message id as Babel wants it."""
        return (self.singular, self.plural) if self.plural else self.singular


class Unreadable(ValueError):
    """A call of gettext whose text is computed, so that nobody can translate it; the message names file and line."""


def rooms() -> list[Path]:
    """Every package of the house."""
    return sorted(path.parent for path in HOUSE.glob("*/__init__.py"))


def texts_of_room(room: Path) -> set[Text]:
    """Every string that this room's Python files and templates wrap in gettext.

    Raises Unreadable for a computed one.
    """
    found: set[Text] = set()
    for path in sorted(room.rglob("*.py")):
        if "migrations" not in path.parts:
            found |= set(texts_of_python(path.read_text(), str(path.relative_to(HOUSE))))
    for path in sorted(room.glob("templates/**/*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            found |= set(texts_of_template(path.read_text(), str(path.relative_to(HOUSE))))
    return found


def texts_of_python(source: str, name: str) -> Iterator[Text]:
    """The strings wrapped in this file, whatever names gettext was imported under."""
    tree = ast.parse(source, name)
    wrappers = imported_wrappers(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        kind = wrapper_kind(node.func, wrappers)
        if kind is None:
            continue
        words = []
        for place in PLACES[kind]:
            argument = node.args[place] if place is not None and place < len(node.args) else None
            if isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call):
                raise Unreadable(
                    f"{name}:{node.lineno}: {kind} gets a computed text; wrap a constant with placeholders"
                )
            words.append(argument.value if isinstance(argument, ast.Constant) else "")
        context, singular, plural = (word if isinstance(word, str) else "" for word in words)
        if singular:
            yield Text(singular, plural, context)


def imported_wrappers(tree: ast.Module) -> dict[str, str]:
    """Local name → function of django.utils.translation, for the names this file imports from it."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            found |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils":
            found |= {f"{alias.asname or alias.name}.": "" for alias in node.names if alias.name == "translation"}
    return found


def wrapper_kind(called: ast.expr, wrappers: dict[str, str]) -> str | None:
    """Which of the four kinds of gettext this call is, or None."""
    name = ""
    if isinstance(called, ast.Name):
        name = wrappers.get(called.id, "")
    elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and f"{called.value.id}." in wrappers:
        name = called.attr
    kind = name.removesuffix("_lazy").removesuffix("_noop")
    return kind if kind in PLACES else None


def texts_of_template(source: str, name: str) -> Iterator[Text]:
    """The strings wrapped in this template."""
    # Babel reads this as Python, where a template's indentation means nothing.
    code = "\n".join(line.lstrip() for line in templatize(source, origin=name).splitlines())
    for _line, words, _comments, context in extract("python", BytesIO(code.encode()), BABEL_KEYWORDS):
        singular, plural = (words, "") if isinstance(words, str) else (words[-2], words[-1])
        if singular:
            yield Text(singular, plural or "", context or "")


def unwrapped_in_template(source: str) -> list[tuple[int, str]]:
    """(line, text) of Chinese that a visitor would see but no translator: it stands outside every wrapper."""
    blanked = WRAPPED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
    return [(number, line.strip()) for number, line in enumerate(blanked.splitlines(), 1) if CHINESE.search(line)]


def unwrapped_in_python(source: str) -> list[tuple[int, str]]:
    """(line, text) of Chinese string literals outside gettext and docstrings."""
    tree = ast.parse(source)
    wrappers = imported_wrappers(tree)
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and wrapper_kind(node.func, wrappers):
            passed |= {id(inner) for inner in ast.walk(node)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in passed
        and CHINESE.search(node.value)
    ]
