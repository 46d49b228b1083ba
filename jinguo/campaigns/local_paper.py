"""The words and the .docx of a notice that passes another on. Papers are never translated; nothing is said here that the
superior's notice or a person did not say, but for the sentence that hands it over (`cover_for`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jinguo.campaigns.models import Ask, Campaign, Clause
from jinguo.campaigns.models.campaign import ClauseKind
from jinguo.gongwen.writing import Attachment, Block, Document, Heading, Paragraph, Profile, WritingError, write_docx
from jinguo.lib import clock
from jinguo.lib.errors import Invalid

LEVELS = {"city": "各县（区）妇联", "county": "各乡镇（街道）妇联", "township": "各村（社区）妇联"}
DEFAULT_PHRASE = "各下级妇联"


@dataclass(frozen=True)
class Words:
    """A paper before it is laid out."""

    title: str
    addressee: str
    blocks: tuple[Block, ...]
    attachments: tuple[str, ...]


def title_for(above: Campaign) -> str:
    """转发市妇联《…》的通知; titles inside a title take single marks."""
    inner = above.title.replace("《", "〈").replace("》", "〉")
    return f"转发{above.office.unit.short_name}《{inner[:150]}》的通知"


def cover_for(above: Campaign) -> str:
    """The one sentence that hands a notice over."""
    number = f"（{above.doc_number}）" if above.doc_number else ""
    inner = above.title.replace("《", "〈").replace("》", "〉")
    return f"现将{above.office.unit.name}《{inner[:150]}》{number}转发给你们，请按通知要求办理。"


def phrase_for(level: str) -> str:
    """Whom a federation of this level passes notices on to."""
    return LEVELS.get(level, DEFAULT_PHRASE)


def words_of(campaign: Campaign, clauses: Sequence[Clause], asks: Sequence[Ask]) -> Words:
    """The paper of a campaign that passes another on, from what stands in the database."""
    above = campaign.passes_on.campaign
    addressee = "、".join(row.phrase for row in campaign.addressees.order_by("position") if row.phrase)
    if campaign.unchanged:
        blocks: Iterable[Block] = [Paragraph.of(campaign.cover)]
        attached = f"{above.title}（{above.doc_number}）" if above.doc_number else above.title
        return Words(campaign.title, addressee, tuple(blocks), (attached,))
    return Words(campaign.title, addressee, tuple(_local_blocks(campaign, clauses, asks)), ())


def _local_blocks(campaign: Campaign, clauses: Sequence[Clause], asks: Sequence[Ask]) -> Iterable[Block]:
    if campaign.cover:
        yield Paragraph.of(campaign.cover)
    for clause in clauses:
        if clause.kind == ClauseKind.LINE:
            yield Heading(1, clause.heading.rstrip("。"))
        elif clause.kind == ClauseKind.MEASURE:
            yield Paragraph.of(clause.sentence or clause.heading)
    duties = [clause for clause in clauses if clause.kind == ClauseKind.REQUIREMENT]
    if duties:
        yield Heading(1, "有关要求")
        for clause in duties:
            yield Paragraph.of(clause.sentence or clause.heading)
    if asks:
        yield Heading(1, "报送")
        for ask in asks:
            yield Paragraph.of(f"{ask.title}：{_due(ask)}。")


def _due(ask: Ask) -> str:
    """Until when, as a paper says it."""
    if ask.due_at:
        day = clock.local(ask.due_at)
        last = day.date() if (day.hour, day.minute) != (0, 0) else date.fromordinal(day.toordinal() - 1)
        return f"{last.year}年{last.month}月{last.day}日前报送"
    if ask.due_working_days:
        return f"每场活动结束后{ask.due_working_days}个工作日内报送"
    return f"{ask.soft_word or '及时'}报送"


def first_docx(title: str, signature: str) -> bytes:
    """A paper that holds its place until its clauses stand."""
    return write_docx(Document(profile=Profile(signature=signature), title=title, blocks=(Paragraph.of(title),)))


def docx_of(campaign: Campaign, words: Words, *, signed_on: date | None) -> bytes:
    """The paper as .docx, by GB/T 9704-2012.

    Raises:
        Invalid: it cannot be written as it stands; the sentence says why.
    """
    try:
        return write_docx(
            Document(
                profile=Profile(signature=campaign.office.unit.name), title=words.title, blocks=words.blocks,
                number=campaign.doc_number, addressee=words.addressee, date=signed_on,
                attachments=tuple(Attachment(title) for title in words.attachments),
            )
        )  # fmt: skip
    except WritingError as problem:
        raise Invalid(str(problem), "title") from problem


def text_of(campaign: Campaign, words: Words, *, signed_on: date | None) -> str:
    """The same as plain text, a paragraph a line."""
    lines = [campaign.doc_number, words.title, f"{words.addressee}：" if words.addressee else ""]
    for block in words.blocks:
        if isinstance(block, Heading):
            lines.append(block.text)
        elif isinstance(block, Paragraph):
            lines.append("　　" + "".join(span.text for span in block.spans))
    lines += [f"附件：{title}" for title in words.attachments]
    lines.append(campaign.office.unit.name)
    if signed_on:
        lines.append(f"{signed_on.year}年{signed_on.month}月{signed_on.day}日")
    return "\n".join(line for line in lines if line) + "\n"
