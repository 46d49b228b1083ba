"""The city's officer (宣教部) up to the sending: receives a notice, confirms its plan, chooses the units, issues it."""

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.people import Staff

TYPES = {".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".txt": "text/plain"}


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
        form = self.page.locator("form").filter(has=self.page.get_by_label("通知文件"))
        file = {"name": name, "mimeType": TYPES.get(Path(name).suffix, "application/octet-stream"), "buffer": data}
        self.page.get_by_label("通知文件").set_input_files(files=[file])  # type: ignore[list-item]
        self.presses("收下并读文", within=form)

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
        """Y confirms the current item and moves on; J and K walk."""
        for _ in range(many):
            before = self.waiting()
            self.page.keyboard.press("y")
            self.counts_down_to(before - 1)

    def confirms_some_by_hand(self, many: int) -> None:
        for _ in range(many):
            before = self.waiting()
            self.presses("确认", within=self.page.locator("#work li.item.is-now"))
            self.counts_down_to(before - 1)

    def edits(self, kind: str, **values: str) -> None:
        """Change values of the next item of this kind, in place; how it was read stays beside what she wrote."""
        card, before = self.card(kind), self.waiting()
        self.presses("修改", within=card)
        form = card.locator("form").filter(has=self.page.get_by_role("button", name="就这样，确认"))
        expect(form).to_be_visible()
        for label, text in values.items():
            self.writes(label, text, within=form)
        self.looks("plan-edit")
        self.presses("就这样，确认", within=form)
        self.counts_down_to(before - 1)
        self.sees("原文读作")

    def rejects(self, kind: str) -> None:
        """It is no task: nobody will be asked for it."""
        card, before = self.card(kind), self.waiting()
        self.presses("不是任务", within=card)
        self.counts_down_to(before - 1)

    def splits_an_own_event(self, about: str, parts: list[str]) -> None:
        """One event of the notice becomes several; each of them is then decided."""
        self.presses("拆分", within=self.card("自办活动", about))
        self.heading("拆成几项活动")
        self.writes("分成哪几项", "\n".join(parts))
        self.looks("split")
        self.presses("拆开", times=2)
        self.heading("确认工作计划")
        self.sees(f"分成了 {len(parts)} 项")
        self.presses("全部")
        for part in parts:
            expect(self.page.locator("#work h3").filter(has_text=part)).to_have_count(1)

    def answers_the_questions(self) -> None:
        """What the notice does not say, the city decides; it is shown as her decision."""
        self.presses("要您定的")
        self.looks("plan-questions")
        while (open_ones := self.page.get_by_role("button", name="就这样定").locator("visible=true")).count():
            before = open_ones.count()
            open_ones.first.click()
            expect(open_ones).to_have_count(before - 1)
        self.sees("市妇联确认")

    def has_seen_the_other_sentences(self) -> None:
        """No sentence of the notice is left unread."""
        self.page.get_by_role("link", name="无任务句").click()
        button = self.page.get_by_role("button", name="都看过了，没有任务")
        self.looks("plan-no-task")
        if button.count():
            button.click()
            expect(button).to_have_count(0)

    def confirms_the_rest(self) -> None:
        """Everything still proposed, at one press."""
        self.page.get_by_role("link", name="待确认").first.click()
        self.presses("全部确认")
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

    def reads_the_plan(self) -> None:
        self.page.get_by_role("link", name="看原文和确认经过").or_(self.page.locator(".crumbs a").last).first.click()

    def issues(self) -> None:
        """A hasty double click issues once."""
        self.presses("发出通知")
        self.heading("发出这份通知？")
        self.looks("issue")
        self.presses("发出", times=2)
        self.heading("通知")
        self.sees("签收")
        self.looks("board-just-issued")
