"""A unit's liaison: no account, only the link in her mail. She signs, holds an activity, and reports it."""

import re
from datetime import date

from playwright.sync_api import expect

from tests.journeys.people import Person
from tests.services.smtp import Delivery

CUE = re.compile("现[将就].*通知如下")  # where the notice's own text begins to ask


def link_in(letter: Delivery) -> str:
    """The signed address a letter brings; the part behind the host."""
    found = re.search(r"https?://[^/\s]+(/l/[^\s]+)", letter.message.get_content())
    assert found, "the letter brings a link"
    return found[1]


class Unit(Person):
    """On her telephone, or at a computer in the office."""

    link = ""

    # ---- the notice -----------------------------------------------------------------------------------------------

    def opens_the_letter(self, letter: Delivery) -> None:
        """Press the link in the mail."""
        self.link = link_in(letter)
        self.opens(self.link)
        self.sees("请贵单位做三件事")
        self.looks("unit-notice")

    def reads_the_notice(self) -> None:
        """The whole text stands behind one press; the page tells the city that it was seen."""
        self.page.get_by_text("看通知全文").click()
        self.sees(CUE)
        self.looks("unit-notice-open")
        self.page.get_by_text("看通知全文").click()

    def signs(self, name: str) -> None:
        """One field, one button, pressed in haste: the stamp stands there once."""
        self.writes("签收人", name)
        self.presses("签收", times=2)
        expect(self.page.locator(".seal").filter(has_text="已签收")).to_have_count(1)
        self.looks("unit-signed")

    # ---- the activity ---------------------------------------------------------------------------------------------

    def makes_an_activity(self, clause: str, day: date, venue: str, place: str, seats: int) -> tuple[str, str]:
        """From a clause, whose words are filled in already. Returns the address of its public page, and its name."""
        self.opens(self.link)
        way = self.page.locator("li").filter(has_text=clause).last.locator("a").first  # the innermost
        if not way.is_visible():
            self.page.get_by_text("别的条款").click()
        way.click()
        self.heading("办一场活动")
        self.sees("带出来的字都可以改")
        title = self.page.get_by_label("活动名称").input_value()
        assert title, "the name is proposed from the clause"
        self.writes("哪一天", day.isoformat())
        self.writes("几点开始", "09:30")
        self.writes("几点结束", "11:00")
        self.page.get_by_text("要报名，限席位").click()
        self.writes("一共几席", str(seats))
        self.page.get_by_text(venue, exact=True).click()
        self.writes("地点", place)
        self.looks("activity-form")
        self.presses("保存并发布", times=2)
        self.sees("告诉大家")
        self.looks("activity-published")
        address = self.page.locator("#share ~ p a").first.inner_text()
        return "/" + address.split("/", 3)[3], title

    # ---- the day --------------------------------------------------------------------------------------------------

    def opens_the_day(self) -> None:
        """From her own page to the list at the door."""
        self.opens(f"{self.link}activities/")
        self.looks("activity-list")
        self.page.locator("main li h3 a").first.click()
        self.presses("名单、签到、人数和照片")
        self.heading("现场")
        self.looks("day-before")

    def marks_who_came(self, name: str) -> None:
        """One tap a person; a hasty second tap counts nobody twice."""
        line = self.page.locator("#roll li").filter(has_text=name)
        self.presses("来了", within=line, times=2)
        expect(self.page.locator("#roll li").filter(has_text=name)).to_contain_text("撤销")

    def counts_walk_ins(self, people: int) -> None:
        form = self.page.locator("#walk-in")
        self.writes("几个人", str(people), within=form)
        self.presses("记一笔", within=form, times=2)
        expect(self.page.locator("#walk-in li")).to_have_count(1)

    def counts_heads(self, on_site: int, women: int) -> None:
        form = self.page.locator("#heads")
        self.writes("现场人数", str(on_site), within=form)
        self.writes("其中女性", str(women), within=form)
        self.presses("记下人数", within=form, times=2)
        self.sees("人数记好了")

    def keeps_a_photo(self, name: str, data: bytes, caption: str) -> bytes:
        """A picture from her telephone; returns the bytes the house kept of it."""
        form = self.page.locator("#photos form").last
        file = {"name": name, "mimeType": "image/jpeg", "buffer": data}
        form.get_by_label("照片", exact=True).set_input_files(files=[file])  # type: ignore[list-item]
        self.writes("写一句说明", caption, within=form)
        self.page.get_by_label("照片里的人同意公开使用").check()
        self.presses("存照片", within=form, times=2)
        self.sees("位置信息已去掉")
        expect(self.page.locator("#photos figure")).to_have_count(1)
        self.looks("day-after")
        address = self.page.locator("#photos figure a").get_attribute("href") or ""
        return self.page.request.get(address).body()

    def says_it_is_done(self) -> None:
        self.presses("办完了", times=2)
        self.sees("记下了：办完了")

    # ---- the report -----------------------------------------------------------------------------------------------

    def reports_it_with_nothing_typed_again(self, title: str) -> dict[str, str]:
        """What the activity knows stands in the sheet. Returns what was filled in for her, by label."""
        self.opens(f"{self.link}reports/")
        self.looks("reports")
        self.presses("把这场活动报上去")
        self.heading("把这场活动报上去")
        assert title in self.page.get_by_label("活动名称").input_value()
        brought = {
            label: self.page.get_by_label(re.compile(f"^{label}")).locator("visible=true").first.input_value()
            for label in ("活动名称", "时间", "地点", "现场参加", "其中妇女")
        }
        self.looks("report-sheet")
        self.presses("报送", times=2)
        self.goes_past_the_questions()
        self.sees("识别为")
        self.looks("report-sent")
        return brought

    def goes_past_the_questions(self) -> None:
        """The sheet may ask back about something; not answering is an answer too."""
        asked = self.page.get_by_text("请看一眼").locator("visible=true")
        expect(asked.or_(self.page.get_by_text("识别为").locator("visible=true")).first).to_be_visible()
        if asked.count():
            self.looks("report-asked")
            self.presses("报送", times=2)
