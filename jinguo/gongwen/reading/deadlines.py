"""Times by which something is due: fixed, counted from an event, repeating. 及时 is handled with reports and stays undated."""

import re
from datetime import date

from jinguo.gongwen.han import number_of
from jinguo.gongwen.parts import Anchor, Conf, Deadline, Quota, Recurrence
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.dates import moment, moment_pattern, month_end, month_part, resolve_year
from jinguo.gongwen.reading.masks import cut
from jinguo.gongwen.reading.quantities import quantities

_EDGE = r"(?:下班|上午|下午|中午)?(?:之前|以前|前(?!往|后|夕|来|期|期间))"
_CUT_WORD = r"(?:截止(?:时间|日期|到|至)?|截至)[为是：: ]{0,2}"
_FIXED = re.compile(rf"(?P<cut>{_CUT_WORD})?(?:于|在)?{moment_pattern('1')}(?P<edge>{_EDGE}|截止|止(?!步))?")
_MONTH = re.compile(
    r"(?:于|在)?(?:(?P<y1>\d{4})年|(?P<rel1>今年|本年|明年))?(?P<m1>\d{1,2})月(?:份)?(?P<part>底|末|上旬|中旬|下旬)?(?:之前|以前|前(?!往|后|夕|期))"
)
_LOOSE = re.compile("(?P<what>年底|月底|本月底|节前|活动前|会前|年内)前?(?=完成|报|上报|提交|反馈)")
_ANCHOR = re.compile(
    r"(?:(?P<what>收到本?通知|本?通知(?:下发|印发)|收文|(?:各项|每次|每项|单项|本次)?(?:活动|会议|培训|比赛|评选|工作)(?:结束|完成|开展|举办)?|结束|公示(?:期满|结束)|每次)"
    r"(?:之日起|之日后|以后|之后|后的?|起)(?:的)?)(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,2})个?(?P<unit>工作日|自然日|日|天|周|月|小时)(?:之内|以内|内)"
)
_RECURRING = re.compile(
    r"(?P<every>每(?:个)?(?:月|季度|季|周|年|半年)|逐月|按月|按季度?|每逢季)(?:度)?(?:(?P<d>\d{1,2})[日号]|(?P<end>末|底|最后一(?:个)?(?:工作)?日))?"
    r"(?:之?前|报送|上报|报)"
)
_START = re.compile(r"(?:自|从)(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?:份)?(?:\d{1,2}日)?起")
_SPAN_QUOTA = re.compile("(?:全年|每年|年内|本年度|全年度)")
_EVERY = {"月": "month", "季": "quarter", "周": "week", "年": "year"}
_DONE = re.compile("已|共有|累计|达到|完成了|以来")
_REGISTER = re.compile("报名|申报|征集|投稿|报送|推荐|提交|评选|投票|作品")


def deadlines(ctx: Context, start: int, end: int, node: str | None) -> list[Deadline]:
    """Every due time in one sentence, in order. Ids are set by the caller."""
    found: list[tuple[int, Deadline]] = []
    for m in _FIXED.finditer(ctx.text, start, end):
        if m["edge"] or m["cut"]:
            found += _fixed(ctx, m, start, end, node)
    taken = [(m.start(), m.end()) for m in _FIXED.finditer(ctx.text, start, end) if m["edge"]]
    for m in _MONTH.finditer(ctx.text, start, end):
        if not any(a < m.end() and m.start() < b for a, b in taken):
            found += _month(ctx, m, start, end, node)
    for m in _ANCHOR.finditer(ctx.text, start, end):
        found.append((m.start(), _anchored(ctx, m, start, end, node)))
    for m in _RECURRING.finditer(ctx.text, start, end):
        found.append((m.start(), _recurring(ctx, m, start, end, node)))
    found += _window_ends(ctx, start, end, node)
    return [d for _, d in sorted(found, key=lambda pair: pair[0])]


