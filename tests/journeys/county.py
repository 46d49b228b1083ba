"""A county's officer at her desk: she signs, writes her own notice from the city's, and sends it to her townships."""

import re

from playwright.sync_api import expect

from tests.journeys.people import Staff


class County(Staff):
    """With an account: her own words and her own dates."""

    def signs_at_her_desk(self, title: str) -> None:
        """The notice waits among today's things."""
        waiting = self.page.locator("main li, main tr").filter(has_text=title).first
        waiting.get_by_role("link").first.click()
        self.sees("请贵单位做三件事")
        self.writes("签收人", "办公室")
        self.presses("签收")
        expect(self.page.locator(".seal").filter(has_text="已签收")).to_have_count(1)
        self.looks("county-signed")

    def writes_a_local_notice(self, title: str, number: str, text: str, added: str, day: str) -> None:
        """One clause reworded, one left out, one added; the closing summary by her own day."""
        self.presses("写本级的通知")
        self.heading("写本级的通知")
        self.looks("local-untouched")
        self.writes("标题", title)
        first, second = self.page.locator(".local-clause").nth(0), self.page.locator(".local-clause").nth(1)
        first.get_by_text("改写", exact=True).click()
        first.get_by_text("改写的文字").click()
        self.writes(f"{number} 改成", text, within=first)
        second.get_by_text("不写进", exact=True).click()
        self.writes("本级加的第 1 条", added)
        self.page.get_by_label("本级定的最后一天").last.fill(day)
        self.presses("先存好")
        self.sees("存好了")
        difference = self.page.locator("section").filter(has=self.page.locator("#difference"))
        expect(difference.locator("ins").first).to_be_visible()
        for state in ("改写", "没有写进", "本级新增"):
            expect(difference.locator(".tag").filter(has_text=state)).not_to_have_count(0)
        self.looks("local-written")

    def sends_it(self) -> None:
        """To her townships, by the same two steps as the city's."""
        self.presses("存好，去圈定单位")
        self.heading("圈定单位")
        self.looks("local-recipients")
        self.presses("发出通知")
        self.heading("发出这份通知？")
        self.presses_at_any_hour("发出", "急事，马上发")
        expect(self.page).to_have_url(re.compile("/board/"))
        self.sees(re.compile("送达|待发"))
        self.looks("county-board")
