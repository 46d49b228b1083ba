"""N5–N10: numbers of things — ranges, approximations, doubled 约…余, numbers cut from their unit, Han and Arabic, the 三八 count."""

import re
from collections.abc import Iterator

from jinguo.gongwen.checking.findings import Hit, Rule
from jinguo.gongwen.checking.paper import Paper
from jinguo.gongwen.han import number_of

_UNIT = "人次|人|名|个|位|户|家|件|条|篇|份|场次|场|次|天|项|支|幅|套|所|辆|台|岁|元|吨|亩|公里|平方米|小时|分钟|本|册|张|对|组|村"
_TIME = "年|个月|个多月|月|周|天|日|小时|分钟"
_LIST_N = "一二三四五六七八九"


# N5

_RANGE = re.compile(
    r"(?<![\d.,A-Za-z第—～~\-–])(?P<a>\d+(?:\.\d+)?)(?P<dash>[～~—\-–]|至|到)(?P<b>\d+(?:\.\d+)?)(?P<u>[万亿](?!家|一)|[%％‰])"
)


def dropped_unit(paper: Paper) -> Iterator[Hit]:
    """3～5万 may be read as 3 to 50,000."""
    for p in paper.paragraphs:
        for m in _RANGE.finditer(p.text):
            if (
                p.in_token(m.start())
                or p.text[max(0, m.start() - 1) : m.start()] == "从"
                or float(m["a"]) >= float(m["b"])
            ):
                continue
            proper = f"{m['a']}{m['u']}{m['dash']}{m['b']}{m['u']}"
            yield Hit(
                src=p.src(*m.span()), changes=p.change(m.end("a"), m.end("a"), m["u"]),
                zh=f"数值范围前一个数的“{m['u']}”不省略：{proper}。", en=f"The first number of a range keeps its {m['u']}: {proper}.",
            )  # fmt: skip


# N6

_ABOUT = re.compile(
    rf"(?<![第{_LIST_N}十百千、\d])(?P<a>[一二三四五六七八])、(?P<b>[二三四五六七八九])(?P<p>[十百千万]?)(?P<u>{_UNIT})"
    r"(?!等奖|[级级类期届])"
)
_ABOUT_ARABIC = re.compile(rf"(?<![第\d、.])(?P<a>[1-8])、(?P<b>[2-9])(?P<u>{_UNIT})")


def approximation(paper: Paper) -> Iterator[Hit]:
    """三、四十人 for 三四十人. 第一、二等奖, 三、四年级, 一、二季度 are lists and keep their mark."""
    for p in paper.paragraphs:
        for m in _ABOUT.finditer(p.text):
            if m.start() == 0 or _LIST_N.index(m["b"]) != _LIST_N.index(m["a"]) + 1:
                continue  # at the start 三、 is a heading
            proper = m["a"] + m["b"] + m["p"] + m["u"]
            yield Hit(
                src=p.src(*m.span()), offers=(proper,), zh=f"相邻两个数字表示概数，中间不用顿号：{proper}。",
                en=f"Two neighbouring numerals that mean “about” take no mark between them: {proper}.",
                ask_zh="是概数，还是分别指两个数？", ask_en="An approximation, or two separate numbers?",
            )  # fmt: skip
        for m in _ABOUT_ARABIC.finditer(p.text):
            if m.start() == 0 or int(m["b"]) != int(m["a"]) + 1:
                continue
            proper = _LIST_N[int(m["a"]) - 1] + _LIST_N[int(m["b"]) - 1] + m["u"]
            yield Hit(
                src=p.src(*m.span()), offers=(proper,), zh=f"概数用汉字：{proper}。",
                en=f"An approximation is written in Han numerals: {proper}.", ask_zh="是概数，还是分别指两个数？",
                ask_en="An approximation, or two separate numbers?",
            )  # fmt: skip


# N7

