"""Numbers, indents, titles, deviations and refusals: the rules that need no page to be seen."""

import dataclasses
import datetime
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinguo.gongwen.writing import (
    Attachment,
    Column,
    Deviation,
    Document,
    Face,
    Faces,
    Heading,
    Margins,
    PageNumber,
    Paragraph,
    Profile,
    SourceRow,
    SourceTable,
    Strength,
    Table,
    WritingError,
    problems,
    write_docx,
)
from jinguo.gongwen.writing.foot import date_text
from jinguo.gongwen.writing.numbering import chinese, mark
from jinguo.gongwen.writing.title import title_lines
from jinguo.gongwen.writing.widths import signature_indents, width
from tests.gongwen_writing.samples import notice, ruled_page, summary


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (1005, "一千零五"), (2030, "二千零三十")],
)  # fmt: skip
def test_han_numerals(number: int, text: str) -> None:
    assert chinese(number) == text


def test_heading_marks() -> None:
    assert [mark(level, 12) for level in (1, 2, 3, 4)] == ["十二、", "（十二）", "12.", "（12）"]


def test_a_date_is_full_and_not_padded() -> None:
    assert date_text(datetime.date(2024, 3, 5)) == "2024年3月5日"


@pytest.mark.parametrize(
    ("signature", "date", "sealed", "indents"),
    [
        ("阳泉市妇女联合会", "2023年2月15日", False, (2, 1.5)),  # the standard's own example of the reference
        ("清河市妇联", "2023年12月15日", False, (6.0, 2)),  # the date is the longer one: it stands 2 in
        ("清河市妇联", "2023年2月15日", True, (4.75, 4)),
        ("清河市妇女联合会女职工工作委员会", "2023年2月5日", True, (0, 4)),  # never outside the type area
    ],
)
def test_signature_and_date_indents(signature: str, date: str, sealed: bool, indents: tuple[float, float]) -> None:
    assert signature_indents(signature, date, sealed=sealed) == indents


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于表彰先进集体的决定", ["关于表彰先进集体的决定"]),
        (
            "清河市妇女联合会关于2024年“三八”国际妇女节系列活动开展情况的汇总",
            ["清河市妇女联合会", "关于2024年“三八”国际妇女节", "系列活动开展情况的汇总"],
        ),
        ("关于开展2024年“三八”国际妇女节纪念活动的通知", ["关于开展2024年", "“三八”国际妇女节纪念活动的通知"]),
        ("市妇联关于转发《省妇联关于做好2024年“两癌”救助申报工作的通知》的通知", None),
        ("关于申报\n先进集体的通知", ["关于申报", "先进集体的通知"]),
    ],
)
def test_titles_break_at_word_sense(title: str, lines: list[str] | None) -> None:
    broken = title_lines(title)
    if lines is not None:
        assert list(broken) == lines
    assert "".join(broken) == title.replace("\n", "")
    assert not any(line.startswith(tuple("的、，”》）")) or line.endswith(tuple("“《（")) for line in broken)
    assert not any(cut in "|".join(broken) for cut in ("20|24", "妇|女", "通|知", "关|于"))


def test_three_title_lines_are_never_an_hourglass() -> None:
    title = "清河市妇女联合会清河市人力资源和社会保障局关于联合举办2024年春风行动女性专场招聘会的通知"
    first, middle, last = (width(line) for line in title_lines(title))
    assert middle >= min(first, last)


@given(
    st.text(st.sampled_from("关于开展“三八”国际妇女节《通知》的、（）2024abc\u3000 的"), max_size=70),
    st.integers(10, 24),
)
def test_no_title_loses_a_character_or_overflows(title: str, capacity: int) -> None:
    lines = title_lines(title, capacity)
    assert "".join(lines) == title.strip()
    assert len(lines) == 1 or all(width(line) <= capacity for line in lines)


def test_the_default_profile_is_the_standard_itself() -> None:
    assert Profile().deviations() == ()
    assert Profile(mark="清河市妇女联合会文件", red_head=True).deviations() == ()


