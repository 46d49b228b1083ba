"""The field sheet (reference/reporting §10) as far as a text fills it. Every value with the stretch it was read from."""

import re
from datetime import date
from itertools import islice
from typing import Any

from jinguo.reports.understanding.days import days_in
from jinguo.reports.understanding.tabled import rows_of
from jinguo.reports.understanding.texts import SUBJECT, Text, Texts
from jinguo.reports.understanding.values import HOSTS, NUM, PLACE, TITLE, Found, amount, clean_title

_HELD = r"开展|举办|举行|召开|组织|走进|进行|启动|承办|参加|在"
_DID = re.compile(r"走访|慰问|看望|来到|前往|到|赴|送|讲|办")
_ABOUT = r"(?P<about>约|近|大约|将近)?\s*"
_MORE = r"(?P<more>余|多)?\s*"
_NUMBERS: dict[str, tuple[re.Pattern[str], ...]] = {
    "on_site": (
        re.compile(rf"(?:参加|参与|到场|进场|现场|与会|受众|培训|听课)(?:活动)?(?:总)?(?:人数|人次|群众|妇女|职工|干部|人员|求职妇女|求职者|求职人员)?(?:共计|共|达到|达|为|有|[:：])?\s*{_ABOUT}(?P<n>{NUM})\s*{_MORE}(?:名|位)?(?:人次|人|名)?"),
        re.compile(rf"{_ABOUT}(?P<n>{NUM})\s*{_MORE}(?:名|位|人|个)(?P<who>[^，。；;\n\d]{{0,16}}?)(?:参加|参与|到场|聆听|出席|到会|参训|观看了|见证|走进|受到教育)"),
        re.compile(rf"(?:共|共计|共有|吸引)(?:了)?\s*{_ABOUT}(?P<n>{NUM})\s*{_MORE}(?:名|位)?(?P<who>[^，。；;\n\d]{{0,12}}?)(?:人次|人)?(?:参加|参与|到场|前来|积极)"),
        re.compile(rf"(?:参加|参与)(?:活动)?(?:的)?(?:共)?(?:有)?\s*{_ABOUT}(?P<n>{NUM})\s*{_MORE}(?:人次|人|名)"),
    ),
    "women": (re.compile(rf"其中[^，。；\d]{{0,4}}(?:女性|妇女|女职工|女同志)\s*{_ABOUT}(?P<n>{NUM})\s*{_MORE}(?:人次|人|名|位)"),),
    "online": (
        re.compile(rf"(?:线上|直播|网络|在线)[^，。；\d]{{0,12}}?(?:观看|浏览|点击|参与|收看)(?:量|人次|人数)?(?:达|为|超过|共)?\s*{_ABOUT}(?P<n>{NUM})\s*{_MORE}(?:人次|次|人)?"),
    ),
    "benefited": (
        re.compile(rf"(?:惠及|受益|服务)(?:了)?(?:妇女|群众|女职工|职工|居民|家庭|困难妇女|妇女群众|村民|妇女儿童|儿童|老人|学生|女性)*(?:达|约|共)?\s*{_ABOUT}(?P<n>{NUM})\s*{_MORE}(?:人次|人|名|位)"),
        re.compile(rf"为\s*{_ABOUT}(?P<n>{NUM})\s*{_MORE}(?:余)?(?:名|位|人)(?P<who>[^，。；;\n\d]{{0,16}}?)(?:提供|进行|免费|送上|义诊|检查|发放)"),
    ),
    "deeds": (re.compile(rf"(?:办|解决)(?:了)?(?:好事)?(?:实事|难事|好事实事|实事好事)(?:共)?\s*{_ABOUT}(?P<n>{NUM})\s*{_MORE}件"),),
}  # fmt: skip
_PLACES = (
    re.compile(r"(?:活动)?(?:地点|地址|场地)\s*[:：\t]\s*(?P<p>[^\n\t，。；;]{2,60})"),
    re.compile(r"(?<![现正旨存])(?:在|于)(?P<p>(?!此|活动|会上|此次|各|全|节日|妇联|.{0,4}(?:基础|同时|之际|期间))[^，。；;、\n“”0-9]{2,26}?)(?:成功|顺利|隆重|共同|联合)?(?:举办|举行|开展|召开|组织开展|组织|进行|启动)"),
    re.compile(r"走进(?P<p>[^，。；;、\n“”]{2,20}?)(?=[，。；;]|开展|举办|组织)"),
)  # fmt: skip
_HOSTS = (
    re.compile(r"(?:联办|协办|承办|主办)(?:单位|方)?\s*[:：]\s*(?P<h>[^\n。；;]{2,80})"),
    re.compile(r"由[^，。；;\n]{2,40}?主办[，,]\s*(?P<h>[^，。；;\n]{2,60}?)(?:协办|承办)"),
    re.compile(
        r"(?:妇联|妇委会|女工委|妇女之家)(?:与|和|同)(?P<h>[^，,。；;\n“”与和同在于]{2,30}?)"
        r"(?=(?:(?:在|于)[^，,。；;\n]{2,24}?)?(?:联合|共同)(?:开展|举办|举行|组织|召开))"
    ),
    re.compile(
        r"(?:联合|会同|携手)(?!开展|举办|举行|组织|召开|承办)(?P<h>[^，。；;\n“”]{2,50}?)(?=共同|联合|开展|举办|举行|组织|召开|走进|在|于|到|[，。；;])"
    ),
)
_IN_A_DAY = re.compile(r"\s*[月日号年时点岁元期周第一二三四五六七八九十百千]|\s*[:：/]\s*\d")
_OTHER_COUNT = re.compile(r"(?:其中|线上|直播)[^，。；;\n]{0,5}$")
_NAMED = re.compile(
    r"(?<!没有)(?<!未)(?:开展|举办|举行|组织|召开|承办|办)(?:了)?(?:[一两]?[次场期个])?"
    r"(?P<v>(?:(?!开展|举办|举行|召开|\d+[人名位])[^，,。；;：:\n]){2,40}?(?:活动|讲座|培训班?|座谈会|招聘会|义诊|比赛|大赛|[交流分享故事读书演唱讨研推介]{2}会|联谊会|课|演出|健步走"
    r"|运动会|慰问|比武|宣讲)(?:活动)?)"
    r"|(?P<w>(?:到|赴|走进|前往)[^，,。；;：:\n\d]{2,20}?(?:慰问|看望|走访)[^，,。；;：:\n\d]{0,12})"
)
_WEAK = re.compile(  # a subject that only says that something was done
    r"^(?:[\u4e00-\u9fff]{0,14}(?:妇联|妇委会|女工委|妇女之家|机关|单位))?(?:近期|本周|本月|上周|最近|系列|开展|相关|的)*"
    r"(?:活动)?(?:开展)?(?:情况|统计|视频|信息|照片|图片|材料|总结|稿件|表|和|及|与|、|\d)*$|^慰问活动$|^普法活动$"
)
_RESULTS = re.compile(
    r"[^。；;\n]*?(?:发放|解答|达成|签约|救助|捐赠|慰问|义诊|送去|募集|签订|提供岗位)[^。；;\n]*?\d[^。；;\n]*[。；;]?"
)
FORMS: tuple[tuple[str, str], ...] = (
    ("招聘", "job_fair"), ("求职", "job_fair"), ("慰问", "visit"), ("走访", "visit"), ("看望", "visit"), ("义诊", "volunteer"),
    ("志愿", "volunteer"), ("普法", "law"), ("维权", "law"), ("法律", "law"), ("评选", "selection"), ("座谈", "symposium"),
    ("分享会", "lecture"), ("宣讲", "lecture"), ("讲座", "lecture"), ("课", "lecture"), ("培训", "lecture"), ("文艺", "culture"),
    ("演出", "culture"), ("比赛", "culture"), ("联谊", "culture"), ("读书", "culture"), ("诵读", "culture"), ("健步", "culture"),
    ("插花", "culture"), ("直播", "online"), ("线上", "online"),
)  # fmt: skip
_REPORTER = re.compile(r"(?:报送人|联系人|供稿人?|撰稿人?|通讯员|信息员)\s*[:：]\s*(?P<v>[\u4e00-\u9fff]{2,4})")
_PHONE = re.compile(r"(?:联系)?(?:电话|手机|联系方式)(?:号码)?\s*[:：]\s*(?P<v>1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{7,8})")


