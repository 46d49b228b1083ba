"""Values the paper masks or has lost a part of: 20XX年X月X日, 3月 日前, 0379-6601 2, fz@example. Each is told to a person
with its place; none is mended.
"""

import re
from collections.abc import Iterator

from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.remarks import Gap

_MASK = "[XxＸｘ×＊*]"
_GAP = "[ \u3000_＿…]"
_RULES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "date.masked", "日期被遮住了一部分：“{}”。请向发文单位核对。",
        re.compile(
            rf"(?:\d{{0,3}}{_MASK}{{1,4}}年)(?:(?:\d|{_MASK}){{1,2}}月)?(?:(?:\d|{_MASK}){{1,2}}[日号])?"
            rf"|(?:\d{{0,1}}{_MASK}{{1,2}}月(?:(?:\d|{_MASK}){{1,2}}[日号])?)|\d{{1,2}}月\d?{_MASK}{{1,2}}[日号]"
        ),
    ),
    (
        "date.damaged", "日期缺了数字：“{}”。请对照原件。",
        re.compile(
            rf"(?:\d{{4}}年)?(?:\d{{1,2}}月{_GAP}{{0,6}}[日号](?!历|报|常|程|子|间)|年?{_GAP}{{1,6}}月(?:{_GAP}{{0,6}}|\d{{1,2}})[日号]|(?<=年){_GAP}{{1,6}}月"
            rf"|(?<=[于至到前在，：；。\n（])月\d{{1,2}}[日号])|(?<!\d)\d{{3}}年\d{{1,2}}月|(?<=[于至到，：；。\n]) ?\d{{1,2}}月{_GAP}{{1,6}}日?(?=之?前|以前|至|—)"
        ),
    ),
    (
        "phone.damaged", "电话号码不完整：“{}”。请对照原件。",
        re.compile(
            rf"(?:电话|手机|传真|热线)(?:号码)?{_GAP}{{0,2}}[：:]?{_GAP}{{0,2}}"
            rf"(?P<v>0\d{{2,3}}-(?:\d{{1,6}}(?![\d\- ])|\d{{1,6}} {{1,4}}\d{{1,4}}(?![\d\-]))|[\d\-]*{_MASK}{{2,}}[\d\-]*{_MASK}*|1[3-9]\d{{7,8}}(?!\d))"
        ),
    ),
    (
        "email.damaged", "邮箱地址不完整：“{}”。请对照原件。",
        re.compile(
            r"(?P<v>[A-Za-z0-9][\w.\-]{0,40}@[\w\-]{0,30}(?![\w.\-@])(?: [\w\-]+\.[a-z]{2,6})?)"
            r"|(?:邮箱|信箱)(?:地址)?[：:]?[ ]?(?P<w>[A-Za-z0-9][\w\-]{2,30}\.(?:com|cn|net|org)(?:\.cn)?)(?![\w@])",
            re.ASCII,
        ),
    ),
)  # fmt: skip
_ZONES = ("body", "after", "note", "sign")
_TO_FILL = re.compile(rf"{_GAP}*年{_GAP}*月{_GAP}*日")  # a line of a form, to be filled in


def damaged(ctx: Context) -> Iterator[Gap]:
    """One remark for each masked or broken date, number and address, in the order of the text."""
    found = []
    for paragraph in ctx.view.in_zone(*_ZONES):
        for code, text, pattern in _RULES:
            for m in pattern.finditer(ctx.view.plain, paragraph.start, paragraph.end):
                start, end = _span(m)
                words = ctx.words(start, end).strip()
                src = ctx.src(start, end)
                if words and src and not _whole(ctx, words, end):
                    found.append(
                        (start, Gap(code=code, text=text.format(words), src=src, rule=f"gap.{code}", conf="low"))
                    )
    yield from (gap for _, gap in sorted(found, key=lambda one: one[0]))


def _whole(ctx: Context, words: str, end: int) -> bool:
    """A line of a form to be filled in, a number typed in groups (0519-8562 3301), or one that goes on in the next line."""
    grouped = re.fullmatch(r"0\d{2,3}-\d+ +\d+", words) and len(re.sub(r"\D", "", words.partition("-")[2])) in (7, 8)
    return bool(_TO_FILL.fullmatch(words) or grouped or (words[-1].isdigit() and ctx.text[end : end + 1] == "\n"))


def _span(m: re.Match[str]) -> tuple[int, int]:
    """The value alone, without the word before it."""
    named = next((group for group in ("v", "w") if m.groupdict().get(group)), 0)
    start, end = m.span(named)
    while start < end and m.string[start] in " \u3000":
        start += 1
    return start, end
