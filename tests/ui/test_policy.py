"""The strict content policy holds: nothing inline in any template, and scripts are comfort kept small."""

import re
from pathlib import Path

import pytest

import jinguo

HOUSE = Path(jinguo.__file__).parent
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))
SCRIPTS = sorted((HOUSE / "ui/static/ui/js").glob("*.js"))
ROOMS_OWN = [path for path in sorted(HOUSE.glob("*/static/*/js/*.js")) if path not in SCRIPTS]  # named room/module
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "htmx code in an attribute": re.compile(r"\bhx-(?:on|vals='js|headers='js)", re.IGNORECASE),
    "another site": re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
}


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 50


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what):
    found = [name(path) for path in TEMPLATES if INLINE[what].search(path.read_text())]
    assert found == [], f"{what} is refused by the policy"


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color:red">',
        "<style>",
        "<script>x()</script>",
        '<a onclick="x()">',
        '<script src="//x.example.org/a.js">',
    ],
)
def test_the_look_catches(bad):
    assert any(pattern.search(bad) for pattern in INLINE.values())


def test_pages_load_styles_and_scripts_as_files_only(client):
    html = client.get("/gallery/").content.decode()
    assert not any(INLINE[what].search(html) for what in INLINE if what != "another site")
    for address in re.findall(r"<(?:link|script)\b[^>]*?(?:href|src)=\"([^\"]+)\"", html):
        assert address.startswith("/static/"), address


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_behaviour_is_small(script):
    assert len(script.read_text().splitlines()) < 80


@pytest.mark.parametrize("script", ROOMS_OWN, ids=lambda path: path.name)
def test_a_rooms_own_behaviour_is_no_longer_than_a_file_may_be(script):
    assert len(script.read_text().splitlines()) < 400


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_page_names_only_behaviours_that_exist(path):
    known = {script.stem for script in SCRIPTS} | {f"{path.parts[-3]}/{path.stem}" for path in ROOMS_OWN}
    for words in re.findall(r"{% block modules %}(.*?){% endblock %}", path.read_text()):
        assert set(re.sub(r"{{.*?}}|{%.*?%}", " ", words).split()) <= known
