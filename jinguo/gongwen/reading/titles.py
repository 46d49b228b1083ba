"""Where the title stands: one line or several, above or below the page's own lines, glued to a number or to what follows."""

import itertools
import re
from dataclasses import dataclass

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.reading.head_lines import DATE_LINE, DOC_NUMBER, head_kind
from jinguo.gongwen.reading.markers import heading_label
from jinguo.gongwen.reading.view import HAN, Line

_LINES = 6
_LENGTH = 200
_HEAD_LINES = 60
_AGAIN_WITHIN = 14  # lines below a title in which a page may print it again
_ORGAN_LENGTH = 40
_QUOTED = re.compile("《[^《》]*》|“[^“”]*”")
_ATTACHED = re.compile(r"附[ \u3000]?件[ \u3000]*[：:]")
_STOPS = re.compile("[。；！？]")
_ADDRESSED = r"(?=[ \u3000]*(?:各|[省市区县乡镇校院局厂]直|全[省市区县镇乡校院体]|尊敬的|广大)[^。；]{0,160}?[：:])"


_ONE_LINE = 200  # characters of a line that may hold a whole paper
_FOLDED_FOOT = re.compile(
    rf"(?<=[ \u3000])附件[ \u3000]?\d?[：:]|(?<=[ \u3000。；！]){HAN}{{4,30}}[ \u3000]*(?P<date>{DATE_LINE.pattern})(?=[ \u3000]|$)"
)


