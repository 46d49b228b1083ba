"""Reads that span units, contacts, users and posts."""

from jinguo.federation.queries.people import (
    home_of,
    office_for,
    office_of,
    other_keepers,
    posts_today,
    running_posts,
    users_seen,
    users_with_posts,
)
from jinguo.federation.queries.units import (
    UnitLine,
    UnitPage,
    called,
    find_units,
    history_of,
    imports_seen,
    levels_below,
    units_seen,
)

__all__ = [
    "UnitLine",
    "UnitPage",
    "called",
    "find_units",
    "history_of",
    "home_of",
    "imports_seen",
    "levels_below",
    "office_for",
    "office_of",
    "other_keepers",
    "posts_today",
    "running_posts",
    "units_seen",
    "users_seen",
    "users_with_posts",
]
