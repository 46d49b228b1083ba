"""What is wrong with one page: wider than its screen, or closed to somebody (axe). For every test that looks at a page.

A press that leads on has only begun the next page: name a thing of that page with `expect` before looking at it.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.services.surroundings import ON_POSTGRES

AXE = {"resultTypes": ["violations"]}
BUT_COLOURS = {**AXE, "rules": {"color-contrast": {"enabled": False}}}


def wider(page: Page) -> int:
    """How many CSS pixels the page is wider than its screen; asked of its first element, so that a page still coming is
    waited for."""
    page.wait_for_load_state()
    return page.locator("html").evaluate("html => html.scrollWidth - html.clientWidth")


def grave(page: Page, *, colours: bool = True) -> list[str]:
    """What axe calls serious or critical, a line each. `colours` measures every contrast too, half of axe's time."""
    page.wait_for_load_state()
    if ON_POSTGRES:  # the page is the same, and SQLite's run looks at it
        return []
    found = Axe().run(page, options=AXE if colours else BUT_COLOURS).response["violations"]
    return [_line(each) for each in found if each["impact"] in {"serious", "critical"}]


def _line(violation: dict) -> str:
    where = "; ".join(", ".join(map(str, node["target"])) for node in violation["nodes"][:3])
    why = violation["nodes"][0]["failureSummary"].splitlines()[-1].strip()
    return f"{violation['id']} ({violation['impact']}) at {where}: {why}"


def assert_good(page: Page) -> None:
    """Nothing is wider than the screen, and axe finds nothing serious."""
    assert (more := wider(page)) <= 0, f"{page.url} is {more} px too wide"
    assert (found := grave(page)) == [], (page.url, found)
