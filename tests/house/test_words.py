"""Every word that a person reads on a page can be read in Chinese and in English."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

from jinguo.config import catalogues, strings
from tests.house import tree

# Python files whose Chinese is said to a person on a page.
SPEAKING = ("forms", "views", "rules", "actions", "mailin")
# File → why its Chinese is not translated.
CHINESE_ON_PURPOSE = {
    "jinguo/notices/actions/receive.py": "the name that a pasted notice's file is stored under",
}
PATTERN = re.compile(r"[|^$\[\]\\]")  # looks for words, says none
BOTH_LANGUAGES = re.compile(r" / .*[a-z]{2}")  # says it in Chinese and English at once


def speaks(path: Path) -> bool:
    """Whether this Python file is one whose Chinese reaches a page."""
    return path.stem in SPEAKING or path.parent.name in SPEAKING


def is_said(text: str) -> bool:
    """Whether a Chinese literal of Python is a phrase for a person; shorter ones are markers that code looks for."""
    return len(strings.CHINESE.findall(text)) >= 4 and not PATTERN.search(text) and not BOTH_LANGUAGES.search(text)


def test_every_string_has_its_english() -> None:
    found = [problem for room in strings.rooms() for problem in catalogues.problems_of(room)]
    tree.nothing(found, "every string has its English; `make fix` brings the lists up to date")


def test_django_reads_every_catalogue() -> None:
    read = {Path(config.path) / "locale" for config in apps.get_app_configs()} | {
        Path(path) for path in settings.LOCALE_PATHS
    }
    written = {path.parents[2] for path in tree.HOUSE.glob("*/locale/en/LC_MESSAGES/django.po")}
    assert written, "no catalogue was found at all: this test looks in the wrong place"
    tree.nothing(written - read, "add these folders to LOCALE_PATHS, or nobody will see their English")


def test_no_chinese_stands_outside_gettext() -> None:
    found = []
    for path in tree.templates():
        found += [(tree.name(path), line, text[:60]) for line, text in strings.unwrapped_in_template(path.read_text())]
    for path in filter(speaks, tree.python_files()):
        literals = strings.unwrapped_in_python(path.read_text())
        found += [(tree.name(path), line, text[:60]) for line, text in literals if is_said(text)]
    tree.nothing(set(CHINESE_ON_PURPOSE) - {name for name, _, _ in found}, "these exceptions are no longer needed")
    found = [place for place in found if place[0] not in CHINESE_ON_PURPOSE]
    tree.nothing(found, "wrap these in gettext, or name the file in CHINESE_ON_PURPOSE with its reason")


def test_this_tells_a_phrase_from_a_marker() -> None:
    assert is_said("请先确认再发出。")
    assert not any(is_said(text) for text in ("年", "(人次|次|人|件)$", "%Y年%m月%d日", "没有发出 / it was not sent"))


QUOTED = re.compile(r"“\{\{ ([\w.]+)((?:\|[^}]*)?) \}\}”")


def quoted_bare(text: str) -> list[str]:
    """What a template puts between “ and ” without making its own marks single."""
    return [
        name
        for name, filters in QUOTED.findall(text)
        if "|inner" not in filters and not re.search(rf"\b{re.escape(name)}=[^ %]*\|inner\b", text)
    ]


def test_marks_inside_quotation_marks_are_single() -> None:
    found = [(tree.name(path), name) for path in tree.templates() for name in quoted_bare(path.read_text())]
    tree.nothing(
        found, "write {{ title|inner }} between “ and ”: a title may have marks of its own (GB/T 15834 4.8.3.4)"
    )


def test_this_finds_a_title_quoted_as_it_is() -> None:
    assert quoted_bare("取消“{{ title }}”？") == ["title"]
    assert quoted_bare("{% blocktranslate with title=a.title|inner %}取消“{{ title }}”？“{{ a.b|inner }}”") == []