@pytest.mark.parametrize(
    ("profile", "found"),
    [
        (Profile(margins=Margins(top=30)), [("5.2.1", "M"), ("5.2.1", "M")]),
        (Profile(margins=Margins(left=30, right=24)), [("5.2.1", "M")]),
        (Profile(line_pitch=30), [("5.2.3", "G")]),
        (Profile(characters=27), [("5.2.3", "G")]),
        (Profile(page_number=PageNumber.CENTRE), [("7.5", "G")]),
        (Profile(page_number=PageNumber.NONE), [("7.5", "G")]),
        (Profile(bold_level_3=True), [("7.3.3", "P")]),
        (Profile(imprint_rules=False), [("7.4.1", "M")]),
        (Profile(duplex=False), [("6.2", "M")]),
        (Profile(faces=Faces(body=Face("宋体"))), [("5.2.2", "G")]),
        (Profile(faces=Faces(body=Face("仿宋"))), []),  # a name of the same class of face
    ],
)
def test_a_profile_lists_where_it_leaves_the_standard(profile: Profile, found: list[tuple[str, str]]) -> None:
    assert [(deviation.clause, deviation.strength.value) for deviation in profile.deviations()] == found


def test_a_deviation_is_a_sentence() -> None:
    assert Profile(characters=27).deviations() == (Deviation("5.2.3", Strength.USUAL, "每行27字，标准一般为28字。"),)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Profile(line_pitch=8), "行距要在16磅到60磅之间，才放得下三号字。"),
        (lambda: Profile(margins=Margins(left=-1)), "页边距不能是负数。"),
        (lambda: Profile(margins=Margins(left=120, right=80)), "页边距太大，版心放不下正文。"),
        (lambda: Profile(characters=4), "每行字数要在10到40之间。"),
        (lambda: Profile(mark_size=200, mark="某"), "发文机关标志的字号要在16磅到80磅之间。"),
        (lambda: Profile(red_head=True), "用红头时要写明发文机关标志。"),
    ],
)
def test_a_profile_no_page_can_have_is_refused(make: Callable[[], Profile], sentence: str) -> None:
    with pytest.raises(WritingError, match=f"^{sentence}$"):
        make()


ONE = SourceTable((SourceRow(1, "一句。", ("报送件1件",)),))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " \n"}, "公文要有标题。"),
        ({"blocks": (Heading(5, "题"),)}, "标题“题”的层次是5，只能是1到4。"),
        ({"blocks": (Heading(1, " "),)}, "有一个标题没有文字。"),
        ({"blocks": (Table((), ()),)}, "表格没有栏目。"),
        ({"blocks": (Table((Column("单位"),), (("甲", 1),), caption="统计"),)}, "表格“统计”第1行有2格，栏目有1个。"),
        ({"blocks": (Table((Column("单位"),), (("甲",),), total=()),)}, "表格第2行有0格，栏目有1个。"),
        ({"attachments": (Attachment("", (Paragraph.of("文"),)),)}, "第1个附件没有名称。"),
        ({"blocks": (Paragraph.of("一句。", 1, 2),), "sources": ONE}, "正文引用了依据2，依据表里没有这一项。"),
        ({"blocks": (Paragraph.of("一句。", 7),)}, "正文引用了依据7，依据表里没有这一项。"),
        ({"sources": SourceTable(ONE.rows * 2)}, "依据表里序号1出现了2次。"),
        ({"sources": SourceTable((SourceRow(1, "一句。", (" ",)),))}, "依据表第1项没有来源。"),
    ],
)
def test_a_paper_that_cannot_be_written_is_refused_with_the_reason(change: dict, sentence: str) -> None:
    paper = dataclasses.replace(Document(Profile(), "标题", ()), **change)
    assert problems(paper) == (sentence,)
    with pytest.raises(WritingError) as refused:
        write_docx(paper)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("paper", [summary, notice, ruled_page])
def test_the_samples_have_no_problem(paper: Callable[[], Document]) -> None:
    assert problems(paper()) == ()


def test_writing_imports_nothing_of_the_house_above_it_and_neither_django_nor_python_docx() -> None:
    code = (
        "import sys, jinguo.gongwen.writing\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in ('django', 'docx', 'lxml')\n"
        "  or (n.startswith('jinguo.') and not (n + '.').startswith('jinguo.gongwen.'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
