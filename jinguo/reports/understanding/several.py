"""Several activities told in one mail: which there are, and where each begins and ends.

Each becomes `Texts` of its own, in which everything of the other activities is blanked out sign by sign, so that the spans
of its fields are spans of the mail as it came. Rather one return too few than one too many: the parts of one event (its
opening, its prizes) are no events, and an officer parts a mail or joins it again by hand.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from jinguo.reports.likeness import ALIKE, overlap, plain, shingles
from jinguo.reports.understanding.days import days_in
from jinguo.reports.understanding.fields import fields_of, heading_of, named_in, value_of
from jinguo.reports.understanding.tabled import Row, rows_of
from jinguo.reports.understanding.texts import BODY, Text, Texts
from jinguo.reports.understanding.values import TITLE, Found, clean_title

MOST = 20  # activities of one mail; a longer list is a table
SAME_WORDS = 0.9  # of their pieces, for two texts under two names to be one
NOTE = 120  # letters of a mail that only hands its table over
LEAST = 12  # letters of a section that says something
Names = frozenset[str] | set[str]

_COUNT = r"[一二三四五六七八九十\d]{1,3}"
_MARKS = (  # how people number what they tell, the surest first
    re.compile(r"[ \t　]*(?=(?:活动)?(?:名称|主题)\s*[:：])"),
    re.compile(rf"[ \t　]*(?:活动|第){_COUNT}(?:[场项个])?\s*[:：、.．]\s*"),
    re.compile(r"[ \t　]*[一二三四五六七八九十]{1,3}[、.．]\s*"),
    re.compile(r"[ \t　]*[（(][一二三四五六七八九十]{1,3}[）)]、?\s*"),
    re.compile(r"[ \t　]*(?:[（(]\d{1,2}[）)]|\d{1,2}[、.．)）](?!\d))\s*"),
)
_PHASE = re.compile(
    r"启动|仪式|开幕|闭幕|颁奖|阶段|环节|流程|议程|筹备|部署|动员|背景|概况|目的|意义|要求|做法|措施|成效|效果|反响|打算|下一步"
    r"|经验|特点|亮点|体会|问题|困难|建议|不足|总结|安排|时间|地点|人员|内容|形式|对象|领导"
)
_EVENT = re.compile(r"活动|训|讲|会|课|义诊|慰问|赛|奖|行动|走访|演出|聘|书|普法|服务|志愿|健步|展|诵|参观|联谊")
_MANNER = re.compile(  # 精心组织: how they went about it, not what they held
    r"精心|广泛|加强|强化|注重|深化|提升|突出|聚焦|压实|狠抓|抓好|做好|认真|高度|积极|创新|完善|健全|严格|统筹|坚持|推动|主要|深入"
)
_BESIDE = re.compile(r"方案|通知|签到|名单|名册|讲稿|发言|致辞|总结|计划|附件|议程|主持|流程|预案|海报|报名|照片")


@dataclass(frozen=True)
class Told:
    """One activity of a mail. `fields`: what was read of it; `texts`: its words alone."""

    texts: Texts
    fields: dict[str, Found]

    @property
    def is_whole(self) -> bool:
        """Whether it can be a report: it has a name and a day."""
        return bool(self.fields.get("title") and self.fields.get("held_on"))


def activities(texts: Texts, received: date, names: Names = frozenset()) -> list[Told]:
    """The activities a mail tells of, in its order; none where it tells of one, or cannot be parted for sure.

    Those that cannot be reports yet are among them, when they stand in one row with others that can.
    """
    found: list[Told] = []
    for one in _papers(texts):
        sections = _sections(texts, one, received, names)
        whole = [_told(texts, one, received, names)] if not sections else []
        fresh = sections or [told for told in whole if told.is_whole]
        found += [told for told in fresh if not any(_is_same(told, other) for other in found)]
    if sum(told.is_whole for told in found) < 2:
        return []
    found.sort(key=lambda told: (told.texts.main.part, stretch(told.texts.main.text)))
    return _signed(found[:MOST], fields_of(texts, received, names))


def parted(texts: Texts, cuts: Iterable[tuple[int, int]], received: date, names: Names = frozenset()) -> list[Told]:
    """The activities as a person has parted them.

    Args:
        cuts: (part, offset) where each begins; one ends where the next of the same part begins.
    """
    wanted: dict[int, list[int]] = {}
    for part, offset in sorted(set(cuts)):
        wanted.setdefault(part, []).append(offset)
    above = fields_of(texts, received, names)
    day = above.get("held_on")
    found = []
    for one in all_texts(texts):
        starts = [at for at in wanted.get(one.part, []) if 0 <= at < len(one.text)]
        for start, end in zip(starts, [*starts[1:], len(one.text)], strict=True):
            told = _told(texts, _only(one, start, end), received, names)
            if "held_on" not in told.fields and day is not None:
                told.fields["held_on"] = day  # said once above all of them
            if "title" not in told.fields and (line := _begins(told.texts.main)):
                told.fields["title"] = line
            found.append(told)
    return _signed(found[:MOST], above)


def listed(texts: Texts, received: date) -> Texts:
    """The same, with the attached table as the report, where there is no other and its rows are activities."""
    if texts.papers or len(plain(texts.own)) > NOTE:
        return texts
    for part in texts.tables:
        table = Text(part.number, part.text, part.name)
        if rows_of(table, received):
            return replace(texts, main=table, papers=(table,))
    return texts


def all_texts(texts: Texts) -> list[Text]:
    """The texts activities may stand in: the report and the papers beside it, in the order of the mail."""
    found = {one.part: one for one in (texts.main, *texts.papers)}
    return [found[part] for part in sorted(found)]


def stretch(text: str) -> tuple[int, int]:
    """Where the words of a text begin and end."""
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _papers(texts: Texts) -> list[Text]:
    """The report first, then the papers that are not only beside it."""
    rest = [one for one in texts.papers if one.part != texts.main.part and not _BESIDE.search(one.name)]
    return [texts.main, *rest]


def _sections(texts: Texts, one: Text, received: date, names: Names) -> list[Told]:
    """The activities of one text: by the surest way of numbering that parts it, else by its headings."""
    rows = rows_of(one, received)
    if len(rows) > 1:
        return [_row(texts, one, row) for row in rows]
    for mark in _MARKS:
        starts = [match for match in _lines(one.text) if mark.match(one.text, match.start())]
        found = _numbered(texts, one, mark, [match.start() for match in starts], received, names)
        if found:
            return found
    return _headed(texts, one, received, names)


def _row(texts: Texts, one: Text, row: Row) -> Told:
    """An activity told as one row of a table."""
    alone = _only(one, row.start, row.end)
    own = alone.text if one.part == BODY else ""
    return Told(replace(texts, own=own, subject="", main=alone, papers=(alone,), tables=()), dict(row.fields))


def _lines(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"^(?=.*\S).*$", text, re.MULTILINE))


def _numbered(
    texts: Texts, one: Text, mark: re.Pattern[str], starts: list[int], received: date, names: Names
) -> list[Told]:
    if len(starts) < 2 or len(starts) > MOST:
        return []
    found = []
    for start, end in zip(starts, [*starts[1:], len(one.text)], strict=True):
        match = mark.match(one.text, start)
        told = _told(texts, _only(one, match.end() if match else start, end), received, names)
        if (lead := _lead(told.texts.main, names)) is not None:
            told.fields["title"] = lead
        said = str(value_of(told.fields, "title") or _first_words(told.texts.main))
        if _PHASE.search(said):
            if told.is_whole:
                return []  # an opening with a day of its own: these are parts of one event
            continue  # 存在问题, 下一步打算: no activity, though it stands in the same row
        if len(plain(told.texts.main.text)) >= LEAST:
            found.append(told)
    return found if sum(told.is_whole for told in found) > 1 else []


def _lead(one: Text, names: Names) -> Found | None:
    """一、送奖到基层。11月19日……: the words before the first stop, where they are a name and no sentence."""
    match = re.search(r"\S[^，,。；;：:\n]{3,38}(?=[。：:\n])", one.text)
    if match is None or days_in(match.group(), date(2000, 1, 1)) or re.search(r"\d|名称|主题|标题", match.group()):
        return None
    value = clean_title(match.group(), names)
    telling = value and _EVENT.search(value) and not _MANNER.match(value)
    return Found(value, one.part, *match.span(), match.group()) if telling else None


def _headed(texts: Texts, one: Text, received: date, names: Names) -> list[Told]:
    """Headings without numbers, each over a paragraph that says when it was held; all of them must."""
    starts = []
    for match in _lines(one.text):
        heading = heading_of(match.group())
        if heading and clean_title(heading, names) and days_in(one.text[match.end() : match.end() + 60], received):
            starts.append(match.start())
    if len(starts) < 2 or len(starts) > MOST:
        return []
    ends = [*starts[1:], len(one.text)]
    found = [_told(texts, _only(one, start, end), received, names) for start, end in zip(starts, ends, strict=True)]
    if any(_PHASE.search(str(value_of(told.fields, "title") or "")) for told in found):
        return []
    return found if all(told.is_whole for told in found) else []


def _only(one: Text, start: int, end: int) -> Text:
    """The same text with everything outside a stretch blanked out."""
    before, after = (re.sub(r"[^\n]", " ", one.text[a:b]) for a, b in ((0, start), (end, len(one.text))))
    return replace(
        one, text=before + one.text[start:end] + after, name="" if start or end < len(one.text) else one.name
    )


def _told(texts: Texts, one: Text, received: date, names: Names) -> Told:
    alone = replace(texts, own=one.text if one.part == BODY else "", subject="", main=one, papers=(one,), tables=())
    fields = fields_of(alone, received, names)
    if "title" not in fields and (named := named_in(one, names)):
        fields["title"] = named
    return Told(alone, fields)


def _signed(found: list[Told], above: dict[str, Found]) -> list[Told]:
    """Who reports and by which telephone is said once, for all of them."""
    for told in found:
        for name in ("reporter", "phone"):
            if name in above:
                told.fields.setdefault(name, above[name])
    return found


def _first_words(one: Text) -> str:
    return re.split(r"[，,。；;：:\n]", one.text.strip(), maxsplit=1)[0][:20]


def _begins(one: Text) -> Found | None:
    """The first words of a part, where nothing reads like its name."""
    match = re.search(r"[^\s，,。；;\n][^，,。；;\n]{3,}", one.text)
    if match is None:
        return None
    value = match.group().strip()[:TITLE]
    return Found(value, one.part, match.start(), match.start() + len(value), value)


def _is_same(told: Told, other: Told) -> bool:
    """One activity told twice in a mail: in its text and in a file, or in two forms of one file."""
    if told.fields.get("held_on") and value_of(told.fields, "held_on") != value_of(other.fields, "held_on"):
        return False
    one, two = (plain(str(value_of(each.fields, "title") or "")) for each in (told, other))
    if one and two and (one in two or two in one):
        return True
    least = SAME_WORDS if one and two else ALIKE  # units write by one pattern: other names are other activities
    return overlap(shingles(told.texts.main.text), shingles(other.texts.main.text)) >= least
