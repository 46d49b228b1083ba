"""Small cells: a count of few people of a sensitive group points at somebody, so it is not shown, nor may it be reckoned
back from the counts beside it, from what is said elsewhere, or by who knows this rule. Pure."""

from collections.abc import Sequence

FEWEST = 5  # a count below it, but nothing at all, is hidden


def suppressed(counts: Sequence[int]) -> tuple[list[int | None], int | None]:
    """The counts and their total as they may be shown; None is hidden.

    Beside every count of 1 to 4 the smallest others are hidden, as long as there are others, until those hidden are at least
    two and each of them could be five, the others being at least one. The total is shown only where nothing is hidden: with
    it, who knows which others are chosen could tell 4 and 4 from their sum.
    """
    hidden = {at for at, count in enumerate(counts) if 0 < count < FEWEST}
    others = sorted((count, at) for at, count in enumerate(counts) if count >= FEWEST)
    while hidden and others and (len(hidden) < 2 or sum(counts[at] for at in hidden) - len(hidden) + 1 < FEWEST):
        hidden.add(others.pop(0)[1])
    return [None if at in hidden else count for at, count in enumerate(counts)], None if hidden else sum(counts)
