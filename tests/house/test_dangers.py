"""Doors that stay shut: unescaped HTML, SQL by hand, code from text, shells."""

import ast
import re

import pytest

from tests.house import tree

CALLS = {
    "django.utils.safestring.mark_safe": "unescaped HTML: use format_html",
    "django.utils.safestring.SafeString": "unescaped HTML: use format_html",
    "eval": "code from text",
    "exec": "code from text",
    "os.system": "a shell",
    "os.popen": "a shell",
    "pickle.load": "code from data",
    "pickle.loads": "code from data",
}
MARKUP = "django.utils.safestring."
METHODS = {"extra": "SQL by hand", "raw": "SQL by hand"}
IN_TEMPLATE = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off\b")
# (file, what) → why it is right there.
ALLOWED: dict[tuple[str, str], str] = {
    ("jinguo/ui/templatetags/ui.py", "unescaped HTML: use format_html"): (
        "our own drawings from ui.icons, and words that were escaped when their block was rendered"
    ),
}


def dangers(source: str) -> list[tuple[int, str]]:
    """(line, what) for each dangerous call of this Python source."""
    module = ast.parse(source)
    names = tree.imported_names(module)
    found = []
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        name = tree.dotted(node.func, names)
        what = CALLS.get(name)
        if name.startswith(MARKUP) and isinstance(node.args[0], ast.Constant):
            what = None  # a constant of ours needs no escaping
        if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            what = METHODS[node.func.attr]
        if any(word.arg == "shell" and getattr(word.value, "value", True) for word in node.keywords):
            what = "a shell"
        if what:
            found.append((node.lineno, what))
    return found


def test_no_dangerous_call() -> None:
    found = [(tree.name(path), line, what) for path in tree.python_files() for line, what in dangers(path.read_text())]
    tree.nothing([place for place in found if (place[0], place[2]) not in ALLOWED], "these doors stay shut")
    tree.nothing(set(ALLOWED) - {(name, what) for name, _, what in found}, "these exceptions are no longer needed")


def test_no_template_turns_escaping_off() -> None:
    pages = [path for path in tree.templates() if path.suffix == ".html"]  # a mail's plain text has nothing to escape
    found = [tree.name(path) for path in pages if IN_TEMPLATE.search(path.read_text())]
    tree.nothing(found, "escaping stays on")


@pytest.mark.parametrize(
    "line",
    [
        "from django.utils.safestring import mark_safe as m\nm(text)",
        "eval(text)",
        "Unit.objects.extra(where=[w])",
        "Unit.objects.raw(sql)",
        "import subprocess\nsubprocess.run(words, shell=True)",
        "import os\nos.system(words)",
    ],
)
def test_this_catches_a_danger(line: str) -> None:
    assert len(dangers(line)) == 1


def test_this_catches_unescaped_templates_and_lets_the_rest_pass() -> None:
    assert all(IN_TEMPLATE.search(text) for text in ("{{ a|safe }}", "{% autoescape off %}", "{{ a | safeseq }}"))
    assert not IN_TEMPLATE.search("{{ a|safe_url }} safe")
    assert dangers("from django.utils.safestring import SafeString\nSafeString('')") == []
    assert dangers("import subprocess\nsubprocess.run(words, shell=False)\nmodel.evaluate(x)") == []
