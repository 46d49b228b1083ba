"""Papers to write in the tests: a summary as an office would send it, a notice with a red head, and a ruled page.

Every name, figure and sentence is invented.
"""

import datetime

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
)

OFFICE = "清河市妇女联合会"


def summary(profile: Profile | None = None) -> Document:
    """活动开展情况汇总: lead, sections after the clauses, a table, what was not reported, signature, 依据表."""
    return Document(
        profile=profile or Profile(signature=OFFICE),
        title="清河市妇女联合会关于2024年“三八”国际妇女节系列活动开展情况的汇总",
        addressee="省妇联宣传部",
        blocks=(*_lead(), *_sections(), _figures(), *_closing()),
        date=datetime.date(2024, 3, 29),
        sources=SourceTable(_rows()),
    )


def _lead() -> tuple[Paragraph, ...]:
    return (
        Paragraph(
            (
                Span("按照《关于开展2024年“三八”国际妇女节系列活动的通知》（清妇发〔2024〕6号）安排，"),
                Span("2月26日至3月25日，全市68家应报单位中有66家报来活动情况，其中4家为零报告，", (1,)),
                Span("共举办活动112场，现场参与9846人次，另有线上观看约3.2万次。", (2, 3)),
                Span("现将有关情况汇总如下。"),
            )
        ),
    )


def _sections() -> tuple[Heading | Paragraph, ...]:
    return (
        Heading(1, "重点活动开展情况"),
        Heading(2, "巾帼宣讲走进城乡社区"),
        Paragraph(
            (
                Span("各县（区）妇联组织宣讲队42支，在社区、学校、企业、网络平台和家庭五类场所宣讲54场，", (4,)),
                Span("听讲4120人次。", (5,)),
                Span(
                    "柳溪县把宣讲放在集市日和农闲时段，由当地女农技员讲种植、讲销路；东城区依托妇女之家办起“午间一小时”小讲堂。",
                    (6,),
                ),
            )
        ),
        Heading(2, "女性专场招聘会促进就业"),
        Paragraph(
            (
                Span("市妇联会同市人力资源社会保障局举办“春风送岗”女性专场招聘会1场，", (7,)),
                Span("进场企业46家，提供岗位1230个，现场达成求职意向318人。", (8,)),
                Span("意向人数不等于录用人数，录用情况待4月底回访后另行补报。"),
            )
        ),
        Heading(2, "维权和关爱服务送到身边"),
        Paragraph(
            (
                Span("普法宣传和法律咨询25场，接受咨询640人次，发放资料约8600份；", (9,)),
                Span("走访慰问困难妇女和单亲母亲家庭207户，折合款物6.21万元。", (10,)),
            )
        ),
        Heading(1, "活动统计"),
        Paragraph.of("各县（区）和市直单位报送的活动数据见表1。联合举办的活动在合计中只计一次，因此合计小于各行之和。"),
    )


def _figures() -> Table:
    return Table(
        caption="各县（区）和市直单位活动情况统计",
        columns=(
            Column("单位", align="left"),
            Column("活动", "场"),
            Column("其中线上", "场"),
            Column("参与", "人次"),
            Column("志愿者", "人"),
            Column("咨询", "人次"),
        ),
        rows=(
            ("东城区", 31, 4, 2865, 210, 196),
            ("西城区", 24, 2, 2140, 164, 150),
            ("柳溪县", 28, 0, 2318, 187, 204),
            ("云岭县", 19, 1, 1406, 92, None),
            ("市直单位", 17, 3, 1117, 75, 90),
        ),
        total=("合计", Cell(112, (2,)), 9, Cell(9846, (3,)), 728, 640),
        note="数据截至2024年3月25日；“未报送”不等于没有，0为没有发生。",
    )


def _closing() -> tuple[Heading | Paragraph, ...]:
    return (
        Heading(1, "未开展和未报送情况"),
        Paragraph(
            (
                Span("市城建集团女职工委员会、云岭县北岭镇妇联至3月25日未报送活动情况。", (1,)),
                Span("原定3月12日的“家庭故事分享会”因场地原因未开展，改期时间尚未报来。", (11,)),
                Span("云岭县未报送咨询人次。", (12,)),
            )
        ),
        Heading(1, "基层反映的问题和下一步工作"),
        Heading(
            2,
            "希望开通电话预约。",
            (Span("9家单位反映，部分村里老人不会用手机预约“两癌”检查，建议开通电话预约。", (13,)),),
        ),
        Heading(
            2,
            "继续做好后续工作。",
            (Span("市妇联将于4月底前回访求职意向人员，并向未报送单位核实情况，所得数据以补充单另行报送。"),),
        ),
    )


