"""N2, N3, N4, N11: dates — their form in the signature, years cut short, numerals mixed, and what the calendar says."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from jinguo.gongwen.checking.findings import Hit, Rule
from jinguo.gongwen.checking.paper import Paper, Paragraph
from jinguo.gongwen.han import number_of
from jinguo.gongwen.reading.view import HAN

_H = "[〇零○一二三四五六七八九十]"
_DAY = re.compile(
    rf"(?P<y>\d{{4}}|{_H}{{4}})[ ]?年[ ]?(?P<m>\d{{1,2}}|{_H}{{1,2}})[ ]?月[ ]?(?P<d>\d{{1,2}}|{_H}{{1,3}})[ ]?日"
)
_DOTTED = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<s>[./\-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})")
_PART_OF_DATE = re.compile(rf"(?:\d{{4}}|{_H}{{4}})年(?:\d{{1,2}}|{_H}{{1,2}})月(?:日)?")
_WEEKDAYS = "一二三四五六日"
_NEAR_END = 6  # lines from the end of the text in which a signature is looked for


def _value(text: str) -> int:
    return number_of(text.replace("○", "〇")) or 0


def _closing_lines(paper: Paper) -> Iterator[Paragraph]:
    """Lines of the signature and 版记; without a date that was read, the line below a body's name near the end."""
    yield from paper.within("sign", "imprint")
    if paper.record.sign.date:
        return
    lines = [p for p in paper.paragraphs if p.zone in ("body", "sign", "after", "note")]
    for above, p in list(pairwise(lines))[-_NEAR_END:]:
        dated = _DAY.fullmatch(p.text) or _DOTTED.fullmatch(p.text) or _PART_OF_DATE.fullmatch(p.text)
        if dated and p.zone != "sign" and re.fullmatch(rf"{HAN}{{4,30}}", above.text):
            yield p


def closing_form(paper: Paper) -> Iterator[Hit]:
    """Padded or in Han numerals, or with dots."""
    for p in _closing_lines(paper):
        m = _DAY.search(p.text) or _DOTTED.fullmatch(p.text)
        if m is None:
            continue
        year, month, day = (_value(m[g]) for g in "ymd")
        proper = f"{year}年{month}月{day}日"
        if not (year and month and day) or m[0].replace(" ", "") == proper:
            continue
        yield Hit(
            src=p.src(*m.span()), changes=p.change(*m.span(), proper), zh=f"日期用阿拉伯数字写全年、月、日，月、日不编虚位：{proper}。",
            en=f"The date has Arabic digits, year, month and day in full, not padded: {proper}.",
        )  # fmt: skip


def closing_whole(paper: Paper) -> Iterator[Hit]:
    for p in _closing_lines(paper):
        if _PART_OF_DATE.fullmatch(p.text):
            yield Hit(
                src=p.whole(), zh="成文日期要写到日。", en="The date of a paper names its day.",
                ask_zh="是哪一天？", ask_en="Which day is it?",
            )  # fmt: skip


_SHORT_YEAR = re.compile(
    r"(?<![\d.,，—–\-~～至到第点])(?P<y>[0-4]\d)年(?=\d{1,2}月(?!余|多)|底|初|末|度|上半年|下半年|第?[一二三四]季度)"
)
_LASTING = re.compile(
    "(?:满|历时|历经|共|已|约|近|达|工作|任职|从业|从教|教龄|工龄|党龄|刑期|徒刑|为期|超过|不足|连续|每|这|了|过|龄)$"
)


def short_year(paper: Paper) -> Iterator[Hit]:
    """24年3月 for 2024年3月; 工作12年 and 任职10年3个月 are lengths of time."""
    for p in paper.paragraphs:
        for m in _SHORT_YEAR.finditer(p.text):
            if _LASTING.search(p.text[max(0, m.start() - 4) : m.start()]) or re.match(
                r"\d{1,2}月大", p.text[m.end() :]
            ):
                continue
            yield Hit(
                src=p.src(*m.span()), offers=(f"20{m['y']}年",), zh="年份一般写四位数字。",
                en="A year usually has its four digits.", ask_zh="是哪一年？", ask_en="Which year is it?",
            )  # fmt: skip


_HAO = re.compile(
    r"(?<![\d.])\d{1,2}月\d{1,2}(?P<hao>号)(?![楼线院门厅馆井文令机公车店桌台柜窗厂矿库仓区地站口]|会议室|教学|展|宿舍)"
)
_MIXED = re.compile(
    rf"(?<![农历正腊冬\d])(?:(?P<y>\d{{4}}|{_H}{{4}})年)?(?P<m>\d{{1,2}}|{_H}{{1,2}})月(?P<d>\d{{1,2}}|{_H}{{1,3}})日"
)
_MIXED_MONTH = re.compile(rf"(?P<y>\d{{4}})年(?P<m>{_H}{{1,2}})月(?=[，。、；）至到起前底初中上下份]|$)")
_WIDE = re.compile("[０-９]+")


