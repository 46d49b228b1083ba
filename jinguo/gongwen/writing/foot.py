"""Everything below the text: 附件说明 (7.3.4), signature and date (7.3.5), 附注 (7.3.6) and the 版记 (7.4)."""

import datetime

from jinguo.gongwen.writing.document import Document, Imprint
from jinguo.gongwen.writing.markup import Node, flag, val, w
from jinguo.gongwen.writing.profile import Profile
from jinguo.gongwen.writing.runs import paragraph, run
from jinguo.gongwen.writing.styles import SIZE_4, indent
from jinguo.gongwen.writing.widths import signature_indents, width

_SEAL_ROOM = 2.0  # lines above a signature that takes a seal: its top stays within a line of the text (7.3.5.1)
_THICK, _THIN = 20, 14  # twips: 0.35 mm and 0.25 mm (7.4.1)


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
    sign_place, date_place = (
        _sealed(profile, signature, date) if document.sealed else _unsealed(profile, signature, date)
    )
    gap = _lines_before(profile, _SEAL_ROOM if document.sealed else 1)
    if signature:
        keep = flag("keepNext", bool(date))
        nodes.append(paragraph("Signature", run(signature), keep=keep, spacing=gap, **sign_place))
    if date:
        nodes.append(paragraph("Date", run(date), spacing=None if signature else gap, **date_place))
    if document.remark:
        nodes.append(paragraph("Remark", run(f"（{document.remark}）")))
    return nodes


def _unsealed(profile: Profile, signature: str, date: str) -> tuple[dict[str, Node], dict[str, Node]]:
    """The longer of the two stands 2 in from the right; the other is placed by where it begins.

    So the step of two characters between their beginnings (7.3.5.2) holds whatever the digits' width in the face.
    """
    sign_right, date_right = signature_indents(signature, date, sealed=False)
    if not signature or not date:
        two_in = {"ind": indent(profile, right=2)}
        return two_in, two_in
    if width(date) <= width(signature):
        return {"ind": indent(profile, right=sign_right)}, _from_left(profile, date_right + width(date))
    return _from_left(profile, sign_right + width(signature)), {"ind": indent(profile, right=date_right)}


def _from_left(profile: Profile, characters: float) -> dict[str, Node]:
    """Begin ``characters`` before the right edge."""
    left = profile.type_width - round(characters * (320 + profile.tracking))
    return {"ind": w("ind", left=max(left, 0)), "jc": val("jc", "left")}


def _sealed(profile: Profile, signature: str, date: str) -> tuple[dict[str, Node], dict[str, Node]]:
    """Both centred on one axis, half the date and 4 characters from the right edge (7.3.5.1)."""
    _, date_right = signature_indents(signature, date, sealed=True)
    box = max(width(date) + 2 * date_right, width(signature))
    left = profile.type_width - round(box * (320 + profile.tracking))
    place = {"ind": w("ind", left=max(left, 0)), "jc": val("jc", "center")}
    return place, place


def _lines_before(profile: Profile, lines: float) -> Node:
    return w("spacing", beforeLines=int(lines * 100), before=int(lines * profile.line_twips))


def imprint_nodes(profile: Profile, imprint: Imprint) -> list[Node]:
    """The 版记, a frame that stands on the foot of the type area of the page its last line is anchored to."""
    rows = []
    if imprint.copies:
        text = "抄送：" + "，".join(imprint.copies).rstrip("。") + "。"
        rows.append(_framed(profile, text, left=4, hanging=3, right=1))
    if imprint.printed_by or imprint.printed_on:
        printed = f"{date_text(imprint.printed_on)}印发" if imprint.printed_on else ""
        rows.append(_framed(profile, f"{imprint.printed_by}\t{printed}", left=1, right=1))
    if not rows:
        return []
    nodes = [_rule(profile, _THICK), rows[0]]
    for row in rows[1:]:
        nodes += [_rule(profile, _THIN), row]
    return [*nodes, _rule(profile, _THICK), paragraph("Joint")]


def _frame(profile: Profile) -> Node:
    # Every paragraph carries the same frame, and so they are one. A floating table would do in Word, but
    # LibreOffice lets a table as wide as the type area run with the text.
    return w("framePr", w=profile.type_width, hSpace=0, wrap="around", vAnchor="margin", hAnchor="margin",
             xAlign="center", yAlign="bottom")  # fmt: skip


def _framed(profile: Profile, text: str, *, left: float, right: float, hanging: float = 0) -> Node:
    place = indent(profile, left=left, right=right, hanging=hanging, size=SIZE_4)
    stop = w("tabs", w("tab", val="right", pos=profile.type_width - int(SIZE_4 * 20))) if "\t" in text else None
    return paragraph("Imprint", run(text), frame=_frame(profile), tabs=stop, ind=place)


def _rule(profile: Profile, thickness: int) -> Node:
    """A rule as wide as the type area: a filled line of its own, ``thickness`` twips high.

    Not a border: it would keep to the text's indents, and LibreOffice undoes a frame with borders inside.
    """
    fill = w("shd", val="clear", color="auto", fill="000000") if profile.imprint_rules else None
    spacing = w("spacing", line=thickness, lineRule="exact")
    return paragraph("ImprintRule", frame=_frame(profile), fill=fill, spacing=spacing)
