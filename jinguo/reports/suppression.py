"""Small cells: a count of few people of a sensitive group points at somebody, so it is not shown, nor may it be reckoned
back from the total and the counts beside it. Pure."""

from collections.abc import Sequence

FEWEST = 5  # a count below it, but nothing at all, is hidden


def suppressed(counts: Sequence[int]) -> tuple[list[int | None], int | None]:
    """The counts and their total as they may be shown; None is hidden.

    Beside every count of 1 to 4 the smallest others are hidden until those hidden are at least two and add up to at
    least five; where that cannot be, the total is hidden too.
    """
    hidden = {at for at, count in enumerate(counts) if 0 < count < FEWEST}
    others = sorted((count, at) for at, count in enumerate(counts) if count >= FEWEST)
    total: int | None = sum(counts)
    while hidden and (len(hidden) < 2 or sum(counts[at] for at in hidden) < FEWEST):
        if not others:
            total = None
            break
        hidden.add(others.pop(0)[1])
    return [None if at in hidden else count for at, count in enumerate(counts)], total
