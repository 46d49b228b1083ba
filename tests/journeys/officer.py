"""The city's officer (宣教部) up to the sending: receives a notice, confirms its plan, chooses the units, issues it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.house import until
from tests.journeys.people import Staff

READ_AS = re.compile("原文读作|原文没有读出")
TYPES = {".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".txt": "text/plain"}
PLAIN = "#work li[id^='item-']:not(:has(.doubts))"  # an item nothing is asked about


class Officer(Staff):
    """At her desk or on her telephone."""

    # ---- receiving ------------------------------------------------------------------------------------------------

    def uploads(self, name: str, data: bytes) -> None:
        """Drop a file in and wait until it is read."""
        self.opens("/desk/notices/new/")
        self.looks("upload")
        self.puts_in(name, data)
        self.heading("确认工作计划")
        self.looks("plan-proposed")

    def puts_in(self, name: str, data: bytes) -> None:
        """Choose a file and press the button."""
        kind = TYPES.get(Path(name).suffix, "application/octet-stream")
        self._puts_in({"name": name, "mimeType": kind, "buffer": data})

    def puts_in_from_disk(self, path: Path) -> None:
        """The same with a file too large to hand over otherwise."""
        self._puts_in(path)

    def _puts_in(self, file: Any) -> None:
        form = self.page.locator("form").filter(has=self.page.locator("[type=file]"))
        form.locator("[type=file]").set_input_files(file)
        form.locator("button").dblclick(no_wait_after=True)

    # ---- confirming -----------------------------------------------------------------------------------------------

    def card(self, kind: str, about: str = "") -> Locator:
        """The first item of this kind that is still proposed, held by its number."""
        cards = self.page.locator("#work li.item").filter(has=self.page.get_by_text(kind, exact=True), has_text=about)
        return self.page.locator(f"#{cards.first.get_attribute('id')}")

    def waiting(self) -> int:
        """How many items the page says are still to confirm."""
        found = re.search(r"还有 (\d+) 条待确认", self.page.locator("#meter").inner_text())
        return int(found[1]) if found else 0

    def counts_down_to(self, left: int) -> None:
        words = f"还有 {left} 条待确认" if left else "都看完了"
        expect(self.page.locator("#meter")).to_contain_text(words)

    def confirms_some_by_keyboard(self, many: int) -> None:
        """Y confirms the current item and moves on; J walks past what is asked and past the button for all."""
        for _ in range(many):
            before = self.waiting()
            while self.page.locator(f"{PLAIN}.is-now").count() == 0:
                self.page.keyboard.press("j")
            self.page.keyboard.press("y")
            self.counts_down_to(before - 1)

    def confirms_some_by_hand(self, many: int) -> None:
        for _ in range(many):
            before = self.waiting()
            self.presses("确认", within=self.page.locator(PLAIN).first)
            self.counts_down_to(before - 1)

    def edits(self, kind: str, **values: str) -> None:
        """Change values of the next item of this kind, in place; how it was read stays beside what she wrote."""
        card, before = self.card(kind), self.waiting()
        self.presses("修改", within=card)
        form = self.page.locator("form").filter(has=self.page.get_by_role("button", name="就这样，确认"))
        expect(form).to_be_visible()
        for label, text in values.items():
            self.writes(label, text, within=form)
        self.looks("plan-edit")
        self.presses("就这样，确认", within=form)
        self.counts_down_to(before - 1)
        self.shows("全部")
        card.focus()  # it opens
        expect(card.get_by_text(READ_AS).first).to_be_visible()
        self.shows("待确认")

    def shows(self, tab: str) -> None:
        """One of the lists of her work: what is read next is read there."""
        link = self.page.locator(".tabs").get_by_role("link", name=tab)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        self.page.wait_for_load_state()

    def rejects(self, kind: str) -> None:
        """It is no task: nobody will be asked for it."""
        card, before = self.card(kind), self.waiting()
        self.presses("不是任务", within=card)
        self.counts_down_to(before - 1)

    def splits_an_own_event(self, about: str, parts: list[str]) -> None:
        """One event of the notice becomes several; each of them is then decided."""
        card = self.card("自办活动", about)
        card.focus()  # it opens
        self.presses("拆分", within=card)
        self.heading("拆成几项活动")
        self.writes("分成哪几项", "\n".join(parts))
        self.looks("split")
        self.presses("拆开", times=2)
        self.heading("确认工作计划")
        self.sees(f"分成了 {len(parts)} 项")
        self.shows("全部")
        for part in parts:
            expect(self.page.locator("#work h3").filter(has_text=part)).to_have_count(1)

    def answers_the_questions(self) -> None:
        """What the notice does not say, the city decides; it is shown as her decision."""
        self.shows("要您定的")
        self.looks("plan-questions")
        while (open_ones := self.page.get_by_role("button", name="就这样定").locator("visible=true")).count():
            before = open_ones.count()
            open_ones.first.click()
            expect(open_ones).to_have_count(before - 1)
        self.sees("市妇联确认")

    def has_seen_the_other_sentences(self) -> None:
        """No sentence of the notice is left unread."""
        self.shows("无任务句")
        button = self.page.get_by_role("button", name="都看过了，没有任务")
        self.looks("plan-no-task")
        if button.count():
            button.click()
            expect(button).to_have_count(0)

    def confirms_the_rest(self) -> None:
        """Everything still proposed, at one press."""
        self.shows("待确认")
        self.presses("一起确认")
        self.counts_down_to(0)
        self.looks("plan-confirmed")

    # ---- sending --------------------------------------------------------------------------------------------------

    def publishes_the_plan(self) -> None:
        self.presses("定下计划，圈定单位", times=2)
        self.heading("圈定单位")
        self.looks("recipients")

    def sees_recipients(self, counts: dict[str, str]) -> None:
        """Each phrase of the notice stands for so many units of a kind."""
        for phrase, count in counts.items():
            group = self.page.locator("li.item").filter(has=self.page.get_by_role("heading", name=phrase))
            expect(group.first).to_contain_text(count)

    def issues(self) -> str:
        """A hasty double click issues once. Returns the campaign's code, from the board's address."""
        self.presses("发出通知")
        self.heading("发出这份通知？")
        self.looks("issue")
        self.presses_at_any_hour("发出", "急事，马上发", times=2)
        expect(self.page).to_have_url(re.compile(r"/desk/board/[^/]+/$"))
        self.heading("通知")
        self.sees("签收")
        self.looks("board-just-issued")
        return self.page.url.rstrip("/").rsplit("/", 1)[1]

    # ---- following ------------------------------------------------------------------------------------------------

    def sees_on_the_board(self, campaign: str, **counts: int) -> None:
        """已送达=4, 已签收=1: as the worker and the units make it true; the page is asked again until it says so."""
        bar = self.page.locator(".bars li").first

        def told() -> bool:
            self.opens(f"/desk/board/{campaign}/")
            said = "".join(bar.inner_text().split())
            return all(f"{state}{count}" in said for state, count in counts.items())

        until(told, f"the board tells {counts}")
        self.looks("board")
        self.opens(f"/desk/board/{campaign}/signing/")
        self.looks("board-signing")

    # ---- reports --------------------------------------------------------------------------------------------------

    def accepts_the_report(self, title: str, unit: str) -> None:
        """The newest report, beside what the activity recorded; accepted once, however often she presses."""
        self.opens("/desk/reports/")
        self.looks("tray")
        self.page.locator(".tray li").filter(has_text=unit).get_by_role("link").first.click()
        self.heading("审看报送")
        self.sees(title)
        self.looks("review")
        self.presses("接收", times=2)
        self.sees("已接收")

    def sees_coverage(self, campaign: str, clause: str) -> None:
        """The clause has its first accepted report; the others say that nobody has done them yet."""
        self.opens(f"/desk/campaigns/{campaign}/coverage/")
        row = self.page.locator(".matrix tbody tr").filter(has_text=clause)
        expect(row.locator("td a")).to_have_text("1")
        expect(self.page.locator(".matrix tbody tr").filter(has_text="无").first).to_be_visible()
        self.looks("coverage")

    # ---- the summary ----------------------------------------------------------------------------------------------

    def builds_the_summary(self) -> None:
        """A snapshot is frozen and written up; pressing twice writes one."""
        self.opens("/desk/summaries/")
        self.looks("summaries")
        self.presses("冻结快照，写汇总", times=2)
        self.heading("汇总稿")  # the list is called 汇总
        self.looks("summary-draft")

    def sees_the_sources_of(self, words: str) -> None:
        """Pointing at a sentence shows what stands behind it."""
        cited = self.page.locator("a.cited").filter(has_text=words).first
        cited.focus()
        expect(self.page.locator(f"#{cited.get_attribute('aria-describedby')}")).to_be_visible()
        self.looks("summary-sources")

    def hands_it_to_the_leader(self) -> None:
        self.presses("送审签", times=2)
        self.sees("送审了，等领导审签")
