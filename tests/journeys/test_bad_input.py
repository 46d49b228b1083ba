"""Through the real pages: what is wrong gets a clear sentence in the reader's language, and nothing else happens.

Each test counts the rows of the whole house before and after: what is refused leaves none, what is kept is kept whole.
"""

import re

import pytest
from django.apps import apps
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Town
from tests.journeys.house import House
from tests.world import Cast

HAN = re.compile(r"[\u4e00-\u9fff]")
NOT_COUNTED = {"session", "attempt"}  # whose browser it is, and how often a sign-in failed
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture(scope="module")
def house(town: Town) -> House:
    return town.house


@pytest.fixture(scope="module")
def cast(town: Town) -> Cast:
    return town.cast


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    models = [model for model in apps.get_models() if model._meta.model_name not in NOT_COUNTED]
    return {model._meta.label: model._default_manager.count() for model in models}


def new_rows(before: dict[str, int]) -> dict[str, int]:
    """What has come since, without the journal's lines about it."""
    return {
        name: many - before[name] for name, many in rows().items() if many != before[name] and name != "journal.Entry"
    }


def said(place: Locator, language: str) -> str:
    """A sentence a person can act on, in her language, without a trace of the machine."""
    expect(place).to_be_visible()
    sentence = place.inner_text()
    assert len(sentence) > 8 and "Traceback" not in sentence and "Error" not in sentence
    assert bool(HAN.search(sentence)) == (language == "zh-hans"), f"not in {language}: {sentence}"
    return sentence
