"""The rendered page against GB/T 9704-2012, in millimetres. The clause stands in each test's first line."""

import dataclasses
import datetime

import pytest

from jinguo.gongwen.writing import Document, Imprint, PageNumber, Paragraph, Profile, write_docx
from tests.gongwen_writing.pages import Page, render
from tests.gongwen_writing.samples import notice, ruled_page, summary

pytestmark = pytest.mark.xdist_group("rendered_papers")  # one conversion, where the run is told to keep groups

FULL_PAGES = range(15, 20)  # paragraphs of one line: from a page with room for the 版记 to one without


def _with_imprint(lines: int) -> Document:
    return Document(
        Profile(signature="清河市妇女联合会"),
        "一行一段",
        tuple(Paragraph.of(f"第{number}行") for number in range(1, lines + 1)),
        date=datetime.date(2024, 2, 20),
        imprint=Imprint(("市总工会",), "清河市妇女联合会办公室", datetime.date(2024, 2, 20)),
    )


def _sealed() -> Document:
    return dataclasses.replace(ruled_page(), blocks=ruled_page().blocks[:1], signature="清河市妇联", sealed=True,
                               date=datetime.date(2024, 3, 5))  # fmt: skip


@pytest.fixture(scope="session")
def rendered(tmp_path_factory) -> dict[str, list[Page]]:
    """Every paper of this file, converted once."""
    papers = {"summary": summary(), "notice": notice(), "ruled": ruled_page(), "sealed": _sealed()}
    for name, change in {"single": {"duplex": False}, "centred": {"page_number": PageNumber.CENTRE},
                         "bare": {"page_number": PageNumber.NONE}}.items():  # fmt: skip
        papers[name] = dataclasses.replace(ruled_page(), profile=Profile(**change))
    papers |= {f"full{lines}": _with_imprint(lines) for lines in FULL_PAGES}
    data = {name: write_docx(paper) for name, paper in papers.items()}
    return render(data, tmp_path_factory.mktemp("pages"))


def _text_lines(page: Page) -> list:
    return [line for line in page.lines if line.bottom < 264]


def _near(value: float, *, within: float = 1.0):
    return pytest.approx(value, abs=within)


def test_the_sheet_is_a4(rendered) -> None:
    """5.1; sideways pages are the same sheet (8)."""
    for page in rendered["summary"]:
        assert (page.width, page.height) == (_near(210, within=0.2), _near(297, within=0.2))
    sideways = rendered["notice"][2]
    assert (sideways.width, sideways.height) == (_near(297, within=0.2), _near(210, within=0.2))


def test_a_page_has_22_lines_of_28_characters(rendered) -> None:
    """5.2.3: 22 lines a page, 28 characters a line, filling the type area."""
    first, *middle, _ = rendered["ruled"]
    assert len(_text_lines(first)) == 22  # a title of one line takes one line
    for page in middle:
        lines = _text_lines(page)
        assert len(lines) == 22
        # A paragraph is 10 × 30 characters: its first line begins two in, its last is what is left over.
        assert {len(line.text) for line in lines} <= {28, 26, 22}
        assert sum(len(line.text) == 28 for line in lines) >= 18
        pitch = (lines[-1].bottom - lines[0].bottom) / 21 / (25.4 / 72)
        assert pitch == _near(28.95, within=0.05)


def test_the_type_area_keeps_its_margins_on_both_faces(rendered) -> None:
    """5.2.1: 天头 37, 订口 28, 版心 156 × 225; the binding edge is left on odd pages and right on even ones."""
    for page in rendered["ruled"][:4]:
        left = 28 if page.number % 2 else 26
        ink = page.ink(0, 0, 210, 264)
        full = [line for line in _text_lines(page) if len(line.text) == 28]
        assert {round(line.left) for line in full} == {left}
        assert all(line.right == _near(left + 156) for line in full)
        assert ink.left == _near(left)
        assert ink.right == _near(left + 156)
        # A line set at 28.95 pt holds its 16 pt characters low: the ink begins up to a gap below the margin.
        assert 36 <= ink.top <= 37 + 4.9
        assert 262 - 4.9 <= ink.bottom <= 263
    assert {
        round(line.left) for page in rendered["single"][:4] for line in _text_lines(page) if len(line.text) == 28
    } == {28}


