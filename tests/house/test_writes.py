"""Every write goes through an action, which asks the rule, keeps the journal and queues the mail in one transaction."""

import ast

import pytest

from tests.house import tree

# Where rows may be written.
WRITERS = ("actions.py", "actions", "management")
# File → why it may write all the same.
MAY_WRITE = {
    "jinguo/lib/claim.py": "the one conditional UPDATE that every action's claim goes through",
    "jinguo/lib/hold.py": "the UPDATE that changes nothing and lets two presses wait for each other",
}
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ON_ROWS = {"create", "update", "delete", *ALWAYS}
ROWS = {
    "objects", "all", "filter", "exclude", "get_queryset", "visible_to", "order_by", "annotate", "using",
    "_default_manager", "_base_manager", "select_related",
}  # fmt: skip


def chain(node: ast.expr) -> set[str]:
    """Every name on the way to what a method is called on: {"Unit", "objects", "filter"}."""
    names = set()
    while True:
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return names | ({node.id} if isinstance(node, ast.Name) else set())


def is_write(call: ast.Call) -> bool:
    """Whether this call writes a row: by its name, by what it is called on, or by the form only rows have."""
    if not isinstance(call.func, ast.Attribute):
        return False
    plain = call.func.attr
    method = plain[1:] if plain.startswith("a") and plain[1:] in ON_ROWS | {"save"} else plain
    passed = chain(call.func.value)
    on_rows = bool(passed & ROWS) or any(name.endswith("_set") for name in passed)
    if method in ALWAYS:
        return True
    if method == "save":
        return not call.args  # a picture or a paper is saved to something
    if method == "delete":
        return on_rows or not call.args
    if method == "update":
        return on_rows or bool(call.keywords and not call.args)
    return method == "create" and on_rows


def writes(source: str) -> list[tuple[int, str]]:
    """(line, method) of each call in this Python source that writes a row."""
    return [
        (node.lineno, node.func.attr)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_write(node)
    ]


def test_only_actions_write() -> None:
    found = {
        tree.name(path): lines
        for path in tree.python_files()
        if not set(WRITERS) & set(path.parts) and (lines := writes(path.read_text()))
    }
    seen = [path for path in tree.python_files() if set(WRITERS) & set(path.parts) and writes(path.read_text())]
    assert seen, "no action writes at all: this test looks in the wrong place"
    tree.nothing(set(MAY_WRITE) - set(found), "these exceptions are no longer needed")
    tree.nothing([item for item in found.items() if item[0] not in MAY_WRITE], "move these writes into actions.py")


@pytest.mark.parametrize(
    "line",
    [
        "Unit.objects.create(name='x')",
        "Unit.objects.filter(pk=1).update(name='x')",
        "unit.contacts.all().delete()",
        "unit.contact_set.create(name='x')",
        "unit.delete()",
        "unit.save()",
        "unit.save(update_fields=['name'])",
        "rows.update(state='sent')",
        "rows.bulk_create(made)",
        "await Unit.objects.acreate(name='x')",
        "form.save()",
    ],
)
def test_this_catches_a_write(line: str) -> None:
    assert len(writes(f"async def f():\n    {line}")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "digest.update(data)",
        "seen.update({'a': 1})",
        "picture.save(stream, 'JPEG')",
        "storage.delete(name)",
        "Ring.create(path)",
    ],
)
def test_this_lets_other_things_pass(line: str) -> None:
    assert writes(line) == []
