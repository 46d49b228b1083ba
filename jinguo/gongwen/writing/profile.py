"""How an office's papers look: faces, page, density, head, page-number place, and where that leaves GB/T 9704-2012.

A profile belongs to an office and is the same for all its papers; what one paper says is in ``document``.
Nothing is drawn here.
"""

from dataclasses import dataclass, field
from enum import StrEnum

TWIPS_PER_MM = 1440 / 25.4
SHEET = (210.0, 297.0)  # A4, mm: 5.1
CLAUSE_LINES = 22  # 5.2.3
CLAUSE_CHARACTERS = 28  # 5.2.3


class WritingError(ValueError):
    """A paper or profile that cannot be written as it stands; the message is a sentence for the person."""


class PageNumber(StrEnum):
    """Where the page number stands."""

    OUTER = "outer"  # 7.5: odd pages right, even pages left, one character in
    CENTRE = "centre"
    NONE = "none"


class Strength(StrEnum):
    """How firmly the standard speaks. Only ``MUST`` may be called not complying; the rest merely differs."""

    MUST = "M"
    USUAL = "G"
    RECOMMENDED = "R"
    MAY = "K"
    PRACTICE = "P"  # the standard is silent


@dataclass(frozen=True, slots=True)
class Face:
    """A type face by the name office machines know it by, and the names to try when that one is missing."""

    name: str
    fallbacks: tuple[str, ...] = ()
    family: str = "roman"  # the OOXML family: roman, swiss, script