def day_word(paper: Paper) -> Iterator[Hit]:
    """3月5号 is spoken; 3月5号楼 and 3月5号线 are not dates."""
    for p in paper.paragraphs:
        for m in _HAO.finditer(p.text):
            yield Hit(
                src=p.src(*m.span()), changes=p.change(*m.span("hao"), "日"), zh="书面的日期用“日”，不用“号”。",
                en="A written date has 日, not 号.",
            )  # fmt: skip


def _arabic(words: str) -> bool:
    return words.isascii()


def mixed(paper: Paper) -> Iterator[Hit]:
    """One date in two kinds of numerals; a lunar date in Han numerals is left alone."""
    for p in paper.paragraphs:
        found = [m for pattern in (_MIXED, _MIXED_MONTH) for m in pattern.finditer(p.text)]
        for m in sorted(found, key=lambda m: m.start()):
            parts = [(g, m[g]) for g in ("y", "m", "d") if m.groupdict().get(g)]
            if len({_arabic(words) for _, words in parts}) == 1 or "农历" in p.text[max(0, m.start() - 4) : m.start()]:
                continue
            han = [(g, words) for g, words in parts if not _arabic(words)]
            if any(not _value(words) for _, words in han):
                continue
            changes = tuple(c for g, words in han for c in p.change(*m.span(g), str(_value(words))))
            yield Hit(
                src=p.src(*m.span()), changes=changes, zh="同一个日期里不混用汉字和阿拉伯数字。",
                en="One date does not mix Han and Arabic numerals.",
            )  # fmt: skip


def wide_digits(paper: Paper) -> Iterator[Hit]:
    for p in paper.paragraphs:
        for m in _WIDE.finditer(p.text):
            half = "".join(chr(ord(c) - 0xFEE0) for c in m[0])
            yield Hit(
                src=p.src(*m.span()), changes=p.change(*m.span(), half), zh=f"数字用半角：{half}。",
                en=f"Digits are half-width: {half}.",
            )  # fmt: skip


_WITH_WEEKDAY = re.compile(
    r"(?:(?P<y>(?:19|20)\d{2})年)?(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]\s*[（(]\s*(?:星期|周)(?P<w>[一二三四五六日天])"
)
_DATED = re.compile(r"(?:(?P<y>(?:19|20)\d{2})年)?(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_SPAN = re.compile(
    r"(?:(?P<y1>(?:19|20)\d{2})年)?(?<!\d)(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日?(?:至|到|—{1,2}|–|-|~|～)"
    r"(?:(?P<y2>(?:19|20)\d{2})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日"
)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def weekday(paper: Paper) -> Iterator[Hit]:
    """星期 in brackets beside the calendar; without a year of its own the paper's year and the next are both possible."""
    for p in paper.paragraphs:
        for m in _WITH_WEEKDAY.finditer(p.text):
            years = [int(m["y"])] if m["y"] else [y for year in sorted(paper.years) for y in (year, year + 1)]
            days = [d for year in years if (d := _day(year, int(m["m"]), int(m["d"])))]
            said = _WEEKDAYS.index(m["w"].replace("天", "日"))
            if not days or any(d.weekday() == said for d in days):
                continue
            true = _WEEKDAYS[days[0].weekday()]
            yield Hit(
                src=p.src(*m.span()), offers=(f"星期{true}",), zh=f"{days[0].year}年{days[0].month}月{days[0].day}日是星期{true}。",
                en=f"{days[0].isoformat()} is a {days[0]:%A}.", ask_zh="是日期写错了，还是星期写错了？",
                ask_en="Is the date wrong, or the weekday?",
            )  # fmt: skip


def no_such_day(paper: Paper) -> Iterator[Hit]:
    for p in paper.paragraphs:
        for m in _DATED.finditer(p.text):
            year = int(m["y"]) if m["y"] else 2024  # a leap year: 2月29日 without a year may be right
            if "农历" in p.text[max(0, m.start() - 4) : m.start()] or _day(year, int(m["m"]), int(m["d"])):
                continue
            yield Hit(
                src=p.src(*m.span()), zh=f"日历上没有{m[0]}。", en=f"The calendar has no {m[0]}.", ask_zh="是哪一天？",
                ask_en="Which day is it?",
            )  # fmt: skip


