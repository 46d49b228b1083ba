"""The chance of a test comes again by its seed and its name."""

import secrets

from jinguo.lib import ids
from tests.services import chance


def drawn() -> list[object]:
    return [ids.new_code(), secrets.token_hex(8), secrets.randbelow(10**6), secrets.choice("abcdefgh")]


def test_the_same_seed_and_name_draw_the_same_and_another_name_draws_anew():
    chance.begin("one")
    first, second = drawn(), drawn()
    chance.begin("one")
    assert (drawn(), drawn()) == (first, second) and first != second
    chance.begin("another")
    assert drawn() != first
