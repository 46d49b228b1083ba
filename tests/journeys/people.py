"""Somebody before a browser of her own, at one width, in one theme. Her words are the words on the page."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.looking import Eye
from tests.world import PASSWORD

PHONE, DESK = 390, 1280


@dataclass(frozen=True)
class Screen:
    """What the pages are shown on."""

    width: int = DESK
    theme: str = "light"
    scripts: bool = True
    language: str = "zh-hans"

    def options(self) -> dict[str, Any]:
        """For Browser.new_context: a telephone below 600 px."""
        phone = self.width < 600
        options: dict[str, Any] = {
            "viewport": {"width": self.width, "height": 844 if phone else 800},
            "device_scale_factor": 2 if phone else 1,
            "is_mobile": phone,
            "has_touch": phone,
            "color_scheme": self.theme,
            "java_script_enabled": self.scripts,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "reduced_motion": "reduce",
        }
        return options


class Person:
    """One browser with its cookies. Subclasses add what this person does, in her words."""

    def __init__(self, browser: Browser, url: str, screen: Screen, eye: Eye) -> None:
        self.browser, self.url, self.screen, self.eye = browser, url, screen, eye
        self.context: BrowserContext = browser.new_context(base_url=url, **screen.options())
        if screen.language != "zh-hans":
            self.context.add_cookies([{"name": "jinguo-language", "value": screen.language, "url": url}])
        eye.watch(self.context, type(self).__name__)
        self.page: Page = self.context.new_page()

    @property
    def has_a_keyboard(self) -> bool:
        return self.screen.width > 600

    def opens(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(path)

    def sees(self, words: str | re.Pattern[str]) -> Locator:
        """These words stand on the page, where one can see them."""
        place = self.page.get_by_text(words).locator("visible=true").first
        expect(place).to_be_visible()
        return place

    def heading(self, words: str) -> None:
        """She is on the page of this name."""
        expect(self.page.locator("h1").locator("visible=true")).to_contain_text(words)

    def presses(self, words: str, within: Locator | None = None, times: int = 1) -> None:
        """Press the button (or the link dressed as one) with these words; `times=2` is a hasty double click."""
        place = within or self.page
        button = place.get_by_role("button", name=words).or_(place.get_by_role("link", name=words))
        button = button.locator("visible=true").first
        if times == 1:
            button.click()
        else:
            button.dblclick(no_wait_after=True)

    def presses_at_any_hour(self, words: str, urgent: str, times: int = 1) -> None:
        """At night letters wait for the morning: then she says that it is urgent. The page was waited for before."""
        at_night = self.page.get_by_role("button", name=urgent).count()
        button = self.page.get_by_role("button", name=urgent if at_night else words, exact=True)
        if times == 1:
            button.click()
        else:
            button.dblclick(no_wait_after=True)

    def writes(self, words: str, text: str, within: Locator | None = None) -> None:
        """Fill the field of this label."""
        (within or self.page).get_by_label(words).locator("visible=true").first.fill(text)

    def looks(self, name: str) -> None:
        """Have a good look at the page: see `Eye.look`."""
        self.eye.look(self.page, name, self.screen.scripts)

    def leaves(self) -> None:
        self.context.close()


class Staff(Person):
    """Somebody with a post: she signs in."""

    def enters(self, username: str) -> None:
        """Sign in, in whatever language the pages are in."""
        self.opens("/sign-in/")
        self.page.locator("[name=username]").fill(username)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main form button").click()
        expect(self.page.locator("nav.side")).to_be_attached()

    def signs_in(self, username: str) -> None:
        self.opens("/sign-in/")
        self.looks("sign-in")
        self.writes("用户名", username)
        self.writes("密码", PASSWORD)
        self.presses("登录")
        self.heading("今日待办")

    def takes_the_paper(self) -> bytes:
        """The .docx, as the browser saves it."""
        with self.page.expect_download() as saved:
            self.presses("DOCX")
        return Path(saved.value.path()).read_bytes()