_HEDGE = r"(?:大约|将近|约|近|超过|逾)"
_NOT_A_HEDGE = "[最附就临邻靠远新亲贴节预相邀履违签特合契制大集公简隐条誓将]$"
_AMOUNT = r"(?:\d{1,9}(?:\.\d{1,4})?[万亿千百]?|[一二两三四五六七八九十百千]{0,6}[十百千万])"
_DOUBLED = (
    re.compile(rf"(?P<front>{_HEDGE})(?P<n>{_AMOUNT})(?P<back>[余多])(?P<u>万?(?:{_UNIT}))(?!月|来)"),
    re.compile(rf"(?P<front>{_HEDGE}|不少于|至少)(?P<n>{_AMOUNT}(?:万)?(?:{_UNIT}))(?P<back>左右|上下|以上)"),
    re.compile(rf"(?P<front>)(?P<n>{_AMOUNT})(?P<more>[余多])(?P<u>万?(?:{_UNIT}))(?P<back>左右|上下|以上|以下|以内)"),
)


def doubled(paper: Paper) -> Iterator[Hit]:
    """约30余人 says it twice. 节约30余万元, 附近30余户, 近十余年 do not."""
    for p in paper.paragraphs:
        taken: set[int] = set()
        for pattern in _DOUBLED:
            for m in pattern.finditer(p.text):
                before = p.text[max(0, m.start() - 1) : m.start()]
                recent = m["front"] == "近" and re.search(f"(?:{_TIME})$", m.groupdict().get("u") or m["n"])
                if m.start() in taken or (m["front"] and re.search(_NOT_A_HEDGE, before)) or recent:
                    continue
                taken.add(m.start())
                first = m["front"] or m.groupdict().get("more") or ""
                yield Hit(
                    src=p.src(*m.span()), offers=_undoubled(m), zh=f"“{first}”和“{m['back']}”意思重复，留一个。",
                    en=f"“{first}” and “{m['back']}” say the same; keep one.", ask_zh="留哪一个？", ask_en="Which one stays?",
                )  # fmt: skip


def _undoubled(m: re.Match[str]) -> tuple[str, ...]:
    parts = m.groupdict()
    more, unit = parts.get("more") or "", parts.get("u") or ""
    if m["front"]:
        return (m["front"] + m["n"] + unit, (m["n"] + m["back"] + unit) if unit else m["n"] + m["back"])
    return (m["n"] + more + unit, m["n"] + unit + m["back"])


# N8


def cut_number(paper: Paper) -> Iterator[Hit]:
    """A page edge between a number and its unit, or inside the number; to be seen in the print."""
    for fact in paper.record.layout:
        if fact.kind != "page_split" or len(fact.src) != 2:
            continue
        before, after = fact.src
        if re.search(r"\d$", before.quote) and re.match(rf"\d*(?:{_UNIT}|年|月|日|%|万|亿)", after.quote):
            yield Hit(
                src=(before, after), zh="数字和后面的数字或单位被换行、换页拆开了；排版时调到一行。",
                en="A number is parted from its digits or unit by a line or page edge; keep them on one line.",
            )  # fmt: skip


# N9

_COUNTED = re.compile(
    r"(?<![第一二两三四五六七八九十百千万零〇几数])(?P<n>(?:[一二三四五六七八九]千)?(?:[一二两三四五六七八九]百)?零?(?:[二三四五六七八九]?十)[一二三四五六七八九])"
    r"(?P<u>人次|人|名|户|件|场次|场|份|篇|册|幅|亩|吨|万元|元)(?![家民生])"
)
_FIXED = (
    (re.compile(r"(?<=党的)(?P<w>1[0-9]|20)大(?!型|类|项|件)"), {"18": "十八", "19": "十九", "20": "二十"}, "大"),
    (re.compile(r"(?P<w>2)癌(?=检查|救助|筛查|免费|患|[”\"])"), {"2": "两"}, "癌"),
    (re.compile(r"(?<!\d)(?P<w>1)站式"), {"1": "一"}, "站式"),
    (re.compile(r"(?<![\d第])(?P<w>1)带1路"), {"1": "一"}, "带一路"),
)  # fmt: skip


