"""Small enough to know in a sitting: a file 400 lines, a function 40, a template 120."""

import ast

from tests.house import tree

FILE, FUNCTION, TEMPLATE = 400, 40, 120


def long_functions(source: str) -> list[tuple[int, str, int]]:
    """(line, name, lines) of each function longer than it may be."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION:
                found.append((node.lineno, node.name, lines))
    return found


def test_no_file_is_too_long() -> None:
    files = [
        path for path in tree.committed() if path.suffix in {".py", ".js", ".css"} and "migrations" not in path.parts
    ]
    lengths = {tree.name(path): len(path.read_text().splitlines()) for path in files}
    tree.nothing(
        [item for item in lengths.items() if item[1] > FILE], f"over {FILE} lines; make it a package, one noun a file"
    )


def test_no_function_is_too_long() -> None:
    found = [
        f"{tree.name(path)}:{line} {name}: {lines} lines"
        for path in tree.python_files(of_the_house=False)
        for line, name, lines in long_functions(path.read_text())
    ]
    tree.nothing(found, f"over {FUNCTION} lines; split these functions")


def test_no_template_is_too_long() -> None:
    lengths = {tree.name(path): len(path.read_text().splitlines()) for path in tree.templates()}
    tree.nothing(
        [item for item in lengths.items() if item[1] > TEMPLATE],
        f"over {TEMPLATE} lines; move parts into _fragment.html",
    )


def test_this_catches_a_long_function() -> None:
    body = "    x = 1\n"
    assert long_functions("def f():\n" + body * (FUNCTION - 1)) == []
    assert long_functions("def f():\n" + body * FUNCTION) == [(1, "f", FUNCTION + 1)]
