"""A small count of a sensitive group is neither shown nor to be reckoned back from what is shown."""

import itertools

from hypothesis import given, settings, strategies

from jinguo.reports.suppression import FEWEST, suppressed


def test_what_is_shown_of_some_plain_cases():
    assert suppressed([]) == ([], 0)
    assert suppressed([0, 0]) == ([0, 0], 0)
    assert suppressed([8, 12]) == ([8, 12], 20)
    assert suppressed([3, 12, 9]) == ([None, 12, None], None), (
        "one alone would be what is said elsewhere less the others"
    )
    assert suppressed([2, 0]) == ([None, 0], None), "the total itself would be the count"
    assert suppressed([1, 2, 0]) == ([None, None, 0], None)
    assert suppressed([4, 1, 9]) == ([None, None, None], None), "neither of two that add up to five could be five"


def test_who_knows_the_rule_and_tries_every_register_cannot_tell_a_hidden_count():
    """Every register of four groups of up to nine deeds: a page, on which groups without a count are not named, must come of
    registers that differ at each of them."""
    pages = {}
    for counts in itertools.product(range(10), repeat=4):
        shown, total = suppressed(counts)
        if None in shown:
            named = frozenset((at, one) for at, one in enumerate(shown) if one)
            pages.setdefault((named, total), []).append(counts)
    for (named, _total), meant in pages.items():
        unnamed = set(range(4)) - {at for at, _one in named}
        assert all(len({counts[at] for counts in meant}) > 1 for at in unnamed), (named, meant)


@settings(deadline=None, max_examples=200)
@given(strategies.lists(strategies.integers(0, 12), max_size=6))
def test_nothing_small_is_shown_or_can_be_reckoned_back(counts):
    shown, total = suppressed(counts)
    assert all(one is None or one == count for one, count in zip(shown, counts, strict=True))
    assert not any(one is not None and 0 < one < FEWEST for one in shown)
    hidden = [count for one, count in zip(shown, counts, strict=True) if one is None]
    assert all(hidden), "nothing at all is always said"
    assert total == (None if hidden else sum(counts))
    if hidden and any(shown):  # even who learns their sum elsewhere
        assert len(hidden) >= 2 and sum(hidden) - len(hidden) + 1 >= FEWEST