def _fixed(ctx: Context, m: re.Match[str], start: int, end: int, node: str | None) -> list[tuple[int, Deadline]]:
    """截至 with 已 tells a fact, 截止 a deadline; 截至 for a deadline is a common slip and counts with low trust."""
    cut_word = m["cut"] or ""
    fact = cut_word.startswith("截至")
    clause = ctx.text[m.start() : min(end, m.end() + 30)]
    if fact and _DONE.search(clause):
        return []
    when = moment(ctx, m, "1")
    conf: Conf = "low" if fact else "high" if when.day else "mid"
    questions = []
    if when.conflict:
        questions.append("星期与日期对不上，以哪个为准？")
    if when.day is None:
        questions.append("原文没有写年份，是哪一年？")
    elif ctx.reference and when.day < ctx.reference and when.inferred:
        questions.append("这个日期早于发文日期，请核对。")
    at = m.start() if not cut_word or m["cut"] else m.start()
    deadline = Deadline(
        id="", text=m[0].removeprefix("于").removeprefix("在"), date=when.day.isoformat() if when.day else None, time=when.time,
        edge="before" if m["edge"] and "前" in m["edge"] else "by", what=_what(ctx, m.start(), m.end(), start, end),
        src=ctx.src(at + (m[0][0] in "于在"), m.end()), rule="deadline.fixed" if not cut_word else "deadline.cut_off",
        conf=conf, inferred=when.inferred, node=node, questions=tuple(questions),
    )  # fmt: skip
    return [(m.start(), deadline)]


def _month(ctx: Context, m: re.Match[str], start: int, end: int, node: str | None) -> list[tuple[int, Deadline]]:
    """3月底前 is due on its last day; 3月前 before its first, so by the end of February."""
    year, inferred = resolve_year(ctx, m["y1"], m["rel1"])
    number = int(m["m1"])
    if not 1 <= number <= 12:
        return []
    due: date | None = None
    if year is not None and m["part"]:
        first, last = month_part(year, number, m["part"])
        due = last if m["part"] in ("底", "末", "下旬") else first if m["part"] == "上旬" else None
    elif year is not None:
        due = month_end(year - (number == 1), 12 if number == 1 else number - 1)
    questions = () if due and m["part"] in ("底", "末") else ("原文没有写到日，最迟是哪一天？",)
    due = due if m["part"] in ("底", "末") else None
    deadline = Deadline(
        id="", text=m[0].removeprefix("于").removeprefix("在"), date=due.isoformat() if due else None, edge="before",
        what=_what(ctx, m.start(), m.end(), start, end), src=ctx.src(m.start() + (m[0][0] in "于在"), m.end()),
        rule="deadline.month", conf="mid", inferred=inferred, node=node, questions=questions,
    )  # fmt: skip
    return [(m.start(), deadline)]


def _anchored(ctx: Context, m: re.Match[str], start: int, end: int, node: str | None) -> Deadline:
    what = m["what"]
    after = "notice_received" if "通知" in what or "收文" in what else "each_time" if "每" in what else "event_end"
    unit = {"工作日": "workday", "周": "week", "月": "month", "小时": "hour"}.get(m["unit"], "day")
    src = ctx.src(m.start(), m.end())
    anchor = Anchor(after=after, n=number_of(m["n"]) or 0, unit=unit, src=src, rule="deadline.relative")  # type: ignore[arg-type]
    return Deadline(
        id="", text=m[0], edge="before", what=_what(ctx, m.start(), m.end(), start, end), anchor=anchor, src=src,
        rule="deadline.relative", node=node,
    )  # fmt: skip