@dataclass(frozen=True, slots=True)
class Faces:
    """One face for each class the standard names. It names classes (仿宋体), never font files."""

    title: Face = Face("方正小标宋简体", ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "华文中宋", "Noto Serif SC"))
    heading: Face = Face("黑体", ("SimHei", "方正黑体_GBK", "Noto Sans SC"), "swiss")
    subheading: Face = Face("楷体_GB2312", ("楷体", "KaiTi", "方正楷体_GBK", "Noto Serif SC"))
    body: Face = Face("仿宋_GB2312", ("仿宋", "FangSong", "方正仿宋_GBK", "Noto Serif SC"))
    folio: Face = Face("宋体", ("SimSun", "Noto Serif SC"))
    latin: Face = Face("Times New Roman", ("Liberation Serif",))

    def all(self) -> tuple[Face, ...]:
        """Every face once, in a fixed order."""
        return (self.body, self.heading, self.subheading, self.title, self.folio, self.latin)


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins of an upright page in millimetres; ``left`` is the binding edge (订口) of odd pages: 5.2.1."""

    top: float = 37.0
    bottom: float = 35.0
    left: float = 28.0
    right: float = 26.0


@dataclass(frozen=True, slots=True)
class Deviation:
    """One point in which a profile leaves the standard, with its clause and how firmly the clause speaks."""

    clause: str
    strength: Strength
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """An office's way of setting official papers. The defaults are GB/T 9704-2012 itself.

    ``mark`` is the whole text of the 发文机关标志 (阳泉市妇女联合会文件), printed only when ``red_head`` is set;
    ``signature`` the body that signs unless the paper names another. ``line_pitch`` is in points (28.95 pt is the
    largest twentieth of which 22 fit in 225 mm), ``mark_size`` in points and made smaller when the mark is too wide.
    ``duplex`` swaps the side margins on even pages so that the binding edge stays 28 mm (5.2.1, 6.2).
    Raises ``WritingError`` for measures no page can have.
    """

    name: str = "GB/T 9704-2012"
    mark: str = ""
    red_head: bool = False
    signature: str = ""
    faces: Faces = field(default_factory=Faces)
    margins: Margins = field(default_factory=Margins)
    line_pitch: float = 28.95
    characters: int = CLAUSE_CHARACTERS
    page_number: PageNumber = PageNumber.OUTER
    duplex: bool = True
    bold_level_3: bool = False
    imprint_rules: bool = True
    mark_size: float = 48.0

    def __post_init__(self) -> None:
        edges = self.margins
        if min(edges.top, edges.bottom, edges.left, edges.right) < 0:
            raise WritingError("页边距不能是负数。")
        if self.type_width < 1600 or self.type_height < 1600:
            raise WritingError("页边距太大，版心放不下正文。")
        if not 16 <= self.line_pitch <= 60:
            raise WritingError("行距要在16磅到60磅之间，才放得下三号字。")
        if not 10 <= self.characters <= 40:
            raise WritingError("每行字数要在10到40之间。")
        if not 16 <= self.mark_size <= 80:
            raise WritingError("发文机关标志的字号要在16磅到80磅之间。")
        if self.red_head and not self.mark.strip():
            raise WritingError("用红头时要写明发文机关标志。")

    @property
    def type_width(self) -> int:
        """Width of the type area (版心) in twips; 156 mm by the standard."""
        return twips(SHEET[0]) - twips(self.margins.left) - twips(self.margins.right)

    @property
    def type_height(self) -> int:
        """Height of the type area in twips; 225 mm by the standard."""
        return twips(SHEET[1]) - twips(self.margins.top) - twips(self.margins.bottom)

    @property
    def line_twips(self) -> int:
        """Line pitch in twips."""
        return int(self.line_pitch * 20 + 0.5)

    @property
    def tracking(self) -> int:
        """Twips added to every 16 pt character so that ``characters`` of them fill a line; -5 for 28 in 156 mm."""
        return self.type_width // self.characters - 320

    def deviations(self) -> tuple[Deviation, ...]:
        """Where this profile leaves the standard. Reckoned from the values, so that no list can fall behind them."""
        found = [*_page_deviations(self), *_look_deviations(self)]
        return tuple(found)


def twips(mm: float) -> int:
    """Millimetres as whole twips (1/20 pt)."""
    return int(mm * TWIPS_PER_MM + 0.5)


def _page_deviations(profile: Profile) -> list[Deviation]:
    edges, found = profile.margins, []
    if abs(edges.top - 37) > 1:
        found.append(Deviation("5.2.1", Strength.MUST, f"天头{edges.top:g}毫米，标准为37毫米±1毫米。"))
    if abs(edges.left - 28) > 1:
        found.append(Deviation("5.2.1", Strength.MUST, f"订口{edges.left:g}毫米，标准为28毫米±1毫米。"))
    wide, high = SHEET[0] - edges.left - edges.right, SHEET[1] - edges.top - edges.bottom
    if abs(wide - 156) > 1 or abs(high - 225) > 1:
        found.append(Deviation("5.2.1", Strength.MUST, f"版心{wide:g}×{high:g}毫米，标准为156×225毫米。"))
    lines = profile.type_height // profile.line_twips
    if lines != CLAUSE_LINES:
        found.append(Deviation("5.2.3", Strength.USUAL, f"每面{lines}行，标准一般为22行。"))
    if profile.characters != CLAUSE_CHARACTERS:
        found.append(Deviation("5.2.3", Strength.USUAL, f"每行{profile.characters}字，标准一般为28字。"))
    if not profile.duplex:
        found.append(Deviation("6.2", Strength.MUST, "按单面排版，标准为双面印刷。"))
    return found


def _look_deviations(profile: Profile) -> list[Deviation]:
    found, usual = [], Faces()
    classes = (("title", "7.3.1", "标题"), ("heading", "7.3.3", "一级标题"), ("subheading", "7.3.3", "二级标题"))
    for attribute, clause, word in (*classes, ("body", "5.2.2", "正文"), ("folio", "7.5", "页码")):
        face, known = getattr(profile.faces, attribute), getattr(usual, attribute)
        if face.name not in (known.name, *known.fallbacks):
            found.append(Deviation(clause, Strength.USUAL, f"{word}用{face.name}，标准一般用{known.name}一类。"))
    if profile.page_number is PageNumber.CENTRE:
        found.append(Deviation("7.5", Strength.USUAL, "页码居中，标准为单页居右、双页居左。"))
    if profile.page_number is PageNumber.NONE:
        found.append(Deviation("7.5", Strength.USUAL, "不排页码，标准一般编排页码。"))
    if profile.bold_level_3:
        found.append(Deviation("7.3.3", Strength.PRACTICE, "三级标题加粗，标准没有提到加粗。"))
    if not profile.imprint_rules:
        found.append(Deviation("7.4.1", Strength.MUST, "版记不排分隔线，标准要求首末条粗线、中间细线。"))
    return found