def backwards(paper: Paper) -> Iterator[Hit]:
    """The end before the start. Across a new year without years (12月20日至1月10日) is right."""
    for p in paper.paragraphs:
        for m in _SPAN.finditer(p.text):
            month = int(m["m2"] or m["m1"])
            start, end = (int(m["m1"]), int(m["d1"])), (month, int(m["d2"]))
            years = (int(m["y1"] or 0), int(m["y2"] or m["y1"] or 0))
            plain = m["y2"] is not None and m["y1"] is not None
            wrong = (years[1], *end) < (years[0], *start) if plain else start[0] == end[0] and end < start
            if wrong:
                yield Hit(
                    src=p.src(*m.span()), zh="结束的日子早于开始的日子。", en="The end is before the start.",
                    ask_zh="起止日期各是哪天？", ask_en="Which days are meant?",
                )  # fmt: skip


def printed_before(paper: Paper) -> Iterator[Hit]:
    sign, imprint = paper.record.sign, paper.record.imprint
    if sign.date and imprint.date and imprint.date < sign.date:
        yield Hit(
            src=imprint.src[-1:], zh="印发日期早于成文日期。", en="The print date is before the date of the paper.",
            ask_zh="哪一个写错了？", ask_en="Which one is wrong?",
        )  # fmt: skip


_EDGE = re.compile(
    rf"(?P<n>\d{{1,6}})(?P<u>周岁|岁|人|名|个|万元|元|天|年|月|字|分|%|{HAN})?(?P<e>及?以上|及?以下|以内)"
)
_OVER = re.compile(r"(?P<e>超过|不满|不足)(?P<n>\d{1,6})(?P<u>周岁|岁|人|名|个|万元|元|天|年|月|字|分|%)")


def edges(paper: Paper) -> Iterator[Hit]:
    """18岁以下 beside 18岁以上 counts the eighteen-year-old twice; 不满 beside 超过 leaves her out."""
    for p in paper.within("body", "annex"):
        for pattern, two, zh, en in (
            (_EDGE, ({"以上"}, {"以下", "以内"}), "“以上”“以下”“以内”都包括本数，{}被算了两次。", "Both include the number itself: {} is counted twice."),
            (_OVER, ({"超过"}, {"不满", "不足"}), "“超过”“不满”都不包括本数，{}哪边都不算。", "Neither includes the number itself: {} is left out."),
        ):  # fmt: skip
            for sentence in re.finditer("[^。；！？]+", p.text):
                found = [(m, m["e"].lstrip("及")) for m in pattern.finditer(p.text, *sentence.span())]
                up = {(m["n"], m["u"]): m for m, word in found if word in two[0]}
                for m, word in found:
                    if word in two[1] and (m["n"], m["u"]) in up:
                        what = m["n"] + (m["u"] or "")
                        other = up[m["n"], m["u"]]
                        yield Hit(
                            src=p.src(*other.span()) + p.src(*m.span()), zh=zh.format(what), en=en.format(what),
                            ask_zh="本数算在哪一边？", ask_en="On which side does it belong?",
                        )  # fmt: skip


RULES = (
    Rule(id="N2", part="form", strength="M", basis="9704 7.3.5.4", zh="成文、印发日期的写法", en="form of the closing dates", find=closing_form),
    Rule(id="N2", part="whole", strength="M", basis="9704 7.3.5.4", zh="成文日期写到日", en="the date names its day", find=closing_whole),
    Rule(id="N3", strength="G", basis="15835", zh="年份四位", en="years in four digits", find=short_year),
    Rule(id="N4", part="day", strength="G", basis="15835", zh="日期用“日”", en="日 in dates", find=day_word),
    Rule(id="N4", part="mixed", strength="G", basis="15835", zh="日期数字不混用", en="one kind of numerals in a date", find=mixed),
    Rule(id="N4", part="width", strength="G", basis="15835", zh="数字半角", en="half-width digits", find=wide_digits),
    Rule(id="N11", part="weekday", strength="P", basis="calendar", zh="日期和星期相符", en="weekday agrees", find=weekday),
    Rule(id="N11", part="day", strength="P", basis="calendar", zh="日子存在", en="the day exists", find=no_such_day),
    Rule(id="N11", part="span", strength="P", basis="calendar", zh="止不早于起", en="end not before start", find=backwards),
    Rule(id="N11", part="printed", strength="P", basis="calendar", zh="印发不早于成文", en="printed not before signed", find=printed_before),
    Rule(id="N11", part="edges", strength="P", basis="code 1259", zh="以上、以下包括本数", en="以上 and 以下 include the number", find=edges),
)  # fmt: skip
