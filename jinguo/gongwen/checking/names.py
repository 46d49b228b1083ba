"""P8–P11, P14: lists with 等, marks between quoted items, what takes “ ” or 《 》, “三八”, and how other papers are cited."""

import re
from collections.abc import Iterator

from jinguo.gongwen.checking.findings import Hit, Rule
from jinguo.gongwen.checking.paper import Paper
from jinguo.gongwen.reading.view import HAN

_DENG = re.compile(
    rf"(?<=[{HAN[1:-1]}”》）\d])(?P<m>、)等(?![级待候额同次值价比于离腰边到高着奖温压分式号份深闲第效身])"
)
_ELLIPSIS_DENG = re.compile("(?P<m>(?:……|…|、……|，……))等|等等?(?P<m2>……|…)")


def list_end(paper: Paper) -> Iterator[Hit]:
    """A、B、等 drops the last mark. 三、等额选举 is a heading."""
    for p in paper.paragraphs:
        for m in _DENG.finditer(p.text):
            if re.fullmatch("[一二三四五六七八九十]{1,3}|\\d{1,2}", p.text[: m.start()]):
                continue
            yield Hit(
                src=p.src(*m.span()), changes=p.change(*m.span("m"), ""), zh="“等”前面不用顿号。",
                en="No enumeration mark stands before 等.",
            )  # fmt: skip
        for m in _ELLIPSIS_DENG.finditer(p.text):
            part = "m" if m["m"] else "m2"
            yield Hit(
                src=p.src(*m.span()), changes=p.change(*m.span(part), ""), zh="省略号和“等”不同时用。",
                en="An ellipsis and 等 are not used together.",
            )  # fmt: skip


_QUOTED_LIST = re.compile(
    r"(?<![”》、])(?:“[^“”]{1,30}”(?:、“[^“”]{1,30}”)+|《[^《》]{1,40}》(?:、《[^《》]{1,40}》)+)(?![、“《（和及与])"
)


def quoted_list(paper: Paper) -> Iterator[Hit]:
    """One hint for the whole paper: between quoted items that stand alone the mark is usually dropped."""
    src = [s for p in paper.within("body", "annex") for m in _QUOTED_LIST.finditer(p.text) for s in p.src(*m.span())]
    if src:
        yield Hit(
            src=tuple(src), zh="并列的引号、书名号之间通常不用顿号；每一项外面都没有别的字时才适用，只作提示。",
            en="Between quoted items the enumeration mark is usually dropped, if nothing stands outside the quotes. A hint only.",
        )  # fmt: skip


_HEADS = "活动|大赛|比赛|竞赛|培训班|座谈会|交流会|分享会|讲座|论坛|工程|行动|课堂|大讲堂|招聘会|启动仪式"
_DOCUMENTS = re.compile(
    "(?:法|条例|规定|意见|通知|方案|办法|纪要|报告|讲话|决定|纲要|规划|公约|倡议书?|清单|手册|读本|计划|标准|制度)$"
)
_BOOK_MARKED = re.compile(
    rf"(?:开展|举办|举行|启动|召开|组织开展|承办)(?P<b>《(?P<name>[^《》]{{2,30}})》)(?P<head>系列)?(?P<after>{_HEADS})?"
)


def book_marks(paper: Paper) -> Iterator[Hit]:
    """举办《巾帼大讲堂》: the name of an activity takes “ ”. 《红楼梦》读书会, 《家庭教育促进法》讲座 are about a work or law."""
    for p in paper.within("title", "body", "annex"):
        for m in _BOOK_MARKED.finditer(p.text):
            named = re.search(f"(?:{_HEADS}|奖|杯)$", m["name"])
            if _DOCUMENTS.search(m["name"]) or not (
                named or m["after"] in ("活动", "大赛", "比赛", "竞赛", "行动", "工程")
            ):
                continue
            proper = f"“{m['name']}”"
            yield Hit(
                src=p.src(*m.span("b")), offers=(proper,), zh=f"活动、会议、课程、奖项的名称用引号：{proper}。",
                en=f"Names of activities, meetings, courses and prizes take quotation marks: {proper}.",
                ask_zh="是活动名称，还是书名、文件名？", ask_en="The name of an activity, or of a book or document?",
            )  # fmt: skip


