"""The cast, whose units are in the index."""

from tests.world import cast  # noqa: F401
