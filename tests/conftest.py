"""Fixtures for every test. The services (database, browser, mail server, programs) live in tests/services/."""

pytest_plugins = [
    "tests.world",
    "tests.services.browser",
    "tests.services.database",
    "tests.services.endpoint",
    "tests.services.imap",
    "tests.services.memory",
    "tests.services.programs",
    "tests.services.road",
    "tests.services.smtp",
]