_DOTTED_DAY = re.compile(
    r"(?P<w>三[·•・.．]八)(?=[”\"’]|国际|妇女|劳动妇女|节|红旗|维权|期间|前后)|“(?P<q>[二三四五六七八九十][·•・][一二三四五六七八九十]{1,2})”"
)
_DOT_DIGIT = re.compile(r"(?P<w>“?3\.8”?)(?=国际|妇女|节|红旗)")


def named_days(paper: Paper) -> Iterator[Hit]:
    """“三八” has no dot; “一·二九”, “一二·九”, “3·8” keep theirs."""
    for p in paper.paragraphs:
        for m in _DOTTED_DAY.finditer(p.text):
            words, group = (m["w"], "w") if m["w"] else (m["q"], "q")
            proper = words[0] + words[2:]
            yield Hit(
                src=p.src(*m.span(group)), offers=(proper,), zh=f"一月、十一月、十二月以外的纪念日，汉字之间不加间隔号：{proper}。",
                en=f"Only days of January, November and December take a dot between Han numerals: {proper}.",
                ask_zh="改成这样吗？", ask_en="Change it?",
            )  # fmt: skip
        for m in _DOT_DIGIT.finditer(p.text):
            yield Hit(
                src=p.src(*m.span("w")), offers=("“三八”", "“3·8”"), zh="用数字时中间是间隔号“·”，不是小数点。",
                en="With digits the mark between them is “·”, not a decimal point.", ask_zh="改成哪一种？", ask_en="Which form?",
            )  # fmt: skip


_CODE = rf"{HAN}{{2,8}}〔\d{{4}}〕\d{{1,4}}号"
_NUMBER_FIRST = re.compile(rf"(?P<n>{_CODE})(?:文件?)?(?P<t>《[^《》]{{4,80}}》)")
_BARE_NUMBER = re.compile(rf"(?P<t>《[^《》]{{4,80}}》)(?P<n>{_CODE})")
_SHORT_NAME = re.compile(r"以下(?:统?简?称|统称为?)[：:]?(?P<q>[“《])(?P<name>[^“”《》]{2,20})[”》]")


def citations(paper: Paper) -> Iterator[Hit]:
    """Title first, then the number in brackets."""
    for p in paper.within("body", "annex"):
        for pattern in (_NUMBER_FIRST, _BARE_NUMBER):
            for m in pattern.finditer(p.text):
                number = re.sub("^(?:根据|按照|依据|关于|转发|印发|落实|贯彻)", "", m["n"])
                proper = f"{m['t']}（{number}）"
                yield Hit(
                    src=p.src(*m.span()), offers=(proper,), zh=f"引用公文先写标题，再在括号里写文号：{proper}。",
                    en=f"A cited paper has its title first, then its number in brackets: {proper}.",
                    ask_zh="改成这样吗？", ask_en="Change it?",
                )  # fmt: skip


def short_names(paper: Paper) -> Iterator[Hit]:
    """A short name is used in its quotes before 以下简称 has told it."""
    body = paper.within("body")
    for n, p in enumerate(body):
        for m in _SHORT_NAME.finditer(p.text):
            shown = m["q"] + m["name"] + {"“": "”", "《": "》"}[m["q"]]
            places = [(q, q.text.find(shown)) for q in body[:n]] + [(p, p.text.find(shown, 0, m.start()))]
            early = next(((q, at) for q, at in places if at >= 0), None)
            if early:
                q, at = early
                yield Hit(
                    src=q.src(at, at + len(shown)) + p.src(*m.span()), zh=f"{shown}先用了，后面才说明是简称。",
                    en=f"{shown} is used before it is told what it stands for.", ask_zh="请在第一次出现时说明。",
                    ask_en="Say what it stands for where it first occurs.",
                )  # fmt: skip


RULES = (
    Rule(id="P8", strength="G", basis="15834 B.1.2", zh="“等”前不用顿号", en="no mark before 等", find=list_end),
    Rule(id="P9", strength="G", basis="15834 4.5.3.5", zh="引号之间的顿号", en="marks between quoted items", find=quoted_list),
    Rule(id="P10", strength="G", basis="15834 A.13", zh="活动名称用引号", en="quotes for names of activities", find=book_marks),
    Rule(id="P11", strength="G", basis="15834 4.14.3.5", zh="纪念日的间隔号", en="the dot in names of days", find=named_days),
    Rule(id="P14", part="order", strength="P", basis="usage", zh="引用公文的写法", en="how papers are cited", find=citations),
    Rule(id="P14", part="short", strength="P", basis="usage", zh="简称先说明", en="short names told first", find=short_names),
)  # fmt: skip