@dataclass(frozen=True)
class TitlePatterns:
    """Line patterns of a title, made of the lexicon's genres and organs."""

    whole: re.Pattern[str]
    plain: re.Pattern[str]
    opening: re.Pattern[str]
    glued: re.Pattern[str]
    organ: re.Pattern[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> "TitlePatterns":
        genre = any_of(lexicon.genres)
        tail = rf"(?:{genre})(?:（[^（）]{{1,12}}）)?"
        organ_end = any_of(lexicon.words("words", "organ_ends"))
        return cls(
            whole=re.compile(
                rf"(?:[^。；！？]{{2,60}}?)?关[ \u3000]?于.+(?:的[ \u3000]*|[”》]){tail}|(?:转发|印发)《.+》的{tail}"
            ),
            plain=re.compile(
                rf"(?![^致]{{0,30}}第[\d一二三四五六七八九十]+条)[^。，；：]{{2,60}}(?:[，：][^。，；：]{{2,40}})?{tail}|[^。；：]{{2,60}}——[^。；：]{{2,40}}{tail}|(?:通知|公告|公示|倡议书|启事|邀请函)"
            ),
            opening=re.compile(rf"(?:[^。；！？：]{{2,40}}?)?关于[^。；！？]{{4,120}}?的{tail}{_ADDRESSED}"),
            glued=re.compile(
                rf"(?!.{{0,60}}如下)[^。，；：]{{6,60}}?(?:{genre})(?![的》”、和与及])(?=[“《]|[今当]|\d{{4}}|为了?|根据|{HAN}{{2,12}}[是，])"
            ),
            organ=re.compile(rf"[{HAN[1:-1]}（）·、]{{2,40}}{organ_end}|{HAN}{{5,30}}(?:节|大赛|组委会)"),
        )


def unglued(lines: list[Line], patterns: TitlePatterns) -> list[Line]:
    """The head's lines with what was glued parted: the number from the title, the title from the addressees."""
    out: list[Line] = []
    for line in lines[:_HEAD_LINES]:
        out += [piece for part in _unfolded(line) for piece in _parted(part, patterns) if piece.text]
    return out + lines[_HEAD_LINES:]


def _unfolded(line: Line) -> list[Line]:
    """A paper pasted as one line: the mark and number above, 附件 and signature with date below, each a line again."""
    if len(line.text) < _ONE_LINE:
        return [line]
    cuts = [0, len(line.text)]
    number = DOC_NUMBER.search(line.text, 0, 80)
    if number and "《" not in line.text[: number.start()]:
        cuts += number.span()
    cuts += [
        place
        for m in _FOLDED_FOOT.finditer(line.text)
        for place in (m.start(), m.end())
        if m["date"] or place == m.start()
    ]
    cuts = sorted(set(cuts))
    return [line.piece(a, b) for a, b in itertools.pairwise(cuts)]


def _parted(line: Line, patterns: TitlePatterns) -> list[Line]:
    number = DOC_NUMBER.match(line.text)
    if number and patterns.whole.match(line.text, number.end()) and "《" not in number[0]:
        return [line.piece(0, number.end()), *_parted(line.piece(number.end(), len(line.text)), patterns)]
    title = (
        patterns.opening.match(line.text) or (len(line.text) > _ONE_LINE and patterns.glued.match(line.text)) or None
    )
    if title and line.text[title.end() :].strip():
        return [line.piece(0, title.end()), line.piece(title.end(), len(line.text))]
    return [line]


def find_title(lines: list[Line], patterns: TitlePatterns) -> tuple[int | None, int]:
    """First and past-last line of the title; (None, 0) when there is none."""
    limit = min(len(lines), _HEAD_LINES)
    for first in range(limit):
        if head_kind(lines[first].text) != "other" or _is_prose_start(lines[first].text):
            continue
        end = _title_end(lines, first, limit, patterns)
        if end:
            return _last_printed(lines, _without_menu(lines, first, end, patterns), end, patterns)
        if _STOPS.search(_QUOTED.sub("", lines[first].text)) and len(lines[first].text) > 60:
            break  # prose has begun
    return _plain_title(lines, limit, patterns)


def _title_end(lines: list[Line], first: int, limit: int, patterns: TitlePatterns) -> int:
    for last in range(first, min(first + _LINES, limit)):
        if last > first and (head_kind(lines[last].text) != "other" or heading_label(lines[last].text)):
            return 0
        joined = "".join(line.text for line in lines[first : last + 1])
        if len(joined) > _LENGTH or _STOPS.search(_QUOTED.sub("", joined)):
            return 0
        if patterns.whole.fullmatch(joined):
            return last + 1
    return 0


def _without_menu(lines: list[Line], first: int, end: int, patterns: TitlePatterns) -> int:
    """A line above a title that is whole by itself belongs to it only when it names an organ."""
    for start in range(end - 1, first, -1):
        joined = "".join(line.text for line in lines[start:end])
        if not patterns.whole.fullmatch(joined):
            continue
        while start > first and patterns.organ.fullmatch(lines[start - 1].text.replace(" ", "")):
            start -= 1
        return start
    return first


def _last_printed(lines: list[Line], first: int, end: int, patterns: TitlePatterns) -> tuple[int, int]:
    """Pages print the title above their own facts and again above the text: the last of the same words is the paper's, and
    so is a title right above the addressees."""
    words = _bare(lines[first:end])
    for start in range(end, min(end + _AGAIN_WITHIN, len(lines))):
        if head_kind(lines[start].text) != "other":
            continue
        for stop in range(start + 1, min(start + _LINES, len(lines)) + 1):
            again = _bare(lines[start:stop])
            if again == words or (words.startswith("关于") and again.endswith(words)):
                return start, stop
            if (
                end < len(lines)
                and lines[end].text[-1] not in "：:"
                and _above_addressees(lines, start, stop, patterns)
            ):
                return start, stop
            if len(again) > max(len(words) + _ORGAN_LENGTH, _LENGTH):
                break
    return first, end


def _above_addressees(lines: list[Line], start: int, stop: int, patterns: TitlePatterns) -> bool:
    if stop >= len(lines) or lines[stop].text[-1] not in "：:" or not re.match("各|[省市区县]", lines[stop].text):
        return False
    joined = "".join(line.text for line in lines[start:stop])
    return not _STOPS.search(_QUOTED.sub("", joined)) and bool(patterns.whole.fullmatch(joined))


def _bare(lines: list[Line]) -> str:
    return re.sub('[\\s\u3000“”"‘’]', "", "".join(line.text for line in lines))


def _plain_title(lines: list[Line], limit: int, patterns: TitlePatterns) -> tuple[int | None, int]:
    """A title without 关于: 活动方案, 倡议书; it stands above the prose."""
    for i in range(min(limit, 10)):
        text = lines[i].text
        if i and _ATTACHED.match(text):
            continue  # 附件：1.活动方案 below the text names a file
        subtitle = _subtitled(lines, i, limit, patterns)
        if subtitle:
            return i, subtitle
        if head_kind(text) == "other" and not heading_label(text):
            if patterns.plain.fullmatch(text):
                return _last_printed(lines, i, i + 1, patterns)
            joined = text + lines[i + 1].text if i + 1 < limit else text
            short = (
                len(joined) <= 60
                and text[-1] not in "。：:；，"
                and not heading_label(lines[min(i + 1, limit - 1)].text)
            )
            if short and not _STOPS.search(joined) and patterns.plain.fullmatch(joined):
                return _last_printed(lines, i, i + 2, patterns)
        if len(text) > 15 and "。" in text:
            break
    return None, 0


def _subtitled(lines: list[Line], first: int, limit: int, patterns: TitlePatterns) -> int:
    """A title whose second line opens with a dash: past its last line, 0 when it is none."""
    if first + 1 >= limit or not lines[first + 1].text.startswith("—") or _is_prose_start(lines[first].text):
        return 0
    for stop in range(first + 2, min(first + _LINES, limit) + 1):
        if patterns.plain.fullmatch("".join(line.text for line in lines[first:stop])):
            return stop
    return 0


def _is_prose_start(text: str) -> bool:
    return heading_label(text) is not None or text[-1] in "。：:；"
