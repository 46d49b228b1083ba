"""Reads that span units, contacts, users and posts."""

from jinguo.federation.queries.people import (
    case_sight,
    has_case_worker,
    home_of,
    office_for,
    office_of,
    other_keepers,
    posts_today,
    reads_cases_of,
    running_posts,
    users_seen,
    users_with_posts,
)
from jinguo.federation.queries.units import (
    UnitLine,
    UnitPage,
    bears,
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
    "bears",
    "called",
    "case_sight",
    "find_units",
    "has_case_worker",
    "history_of",
    "home_of",
    "imports_seen",
    "levels_below",
    "office_for",
    "office_of",
    "other_keepers",
    "posts_today",
    "reads_cases_of",
    "running_posts",
    "units_seen",
    "users_seen",
    "users_with_posts",
]
