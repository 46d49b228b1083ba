"""What an officer puts into a paper comes out of the file, all of it, in order, and nothing else."""

import dataclasses
import datetime
import subprocess
import sys

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.gongwen import writing
from jinguo.gongwen.writing import (
    Attachment,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Imprint,
    Measure,
    Paragraph,
    Profile,
    SourceRow,
    SourceTable,
    Span,
    Table,
    write_docx,
)
from jinguo.gongwen.writing.markup import clean
from tests.gongwen_writing.reading import opened, plain, raised, texts
from tests.gongwen_writing.samples import notice, summary

# Any text at all, with what XML cannot hold and what markup is made of coming up often.
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'\x00\x0b\x1f\ufffe]]>妇联〔“"))).filter(
    lambda text: not set(text) & set("\r\n\t")
)


def test_the_summary_reads_back_whole_and_in_order() -> None:
    assert texts(write_docx(summary()))[:9] == [
        "清河市妇女联合会关于2024年“三八”国际妇女节系列活动开展情况的汇总",
        "省妇联宣传部：",
        "按照《关于开展2024年“三八”国际妇女节系列活动的通知》（清妇发〔2024〕6号）安排，2月26日至3月25日，"
        "全市68家应报单位中有66家报来活动情况，其中4家为零报告，共举办活动112场，现场参与9846人次，"
        "另有线上观看约3.2万次。现将有关情况汇总如下。",
        "一、重点活动开展情况",
        "（一）巾帼宣讲走进城乡社区",
        "各县（区）妇联组织宣讲队42支，在社区、学校、企业、网络平台和家庭五类场所宣讲54场，听讲4120人次。"
        "柳溪县把宣讲放在集市日和农闲时段，由当地女农技员讲种植、讲销路；东城区依托妇女之家办起“午间一小时”小讲堂。",
        "（二）女性专场招聘会促进就业",
        "市妇联会同市人力资源社会保障局举办“春风送岗”女性专场招聘会1场，进场企业46家，提供岗位1230个，"
        "现场达成求职意向318人。意向人数不等于录用人数，录用情况待4月底回访后另行补报。",
        "（三）维权和关爱服务送到身边",
    ]


def test_the_table_of_figures_says_what_was_not_reported_and_keeps_nought() -> None:
    rows = texts(write_docx(summary()))
    start = rows.index("表1　各县（区）和市直单位活动情况统计")
    assert rows[start + 1 : start + 9] == [
        "单位|活动 （场）|其中线上 （场）|参与 （人次）|志愿者 （人）|咨询 （人次）",
        "东城区|31|4|2865|210|196",
        "西城区|24|2|2140|164|150",
        "柳溪县|28|0|2318|187|204",
        "云岭县|19|1|1406|92|未报送",
        "市直单位|17|3|1117|75|90",
        "合计|112|9|9846|728|640",
        "注：数据截至2024年3月25日；“未报送”不等于没有，0为没有发生。",
    ]


def test_the_end_of_the_summary_is_signature_date_and_source_table() -> None:
    rows = texts(write_docx(summary()))
    start = rows.index("附件：依据表")
    assert rows[start : start + 7] == [
        "附件：依据表",
        "清河市妇女联合会",
        "2024年3月29日",
        "附件",
        "依据表",
        "序号|正文语句|数字|口径|依据",
        "1|68家应报单位中有66家报来活动情况，其中4家为零报告。|66/68家|已确认|义务清单（3月25日快照）",
    ]
    assert "3|现场参与9846人次，线上观看约3.2万次。|9846人次 3.2万次|已确认 申报，约|报送件127件" in rows
    assert "12|云岭县未报送咨询人次。|—|—|云岭县妇联3月24日报送件，该栏空白" in rows


def test_source_numbers_stand_raised_before_the_closing_mark() -> None:
    lead = opened(write_docx(summary())).paragraphs[2]
    assert "零报告[1]，共举办" in lead.text
    assert "万次[2,3]。现将" in lead.text
    assert raised(lead) == "[1][2,3]"


def test_without_sources_the_paper_is_the_same_but_for_numbers_and_annex() -> None:
    with_them, without = texts(write_docx(summary())), texts(write_docx(summary(), with_sources=False))
    assert without == [*with_them[: with_them.index("附件：依据表")], "清河市妇女联合会", "2024年3月29日"]
    assert not any(raised(paragraph) for paragraph in opened(write_docx(summary(), with_sources=False)).paragraphs)


