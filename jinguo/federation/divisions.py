"""Public division data as units: which columns a file may have, and what a division code says.

The codes are the statistical division codes of the National Bureau of Statistics (统计用区划代码): two digits for the province,
two for the city, two for the county (these six are GB/T 2260), three for the township (GB/T 10114), three for the village.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinguo.federation.models.unit import Level
from jinguo.lib.sheets.cells import level as levelled

CODE_HEADS = ("code", "代码", "统计用区划代码", "区划代码", "行政区划代码", "编码")
NAME_HEADS = ("name", "名称", "单位名称", "区划名称", "行政区划名称")
LENGTHS = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWNSHIP, 12: Level.VILLAGE}
# Codes that group counties without a city (or a city without counties) above them: nobody's federation stands there.
NO_SEAT = {
    "市辖区",
    "县",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
    "省直辖县级行政单位",
    "直辖县级",
    "自治区直辖县级行政单位",
}
_SEATS = (
    (re.compile("(社区)(?:居民委员会|居委会)$"), r"\1"),
    (re.compile("(?:居民委员会|居委会)$"), "社区"),
    (re.compile("(?<=村)(?:村民委员会|民委员会|委会|村委会)$"), ""),
    (re.compile("(?:村民委员会|村委会)$"), "村"),
    (re.compile("(?<=街道)办事处$"), ""),
)


class BadDivisions(ValueError):
    """The file cannot be used; the sentence says why, with the line where there is one."""


@dataclass(frozen=True)
class Division:
    """One division: its code without the zeros behind it, the place's own name, its level."""

    code: str
    name: str
    level: str

    @property
    def federation(self) -> str:
        return f"{self.name}妇女联合会"

    @property
    def short(self) -> str:
        return f"{self.name[:38]}妇联"


def divisions_of(rows: Iterable[Sequence[str]]) -> Iterator[Division]:
    """The divisions of a table whose first row holds the heads.

    Raises:
        BadDivisions: no column for code or name, or a code that is none.
    """
    lines = iter(rows)
    heads = [levelled(head) for head in next(lines, ())]
    code_at, name_at = _place(heads, CODE_HEADS), _place(heads, NAME_HEADS)
    for number, row in enumerate(lines, 2):
        if not any(row):
            continue
        code, name = row[code_at].strip(), "".join(row[name_at].split())
        digits = trimmed(code)
        if digits is None or not name:
            raise BadDivisions(f"line {number}: {code!r} {name!r} is no division / 第 {number} 行不是区划代码和名称")
        if name not in NO_SEAT:
            yield Division(digits, seat(name), LENGTHS[len(digits)])


def _place(heads: list[str], wanted: Sequence[str]) -> int:
    for head in wanted:
        if head in heads:
            return heads.index(head)
    raise BadDivisions(f"no column {' / '.join(wanted)} / 缺少这样的列：{'、'.join(wanted)}")


def trimmed(code: str) -> str | None:
    """A code cut to its own level: 140300000000, 140300 and 1403 are all the city 1403. None when it is no code."""
    if not re.fullmatch(r"[1-9][0-9]{1,11}", code):
        return None
    bare = code.rstrip("0")
    length = next((length for length in LENGTHS if len(bare) <= length), None)
    return bare.ljust(length, "0") if length is not None and length <= len(code) else None


def seat(name: str) -> str:
    """The place of a committee or office: 河边村委会 → 河边村, 松亭社区居委会 → 松亭社区, 上站街道办事处 → 上站街道."""
    for pattern, put in _SEATS:
        name, changed = pattern.subn(put, name)
        if changed:
            break
    return name[:70]


def above(code: str) -> Iterator[str]:
    """The codes that may stand above one, nearest first."""
    return (code[:length] for length in sorted(LENGTHS, reverse=True) if length < len(code))
