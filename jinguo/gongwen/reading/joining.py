"""Which lines are one paragraph: a sentence cut by a page edge or by a fixed line width goes on; a heading does not."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.reading.closing import is_day
from jinguo.gongwen.reading.head_lines import DATE_LINE
from jinguo.gongwen.reading.markers import bare_labels, heading_label
from jinguo.gongwen.reading.view import HAN, Line

_END = "。！？；：…!?;:）)】〕》”’」』"
_SLOT = re.compile(rf"{HAN}{{2,10}}[：:]")
_FRESH = re.compile(
    r"特此|附件|抄送|联系人|联系电话|联 ?系|电话|邮箱|电子邮箱|地址|传真|附[：:]|（此件|备注|各县|各单位|各级|[•●■◆▲★◇□○※]"
)
_POINT_START = re.compile(
    r"[一二三四五六七八九十]{1,2}[要是](?!一)|首先[，,]|其次[，,]|最后[，,]|其[一二三四五六]|第[一二三四五六]，"
)
_SLOT_HEADING = re.compile("主题|时间|地点|对象|口号|单位|范围|名称")
_WORDS = re.compile(rf"[{HAN[1:-1]}A-Za-z“”《》· ，！、—]+(?<![，、])")
_STANDING = 25  # characters
_STANDING_LINES = 3  # fewer may be an accident of the page
_WRAP_SHARE = 0.5  # of all lines end within a character of one width: the text was wrapped there
_WRAP_LINES = 8
_WRAP_WIDTH = 24  # half-width columns; no office wraps shorter


@dataclass(frozen=True)
class Joiner:
    """Joins lines into paragraphs; remembers which two lines each join brought together."""

    is_bold: Callable[[Line], bool]
    slot_heading: re.Pattern[str]
    organ: re.Pattern[str]
    splits: list[tuple[Line, Line]]

    @classmethod
    def of(cls, lexicon: Lexicon, is_bold: Callable[[Line], bool]) -> "Joiner":
        ends = any_of(lexicon.words("words", "organ_ends"))
        return cls(
            is_bold=is_bold,
            slot_heading=re.compile(rf"{HAN}{{0,6}}{any_of(lexicon.words('headings', 'slot_ends'))}"),
            organ=re.compile(rf"[{HAN[1:-1]}（）()“”· \u3000]{{0,40}}{ends}(?:（[^（）]{{1,12}}）)?"),
            splits=[],
        )

    def paragraphs(self, lines: list[Line]) -> list[tuple[str, list[Line]]]:
        """The lines grouped, each group a paragraph of the body."""
        bare = bare_labels([line.text for line in lines])
        standing = _standing_lines(lines)
        width = wrap_width(lines)
        groups: list[list[Line]] = []
        has_stop = False  # the group holds a full stop: a labelled paragraph with one is a run-in, and prose
        for i, line in enumerate(lines):
            above = lines[i - 2] if i > 1 and groups and len(groups[-1]) == 1 else None
            fresh = i in bare or i in standing or i - 1 in standing or self._starts_fresh(line.text)
            if groups and self._continues(groups[-1], line, above, has_stop=has_stop, fresh=fresh, width=width):
                if not _only_label(groups[-1][-1].text):
                    self.splits.append((groups[-1][-1], line))
                groups[-1].append(line)
            else:
                groups.append([line])
                has_stop = False
            has_stop = has_stop or "。" in line.text
        return [("body", group) for group in groups]

    def _continues(
        self, group: list[Line], line: Line, above: Line | None, *, has_stop: bool, fresh: bool, width: int
    ) -> bool:
        """Whether `line` goes on with what ends the group. No length is asked, but that of a text wrapped at one width.

        above: the line before the group's only line, when it has but one.
        """
        first, last = group[0].text, group[-1].text
        if len(group) == 1 and _only_label(first) and not heading_label(line.text):
            return True
        if last[-1] in _END or last[-1] == "." or fresh or "\t" in last + line.text:
            return False
        if last[-1] in "，、,":
            return True
        if width and columns(last) >= width - 2 and not is_day(line.text):
            return True
        if heading_label(first) or _only_label(first):
            return has_stop or (_only_label(first) and "，" in last)
        if above is not None and _is_slot_heading(above.text):
            return False  # the short line under 一、活动主题
        name = len(group) == 1 and (self.slot_heading.fullmatch(first) or self._is_name(first))
        return not (self.is_bold(group[-1]) or _SLOT.match(first) or name or first[0] in "•●■◆▲★◇□※")

    def _starts_fresh(self, text: str) -> bool:
        fresh = heading_label(text) or _POINT_START.match(text) or _FRESH.match(text) or _SLOT.match(text)
        return bool(fresh) or bool(DATE_LINE.fullmatch(text)) or bool(self.slot_heading.fullmatch(text))

    def _is_name(self, text: str) -> bool:
        """An organ's name or a date standing alone."""
        return bool(self.organ.fullmatch(text) and len(text) <= 30) or bool(DATE_LINE.fullmatch(text))


def _only_label(text: str) -> bool:
    """A number alone on its line: its words stand on the next."""
    label = heading_label(text)
    return label.length == len(text) if label else bool(re.fullmatch(r"0?\d{1,2}", text))


def _is_slot_heading(text: str) -> bool:
    label = heading_label(text)
    return label is not None and bool(_SLOT_HEADING.search(text)) and text[-1] not in "。！？；…"


def _standing_lines(lines: list[Line]) -> set[int]:
    """Short lines that alternate with closed paragraphs in a paper without labels: headings, not halves of a sentence."""
    if any(heading_label(line.text) for line in lines):
        return set()
    found = {
        i
        for i in range(len(lines) - 1)
        if 4 <= len(lines[i].text) <= _STANDING
        and _WORDS.fullmatch(lines[i].text)
        and (i == 0 or lines[i - 1].text[-1] in "。！？：；")
        and lines[i + 1].text[-1] in "。！？；"
        and len(lines[i + 1].text) > 2 * len(lines[i].text)
    }
    return found if len(found) >= _STANDING_LINES else set()


def columns(text: str) -> int:
    """The width of a line in half-width columns."""
    return sum(1 if c < "\u2000" else 2 for c in text)


def wrap_width(lines: list[Line]) -> int:
    """The width at which the text was wrapped, in half-width columns; 0 when its lines end where its sentences do."""
    if len(lines) < _WRAP_LINES:
        return 0
    widths = [columns(line.text) for line in lines]
    widest = max(widths)
    full = sum(width >= widest - 3 for width in widths)
    return widest if widest >= _WRAP_WIDTH and full >= len(widths) * _WRAP_SHARE else 0
