from tests.world import cast  # noqa: F401
