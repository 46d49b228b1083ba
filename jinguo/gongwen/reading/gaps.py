"""What a plan needs and the paper does not say, and what differs from the usual form. Says so; fills nothing in."""

import re

from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.findings import Findings
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.reading.view import HAN
from jinguo.gongwen.remarks import DeclaredCount, Deviation, Gap

_SENTENCES = {
    "title": "没有读到标题。",
    "doc_number": "没有读到发文字号。",
    "recipients": "没有读到主送单位。",
    "sign.org": "没有发文机关署名。",
    "sign.date": "没有成文日期；印发日期不能代替成文日期。",
    "contact.person": "没有联系人姓名。",
    "contact.phone": "没有联系电话。",
    "contact.email": "要求报送，却没有写邮箱或其他报送方式。",
    "event.date": "所有活动都没有写具体日期。",
    "report.due": "有报送要求没有写日期。",
    "quota": "没有写数量或名额。",
    "owner.department": "没有写牵头或责任部门。",
    "attachment": "没有附件。",
    "window.start": "写了“即日起”，却没有成文日期，起始日算不出来。",
}


def gaps(ctx: Context, found: Findings, present: dict[str, bool], nodes: list[Node]) -> tuple[Gap, ...]:
    """present: what the head and tail gave (title, doc_number, recipients, sign.org, sign.date, attachment)."""
    kinds = {contact.kind for contact in found.contacts}
    missing = {
        **{code: not there for code, there in present.items()},
        "contact.person": "person_role" not in kinds,
        "contact.phone": "phone" not in kinds,
        "contact.email": bool(found.report_duties)
        and not any(d.channels for d in found.report_duties)
        and "email" not in kinds,
        "event.date": bool(found.events) and not any(e.date or (e.window and e.window.start) for e in found.events),
        "report.due": any(not d.due and not d.anchor and not d.recurrence for d in found.report_duties),
        "quota": not any(t.quantities for t in found.tasks) and not any(d.limits for d in found.report_duties),
        "owner.department": not any(t.duties for t in found.tasks) and not any(e.duties for e in found.events),
        "window.start": any(
            t.window and t.window.rule == "window.from_now" and not t.window.start for t in found.tasks
        ),
    }
    out = [
        Gap(code=code, text=_SENTENCES[code], rule=f"gap.{code}") for code, is_missing in missing.items() if is_missing
    ]
    return (*out, *_missing_numbers(ctx, nodes))


def _missing_numbers(ctx: Context, nodes: list[Node]) -> list[Gap]:
    """一是…三是 without 二是; a series that starts at 二要; （一）（三）."""
    out = []
    last: dict[tuple[str | None, str], Node] = {}
    for node in nodes:
        key = (node.parent.id if node.parent else None, node.family or node.rule)
        before = last.get(key)
        expected = before.number + 1 if before and before.number < node.number else 1
        if node.number and node.number != 99 and node.number > expected and (node.kind == "point" or before):
            src = ctx.src(node.start, node.head_end)
            text = f"“{node.marker}”之前缺少同一组的前一项。"
            out.append(Gap(code="number.missing", text=text, src=src, rule="gap.number.missing"))
        last[key] = node
    return out


def deviations(ctx: Context, nodes: list[Node], counts: tuple[DeclaredCount, ...]) -> list[Deviation]:
    """Half-width brackets, blanks and doubled marks at labels, counts that do not add up."""
    return [*_brackets(ctx), *_labels(ctx, nodes), *_counts(counts)]


def _brackets(ctx: Context) -> list[Deviation]:
    touching = re.compile(rf"(?<={HAN})\([^()\n]{{1,40}}\)|\([^()\n]{{0,40}}{HAN}[^()\n]{{0,40}}\)")
    return [
        Deviation(text=m[0].replace("\n", ""), code="bracket.halfwidth", message="半角括号，应为全角（）", src=ctx.src(m.start(), m.end()), rule="gbt15834.4.9")
        for m in touching.finditer(ctx.view.plain)
    ]  # fmt: skip


_LABEL_FAULTS = (
    (re.compile(r"^[（(]\S{1,3}[）)]、"), "marker.double", "（一）后面不加顿号"),
    (re.compile(r"^[一二三四五六七八九十]{1,3}[.．]"), "marker.dot", "一级标题用“一、”"),
    (re.compile(r"^\d{1,2}、"), "marker.comma", "阿拉伯数字序号用“1.”"),
)


def _labels(ctx: Context, nodes: list[Node]) -> list[Deviation]:
    out = []
    for node in nodes:
        if node.kind != "heading" or not node.marker:
            continue
        label = ctx.view.plain[node.start : node.head_start]
        src = ctx.src(node.start, node.start + len(label.rstrip()))
        if label != label.rstrip(" \u3000"):
            words = label.rstrip()
            out.append(
                Deviation(text=words, code="marker.space", message="序号后面多了空格", src=src, rule="gbt15834.b3")
            )
        for pattern, code, message in _LABEL_FAULTS:
            if pattern.match(label):
                out.append(Deviation(text=label.rstrip(), code=code, message=message, src=src, rule="gbt15834.b3"))
    return out


def _counts(counts: tuple[DeclaredCount, ...]) -> list[Deviation]:
    return [
        Deviation(
            text=c.text, code="count.declared", message=f"写的是{c.n}项，列出的是{c.found}项", src=c.src, rule="c2"
        )
        for c in counts
        if c.n != c.found
    ]
