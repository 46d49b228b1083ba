"""Pressing a button twice, so that the two presses meet: the second runs whole between what the first read and what it wrote.

That is the worst order two requests can come in, and here it comes every time.
"""

import ast
import copy
import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction

from jinguo.journal.models import Entry
from jinguo.messages.models import OutMessage

ROOT = Path(__file__).parents[2] / "jinguo"


@dataclass
class Call:
    """What an action is called with."""

    args: tuple[Any, ...]
    named: dict[str, Any]


def call(*args: Any, **named: Any) -> Call:
    return Call(args, named)


def action(name: str) -> Callable[..., Any]:
    """`reports.review.accept_return` → the function."""
    room, *rest, verb = name.split(".")
    return getattr(importlib.import_module(".".join(["jinguo", room, "actions", *rest])), verb)


def bound_to_buttons() -> set[str]:
    """Every action some view calls: what a person can press."""
    found = set()
    for path in [*ROOT.glob("*/views/*.py"), *ROOT.glob("*/views.py")]:
        for where in _named(ast.parse(path.read_text(encoding="utf-8"))):
            module, _, verb = where.rpartition(".")
            try:
                one = getattr(importlib.import_module(module), verb, None)
            except ImportError:
                continue
            if inspect.isfunction(one) and ("by" in inspect.signature(one).parameters or _writes(one)):
                found.add(f"{one.__module__}.{one.__name__}".removeprefix("jinguo.").replace(".actions.", "."))
    return found


def _writes(one: Callable[..., Any]) -> bool:
    """Whether an action in which somebody acts for herself (signing in, proving her unit) writes."""
    return any(
        mark in inspect.getsource(one)
        for mark in ("atomic()", ".update(", "record(", "note_failure(", "queue_message(")
    )


def _named(tree: ast.Module) -> set[str]:
    """Dotted names of everything a module takes from an `actions` module."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jinguo."):
            for one in node.names:
                if ".actions" in f"{node.module}.{one.name}":
                    names[one.asname or one.name] = f"{node.module}.{one.name}"
    used = {names[node.id] for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            used.add(f"{names[node.value.id]}.{node.attr}")
    return used


def written() -> tuple[int, int]:
    """Journal lines and messages there are."""
    return Entry.objects.count(), OutMessage.objects.count()


def plain(value: Any) -> Any:
    """An answer as it is compared. Yes or no, and how many, say whose press it was: that may differ."""
    if isinstance(value, models.Model):
        return type(value).__name__, value.pk
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, bool | int) else type(value).__name__


def press(verb: Callable[..., Any], what: Call) -> Any:
    """Call it with copies of its own: rows as they were loaded before anybody wrote."""
    mine = copy.deepcopy(what)
    return verb(*mine.args, **mine.named)


def meeting(verb: Callable[..., Any], what: Call) -> tuple[Any, Any, tuple[int, int], tuple[int, int]]:
    """Press; before its first write, press again, whole; go on.

    Returns:
        Both answers, what was written after the press that came through, and what in the end.
    """
    began, enter, inner = [], transaction.Atomic.__enter__, {}

    def first_write(self: transaction.Atomic) -> None:
        transaction.Atomic.__enter__ = enter
        began.append(True)
        inner["answer"] = press(verb, what)
        inner["written"] = written()
        enter(self)

    transaction.Atomic.__enter__ = first_write
    try:
        late = press(verb, what)
    finally:
        transaction.Atomic.__enter__ = enter
    if not began:  # one conditional UPDATE, or nothing written at all
        inner = {"answer": press(verb, what), "written": written()}
    return inner["answer"], late, inner["written"], written()


def again(what: Call) -> Call | None:
    """The same press with rows loaded anew; None where one of them is gone: then it is the view that answers."""
    try:
        return Call(tuple(map(_anew, what.args)), {name: _anew(value) for name, value in what.named.items()})
    except models.ObjectDoesNotExist:
        return None


def _anew(value: Any) -> Any:
    if isinstance(value, list):
        return [_anew(one) for one in value]
    return type(value)._base_manager.get(pk=value.pk) if isinstance(value, models.Model) else value