_HANDS_OVER = re.compile(
    r"(?:[：:]|请查收|请审阅|如下|请收|[再重]新?发(?:一[次遍])?)[。！!]?\s*$|^请[^，。\n]{1,12}[。！!]?\s*$|^(?:您|你|各位|尊敬|市妇联)\S{0,12}[：:，,！!]?\s*$"
)


def fields_of(texts: Texts, received: date, names: "frozenset[str] | set[str]" = frozenset()) -> dict[str, Found]:
    """Everything the texts say of one activity.

    Args:
        received: the day of receipt, by which years are completed.
        names: names of units, which are taken off the front of a title.
    """
    rows = rows_of(texts.main, received)
    found: dict[str, Found] = dict(rows[0].fields) if len(rows) == 1 else {}
    title = title_of(texts, names)
    if title and "title" not in found:
        found["title"] = title
    for one in texts.ordered:
        for name, value in _of_text(one, received).items():
            found.setdefault(name, value)
    head = (found["title"].value if "title" in found else "") + " " + texts.subject
    for source in (head, texts.main.text):
        form = min(((source.find(word), kind, word) for word, kind in FORMS if word in source), default=None)
        if form and "kind" not in found:
            found["kind"] = _form_found(form[1], form[2], texts)
    return found


def _form_found(kind: str, word: str, texts: Texts) -> Found:
    for one in texts.ordered:
        at = one.text.find(word)
        if at >= 0:
            return Found(kind, one.part, at, at + len(word), word)
    at = texts.subject.find(word)
    return Found(kind, SUBJECT, max(at, 0), max(at, 0) + len(word), word)


