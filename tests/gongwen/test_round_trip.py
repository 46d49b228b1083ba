"""A record written as an official paper and read again is the same record, for all a written paper can say: head, title,
addressees, headings of every level with their words, what is to be held, handed in and by when, attachments, signature, imprint.
"""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.gongwen import Record, read
from jinguo.gongwen.writing import Attachment, Block, Document, Heading, Imprint, Paragraph, Profile, Span, write_docx

OFFICES = ("清河市妇女联合会", "青石县总工会", "共青团云溪市委员会", "河湾市残疾人联合会", "澄湖市科学技术协会")
MATTERS = (
    "做好春季巾帼志愿服务工作", "开展“书香三月”女性阅读季活动", "进一步加强家庭教育指导服务工作", "举办第三届女职工技能大赛",
    "推荐2024年度巾帼文明岗", "做好困境儿童关爱保护工作",
)  # fmt: skip
RECIPIENTS = (
    "各县（市、区）妇联",
    "各乡镇（街道）妇联，县直各单位妇委会",
    "各基层工会",
    "市直机关妇工委、各高等院校妇委会",
)
HEADINGS = (
    "活动主题", "活动时间", "主要任务", "有关要求", "组织领导", "走访困难家庭", "办好家长学校", "守住安全底线", "方便群众参加", "讲好身边故事",
    "建强服务阵地", "落实工作经费",
)  # fmt: skip
SENTENCES = (
    "各单位要明确专人负责，把好事办好。", "各县（区）妇联要走访独居老人，每月不少于2次。", "不得向群众收取任何费用。",
    "3月8日上午9:00在市会议中心召开表彰大会。", "请各单位于2024年4月10日前将活动小结报送市妇联发展部。", "活动情况请及时报送市妇联宣传部。",
    "营造尊重妇女、关心儿童的社会氛围。", "由发展部牵头，权益部配合。", "鼓励有条件的地方先行先试。", "志愿者进社区、进学校、进企业。",
    "联系人：周某，联系电话：0357-2019001。", "每季度末报送一次信息。",
)  # fmt: skip
ANNEXES = ("报名表", "名额分配表", "活动任务分解表")

days = st.dates(date(2023, 1, 1), date(2026, 12, 28))


@st.composite
def sections(draw: st.DrawFn) -> tuple[Block, ...]:
    """Headings that go one level down at most at a time, each alone on its line or running on, with sentences below."""
    blocks: list[Block] = []
    level = 1
    for number in range(draw(st.integers(2, 8))):
        level = 1 if number == 0 else draw(st.integers(1, min(level + 1, 4)))
        words = "".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True)))
        heading = draw(st.sampled_from(HEADINGS))
        if draw(st.booleans()):
            blocks += [Heading(level, heading), Paragraph.of(words)]
        else:
            blocks.append(Heading(level, heading, (Span("。" + words),)))
    return tuple(blocks)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A notice as the writer writes one."""
    office, day = draw(st.sampled_from(OFFICES)), draw(days)
    lead = Paragraph.of(f"为把实事办好，{office}决定今年继续推进这项工作。现将有关事项通知如下：")
    red_head = draw(st.booleans())
    annexes = draw(st.lists(st.sampled_from(ANNEXES), max_size=3, unique=True))
    return Document(
        profile=Profile(signature=office, mark=f"{office}文件", red_head=red_head),
        title=f"{office}关于{draw(st.sampled_from(MATTERS))}的通知",
        number=f"清妇发〔{day.year}〕{draw(st.integers(1, 200))}号" if red_head else "",
        addressee=draw(st.sampled_from(RECIPIENTS)),
        blocks=(lead, *draw(sections())),
        attachments=tuple(Attachment(title) for title in annexes),
        date=day,
        imprint=Imprint(printed_by=f"{office}办公室", printed_on=day) if draw(st.booleans()) else None,
    )


def rewritten(record: Record) -> Document:
    """The paper a record stands for."""
    assert record.title and record.sign.org and record.sign.date and record.preamble
    number = record.doc_number
    blocks: list[Block] = [Paragraph.of(record.preamble.text)]
    for node in record.outline:
        body = node.text.removeprefix(node.heading)
        standing = record.raw[node.src[0].end : node.src[0].end + 1] == "\n"
        blocks += (
            [Heading(node.level, node.heading), Paragraph.of(body)]
            if standing
            else [Heading(node.level, node.heading, (Span(body),))]
        )
    return Document(
        profile=Profile(signature=record.sign.org, mark=f"{record.sign.org}文件", red_head=number is not None),
        title=record.title.text,
        number=f"{number.code}〔{number.year}〕{number.number}号" if number else "",
        addressee="，".join(r.text for r in record.recipients),
        blocks=tuple(blocks),
        attachments=tuple(Attachment(a.text) for a in record.attachments),
        date=date.fromisoformat(record.sign.date),
        imprint=Imprint(printed_by=record.imprint.org, printed_on=date.fromisoformat(record.imprint.date))
        if record.imprint.org and record.imprint.date
        else None,
    )  # fmt: skip


def facts(record: Record) -> dict[str, Any]:
    """What the paper says, without the places where it says it."""
    number = record.doc_number
    return {
        "title": record.title and record.title.text,
        "number": number and (number.code, number.year, number.number),
        "issuer": record.issuer and record.issuer.text,
        "genre": record.genre and record.genre.text,
        "recipients": [(r.kinds, r.bodies) for r in record.recipients],
        "outline": [(n.level, n.marker, n.heading, n.text, n.clause) for n in record.outline],
        "events": [(e.name, e.kind, e.date, e.time, e.place, e.owner) for e in record.events],
        "tasks": [(t.text, t.force, t.actor, t.reach) for t in record.tasks],
        "bans": [c.what for c in record.constraints if c.kind == "ban"],
        "goals": [g.text for g in record.goals],
        "deadlines": [(d.text, d.date, d.soft, d.edge) for d in record.deadlines],
        "reports": [(d.who, d.object, d.to, d.due, d.soft) for d in record.report_duties],
        "contacts": [(c.kind, c.value) for c in record.contacts],
        "attachments": [(a.number, a.text) for a in record.attachments],
        "sign": (record.sign.org, record.sign.date),
        "imprint": (record.imprint.org, record.imprint.date),
        "deviations": [d.code for d in record.deviations],
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_a_written_paper_is_read_as_it_was_meant(document: Document) -> None:
    record = read(write_docx(document))
    assert record.title and record.title.text == document.title
    assert (record.sign.org, record.sign.date) == (document.signed_by, document.date and document.date.isoformat())
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [(n.level, n.heading) for n in record.outline] == [(h.level, h.text) for h in headings]
    assert [a.text for a in record.attachments] == [a.title for a in document.attachments]
    assert "，".join(r.text for r in record.recipients) == document.addressee.replace("、各高", "，各高")
    assert (record.imprint.org, record.imprint.date) == (
        (document.imprint.printed_by, document.date and document.date.isoformat()) if document.imprint else (None, None)
    )
    assert bool(record.doc_number) == bool(document.number)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_a_record_written_and_read_again_is_the_same_record(document: Document) -> None:
    record = read(write_docx(document))
    again = read(write_docx(rewritten(record)))
    assert facts(again) == facts(record)
