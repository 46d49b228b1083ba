"""No test meets what the test before it left in this process's memory, in whatever order they come."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from jinguo.activities import joining


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db
def test_each_begins_without_a_page_a_press_or_a_language(turn: str) -> None:
    """Each turn would be the other's bad luck."""
    assert cache.get("left-behind") is None and "pool:1" not in joining._kept
    assert translation.get_language() == settings.LANGUAGE_CODE
    cache.set("left-behind", turn)
    joining._kept["pool:1"] = (0.0, turn)
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.get("/sign-in/")
    assert translation.get_language() == "en", "the last page's language outlives it"
