"""Codes and secrets: long enough not to be guessed, and without characters that people mix up."""

import pytest

from jinguo.lib import ids


@pytest.mark.parametrize(("make", "length"), [(ids.new_code, 12), (ids.new_secret, 26), (ids.short_token, 6)])
def test_each_is_of_its_length_and_free_of_look_alikes(make, length):
    made = [make() for _ in range(300)]
    assert {len(each) for each in made} == {length}
    assert not set("".join(made).lower()) & set("01ilo"), "read aloud and typed without error"
    assert "".join(made).isalnum()


def test_none_comes_twice_in_a_large_lot():
    assert len({ids.new_code() for _ in range(20_000)}) == 20_000
    assert len({ids.new_secret() for _ in range(20_000)}) == 20_000


def test_a_secret_carries_128_bits():
    assert len(ids._ALPHABET) ** 26 >= 2**128
