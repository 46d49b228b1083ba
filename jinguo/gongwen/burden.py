"""The burden (减负) a notice lays on those it reaches: length, asks, forms, photos, hours, and what is being asked already.

Pure arithmetic over a record and numbers the caller knows. The minutes are a stated estimate from `burden.toml`, which an
office may replace; nothing here forbids anything.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from jinguo.gongwen.parts import ReportDuty, Src
from jinguo.gongwen.record import Record

_BLANK = re.compile(r"[\s\u3000\u200b\ufeff*]")
_ASKED = re.compile("报送|上报|填报|提交|填写|报(?:至|到)|附上|附[^属近]|反馈|发送|收集|提供|上传")
_FREE = re.compile("不得|不要求|无需|不必|不用|可以|可附|可不|自愿|如有|有[^，]{0,6}的可")
_STOP = re.compile("[^。；！？\n]+")
_SAME = 0.5  # share of words two asks have in common from which they are shown as overlapping


@dataclass(frozen=True)
class Limits:
    """The constants of `burden.toml`."""

    tables: dict[str, Any]

    def minutes(self, what: str) -> int:
        """Minutes one unit is reckoned to need, each time."""
        found: int = self.tables["minutes"][what]
        return found

    def words(self, what: str) -> re.Pattern[str]:
        """A pattern of the words of one list, the longest first."""
        found = sorted(self.tables["words"][what], key=len, reverse=True)
        return re.compile("|".join(re.escape(word) for word in found))

    @cached_property
    def trace_words(self) -> re.Pattern[str]:
        return self.words("trace")


def limits(text: str) -> Limits:
    """Limits from the text of a TOML file of the same shape as ours. Raises ValueError when it is none."""
    return Limits(tomllib.loads(text))


LIMITS = limits(files("jinguo.gongwen").joinpath("burden.toml").read_text("utf-8"))


@dataclass(frozen=True)
class OpenAsk:
    """An ask that some of the same units still have to answer.

    Attributes:
        key: whatever the caller knows it by; given back untouched.
        units: how many of the units this notice reaches still owe it.
    """

    key: str
    title: str
    sentence: str
    units: int


@dataclass(frozen=True)
class Demand:
    """A form or photo the text demands: the word, how many, and where."""

    word: str
    n: int
    src: tuple[Src, ...]


@dataclass(frozen=True)
class Overlap:
    """An open ask that resembles one of this notice. shared: words both use; alike: 0–1."""

    duty: ReportDuty
    ask: OpenAsk
    shared: tuple[str, ...]
    alike: float


@dataclass(frozen=True)
class Burden:
    """What a notice asks of those it reaches.

    Attributes:
        characters, most: of the body without blanks, and how many are usual.
        minutes: one unit's estimated minutes, all asks once.
        units: how many units it reaches; None when nobody has chosen them yet, then there are no hours either.
        without_basis: report duties that state no basis.
        fields, known: fields of one report, and how many the system fills in.
    """

    characters: int
    most: int
    duties: tuple[ReportDuty, ...]
    without_basis: tuple[ReportDuty, ...]
    forms: tuple[Demand, ...]
    photos: tuple[Demand, ...]
    minutes: int
    units: int | None
    overlaps: tuple[Overlap, ...]
    fields: int
    known: int

    @property
    def hours(self) -> float | None:
        """All units together, in hours, to one decimal."""
        return None if self.units is None else round(self.units * self.minutes / 60, 1)


def characters(record: Record) -> int:
    """Characters of the body without blanks and Markdown stars, from its first sentence to its last, headings included."""
    if not record.sentences:
        return len(_BLANK.sub("", record.raw))
    start = min(s.start for sentence in record.sentences for s in sentence.src)
    end = max(s.end for sentence in record.sentences for s in sentence.src)
    return len(_BLANK.sub("", record.raw[start:end]))


def length_limit(record: Record, known: Limits = LIMITS) -> int:
    """How many characters a paper of this kind usually keeps to."""
    title = record.title.text if record.title else ""
    overall = any(word in title for word in known.tables["length"]["overall_words"])
    found: int = known.tables["length"]["overall" if overall else "task"]
    return found


def burden_of(
    record: Record, *, units: int | None = None, open_asks: Sequence[OpenAsk] = (), known: Limits = LIMITS
) -> Burden:
    """The burden of a notice.

    Args:
        units: how many units it reaches, where that is known.
        open_asks: what the same units still owe, by the caller's own look-up.
    """
    duties = record.report_duties
    forms, photos = _demands(record, known.words("form"), known), _demands(record, known.words("photo"), known)
    return Burden(
        characters=characters(record), most=length_limit(record, known), duties=duties,
        without_basis=_without_basis(record), forms=forms, photos=photos,
        minutes=_minutes(duties, forms, photos, known), units=units, overlaps=tuple(_overlaps(duties, open_asks)),
        fields=known.tables["fields"]["asked"], known=known.tables["fields"]["known"],
    )  # fmt: skip


def _without_basis(record: Record) -> tuple[ReportDuty, ...]:
    if any(b.kind == "basis" for b in record.background) or (record.preamble and record.preamble.basis):
        return ()
    return tuple(d for d in record.report_duties if not re.search("根据|按照|依据|依照", d.text))


def _demands(record: Record, words: re.Pattern[str], known: Limits) -> tuple[Demand, ...]:
    """Forms and photos in sentences that ask for something to be sent, each word once."""
    found: dict[str, Demand] = {}
    for sentence in record.sentences:
        for src in sentence.src:
            for clause in _STOP.finditer(src.quote):
                if not _ASKED.search(clause[0]):
                    continue
                for m in words.finditer(clause[0]):
                    if _FREE.search(_between_commas(clause[0], m)):
                        continue
                    start = src.start + clause.start() + m.start()
                    at = Src(start=start, end=start + len(m[0]), quote=m[0])
                    found.setdefault(m[0], Demand(m[0], _how_many(clause[0], m), (at,)))
    return tuple(found.values())


def _between_commas(clause: str, m: re.Match[str]) -> str:
    """The stretch between commas that holds a match: 有照片的可以附上 demands none."""
    end = clause.find("，", m.end())
    return clause[clause.rfind("，", 0, m.start()) + 1 : end if end >= 0 else len(clause)]


def _how_many(clause: str, m: re.Match[str]) -> int:
    """2—3张照片 and 照片3张 are three; without a number, one."""
    after = re.match(r"\D{0,4}?(?:\d+\s*[—～~\-至]\s*)?(\d{1,2})\s*[张幅份]", clause[m.end() :])
    before = re.search(r"(?:\d+\s*[—～~\-至]\s*)?(\d{1,2})\s*[张幅份](?:[^，。、]{0,4})$", clause[: m.start()])
    found = after or before
    return int(found[1]) if found else 1


def _minutes(duties: Sequence[ReportDuty], forms: Sequence[Demand], photos: Sequence[Demand], known: Limits) -> int:
    summary = known.words("summary")
    reports = sum(known.minutes("summary" if summary.search(d.object) else "report") for d in duties)
    paper = known.minutes("form") * sum(d.n for d in forms) + known.minutes("photo") * sum(d.n for d in photos)
    return known.minutes("read") + reports + paper


def _overlaps(duties: Sequence[ReportDuty], open_asks: Sequence[OpenAsk]) -> list[Overlap]:
    """Each open ask beside the duty it resembles most, the most alike first."""
    found = []
    for ask in open_asks:
        theirs = _words(ask.title + " " + ask.sentence)
        best: Overlap | None = None
        for duty in duties:
            mine = _words(duty.object or duty.text)
            shared = mine & theirs
            alike = len(shared) / len(mine) if mine else 0.0
            if alike >= _SAME and (best is None or alike > best.alike):
                best = Overlap(duty, ask, tuple(sorted(shared)), round(alike, 2))
        if best is not None:
            found.append(best)
    return sorted(found, key=lambda one: -one.alike)


_EMPTY = re.compile("[的了和与及请将把各在于并]|报送|上报|及时|单位")


def _words(text: str) -> set[str]:
    """Pairs of characters: Chinese has no blanks to part words by."""
    bare = _EMPTY.sub(" ", text)
    return {bare[n : n + 2] for n in range(len(bare) - 1) if re.fullmatch("[一-鿿]{2}", bare[n : n + 2])}


def sentence_zh(burden: Burden) -> str:
    """The burden in one line, as it stands beside the notice."""
    edge = "≤" if burden.characters <= burden.most else "＞"
    parts = [
        f"本通知正文 {burden.characters:,} 字（{edge}{burden.most:,}）".replace(",", " "),
        f"含 {len(burden.duties)} 项报送要求",
    ]
    parts += [f"要 {sum(d.n for d in burden.forms)} 张表"] if burden.forms else []
    parts += [f"要 {sum(d.n for d in burden.photos)} 张照片"] if burden.photos else []
    if burden.units is not None:
        parts.append(f"覆盖 {burden.units} 家")
    parts.append(f"每家约 {burden.minutes} 分钟" + ("" if burden.hours is None else f"，合计约 {burden.hours:g} 小时"))
    if burden.duties:
        parts.append(f"{burden.fields} 个字段中 {burden.known} 个可由系统带出")
    return "；".join(parts) + "。"


def sentence_en(burden: Burden) -> str:
    """The same in English."""
    edge = "≤" if burden.characters <= burden.most else ">"
    parts = [f"{burden.characters} characters ({edge}{burden.most})", _counted(len(burden.duties), "ask")]
    parts += [_counted(sum(d.n for d in burden.forms), "form")] if burden.forms else []
    parts += [_counted(sum(d.n for d in burden.photos), "photo")] if burden.photos else []
    if burden.units is not None:
        parts.append(_counted(burden.units, "unit"))
    all_hours = "" if burden.hours is None else f", about {burden.hours:g} hours in all"
    parts.append(f"about {burden.minutes} minutes a unit{all_hours}")
    if burden.duties:
        parts.append(f"{burden.known} of {burden.fields} fields are filled in by the system")
    return "; ".join(parts) + "."


def _counted(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