def test_paragraphs_and_headings_begin_two_characters_in(rendered) -> None:
    """7.3.3; the addressee stands flush left (7.3.2)."""
    page = rendered["summary"][0]
    two = 28 + 2 * 15.75 * 25.4 / 72
    assert page.line("一、重点活动").left == _near(two, within=0.5)
    assert page.line("各县（区）妇联组织").left == _near(two, within=0.5)
    assert page.line("省妇联宣传部：").left == _near(28, within=0.5)


def test_the_title_is_centred_in_balanced_lines(rendered) -> None:
    """7.3.1: 2号, centred, trapezoid or diamond."""
    page = rendered["summary"][0]
    title = page.lines[:3]
    assert [line.text for line in title] == [
        "清河市妇女联合会",
        "关于2024年“三八”国际妇女节",
        "系列活动开展情况的汇总",
    ]
    for line in title:
        assert line.middle == _near(28 + 78)
        ink = page.ink(28, line.top, 184, line.bottom)
        assert ink.middle == _near(28 + 78, within=1.5)
    assert title[0].right - title[0].left == _near(8 * 22 * 25.4 / 72)  # eight characters of 二号


@pytest.mark.parametrize("paper", ["summary", "notice", "ruled"])
def test_page_numbers_stand_outside_below_the_type_area(rendered, paper) -> None:
    """7.5: the dash 7 mm below the type area; odd pages one character in from the right, even ones from the left."""
    one = 14 * 25.4 / 72
    for page in rendered[paper]:
        if page.width > page.height:
            continue
        odd = page.number % 2 == 1
        (folio,) = [line for line in page.lines if line.bottom > 264]
        assert folio.text == f"—{page.number}—"
        ink = page.ink(0, 264, 210, 290)
        assert (ink.right if odd else ink.left) == _near(184 - one if odd else 26 + one)
        dash = page.ink(ink.left, 264, ink.left + 3, 290)
        assert dash.top == _near(262 + 7, within=0.5)
        assert dash.bottom - dash.top < 1  # it is the dash that was measured


def test_page_numbers_can_be_centred_or_left_out(rendered) -> None:
    """A profile's own choice; 7.5 says 一般."""
    for page in rendered["centred"][:2]:
        assert page.ink(0, 264, 210, 290).middle == _near((28 if page.number % 2 else 26) + 78)
    assert rendered["bare"][0].ink(0, 264, 210, 290) is None


def test_the_red_head_stands_where_the_standard_puts_it(rendered) -> None:
    """7.2.4 to 7.2.7: mark 35 mm below the type area's top, number two lines below, rule 4 mm under it, 156 mm wide."""
    page = rendered["notice"][0]
    number = page.line("清妇发〔2024〕7号")
    mark = page.ink(28, 37, 184, number.top, red=True)
    assert mark.top == _near(37 + 35)
    assert mark.middle == _near(28 + 78)
    assert number.middle == _near(28 + 78)
    rule = page.ink(0, number.bottom, 210, 140, red=True)
    ink = page.ink(28, number.top, 184, rule.top - 0.5)
    assert rule.top - ink.bottom == _near(4, within=0.6)
    assert (rule.left, rule.right) == (_near(28, within=0.3), _near(184, within=0.3))
    assert rule.bottom - rule.top < 0.8


def test_the_first_page_shows_text(rendered) -> None:
    """7.3.3: with a mark of this size eight lines of text remain under a one-line title and addressee."""
    page = rendered["notice"][0]
    addressee = page.line("各县（区）妇联")
    assert len([line for line in _text_lines(page) if line.top > addressee.bottom]) == 8


def test_an_unsealed_signature_and_date_stand_by_the_formula(rendered) -> None:
    """7.3.5.2: one empty line, signature two characters in, the date begins two right of its first character."""
    page = next(page for page in rendered["summary"] if any(line.text == "清河市妇女联合会" for line in page.lines[1:]))
    above, signature, date = page.line("附件：依据表"), page.line("清河市妇女联合会"), page.line("2024年3月29日")
    one = 15.75 * 25.4 / 72
    assert 184 - signature.right == _near(2 * one)
    assert date.left - signature.left == _near(2 * one)
    assert signature.bottom - above.bottom == _near(2 * 28.95 * 25.4 / 72, within=0.5)
    assert date.bottom - signature.bottom == _near(28.95 * 25.4 / 72, within=0.5)


