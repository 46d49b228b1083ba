"""A woman in the city: no account, no app. She finds something near her and signs up."""

from playwright.sync_api import expect

from tests.journeys.people import Person


class Visitor(Person):
    """On the public site."""

    def finds(self, title: str) -> None:
        """It stands on the first page, with what she needs to decide."""
        self.opens("/")
        self.looks("portal")
        self.page.get_by_role("link", name=title).first.click()
        self.heading(title)
        self.looks("portal-activity")

    def signs_up(self, name: str, phone: str, times: int = 1) -> str:
        """Two fields and a button. Returns the address of her own page."""
        form = self.page.locator("#join")
        self.writes("怎么称呼您", name, within=form)
        self.writes("手机号", phone, within=form)
        self.looks("sign-up-filled")
        self.presses("报名", within=form, times=times)
        self.heading("报上了")
        self.looks("sign-up-page")
        return self.page.url

    def has_a_code(self) -> str:
        """The six characters she shows at the door."""
        token = self.page.locator("#door ~ .row strong")
        expect(token).to_be_visible()
        return token.inner_text()