def _recurring(ctx: Context, m: re.Match[str], start: int, end: int, node: str | None) -> Deadline:
    word = m["every"]
    every = next(value for key, value in _EVERY.items() if key in word)
    day = int(m["d"]) if m["d"] else -1 if m["end"] else None
    stop = m.end() if m[0].endswith("前") else m.end("end") if m["end"] else m.end("d") if m["d"] else m.end("every")
    src = ctx.src(m.start(), stop)
    first = _START.search(ctx.text, start, end)
    recurrence = _recurrence(ctx, every, day, first, start, end, m)
    return Deadline(
        id="", text=ctx.text[m.start() : stop], edge="before" if day else None, what=_what(ctx, m.start(), stop, start, end),
        recurrence=recurrence, src=src, rule="deadline.recurring", node=node,
    )  # fmt: skip


def _recurrence(
    ctx: Context, every: str, day: int | None, first: re.Match[str] | None, start: int, end: int, m: re.Match[str]
) -> Recurrence:
    quotas = tuple(_quotas(ctx, every, start, end, m.end()))
    month = int(first["m"]) if first else None
    year = resolve_year(ctx, first["y"], None)[0] if first else None
    slots = 13 - month if month and every == "month" and 1 <= month <= 12 else None
    yearly = next((q for q in quotas if q.per == "year"), None)
    each = next((q.n for q in quotas if q.per == every), 1)
    return Recurrence(
        every=every, day=day, start=f"{year}-{month:02}" if year and month else None, slots=slots, quotas=quotas,  # type: ignore[arg-type]
        feasible=None if slots is None or yearly is None or yearly.op not in (">=", "=") else slots * each >= yearly.n,
        src=ctx.src(first.start() if first else m.start(), m.end()), rule="deadline.recurring", inferred=bool(first),
    )  # fmt: skip


def _quotas(ctx: Context, every: str, start: int, end: int, after: int) -> list[Quota]:
    out = []
    for quantity in quantities(ctx, after, end):
        before = ctx.view.raw[max(0, quantity.src[0].start - 8) : quantity.src[0].start + 2]
        per = "year" if _SPAN_QUOTA.search(before) else every
        out.append(
            Quota(n=quantity.n, unit=quantity.unit, per=per, op=quantity.op, src=quantity.src, rule="quota.span")
        )
    return out


def _window_ends(ctx: Context, start: int, end: int, node: str | None) -> list[tuple[int, Deadline]]:
    """报名时间：即日起至3月5日 — the end of a window for handing in is a deadline."""
    pattern = re.compile(
        rf"(?:报名|申报|征集|投稿|报送|推荐|提交|作品提交|投票)(?:时间|日期|阶段|期)[为：: ]*[^，。；\n]{{0,30}}?(?:至|—|-|－|到)(?:{moment_pattern('1')})(?!(?:{_EDGE}|截止|止))"
    )
    out = []
    for m in pattern.finditer(ctx.text, start, end):
        at = m.start("m1") if m["m1"] else m.start("ny1")
        at = m.start("y1") if m["y1"] else at
        when = moment(ctx, m, "1")
        word = _REGISTER.search(m[0])
        out.append((at, Deadline(
            id="", text=ctx.text[at : m.end()], date=when.day.isoformat() if when.day else None, time=when.time, edge="by",
            what=word[0] if word else "", src=ctx.src(at, m.end()), rule="deadline.window_end", inferred=when.inferred, node=node,
        )))  # fmt: skip
    return out


def _what(ctx: Context, at: int, stop: int, start: int, end: int) -> str:
    """What is due: the clause the date stands in, without the date."""
    for a, b in cut(ctx.mask, start, end, "，；。！？,;"):
        if a <= at < b:
            before = re.sub("^(?:请|须|务必|要|应)+|(?:请|须|务必|要|应|于|在)+$", "", ctx.text[a:at].strip())
            after = re.sub("^(?:将|把|向)", "", ctx.text[stop:b].strip("：: "))
            words = after or re.sub("(?:截止)?(?:时间|日期)?[为是：:]?$", "", before)
            return (before + after if before and after and not after.startswith("报") else words).replace("\n", "")
    return ""
