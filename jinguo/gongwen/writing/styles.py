"""The named styles of a paper and the faces they use: ``styles.xml`` and ``fontTable.xml``.

Every paragraph of a paper takes its look from a style here, so an officer can change a whole level at once in the
word processor. Which text gets which style is ``body``'s matter.
"""

from dataclasses import dataclass
from typing import Literal

from jinguo.gongwen.writing.markup import Node, flag, part, val, w
from jinguo.gongwen.writing.profile import Face, Profile

SIZE_3, SIZE_2, SIZE_4, SMALL_4, SIZE_5 = 16.0, 22.0, 14.0, 12.0, 10.5  # 三号 二号 四号 小四 五号, in points
RED = "C8102E"

FaceName = Literal["title", "heading", "subheading", "body", "folio"]


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. Sizes in points, ``before`` in lines, ``first`` in characters, ``line`` in points.

    ``line`` 0 is the page's line pitch; -1 lets the line grow with its type (tables). ``grid`` False lays the
    paragraph out off the page's line grid; any ``line`` of its own does so too.
    """

    id: str
    name: str
    face: FaceName = "body"
    size: float = SIZE_3
    align: str = "both"
    first: float = 0.0
    before: float = 0.0
    line: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    colour: str = ""
    next: str = "Body"
    tracked: bool = True
    grid: bool = True


# A title line is its own height plus 7/8 of a 3号 character, the standard's 行 (3.2).
_TITLE_LINE = SIZE_2 + SIZE_3 * 7 / 8

STYLES = (
    Style("Body", "公文正文", first=2),
    Style("Title", "Title", "title", SIZE_2, "center", before=2, line=_TITLE_LINE, keep_next=True, tracked=False),
    Style("Mark", "发文机关标志", "title", 48, "center", colour=RED, next="Number", tracked=False, grid=False),
    Style("Number", "发文字号", align="center", before=2, next="Title", grid=False),
    Style("SubNumber", "题下字号", "subheading", align="center"),
    Style("Addressee", "主送机关", align="left", before=1),
    Style("Heading1", "heading 1", "heading", first=2, keep_next=True, outline=0),
    Style("Heading2", "heading 2", "subheading", first=2, keep_next=True, outline=1),
    Style("Heading3", "heading 3", "body", first=2, keep_next=True, outline=2),
    Style("Heading4", "heading 4", "body", first=2, keep_next=True, outline=3),
    Style("AttachmentNote", "附件说明", align="left", keep_next=True),
    Style("Signature", "发文机关署名", align="right", keep_next=True, next="Date"),
    Style("Date", "成文日期", align="right"),
    Style("Remark", "附注", first=2),
    Style("AttachmentMark", "附件标识", "heading", align="left", keep_next=True, next="AttachmentTitle"),
    Style("AttachmentTitle", "附件标题", "title", SIZE_2, "center", before=1, line=_TITLE_LINE, keep_next=True,
          outline=0, tracked=False),
    Style("TableCaption", "表题", "heading", SIZE_4, "center", before=0.5, keep_next=True, next="TableText",
          tracked=False),
    Style("TableHead", "表头", "heading", SMALL_4, "center", line=-1, keep_next=True, tracked=False),
    Style("TableText", "表内文字", "body", SMALL_4, "left", line=-1, next="TableText", tracked=False),
    Style("TableNote", "表注", "body", SMALL_4, "left", line=20, keep_lines=True, tracked=False),
    Style("Imprint", "版记", "body", SIZE_4, "left", line=24, next="Imprint", tracked=False),
    Style("ImprintRule", "版记分隔线", line=2, next="Imprint"),
    Style("Folio", "页码", "folio", SIZE_4, "right", line=SIZE_4, next="Folio", tracked=False),
    Style("Joint", "分节", line=1, next="Body"),
)  # fmt: skip


def styles_part(profile: Profile) -> bytes:
    """``word/styles.xml``."""
    lang = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    base = w("rPr", fonts(profile, "body"), val("sz", 32), val("szCs", 32), lang)
    defaults = w("docDefaults", w("rPrDefault", base), w("pPrDefault"))
    normal = w("style", val("name", "Normal"), flag("qFormat"), _normal(profile), type="paragraph", default=1,
               styleId="Normal")  # fmt: skip
    table = w(
        "style", val("name", "Normal Table"), val("uiPriority", 99),
        w("tblPr", w("tblInd", w=0, type="dxa"),
          w("tblCellMar", *(w(side, w=0 if side in ("top", "bottom") else 85, type="dxa")
                            for side in ("top", "left", "bottom", "right")))),
        type="table", default=1, styleId="TableNormal",
    )  # fmt: skip
    source = w("style", val("name", "依据序号"), w("rPr", val("color", "404040"), val("vertAlign", "superscript")),
               type="character", customStyle=1, styleId="SourceRef")  # fmt: skip
    return part(w("styles", defaults, normal, table, *(_style(style, profile) for style in STYLES), source))


def _normal(profile: Profile) -> Node:
    # Kept off: hanging marks (they would leave the type area), automatic gaps beside digits and widow control
    # (28 characters a line, 22 lines a page: 5.2.3).
    return w(
        "pPr",
        *(flag(name, False) for name in ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN")),
        flag("adjustRightInd", False),
        w("spacing", before=0, after=0, line=profile.line_twips, lineRule="exact"),
        val("jc", "both"),
    )


def _style(style: Style, profile: Profile) -> Node:
    spacing: dict[str, str | int] = {}
    if style.before:
        # beforeLines is what the officer sees (段前2行); before is for programs that do not know lines.
        spacing = {"beforeLines": int(style.before * 100), "before": int(style.before * profile.line_twips)}
    if style.line > 0:
        spacing |= {"line": int(style.line * 20), "lineRule": "exact"}
    elif style.line < 0:
        spacing |= {"line": 240, "lineRule": "auto"}
    paragraph = w(
        "pPr",
        flag("keepNext") if style.keep_next else None,
        flag("keepLines") if style.keep_lines else None,
        flag("snapToGrid", False) if style.line or not style.grid else None,
        w("spacing", **spacing) if spacing else None,
        indent(profile, first=style.first) if style.first else None,
        val("jc", style.align),
        val("outlineLvl", style.outline) if style.outline is not None else None,
    )
    run = w(
        "rPr",
        fonts(profile, style.face),
        flag("b") if style.id == "Heading3" and profile.bold_level_3 else None,
        val("color", style.colour) if style.colour else None,
        val("spacing", profile.tracking if style.tracked else 0),
        val("sz", int(style.size * 2)),
        val("szCs", int(style.size * 2)),
    )
    custom: dict[str, str | int] = {} if style.name.startswith(("heading", "Title")) else {"customStyle": 1}
    return w(
        "style", val("name", style.name), val("basedOn", "Normal"), val("next", style.next), flag("qFormat"),
        paragraph, run, type="paragraph", **custom, styleId=style.id,
    )  # fmt: skip


def indent(
    profile: Profile, *, first: float = 0, hanging: float = 0, left: float = 0, right: float = 0, size: float = SIZE_3
) -> Node:
    """An indent in characters of ``size``, with its twips for programs that do not know characters."""
    character = int(size * 20) + (profile.tracking if size == SIZE_3 else 0)
    out: dict[str, str | int] = {}
    for name, count in (("left", left), ("right", right), ("firstLine", first), ("hanging", hanging)):
        if count:
            out |= {f"{name}Chars": round(count * 100), name: round(count * character)}
    return w("ind", **out)


def fonts(profile: Profile, face: FaceName) -> Node:
    """The faces of a run: Han characters in ``face``, digits and Latin letters in the profile's Latin face."""
    han: Face = getattr(profile.faces, face)
    latin = han if face == "folio" else profile.faces.latin  # 7.5 wants the digits of the page number in 宋体
    return w("rFonts", ascii=latin.name, hAnsi=latin.name, cs=latin.name, eastAsia=han.name, hint="eastAsia")


def fonts_part(profile: Profile) -> bytes:
    """``word/fontTable.xml``: for each face the names to try when the machine has not got it."""
    seen: dict[str, Node] = {}
    for face in profile.faces.all():
        seen.setdefault(
            face.name,
            w(
                "font",
                val("altName", ",".join(face.fallbacks)) if face.fallbacks else None,
                val("charset", "00" if face is profile.faces.latin else "86"),
                val("family", face.family),
                name=face.name,
            ),
        )
    return part(w("fonts", *seen.values()))
