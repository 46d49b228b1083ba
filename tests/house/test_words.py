"""Every word that a person reads on a page can be read in Chinese and in English."""

from pathlib import Path

from django.apps import apps
from django.conf import settings

from jinguo.config import catalogues, strings
from tests.house import tree

# Python files whose Chinese is said to a person on a page.
SPEAKING = ("forms", "views", "rules", "actions", "mailin")
# File → why its Chinese is not translated.
CHINESE_ON_PURPOSE = {
    "jinguo/ui/templates/ui/gallery/_desk.html": "sample rows on the developers' page: a clause and a county by name",
}


def speaks(path: Path) -> bool:
    """Whether this Python file is one whose Chinese reaches a page."""
    return path.stem in SPEAKING or path.parent.name in SPEAKING


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
    for path in [*tree.templates(), *filter(speaks, tree.python_files())]:
        look = strings.unwrapped_in_python if path.suffix == ".py" else strings.unwrapped_in_template
        found += [(tree.name(path), line, text[:60]) for line, text in look(path.read_text())]
    tree.nothing(set(CHINESE_ON_PURPOSE) - {name for name, _, _ in found}, "these exceptions are no longer needed")
    found = [place for place in found if place[0] not in CHINESE_ON_PURPOSE]
    tree.nothing(found, "wrap these in gettext, or name the file in CHINESE_ON_PURPOSE with its reason")
