"""Fixtures of this room."""

from tests.world import cast  # noqa: F401
