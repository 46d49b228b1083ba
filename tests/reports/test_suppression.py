"""A small count of a sensitive group is neither shown nor to be reckoned back from what is shown."""

from hypothesis import given, settings, strategies

from jinguo.reports.suppression import FEWEST, suppressed


def test_what_is_shown_of_some_plain_cases():
    assert suppressed([]) == ([], 0)
    assert suppressed([0, 0]) == ([0, 0], 0)
    assert suppressed([8, 12]) == ([8, 12], 20)
    assert suppressed([3, 12, 9]) == ([None, 12, None], 24), "one alone would be the total less the others"
    assert suppressed([2, 0]) == ([None, 0], None), "the total itself would be the count"
    assert suppressed([1, 2, 0]) == ([None, None, 0], None)


@settings(deadline=None, max_examples=200)
@given(strategies.lists(strategies.integers(0, 12), max_size=6))
def test_nothing_small_is_shown_or_can_be_reckoned_back(counts):
    shown, total = suppressed(counts)
    assert all(one is None or one == count for one, count in zip(shown, counts, strict=True))
    assert not any(one is not None and 0 < one < FEWEST for one in shown)
    hidden = [count for one, count in zip(shown, counts, strict=True) if one is None]
    assert all(hidden), "nothing at all is always said"
    if total is not None and hidden:
        assert total == sum(counts)
        assert len(hidden) >= 2 and sum(hidden) >= FEWEST