def _of_text(one: Text, received: date) -> dict[str, Found]:
    found: dict[str, Found] = {}
    _put_day(found, one, received)
    for name, patterns in _NUMBERS.items():
        value = _number(patterns, one, name)
        if value:
            found[name] = value
    for name, group, patterns, most in (("place", "p", _PLACES, PLACE), ("cohosts", "h", _HOSTS, HOSTS)):
        match = next((match for pattern in patterns if (match := pattern.search(one.text))), None)
        if match:
            found[name] = _text_found(match, group, one, most)
    for name, pattern in (("reporter", _REPORTER), ("phone", _PHONE)):
        match = pattern.search(one.text)
        if match:
            found[name] = _text_found(match, "v", one, 40)
    results = _RESULTS.search(one.text)
    if results:
        words = results.group().lstrip()
        found["results"] = Found(words.rstrip(), one.part, results.end() - len(words), results.end(), words)
    return found


def _text_found(match: re.Match[str], group: str, one: Text, most: int) -> Found:
    value = " ".join(match.group(group).split())[:most]
    return Found(value, one.part, *match.span(group), match.group(group))


def _put_day(found: dict[str, Found], one: Text, received: date) -> None:
    """The day of the activity: the first one in a sentence that says something was held, never the day of the sign-off."""
    days = days_in(one.text, received)
    label = re.search(r"(?:^|[\s，。；;])(?:活动|举办|开展)?(?:时间|日期)\s*[:：\t]", one.text)
    chosen = next((day for day in days if label and 0 <= day.start - label.end() < 4), None)
    begins = None
    for day in days if chosen is None else []:
        line_end = one.text.find("\n", day.end)
        rest = one.text[day.end : line_end if line_end >= 0 else len(one.text)]
        sentence = re.split(r"[。；;]", rest)[0]
        if re.search(_HELD, sentence[:80]):
            chosen = day
            break
        if begins is None and len(sentence) > 12 and _DID.search(sentence[:80]):
            begins = day
    chosen = chosen or begins
    if chosen is None:
        return
    quote = one.text[chosen.start : chosen.end]
    found["held_on"] = Found(chosen.first, one.part, chosen.start, chosen.end, quote)
    if chosen.last:
        found["ended_on"] = Found(chosen.last, one.part, chosen.start, chosen.end, quote)


