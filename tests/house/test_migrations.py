"""The history of each room's tables is one line: no branch, no merge, no name that says nothing; and the one step in which an
empty database takes the beginning of that line makes the same tables.
"""

import re
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.house import tree

Line = tuple[str, str, tuple[str, ...]]  # room, migration, its parents in the same room


def problems(found: Iterable[Line]) -> list[str]:
    """Where the lines branch, merge or carry Django's nameless names, one sentence each."""
    lines = list(found)
    said = []
    children: dict[tuple[str, str], list[str]] = {}
    for room, name, parents in lines:
        if len(parents) > 1:
            said.append(f"{room}: {name} merges {', '.join(sorted(parents))}")
        if re.search(r"_auto_\d|merge", name):
            said.append(f"{room}: {name} says not what it does")
        for parent in parents or ("the beginning",):
            children.setdefault((room, parent), []).append(name)
    return said + [
        f"{room}: {' and '.join(sorted(names))} both follow {parent}"
        for (room, parent), names in children.items()
        if len(names) > 1
    ]


def house_lines() -> list[Line]:
    """Every migration of the house, step by step."""
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("jinguo.")}
    return [
        (room, name, tuple(parent for other, parent in migration.dependencies if other == room))
        for (room, name), migration in loader.disk_migrations.items()
        if room in ours and not migration.replaces
    ]


def tables(*, step_by_step: bool) -> dict[tuple[str, str], object]:
    """Every table of the house after all migrations: its columns, indexes and constraints."""
    loader = MigrationLoader(None, load=False)
    loader.replace_migrations = not step_by_step
    loader.build_graph()
    return {
        key: (
            {name: field.deconstruct()[1:] for name, field in model.fields.items()},
            {index.name: index.deconstruct() for index in model.options.get("indexes", ())},
            {each.name: each.deconstruct() for each in model.options.get("constraints", ())},
            model.options.get("ordering"),
        )
        for key, model in loader.project_state().models.items()
    }


def test_migrations_are_one_line_in_every_room() -> None:
    lines = house_lines()
    with_tables = {
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith("jinguo.") and list(config.get_models())
    }
    assert with_tables, "no table was found at all: this test looks in the wrong place"
    tree.nothing(with_tables - {room for room, _, _ in lines}, "these rooms have tables and no migration")
    tree.nothing(problems(lines), "a room's migrations are one line")


def test_one_step_for_an_empty_database_makes_what_the_steps_make() -> None:
    one, many = tables(step_by_step=False), tables(step_by_step=True)
    assert one.keys() == many.keys()
    tree.nothing({key for key in one if one[key] != many[key]}, "these tables differ")


def test_one_step_stands_for_the_beginning_of_its_rooms_line() -> None:
    lines, said = house_lines(), []
    for (room, name), migration in MigrationLoader(None).disk_migrations.items():
        line = sorted(step for other, step, _parents in lines if other == room)
        replaced = [step for _room, step in migration.replaces]
        if replaced and replaced != line[: len(replaced)]:
            said.append(f"{room}: {name} stands for {replaced}, which does not begin {line}")
    tree.nothing(said, "one step stands for the first ones of its room")


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (("files", "0003_hash", ("0002_key",)), []),
        (("files", "0002_hash", ("0001_initial",)), ["files: 0002_hash and 0002_key both follow 0001_initial"]),
        (("files", "0003_both", ("0001_initial", "0002_key")), ["files: 0003_both merges 0001_initial, 0002_key"]),
        (("files", "0003_auto_20260101_0000", ("0002_key",)), ["files: 0003_auto_20260101_0000 says not what it does"]),
    ],
)
def test_this_catches_a_branch_a_merge_and_a_nameless_one(extra: Line, said: list[str]) -> None:
    lines: list[Line] = [
        ("files", "0001_initial", ()),
        ("files", "0002_key", ("0001_initial",)),
        ("papers", "0001_initial", ()),
    ]
    assert set(said) <= set(problems([*lines, extra]))
    assert bool(said) == bool(problems([*lines, extra]))
