"""The real browser starts, shows Chinese in the wheel's fonts, and cannot reach another machine."""

import pytest
from playwright.sync_api import Error, Page


def test_it_draws_chinese(page: Page) -> None:
    page.set_content("<p style='font: 17px sans-serif'><span id=a>巾帼建功</span> <span id=b>ill</span></p>")
    widths = [page.locator(f"#{name}").bounding_box()["width"] for name in "ab"]
    assert widths[0] == pytest.approx(4 * 17, abs=0.5), "four full-width characters of 17 px: the font is there"
    assert page.screenshot().startswith(b"\x89PNG")


def test_it_cannot_reach_another_machine(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://www.example.org/")
