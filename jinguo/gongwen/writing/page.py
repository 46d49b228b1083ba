"""The page: sheet, margins, grid, upright or sideways, and the page number below the type area (5, 7.5, 8)."""

from jinguo.gongwen.writing.markup import Node, flag, part, val, w
from jinguo.gongwen.writing.profile import SHEET, PageNumber, Profile, twips
from jinguo.gongwen.writing.runs import paragraph, run
from jinguo.gongwen.writing.styles import SIZE_4, fonts, indent

# Relationship ids of the four footers, written out by ``package``.
UPRIGHT, SIDEWAYS = ("footer1", "footer2"), ("footer3", "footer4")

# Sideways pages lie with the binding edge of odd pages, the fore-edge of even ones, on top (8). One margin must
# serve both, so each pair of edges is shared evenly; 27 and 36 mm keep 订口 28 ± 1 and 天头 37 ± 1 (5.2.1).
_DASH_BELOW_TYPE_AREA = 7.0  # mm: 7.5
# From the dash to the foot of a 14 pt line set exactly: the base line lies at 4/5 of the line, the dash above it.
_DASH_TO_LINE_FOOT = 2.45  # mm


def section(profile: Profile, *, landscape: bool = False, ends_page: bool = True) -> Node:
    """The properties of a section; put in the last paragraph of the section, or at the end of the body."""
    edges, (wide, high) = profile.margins, SHEET
    foot = twips(edges.bottom - _DASH_BELOW_TYPE_AREA - _DASH_TO_LINE_FOOT)
    if landscape:
        side, edge = twips((edges.top + edges.bottom) / 2), twips((edges.left + edges.right) / 2)
        size = w("pgSz", w=twips(high), h=twips(wide), orient="landscape")
        margins = {"top": edge, "right": side, "bottom": edge, "left": side}
    else:
        size = w("pgSz", w=twips(wide), h=twips(high))
        margins = {"top": twips(edges.top), "right": twips(edges.right)}
        margins |= {"bottom": twips(edges.bottom), "left": twips(edges.left)}
    ids = SIDEWAYS if landscape else UPRIGHT
    footers = []
    if profile.page_number is not PageNumber.NONE:
        footers = [_reference(kind, part_id) for kind, part_id in zip(("default", "even"), ids, strict=True)]
    return w(
        "sectPr",
        *footers,
        val("type", "nextPage") if ends_page else None,
        size,
        w("pgMar", **margins, header=twips(15), footer=max(foot, 0), gutter=0),
        # Lines only: with a negative charSpace LibreOffice gives every character two cells.
        w("docGrid", type="lines", linePitch=profile.line_twips),
    )


def _reference(kind: str, part_id: str) -> Node:
    node = w("footerReference", type=kind)
    node.attributes["r:id"] = part_id
    return node


def footer_parts(profile: Profile) -> dict[str, bytes]:
    """The footers by name: odd and even upright, odd and even sideways. Empty when pages are not numbered."""
    if profile.page_number is PageNumber.NONE:
        return {}
    odd, even = UPRIGHT
    parts = {odd: _upright(profile, odd=True), even: _upright(profile, odd=False)}
    parts |= {name: _sideways(profile, odd=name == SIDEWAYS[0]) for name in SIDEWAYS}
    return parts


def _upright(profile: Profile, *, odd: bool) -> bytes:
    if profile.page_number is PageNumber.CENTRE:
        place: dict[str, Node | None] = {"jc": val("jc", "center")}
    elif odd:
        place = {"ind": indent(profile, right=1, size=SIZE_4), "jc": val("jc", "right")}
    else:
        place = {"ind": indent(profile, left=1, size=SIZE_4), "jc": val("jc", "left")}
    return part(w("ftr", paragraph("Folio", *_number(profile), **place)))


def _sideways(profile: Profile, *, odd: bool) -> bytes:
    """The number where upright pages have it (8): on the left edge of the sideways sheet, turned with the sheet."""
    edges = profile.margins
    outer = SHEET[0] - edges.right if odd else (edges.right if profile.duplex else edges.left)
    em, length, thick = SIZE_4 * 25.4 / 72, 50.0, 8.0
    if profile.page_number is PageNumber.CENTRE:
        top, align = (SHEET[0] - length) / 2, "center"
    elif odd:
        top, align = outer - em - length, "right"
    else:
        top, align = outer + em, "left"
    left = edges.bottom - _DASH_BELOW_TYPE_AREA - thick / 2
    where = w("tblpPr", vertAnchor="page", horzAnchor="page", tblpX=twips(left), tblpY=twips(top))
    cell = w(
        "tc",
        w("tcPr", w("tcW", w=twips(thick), type="dxa"), val("textDirection", "tbRl"), val("vAlign", "center")),
        paragraph("Folio", *_number(profile), jc=val("jc", align)),
    )
    table = w(
        "tbl",
        w("tblPr", where, w("tblW", w=twips(thick), type="dxa"), w("tblLayout", type="fixed"), _no_cell_margins()),
        w("tblGrid", w("gridCol", w=twips(thick))),
        w("tr", w("trPr", w("trHeight", val=twips(length), hRule="exact")), cell),
    )
    return part(w("ftr", table, paragraph("Folio")))


def _no_cell_margins() -> Node:
    return w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))


def _number(profile: Profile) -> list[Node]:
    """``— 1 —`` with the number as a field."""
    face = fonts(profile, "folio")

    def char(kind: str) -> Node:
        return w("r", w("rPr", face), w("fldChar", fldCharType=kind))

    code = Node("w:instrText", {"xml:space": "preserve"}, [], " PAGE ")
    field = [char("begin"), w("r", w("rPr", face), code), char("separate"), run("1", face=face), char("end")]
    return [run("— ", face=face), *field, run(" —", face=face)]


def settings_part(profile: Profile) -> bytes:
    """``word/settings.xml``."""
    setting: dict[str, str | int] = {
        "name": "compatibilityMode",
        "uri": "http://schemas.microsoft.com/office/word",
        "val": 15,
    }
    compat = ("spaceForUL", "balanceSingleByteDoubleByteWidth", "doNotLeaveBackslashAlone", "ulTrailSpace")
    return part(
        w(
            "settings",
            w("zoom", percent=100),
            flag("mirrorMargins") if profile.duplex else None,
            w("defaultTabStop", val=420),
            flag("evenAndOddHeaders"),
            val("characterSpacingControl", "doNotCompress"),
            # A raised source number stays on the line of its sentence: no line begins with [ .
            w("noLineBreaksAfter", lang="zh-CN", val="([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"),
            w("noLineBreaksBefore", lang="zh-CN",
              val="!),.:;?]}¨·ˇˉ―‖’”…∶、。〃々〉》」』】〕〗！＂＇），．：；？］｀｜｝～￠["),
            w("compat", *map(flag, compat), flag("doNotExpandShiftReturn"), w("compatSetting", **setting)),
            w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        )
    )  # fmt: skip
