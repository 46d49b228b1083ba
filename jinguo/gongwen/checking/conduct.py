"""C3–C5: papers to superiors, whom a department may address, length, and reports asked for without a basis."""

import re
from collections.abc import Iterator

from jinguo.gongwen.burden import LIMITS, characters, length_limit
from jinguo.gongwen.checking.findings import Hit, Rule
from jinguo.gongwen.checking.paper import Paper

_UPWARD = ("报告", "请示")
_REQUEST = re.compile(
    "特此请示|(?:妥|可)否[，,]?请(?:批示|批复|指示)|(?:恳)?请(?:[^，。；]{0,8})?(?:批准|批复|核准|拨付)"
)
_LOWER = re.compile("各(?:县|区|乡|镇|街道|村|社区)|下级|基层")
_GOVERNMENT = re.compile(
    "(?:人民政府|党委|党工委|(?:县|区|市|旗|州|乡|镇|街道)[）)]?委|委员会(?<!妇女委员会)(?<!工作委员会)(?<!女职工委员会))$|各(?:乡镇|县|区|市|街道)?(?:党委)?政府$"
)
_DOWNWARD = ("通知", "决定", "意见", "通报", "方案")


def request_in_report(paper: Paper) -> Iterator[Hit]:
    if paper.genre != "报告":
        return
    for p in paper.within("body"):
        for m in _REQUEST.finditer(p.text):
            yield Hit(
                src=p.src(*m.span()), zh="报告里不夹带请示事项；要批的另写请示。", en="A report carries no request; write a 请示 for that.",
                ask_zh="请另行请示，或删去。", ask_en="Ask in a paper of its own, or take it out.",
            )  # fmt: skip


def upward_head(paper: Paper) -> Iterator[Hit]:
    record = paper.record
    if paper.genre not in _UPWARD or not record.doc_number:
        return
    if not any(fact.kind == "signer" for fact in record.layout):
        yield Hit(
            src=record.doc_number.src, zh="上行文标注签发人姓名。", en="A paper to a superior names who signed it off.",
            ask_zh="签发人是谁？", ask_en="Who signed it off?",
        )  # fmt: skip


def one_recipient(paper: Paper) -> Iterator[Hit]:
    found = paper.record.recipients
    if paper.genre in _UPWARD and len(found) > 1:
        yield Hit(
            src=found[0].src + found[-1].src, zh="上行文一般只写一个主送机关，其他的用抄送。",
            en="A paper to a superior usually has one addressee; others get copies.", ask_zh="主送哪一个？", ask_en="Which one?",
        )  # fmt: skip


def copies_below(paper: Paper) -> Iterator[Hit]:
    lower = [name for name in paper.record.imprint.copies if _LOWER.search(name)]
    if paper.genre in _UPWARD and lower:
        yield Hit(
            src=paper.record.imprint.src[:1], zh=f"上行文不抄送下级：{'、'.join(lower)}。",
            en=f"A paper to a superior is not copied to lower bodies: {', '.join(lower)}.", ask_zh="请去掉。", ask_en="Take them out.",
        )  # fmt: skip


def commanding(paper: Paper) -> Iterator[Hit]:
    """A department addresses its own line, not Party committees or governments below."""
    record = paper.record
    issuer = record.issuer.text if record.issuer else ""
    if (
        paper.genre not in _DOWNWARD
        or not issuer
        or re.search("人民政府|中共|党委|市委|县委|区委|政府|儿童工作委员会|领导小组|联席会议|指挥部", issuer)
    ):
        return
    for one in record.recipients:
        if _GOVERNMENT.search(one.text.strip()):
            yield Hit(
                src=one.src, zh="部门、群团一般不向下级党委、政府发指令性公文；主送本系统的组织，或请党委、政府转发。",
                en="A department usually gives no orders to lower Party committees or governments; address your own line, or ask for it to be passed on.",
                ask_zh="改成哪些单位？", ask_en="Whom to address instead?",
            )  # fmt: skip


# C5


def length(paper: Paper) -> Iterator[Hit]:
    found, most = characters(paper.record), length_limit(paper.record)
    if found > most:
        yield Hit(
            src=(), zh=f"正文{found}字，一般不超过{most}字。", en=f"The text has {found} characters; usually at most {most}.",
            ask_zh="能不能短一些？", ask_en="Can it be shorter?",
        )  # fmt: skip


_BASIS = re.compile("根据|按照|依据|依照")


def report_basis(paper: Paper) -> Iterator[Hit]:
    """A report is asked for and neither its sentence nor the opening says on what basis."""
    record = paper.record
    if any(b.kind == "basis" for b in record.background) or (record.preamble and record.preamble.basis):
        return
    for duty in record.report_duties:
        if not _BASIS.search(duty.text):
            yield Hit(
                src=duty.src, zh="要求基层报送，没有写依据。发文一般不要求报送落实情况，确需报送的写明依据。",
                en="Reports are asked for and no basis is stated. Usually a paper asks for none; where one is needed, say on what basis.",
                ask_zh="依据哪份文件？不必报的可以删去。", ask_en="On what basis? If it is not needed, take it out.",
            )  # fmt: skip


_BESIDE = 40  # characters before a word in which 不得 or 严禁 is looked for


def traces(paper: Paper) -> Iterator[Hit]:
    """照片、打卡、台账 asked for as proof."""
    for p in paper.within("body"):
        for m in LIMITS.trace_words.finditer(p.text):
            before = re.split("[，。；：]", p.text[max(0, m.start() - _BESIDE) : m.start()])[-1]
            if re.search("不|严禁|禁止|杜绝|取消|防止|避免|减少|反对|克服", before):
                continue
            yield Hit(
                src=p.src(*m.span()), zh=f"“{m[0]}”是留痕要求；照片、记录不作为评价工作的依据。",
                en=f"“{m[0]}” asks for traces; photos and records are no yardstick of work.", ask_zh="能不能不要？", ask_en="Can it go?",
            )  # fmt: skip


RULES = (
    Rule(id="C3", part="request", strength="G", basis="regulation 十五", zh="报告不夹带请示", en="no request in a report", find=request_in_report),
    Rule(id="C3", part="signer", strength="G", basis="regulation 九", zh="上行文有签发人", en="who signed an upward paper", find=upward_head),
    Rule(id="C3", part="one", strength="G", basis="regulation 十五", zh="上行文一个主送", en="one addressee upward", find=one_recipient),
    Rule(id="C3", part="copies", strength="G", basis="regulation 十五", zh="上行文不抄送下级", en="no copies downward", find=copies_below),
    Rule(id="C4", strength="G", basis="regulation 十六", zh="不向下级党委政府发指令", en="no orders to lower governments", find=commanding),
    Rule(id="C5", part="length", strength="G", basis="burden", zh="篇幅", en="length", find=length),
    Rule(id="C5", part="basis", strength="G", basis="burden", zh="报送有依据", en="a basis for reports", find=report_basis),
    Rule(id="C5", part="traces", strength="G", basis="burden", zh="不要求留痕", en="no traces demanded", find=traces),
)  # fmt: skip