def counted_in_han(paper: Paper) -> Iterator[Hit]:
    """三十五名 in a count; 三十余名, 三十六计, 五十六个民族 stay in Han numerals."""
    for p in paper.within("body", "annex"):
        for m in _COUNTED.finditer(p.text):
            value = number_of(m["n"])
            if value is None:
                continue
            yield Hit(
                src=p.src(*m.span()), offers=(f"{value}{m['u']}",), zh=f"统计的数一般用阿拉伯数字：{value}{m['u']}。",
                en=f"A count usually has Arabic digits: {value}{m['u']}.", ask_zh="是统计数吗？", ask_en="Is it a count?",
            )  # fmt: skip


def fixed_words(paper: Paper) -> Iterator[Hit]:
    """党的20大: words that are always in Han numerals."""
    for p in paper.paragraphs:
        for pattern, words, tail in _FIXED:
            for m in pattern.finditer(p.text):
                if m["w"] not in words:
                    continue
                proper = words[m["w"]] + tail
                yield Hit(
                    src=p.src(*m.span()), offers=(proper,), zh=f"固定的词用汉字：{proper}。",
                    en=f"A set word is written in Han numerals: {proper}.", ask_zh="是这个词吗？", ask_en="Is this the word?",
                )  # fmt: skip


# N10

_FOUNDED = 1910  # the year the day was proposed; the n-th anniversary falls in 1910 + n
_ANNIVERSARY = re.compile(r"妇女节(?:设立|诞生|确立)?(?P<n>\d{2,3}|[一二三四五六七八九十百零]{2,6})周年")


def anniversary(paper: Paper) -> Iterator[Hit]:
    """“三八”国际妇女节N周年: N is the year less 1910. 妇联成立70周年 is another count."""
    for p in paper.paragraphs:
        for m in _ANNIVERSARY.finditer(p.text):
            sentence = p.text[max(p.text.rfind(stop, 0, m.start()) for stop in "。；！？") + 1 : m.start()]
            said = {int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d{2})年", sentence)}
            years = said or paper.years
            count = number_of(m["n"])
            late = {year + 1 for year in years - said if (paper.record.sign.date or "9999-12")[5:7] >= "11"}
            if not years or count is None or count in {year - _FOUNDED for year in years | late}:
                continue
            proper = max(years) - _FOUNDED
            yield Hit(
                src=p.src(*m.span("n")), offers=(str(proper),), zh=f"{max(years)}年是{proper}周年（年份减1910）。",
                en=f"{max(years)} is the {proper}th anniversary (the year less 1910).", ask_zh="是哪一年？", ask_en="Which year is meant?",
            )  # fmt: skip


RULES = (
    Rule(id="N5", strength="G", basis="15835", zh="数值范围的单位", en="units of a range", find=dropped_unit),
    Rule(id="N6", strength="G", basis="15834 4.5.3.4", zh="概数的写法", en="approximations", find=approximation),
    Rule(id="N7", strength="P", basis="usage", zh="约、余不重复", en="约 and 余 not doubled", find=doubled),
    Rule(id="N8", strength="P", basis="15835", zh="数字不拆开", en="numbers not parted", find=cut_number),
    Rule(id="N9", part="count", strength="G", basis="15835", zh="统计数用阿拉伯数字", en="counts in Arabic digits", find=counted_in_han),
    Rule(id="N9", part="word", strength="G", basis="15835", zh="固定词用汉字", en="set words in Han numerals", find=fixed_words),
    Rule(id="N10", strength="P", basis="sum", zh="妇女节周年数", en="the count of Women's Days", find=anniversary),
)  # fmt: skip