def test_a_notice_reads_back_with_numbers_attachments_and_imprint() -> None:
    rows = texts(write_docx(notice()))
    assert rows[:4] == [
        "清河市妇女联合会文件",
        "清妇发〔2024〕7号",
        "关于举办“书香三月”女性阅读季活动的通知",
        "各县（区）妇联，市直各单位妇委会、女职委：",
    ]
    assert [row for row in rows if row.startswith(("一、", "二、", "（一）", "1.报", "（1）"))] == [
        "一、时间和地点",
        "二、有关要求",
        "（一）提前报名。请于3月1日前把参加人数报送市妇联宣传部（邮箱：xcb@example.org）。",
        "1.报名以单位为主",
        "（1）每场不超过40人",
    ]
    assert [row for row in rows if "附件" in row or "书目" in row] == [
        "3月5日至3月28日，在各妇女之家举办，具体安排见附件。",
        "附件：1. “书香三月”女性阅读季读书会安排表",
        "2. 推荐书目",
        "附件1",
        "附件2",
        "推荐书目",
    ]
    assert rows[-2:] == ["抄送：市委宣传部，市总工会，市图书馆。", "清河市妇女联合会办公室\t2024年2月20日印发"]


def test_headings_count_anew_under_each_higher_one_and_in_each_attachment() -> None:
    levels = (1, 2, 2, 3, 3, 4, 4, 2, 3, 1, 3)
    blocks = tuple(Heading(level, "题") for level in levels)
    paper = Document(Profile(), "编号", blocks, attachments=(Attachment("附", blocks[:2]),))
    assert [text for text in texts(write_docx(paper)) if text.endswith("题")] == [
        *("一、题", "（一）题", "（二）题", "1.题", "2.题", "（1）题", "（2）题", "（三）题", "1.题", "二、题", "1.题"),
        *("一、题", "（一）题"),
    ]


def test_a_missing_date_and_signature_stay_missing() -> None:
    paper = Document(Profile(), "标题", (Paragraph.of("正文。"),))
    assert texts(write_docx(paper)) == ["标题", "正文。"]


def test_line_breaks_and_tabs_in_a_text_are_kept() -> None:
    paper = Document(Profile(), "标题", (Paragraph.of("甲\n乙\r\n丙\t丁"),))
    assert opened(write_docx(paper)).paragraphs[1].text == "甲\n乙\n丙\t丁"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ANY_TEXT.filter(str.strip), min_size=14, max_size=14))
def test_no_text_can_become_markup(given_texts: list[str]) -> None:
    """Whatever is typed is printed as it is; characters no file can hold are shown as U+FFFD."""
    title, body, bold, heading, run_in, column, cell, caption, note, attachment, sentence, source, figure, remark = (
        given_texts
    )
    paper = Document(
        Profile(mark=body, red_head=True, signature=heading),
        title=f"{title}甲",
        addressee=column,
        number=note,
        blocks=(
            Paragraph((Span(body, (1,)), Span(bold, bold=True))),
            Heading(1, heading),
            Heading(2, heading, (Span(run_in),)),
            Table((Column(column, unit=note),), ((Cell(cell, (1,)),), (None,)), caption=caption, note=note),
        ),
        attachments=(Attachment(attachment, (Paragraph.of(sentence),)),),
        sources=SourceTable((SourceRow(1, sentence, (source,), (Figure(figure, Measure.CLAIMED),)),)),
        remark=remark,
        date=datetime.date(2024, 3, 8),
        imprint=Imprint((source,), figure),
    )
    data = write_docx(paper)
    shown = [plain(paragraph) for paragraph in opened(data).paragraphs]
    for expected in (
        body + bold,
        f"一、{heading}",
        f"（一）{heading}{run_in}",
        f"表1　{caption}",
        f"（{remark}）",
        note,
    ):
        assert clean(expected) in shown
    cells = [cell.text for table in opened(data).tables for row in table.rows for cell in row.cells]
    for expected in (f"{cell}[1]", "未报送", sentence, source, figure, f"{column}\n（{note}）"):
        assert clean(expected) in cells
    assert clean(f"{title}甲".strip()) == opened(data).paragraphs[2].text.replace("\n", "")
    assert opened(data).core_properties.author == clean(heading)


def test_a_paper_of_every_profile_switch_can_be_read_back() -> None:
    paper = summary()
    for change in ({"bold_level_3": True}, {"duplex": False}, {"imprint_rules": False}, {"characters": 27}):
        other = dataclasses.replace(paper, profile=dataclasses.replace(paper.profile, **change))
        assert texts(write_docx(other)) == texts(write_docx(paper))


def test_the_example_in_the_package_s_docstring_works() -> None:
    example = "\n".join(line[4:] for line in writing.__doc__.splitlines() if line.startswith("    "))
    code = f"{example}\nimport sys\nsys.stdout.buffer.write(data)"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert texts(made.stdout)[:3] == [
        "清河市妇女联合会关于“书香三月”活动开展情况的汇总",
        "全市共举办活动12场。",
        "一、活动开展情况",
    ]
