"""The cast, and a campaign issued to five units."""

from tests.issued import campaign  # noqa: F401
from tests.world import cast  # noqa: F401
