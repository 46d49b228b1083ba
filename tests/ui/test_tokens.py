"""Colours are named once, read well on every ground, and the two dark themes are one."""

import re
from itertools import product
from pathlib import Path

import pytest

import jinguo.ui

STATIC = Path(jinguo.ui.__file__).parent / "static" / "ui"
TOKENS = re.sub(r"/\*.*?\*/", "", (STATIC / "tokens.css").read_text(), flags=re.DOTALL)
GROUNDS = ("paper", "surface", "sunken")
TEXTS = ("ink", "ink-2", "ink-3", "red", "accent", "ok", "info", "warn", "danger")
# (text, ground): words on coloured grounds.
PAIRS = [
    *[(tone, f"{tone}-wash") for tone in ("accent", "ok", "info", "warn", "danger")],
    *[("ink", f"{tone}-wash") for tone in ("accent", "ok", "info", "warn", "danger")],
    *[("ink", mark) for mark in ("mark", "mark-on", "heat-1", "heat-2", "heat-3")],
    ("on-accent", "accent-fill"),
    ("on-accent", "accent-hover"),
    ("on-accent", "heat-4"),
    ("on-danger", "danger-fill"),
    ("on-red", "red-fill"),
    ("paper", "ink"),
]


def block(selector: str) -> dict[str, str]:
    """The custom properties of the first rule with this selector."""
    body = TOKENS[TOKENS.index(selector) + len(selector) :]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", body[: body.index("}")]))


THEMES = {"light": block('[data-theme="light"] {'), "dark": block('[data-theme="dark"] {')}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_system_dark_and_the_chosen_dark_are_the_same():
    assert block(':root:not([data-theme="light"]) {') == THEMES["dark"]
    assert THEMES["dark"].keys() == THEMES["light"].keys()


@pytest.mark.parametrize(("theme", "text", "ground"), list(product(THEMES, TEXTS, GROUNDS)))
def test_words_read_well_on_every_ground(theme, text, ground):
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize(("theme", "pair"), list(product(THEMES, PAIRS)))
def test_words_read_well_on_colour(theme, pair):
    text, ground = pair
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize(("theme", "ground"), list(product(THEMES, GROUNDS)))
def test_edges_of_controls_and_the_focus_ring_are_seen(theme, ground):
    for edge in ("line-strong", "focus"):
        assert contrast(THEMES[theme][edge], THEMES[theme][ground]) >= 3


def test_no_other_sheet_names_a_colour():
    for sheet in STATIC.glob("*.css"):
        if sheet.name != "tokens.css":
            found = re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", sheet.read_text())
            assert found == [], f"{sheet.name}: use a token"


def test_every_token_used_exists():
    known = set(re.findall(r"--([\w-]+):", "".join(sheet.read_text() for sheet in STATIC.glob("*.css"))))
    for sheet in STATIC.glob("*.css"):
        assert set(re.findall(r"var\(--([\w-]+)", sheet.read_text())) <= known, sheet.name


def test_nothing_is_fetched_by_a_sheet():
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"url\(|@import|@font-face", sheet.read_text()), sheet.name
