"""Who may know whom, where imports cannot show it: relations between tables, templates, template tags.

The rings are read from the import contract in pyproject.toml, which import-linter checks for imports.
"""

import re
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey

from tests.house import tree

NAMED = re.compile(r"""\{%\s*(?:include|extends)\s+(\S+)""")
LOADED = re.compile(r"\{%\s*load\s+(.*?)\s*%\}")
# A page standing at two doors (decision 5) is given its shell as `base`; a test below holds that to ui's two shells.
TWO_DOORS = re.compile(r"\{%\s*extends\s+base\s*%\}")
SHELLS = {"ui/link.html", "ui/workspace.html"}
GIVEN = re.compile(r"""["']?\bbase["']?\s*[:=]\s*(?:str\s*=\s*)?["']([\w/.]+\.html)["']""")
ERROR_PAGES = {"400.html", "403.html", "404.html", "500.html"}  # Django looks for these names


def relations() -> list[tuple[str, str, str]]:
    """(room, model and field, room it points to) for every relation of the house, string foreign keys included."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("jinguo."):
            continue
        room = model.__module__.split(".")[1]
        for field in model._meta.get_fields(include_hidden=True):
            label = f"{model.__name__}.{field.name}"
            if isinstance(field, GenericForeignKey):
                found.append((room, label, "anything"))
            elif field.is_relation and not field.auto_created and field.related_model:
                target = field.related_model.__module__.split(".")
                if target[0] == "jinguo":
                    found.append((room, label, target[1]))
    return found


def climbing(found: Iterable[tuple[str, str, str]]) -> list[str]:
    """The relations that point up or sideways, one sentence each."""
    return [
        f"{room}: {label} points to {target}, which is not below {room}"
        for room, label, target in found
        if target not in tree.rings() or not tree.below(target, room)
    ]


def foreign_templates(room: str, source: str) -> list[str]:
    """What a template of this room includes or extends that is neither its own nor ui's."""
    found = []
    for word in NAMED.findall(TWO_DOORS.sub("", source)):
        target = word.strip("\"'")
        if target == word:
            found.append(f"names its template by a variable ({word})")
        elif target.split("/")[0] not in {room, "ui"}:
            found.append(f"uses {target}, which belongs to another room")
    return found


def foreign_tags(room: str, source: str, libraries: dict[str, str]) -> list[str]:
    """Which tag libraries a template loads from a room that is not below its own. `libraries`: name → room."""
    loaded = [name for words in LOADED.findall(source) for name in words.split()]
    return [
        f"loads {name} from {libraries[name]}, which is not below {room}"
        for name in loaded
        if name in libraries and not tree.below(libraries[name], room)
    ]


def test_relations_point_down_the_rings() -> None:
    found = relations()
    assert found, "no relation was found at all: this test looks in the wrong place"
    tree.nothing(climbing(found), "relations point down the rings; let the upper room point to the lower one")


def test_templates_use_their_own_rooms_or_uis() -> None:
    libraries = {
        path.stem: tree.room_of(path)
        for path in tree.python_files()
        if path.parent.name == "templatetags" and path.stem != "__init__"
    }
    found = []
    for path in tree.templates():
        room, source = tree.room_of(path), path.read_text()
        problems = foreign_templates(room, source) if room != "ui" else []
        found += [f"{tree.name(path)} {problem}" for problem in problems + foreign_tags(room, source, libraries)]
    tree.nothing(found, "a template uses only its own room's templates or ui's")


def test_templates_lie_in_the_folder_named_after_their_room() -> None:
    """A template elsewhere could hide another room's template of the same name."""
    found = [
        tree.name(path)
        for path in tree.templates()
        if path.parts[path.parts.index("templates") + 1] != tree.room_of(path) and path.name not in ERROR_PAGES
    ]
    tree.nothing(found, "move these to templates/<room>/")


def test_every_room_has_a_ring() -> None:
    rooms = {path.parent.name for path in tree.HOUSE.glob("*/__init__.py")}
    tree.nothing(rooms - set(tree.rings()), "declare the ring of these rooms in pyproject.toml")


def test_a_page_at_two_doors_is_given_one_of_uis_shells() -> None:
    given = {shell for path in tree.python_files() for shell in GIVEN.findall(path.read_text())}
    assert given, "no shell was found at all: this test looks in the wrong place"
    assert given <= SHELLS


@pytest.mark.parametrize(
    ("relation", "allowed"),
    [
        (("reports", "Return.activity", "activities"), True),
        (("federation", "Post.unit", "federation"), True),
        (("activities", "Activity.report", "reports"), False),
        (("papers", "Paper.mail", "messages"), False),  # strangers in one ring
        (("journal", "Entry.about", "anything"), False),
    ],
)
def test_this_catches_a_relation_that_climbs(relation: tuple[str, str, str], allowed: bool) -> None:
    assert (climbing([relation]) == []) is allowed


@pytest.mark.parametrize(
    ("source", "allowed"),
    [
        ('{% extends "ui/base.html" %}{% include "notices/_row.html" with row=row %}', True),
        ("{% include 'campaigns/_clause.html' %}", False),
        ("{% include template %}", False),
    ],
)
def test_this_catches_a_foreign_template(source: str, allowed: bool) -> None:
    assert (foreign_templates("notices", source) == []) is allowed


def test_this_catches_a_foreign_tag_library() -> None:
    libraries = {"ui": "ui", "clauses": "campaigns"}
    assert foreign_tags("reports", "{% load ui clauses %}", libraries) == []
    assert foreign_tags("notices", "{% load i18n clauses %}", libraries) == [
        "loads clauses from campaigns, which is not below notices"
    ]
