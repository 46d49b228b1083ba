"""In a real Chromium: the whole confirmation by keyboard, drawing by keys, mouse and finger, two officers at one desk."""

import pytest
from playwright.sync_api import Page, expect

from jinguo.notices import actions
from jinguo.notices.models import Decision, ItemKind
from tests.notices.test_browser_desk import DESK, PHONE, city, decisions, open_page  # noqa: F401
from tests.papers_hard import HARD
from tests.planned import read_notice
from tests.services.eye import assert_good

pytestmark = pytest.mark.django_db(transaction=True)

MOST_KEYS = 40  # issue 3, item 8


class Keyboard:
    """Somebody who only presses keys; every press counts, every letter she types too."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def types(self, pinyin: str, word: str) -> None:
        """A Chinese word by its pinyin: every letter counts, and the space that picks it."""
        self.page.keyboard.insert_text(word)
        self.count += len(pinyin) + 1

    def says(self, words: str) -> None:
        """What a screen reader is told, and what stands in sight."""
        expect(self.page.locator("#said")).to_contain_text(words)

    def stands_on(self, what: str) -> None:
        """The card the keys act on has the focus and is in sight."""
        expect(self.page.locator(f"{what}.is-now")).to_be_focused()
        expect(self.page.locator(what)).to_be_in_viewport()


def ready(page: Page) -> Keyboard:
    page.wait_for_load_state("networkidle")  # the modules have come
    return Keyboard(page)


def walk(page: Page, notice) -> int:
    """Confirm the demonstration notice as a careful officer does; returns the number of key presses."""
    keys = ready(page)
    turns_a_cut_round(keys, page)
    keys.press("y")
    keys.says("已确认。 还有 33 条待确认")
    keys.stands_on(f"#q-due-{notice.items.get(kind=ItemKind.REPORT_DUTY).code}")
    keys.press("y")
    keys.says("定下了。")
    keys.stands_on("#q-sign_due")
    keys.press("y")
    keys.stands_on("#bulk-sure")
    corrects_some(keys, page)
    keys.press("y")
    keys.says("都看完了")
    assert decisions(notice).count(Decision.PROPOSED) == 0
    draws_a_sentence(keys, page)
    keys.press("p")
    expect(page.get_by_role("heading", name="圈定单位", level=1)).to_be_visible()
    return keys.count


def turns_a_cut_round(keys: Keyboard, page: Page) -> None:
    expect(page.locator("#item-26.is-now")).to_be_visible()  # the one in doubt comes first
    keys.press("s")
    expect(page.get_by_text("断开了，分成 2 项。")).to_be_visible()
    page.wait_for_load_state("networkidle")
    keys.press("u")  # on second thoughts it is one occasion
    expect(page.get_by_text("已撤销。")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#item-26.is-now")).to_be_focused()


def corrects_some(keys: Keyboard, page: Page) -> None:
    """Rejects an item, takes that back, edits another, looks up a sentence, and goes back to the button for all."""
    keys.press("j", "j")
    keys.stands_on("#item-2")
    keys.press("n")
    keys.says("不是任务")
    keys.press("u")
    keys.says("已撤销。")
    keys.stands_on("#item-2")
    keys.press("j", "e")
    title = page.get_by_label("主送单位")
    expect(title).to_be_focused()
    keys.press("End")
    keys.types("deng", "等")
    keys.press("Enter")
    keys.says("改好了")
    keys.stands_on("#item-4")
    keys.press("o")
    expect(page.locator("#src-4")).to_be_focused()
    expect(page.locator("#src-4")).to_be_in_viewport()
    keys.press("k", "k", "k")
    keys.stands_on("#bulk-sure")


def draws_a_sentence(keys: Keyboard, page: Page) -> None:
    keys.press("g")  # the first sentence that is in no item
    expect(page.locator("[data-draw-quote]")).to_contain_text("第114个国际妇女节")
    keys.press("ArrowDown", "Enter")
    expect(page.get_by_label("名称")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_text("加上了，标作您加的。")).to_be_visible()
    page.wait_for_load_state("networkidle")


@pytest.mark.wide
@pytest.mark.parametrize("viewport", [DESK, pytest.param(PHONE, marks=pytest.mark.wide)], ids=["1280", "390"])
def test_the_demonstration_is_confirmed_in_at_most_forty_keys(open_page, city, viewport, capsys):  # noqa: F811
    notice = read_notice(city)
    count = walk(open_page(f"/desk/notices/{notice.code}/", viewport=viewport), notice)
    with capsys.disabled():
        print(f"\nkey presses from the reading to the plan at {viewport['width']} px: {count}")
    assert count <= MOST_KEYS
    drawn = notice.items.get(ref="", decision=Decision.EDITED, proposal={})
    raw = notice.readings.get().raw_text
    assert raw[drawn.start : drawn.end] == drawn.quote
    assert drawn.quote.startswith("为让节日过得热闹")
    assert notice.items.get(clause="自办6").decision == Decision.CONFIRMED
    assert notice.items.get(title="国省民营企业事业单位妇女组织等").decision == Decision.EDITED


def test_what_the_keys_do_stands_in_the_legend(open_page, city):  # noqa: F811
    page = open_page(f"/desk/notices/{read_notice(city).code}/")
    keys = ready(page)
    expect(page.locator(".keys")).to_be_visible()
    keys.press("?")
    help_box = page.locator("#keys-help")
    for words in ("确认", "修改", "不是任务", "改断句：断开或合上", "看原句", "加一条漏掉的", "下一句没有条目的"):
        expect(help_box).to_contain_text(words)


def drag(page: Page, first: str, last: str) -> None:
    """Select from the first letter of one piece of the paper to the last of another, with the mouse."""
    boxes = page.evaluate(
        """([first, last]) => [first, last].map((words) => {
          const walker = document.createTreeWalker(document.querySelector("[data-paper]"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            walker.currentNode.parentElement.scrollIntoView({ block: "center" });
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + words.length);
            const box = range.getClientRects()[0];
            return [box.left, box.right, box.top + box.height / 2];
          }
        })""",
        [first, last],
    )
    page.mouse.move(boxes[0][0] + 1, boxes[0][2])
    page.mouse.down()
    page.mouse.move(boxes[1][1] - 1, boxes[1][2], steps=8)
    page.mouse.up()


@pytest.mark.wide
def test_drawing_with_the_mouse_is_exact(open_page, city, screenshot):  # noqa: F811
    notice = actions.paste_notice(city.office, text=HARD, by=city.users["officer"])
    page = open_page(f"/desk/notices/{notice.code}/")
    ready(page)
    drag(page, "0353", "5550123")
    expect(page.locator("[data-draw-quote]")).to_have_text("0353-5550123")
    assert_good(page)
    screenshot(page, "notice-draw-1280", full_page=False)
    page.locator("[data-draw]").get_by_role("button", name="联系方式").click()
    page.get_by_label("名称").fill("家庭部")
    assert_good(page)
    page.get_by_label("电话、信箱或地址").fill("0353-5550123")
    page.get_by_role("button", name="加上").click()
    expect(page.get_by_text("加上了，标作您加的。")).to_be_visible()
    item = notice.items.get(kind=ItemKind.CONTACT)
    raw = notice.readings.get().raw_text
    assert raw[item.start : item.end] == "0353-5550123" == item.values["value"]
    expect(page.locator(".src.is-added")).to_have_text("0353-5550123")


@pytest.mark.wide
def test_drawing_with_a_finger(open_page, city, screenshot):  # noqa: F811
    """A long press selects words; the browser tells of it by the same event."""
    notice = read_notice(city)
    page = open_page(f"/desk/notices/{notice.code}/", viewport=PHONE, has_touch=True, is_mobile=True)
    ready(page)
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector("[data-paper]"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode() && !walker.currentNode.data.includes("把时间地点")) ;
          const node = walker.currentNode, at = node.data.indexOf("把时间地点");
          node.parentElement.scrollIntoView({ block: "center" });
          getSelection().setBaseAndExtent(node, at, node, at + 10);
        }"""
    )
    expect(page.locator("[data-draw-quote]")).to_have_text("把时间地点早早说清楚")
    assert_good(page)
    screenshot(page, "notice-draw-390", full_page=False)
    page.locator("[data-draw]").get_by_role("button", name="要求").last.tap()
    page.get_by_role("button", name="加上").tap()
    expect(page.get_by_text("加上了，标作您加的。")).to_be_visible()
    item = notice.items.get(clause="补1")
    assert notice.readings.get().raw_text[item.start : item.end] == "把时间地点早早说清楚"


@pytest.mark.wide
def test_the_second_officer_sees_a_clear_sentence(open_page, city):  # noqa: F811
    notice = read_notice(city)
    page = open_page(f"/desk/notices/{notice.code}/")
    keys = ready(page)
    doubtful = notice.items.get(clause="自办6")
    actions.reject_item(doubtful, by=city.users["officer"])  # on another screen
    keys.press("y")
    expect(page.get_by_role("alert")).to_contain_text("别人先了一步")
    expect(page.get_by_role("alert")).to_contain_text("改为“不是任务”")
    doubtful.refresh_from_db()
    assert doubtful.decision == Decision.REJECTED
    assert_good(page)
