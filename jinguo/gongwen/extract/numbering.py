"""Automatic numbers of a .docx ('一、' that stands in no run): definitions from numbering.xml, counters while reading."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from jinguo.gongwen.han import chinese_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCountingThousand",
    "taiwaneseCounting", "chineseLegalSimplified",
}  # fmt: skip
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_MAX_LEVELS = 9


@dataclass(frozen=True)
class Level:
    """How one level of a list is written: number format, pattern such as '%1、', first number."""

    format: str
    pattern: str
    start: int


@dataclass
class Numbering:
    """Lists of one document. `label` must be called once for each numbered paragraph, in document order."""

    lists: dict[str, str]  # numId -> abstractNumId
    levels: dict[str, dict[int, Level]]  # abstractNumId -> level -> Level
    restarts: dict[str, dict[int, int]]  # numId -> level -> first number
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """The text Word shows before the paragraph, or '' for bullets and unknown lists."""
        abstract = self.lists.get(list_id, "")
        spec = self.levels.get(abstract, {})
        if level not in spec:
            return ""
        counts = self._counts.setdefault(abstract, {})
        self._restart(list_id, counts)
        counts[level] = counts.get(level, spec[level].start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        if spec[level].format in ("bullet", "none"):
            return ""
        text = spec[level].pattern
        for k in range(level + 1):
            if k in spec:
                text = text.replace(f"%{k + 1}", _written(counts.get(k, spec[k].start), spec[k].format))
        return text

    def _restart(self, list_id: str, counts: dict[int, int]) -> None:
        """A list that shares its definition with an earlier one may state its own first numbers."""
        if list_id not in self._seen:
            self._seen.add(list_id)
            counts.update({level: first - 1 for level, first in self.restarts.get(list_id, {}).items()})


def numbering(xml: bytes) -> Numbering:
    """The lists defined in numbering.xml; empty bytes give no lists."""
    found = Numbering({}, {}, {})
    if not xml:
        return found
    root = fromstring(xml, forbid_dtd=True)
    for abstract in root.iter(W + "abstractNum"):
        found.levels[abstract.get(W + "abstractNumId", "")] = dict(_levels(abstract))
    for num in root.iter(W + "num"):
        list_id = num.get(W + "numId", "")
        found.lists[list_id] = _value(num, "abstractNumId", "")
        found.restarts[list_id] = {
            _whole(o.get(W + "ilvl"), 0): _whole(_value(o, "startOverride", ""), 1)
            for o in num.iter(W + "lvlOverride")
            if o.find(W + "startOverride") is not None
        }
    return found


def _levels(abstract: Element) -> Iterator[tuple[int, Level]]:
    for level in abstract.iter(W + "lvl"):
        number = _whole(level.get(W + "ilvl"), 0)
        if 0 <= number < _MAX_LEVELS:
            pattern = _value(level, "lvlText", "")
            yield number, Level(_value(level, "numFmt", "decimal"), pattern, _whole(_value(level, "start", ""), 1))


def _value(parent: Element, tag: str, default: str) -> str:
    child = parent.find(W + tag)
    return default if child is None else child.get(W + "val", default)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else default


def _written(number: int, style: str) -> str:
    if style in _CHINESE:
        return chinese_number(number)
    if style in _CIRCLED:
        return chr(0x245F + number) if 1 <= number <= 20 else str(number)
    if style in ("upperLetter", "lowerLetter"):
        return chr((65 if style == "upperLetter" else 97) + (number - 1) % 26)
    return str(number)