def _number(patterns: tuple[re.Pattern[str], ...], one: Text, name: str) -> Found | None:
    """The first number said of this; where the same text says two that differ, none is taken."""
    values: list[Found] = []
    for pattern in patterns:
        for match in pattern.finditer(one.text):
            if name == "on_site" and _OTHER_COUNT.search(one.text[max(0, match.start() - 8) : match.start()]):
                continue
            if "\n" in match.group().strip() and match.group().rstrip()[-1] not in "人名次位":
                continue  # a bare number on the next line counts something else: the rows of a list
            if match.group()[-1] not in "人名次位件" and _IN_A_DAY.match(one.text, match.end("n")):
                continue  # 培训 11月20日: the number of a day, of hours, of money
            value = amount(match["n"])
            if value is not None:
                about = bool(match["about"] or match["more"] or "万" in match["n"])
                words = match.group().lstrip()  # what stood before was blanked out, or ends the line above
                values.append(Found(value, one.part, match.end() - len(words), match.end(), words, about))
    if not values or len({value.value for value in values}) > 1:
        return None
    return min(values, key=lambda value: value.start)


def title_of(texts: Texts, names: "frozenset[str] | set[str]") -> Found | None:
    """The activity's name: a heading above the report, the subject, or the name of the file."""
    candidates = [_first_line(texts.main)]
    named = named_in(texts.main, names)
    candidates.append(Found(texts.subject, SUBJECT, 0, len(texts.subject), texts.subject) if texts.subject else None)
    if texts.main.name:
        stem = re.sub(r"\.\w{2,5}$", "", texts.main.name)
        candidates.append(Found(stem, texts.main.part, 0, 0, stem))
    labelled = re.search(r"活动(?:名称|主题)\s*[:：\t]\s*(?P<v>[^\n\t]{2,60})", texts.main.text)
    if labelled:
        return _text_found(labelled, "v", texts.main, TITLE)
    for one in candidates:
        value = clean_title(str(one.value), names) if one else ""
        if one and value and not (_WEAK.match(value) and named):
            return Found(value, one.part, one.start, one.end, one.quote)
    return named


def named_in(one: Text, names: "frozenset[str] | set[str]") -> Found | None:
    """What a sentence says was held (开展…活动), for where no heading names it."""
    match = _NAMED.search(one.text)
    if match is None:
        return None
    which = "v" if match["v"] else "w"
    value = clean_title(match[which], names)
    return Found(value, one.part, *match.span(which), match[which]) if value else None


def _first_line(one: Text) -> Found | None:
    """The first line, where it reads like a heading; below a line or two that only hand the report over, the next one."""
    for match in islice(re.finditer(r"\S[^\n]*", one.text), 3):
        line = heading_of(match.group())
        if line:
            return Found(line, one.part, match.start(), match.start() + len(match.group().rstrip()), line)
        if not _HANDS_OVER.search(match.group()):
            return None
    return None


def heading_of(line: str) -> str:
    """A line that reads like a heading: short, and no sentence; "" for any other."""
    line = line.strip()
    sentence = re.search(r"[。！!；;]$|[，,].*[，,]|^(?:尊敬|各位|您好|你好|市妇联|附件|请查收|现将)|[:：]$", line)
    return "" if len(line) > 46 or len(line) < 4 or sentence or days_in(line, date(2000, 1, 1)) else line


def value_of(fields: dict[str, Found], name: str) -> Any:
    """A field's value, or None."""
    return fields[name].value if name in fields else None
