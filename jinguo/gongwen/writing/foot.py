"""Everything below the text: 附件说明 (7.3.4), signature and date (7.3.5), 附注 (7.3.6) and the 版记 (7.4)."""

import datetime

from jinguo.gongwen.writing.document import Document, Imprint
from jinguo.gongwen.writing.markup import Node, flag, val, w
from jinguo.gongwen.writing.profile import Profile
from jinguo.gongwen.writing.runs import paragraph, run
from jinguo.gongwen.writing.styles import SIZE_4, indent
from jinguo.gongwen.writing.widths import signature_indents, width

_SEAL_ROOM = 2.0  # lines above a signature that takes a seal: its top stays within a line of the text (7.3.5.1)
_THICK, _THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm (7.4.1)


def date_text(date: datetime.date) -> str:
    """``2024年3月5日``: Arabic, in full, not padded (7.3.5.4)."""
    return f"{date.year}年{date.month}月{date.day}日"


def attachment_note(profile: Profile, titles: list[str]) -> list[Node]:
    """附件： and the names, without closing marks; turned lines and further names stand under the first name."""
    nodes = []
    for number, title in enumerate(titles, 1):
        lead = ("附件：" if number == 1 else "") + (f"{number}. " if len(titles) > 1 else "")
        left = 5.0 + (width(f"{number}. ") if len(titles) > 1 else 0.0)
        hanging = width(lead)
        place = indent(profile, left=left, hanging=hanging)
        spacing = _lines_before(profile, 1) if number == 1 else None
        nodes.append(paragraph("AttachmentNote", run(lead + title), ind=place, spacing=spacing))
    return nodes


def closing_nodes(document: Document) -> list[Node]:
    """Signature, date and remark. What the paper has not got is left out, never filled in."""
    profile, nodes = document.profile, []
    signature, date = document.signed_by, date_text(document.date) if document.date else ""
    sign_right, date_right = signature_indents(signature, date, sealed=document.sealed)
    gap = _lines_before(profile, _SEAL_ROOM if document.sealed else 1)
    if signature:
        keep = flag("keepNext", bool(date))
        place = indent(profile, right=sign_right)
        nodes.append(paragraph("Signature", run(signature), keep=keep, spacing=gap, ind=place))
    if date:
        place = indent(profile, right=date_right if signature or document.sealed else 2.0)
        nodes.append(paragraph("Date", run(date), spacing=None if signature else gap, ind=place))
    if document.remark:
        nodes.append(paragraph("Remark", run(f"（{document.remark}）")))
    return nodes


def _lines_before(profile: Profile, lines: float) -> Node:
    return w("spacing", beforeLines=int(lines * 100), before=int(lines * profile.line_twips))


def imprint_nodes(profile: Profile, imprint: Imprint) -> list[Node]:
    """The 版记 as a table that stands on the foot of the type area, and the line it hangs on."""
    rows = []
    if imprint.copies:
        text = "抄送：" + "，".join(imprint.copies).rstrip("。") + "。"
        place = indent(profile, left=4, hanging=3, right=1, size=SIZE_4)
        rows.append(paragraph("Imprint", run(text), ind=place))
    if imprint.printed_by or imprint.printed_on:
        printed = f"{date_text(imprint.printed_on)}印发" if imprint.printed_on else ""
        place = indent(profile, left=1, right=1, size=SIZE_4)
        stop = w("tabs", w("tab", val="right", pos=profile.type_width - int(SIZE_4 * 20)))
        rows.append(paragraph("Imprint", run(f"{imprint.printed_by}\t{printed}"), tabs=stop, ind=place))
    if not rows:
        return []
    return [_imprint_table(profile, rows), paragraph("Joint")]


def _imprint_table(profile: Profile, rows: list[Node]) -> Node:
    place = w(
        "tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="margin",
        tblpXSpec="center", tblpYSpec="bottom",
    )  # fmt: skip
    borders = None
    if profile.imprint_rules:
        sides = (("top", _THICK), ("bottom", _THICK), ("insideH", _THIN))
        borders = w("tblBorders", *(w(side, val="single", sz=size, space=0, color="000000") for side, size in sides))
    cell_margins = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    properties = w(
        "tblPr", place, val("tblOverlap", "never"), w("tblW", w=profile.type_width, type="dxa"), borders,
        w("tblLayout", type="fixed"), cell_margins,
    )  # fmt: skip
    size = w("tcPr", w("tcW", w=profile.type_width, type="dxa"))
    drawn = [w("tr", w("trPr", flag("cantSplit")), w("tc", size, row)) for row in rows]
    return w("tbl", properties, w("tblGrid", w("gridCol", w=profile.type_width)), *drawn)