def test_a_sealed_signature_is_centred_over_its_date(rendered) -> None:
    """7.3.5.1: the date four characters in, the signature on its axis.

    The axis is measured, not the date's edge: the digits of the test faces are wider than half a character.
    """
    (page,) = rendered["sealed"]
    signature, date = page.line("清河市妇联"), page.line("2024年3月5日")
    axis = 184 - (4 + 6 / 2) * 15.75 * 25.4 / 72  # 2024年3月5日 is six characters long
    assert date.middle == _near(axis)
    assert signature.middle == _near(axis)


def test_the_source_table_begins_a_page_of_its_own(rendered) -> None:
    """7.3.7: 附件 flush left on line 1, the title centred on line 3."""
    page = next(page for page in rendered["summary"] if page.lines[0].text == "附件")
    mark, title, *_ = page.lines
    left = 28 if page.number % 2 else 26
    assert mark.left == _near(left, within=0.5)
    assert title.text == "依据表"
    assert title.middle == _near(left + 78)
    assert title.bottom - mark.bottom == _near(2 * 28.95 * 25.4 / 72, within=2)


def test_tables_are_as_wide_as_the_type_area_and_repeat_their_heading(rendered) -> None:
    """8: sideways pages; the heading row comes again on each."""
    first, second = rendered["notice"][2:4]
    heading = "序号活动名称时间地点牵头单位配合单位备注"
    for page in (first, second):
        (found,) = [line for line in page.lines if line.text.startswith("序号")]
        assert set(heading) <= set(found.text) | set("参加人数（人）")
        ruled = page.ink(34, 20, 297, 185)
        assert (ruled.left, ruled.right) == (_near(36), _near(297 - 36))
    assert first.lines[0].text == "附件1"
    upright = rendered["summary"][1]
    assert all(word.left >= 26 - 0.3 and word.right <= 26 + 156 + 0.3 for word in upright.words if word.text == "报送")


def test_sideways_pages_carry_their_number_where_upright_ones_do(rendered) -> None:
    """8: on the left edge of the sheet as it lies, at the lower end on odd pages, at the upper on even ones."""
    for page in rendered["notice"][2:4]:
        ink = page.ink(0, 0, 34, 210)
        assert (ink.left + ink.right) / 2 == _near(28, within=1.5)
        one = 14 * 25.4 / 72
        assert (ink.bottom if page.number % 2 else ink.top) == _near(
            184 - one if page.number % 2 else 26 + one, within=1.5
        )


def test_the_imprint_stands_on_the_foot_of_the_last_page(rendered) -> None:
    """7.4: rules as wide as the type area, the last on its lower edge, 印发 one character in on both sides."""
    page = rendered["notice"][-1]
    left = 28 if page.number % 2 else 26
    ink = page.ink(0, 200, 210, 264)
    assert (ink.left, ink.right) == (_near(left, within=0.5), _near(left + 156, within=0.5))
    assert ink.bottom == _near(262)
    printed = page.line("清河市妇女联合会办公室")
    one = 14 * 25.4 / 72
    assert (printed.left, printed.right) == (_near(left + one, within=0.5), _near(left + 156 - one, within=0.7))
    assert printed.text.endswith("2024年2月20日印发")
    assert page.line("抄送：市委宣传部").top > page.line("由市图书馆").bottom


@pytest.mark.parametrize("lines", FULL_PAGES)
def test_the_imprint_never_covers_the_text(rendered, lines) -> None:
    """7.4: a last page without room for it gives it the next page; signature and date stay together (7.3.5.5)."""
    pages = rendered[f"full{lines}"]
    last = pages[-1]
    copies = last.line("抄送：市总工会。")
    assert copies.top > 240
    assert all(line.bottom <= copies.top + 0.5 for line in last.lines if line.top < copies.top)
    with_date = [page for page in pages if any(line.text == "2024年2月20日" for line in page.lines)]
    assert [page.number for page in with_date] == [
        page.number for page in pages if any(line.text == "清河市妇女联合会" for line in page.lines)
    ]
    # The signature never stands on a page without text above it.
    assert any(line.text.startswith("第") for line in with_date[0].lines)


def test_everything_written_is_on_the_pages(rendered) -> None:
    """Nothing falls off a page: the words of the PDF are the words of the paper."""
    shown = "".join(line.text for page in rendered["summary"] for line in page.lines)
    for block in summary().blocks:
        for span in getattr(block, "spans", ()):
            assert span.text[:8] in shown.replace(" ", "")
    for row in summary().sources.rows:
        assert row.sentence[:6] in shown