def _rows() -> tuple[SourceRow, ...]:
    return (
        SourceRow(
            1, "68家应报单位中有66家报来活动情况，其中4家为零报告。", ("义务清单（3月25日快照）",), (_sure("66/68家"),)
        ),
        SourceRow(2, "共举办活动112场。", ("报送件131件", "活动记录84条（联办合并7场）"), (_single("112场"),)),
        SourceRow(
            3,
            "现场参与9846人次，线上观看约3.2万次。",
            ("报送件127件",),
            (_sure("9846人次"), _claimed("3.2万次", about=True)),
        ),
        SourceRow(4, "宣讲队42支，宣讲54场。", ("报送件57件",), (_single("42支"), _single("54场"))),
        SourceRow(5, "听讲4120人次。", ("报送件57件",), (_claimed("4120人次"),)),
        SourceRow(6, "柳溪县、东城区的做法。", ("柳溪县妇联3月14日来信", "东城区妇联3月18日报送件第2件")),
        SourceRow(7, "举办女性专场招聘会1场。", ("市妇联活动记录第12号",), (_sure("1场"),)),
        SourceRow(
            8,
            "进场企业46家，提供岗位1230个，现场达成求职意向318人。",
            ("市妇联活动记录第12号",),
            (_sure("46家"), _claimed("1230个"), _sure("318人")),
        ),
        SourceRow(
            9,
            "普法宣传和法律咨询25场，接受咨询640人次，发放资料约8600份。",
            ("报送件41件，其中18件写“约”",),
            (_single("25场"), _single("640人次"), _claimed("8600份", about=True)),
        ),
        SourceRow(
            10, "走访慰问207户，折合6.21万元。", ("报送件38件", "款物登记表"), (_sure("207户"), _sure("6.21万元"))
        ),
        SourceRow(11, "“家庭故事分享会”未开展。", ("市妇联活动计划第5项", "宣传部3月13日说明")),
        SourceRow(12, "云岭县未报送咨询人次。", ("云岭县妇联3月24日报送件，该栏空白",)),
        SourceRow(13, "9家单位反映预约问题。", ("9件报送件“困难和建议”栏",), (_sure("9家"),)),
    )


def _claimed(text: str, *, about: bool = False) -> Figure:
    return Figure(text, Measure.CLAIMED, about)


def _single(text: str) -> Figure:
    return Figure(text, Measure.DEDUPLICATED)


def _sure(text: str) -> Figure:
    return Figure(text, Measure.CONFIRMED)


def notice() -> Document:
    """A 通知 with red head, two attachments (one sideways), imprint and remark."""
    columns = tuple(
        Column(title, unit, width=width)
        for title, unit, width in (
            ("序号", "", 3), ("活动名称", "", 14), ("时间", "", 6), ("地点", "", 8), ("牵头单位", "", 8),
            ("配合单位", "", 8), ("参加人数", "人", 5), ("备注", "", 6),
        )
    )  # fmt: skip
    rows = tuple(
        (number, f"“书香三月”读书会第{number}场", f"3月{number + 4}日", "妇女之家", "清河市妇联", "市图书馆", 40, "")
        for number in range(1, 25)
    )
    return Document(
        profile=Profile(mark=f"{OFFICE}文件", red_head=True, signature=OFFICE),
        number="清妇发〔2024〕7号",
        title="关于举办“书香三月”女性阅读季活动的通知",
        addressee="各县（区）妇联，市直各单位妇委会、女职委",
        blocks=(
            Paragraph.of("经研究，决定举办“书香三月”女性阅读季活动，现将有关事项通知如下。"),
            Heading(1, "时间和地点"),
            Paragraph.of("3月5日至3月28日，在各妇女之家举办，具体安排见附件。"),
            Heading(1, "有关要求"),
            Heading(2, "提前报名。", (Span("请于3月1日前把参加人数报送市妇联宣传部（邮箱：xcb@example.org）。"),)),
            Heading(3, "报名以单位为主"),
            Heading(4, "每场不超过40人"),
        ),
        attachments=(
            Attachment("“书香三月”女性阅读季读书会安排表", (Table(columns, rows),), landscape=True),
            Attachment("推荐书目", (Paragraph.of("由市图书馆提供，另行公布。"),)),
        ),
        date=datetime.date(2024, 2, 20),
        remark="联系电话：0350-0000000",
        imprint=Imprint(("市委宣传部", "市总工会", "市图书馆"), "清河市妇女联合会办公室", datetime.date(2024, 2, 20)),
    )


def ruled_page() -> Document:
    """Nothing but full lines: what 22 lines of 28 characters are measured on."""
    text = "清河妇联组织各级干部走进城乡社区了解群众所盼并把服务送到身边"
    return Document(Profile(), "行数字数", tuple(Paragraph.of(text * 10) for _ in range(14)))
