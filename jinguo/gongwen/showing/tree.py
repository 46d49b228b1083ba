"""The record as a tree that a person reads from top to bottom. In Chinese, as the paper is."""

from collections.abc import Iterator

from jinguo.gongwen.parts import Event, OutlineNode, ReportDuty, Task
from jinguo.gongwen.record import Record

_NONE = "（原文没有写）"
_FORCES = {"duty": "要", "ban": "不得", "option": "可", "plan": "将", "fact": "已", "request": "请"}


def tree(record: Record) -> Iterator[str]:
    """The record as lines a person reads from top to bottom."""
    yield from _head(record)
    yield ""
    yield "正文"
    for node in record.outline:
        yield from _node(record, node)
    loose = [t for t in record.tasks if t.node is None]
    for task in loose:
        yield from _task(task, "  ")
    yield from _events([e for e in record.events if e.node is None], "  ")
    yield ""
    yield from _duties(record)
    yield from _rest(record)


def _head(record: Record) -> Iterator[str]:
    yield record.title.text if record.title else "（没有读到标题）"
    yield f"  发文字号  {record.doc_number.text if record.doc_number else _NONE}"
    yield f"  发文机关  {record.issuer.text if record.issuer else _NONE}"
    yield f"  主送      {'；'.join(r.text for r in record.recipients) or _NONE}"
    yield f"  主题      {record.theme.text if record.theme else _NONE}"
    yield f"  成文日期  {record.sign.date or _NONE}"
    if record.imprint.date:
        yield f"  印发日期  {record.imprint.date}"


def _node(record: Record, node: OutlineNode) -> Iterator[str]:
    indent = "  " * node.level
    yield f"{indent}{node.marker}{node.heading}  [{node.clause}]"
    for task in record.tasks:
        if task.node == node.id:
            yield from _task(task, indent + "  ", titled=task.title == node.heading)
    yield from _events([e for e in record.events if e.node == node.id], indent + "  ")


def _task(task: Task, indent: str, *, titled: bool = False) -> Iterator[str]:
    facts = [
        ("场所", [v.text for v in task.venues]),
        ("对象", [g.text for g in task.groups]),
        ("品牌", [b.text for b in task.brands]),
        ("数量", [q.text for q in task.quantities]),
        ("分工", [f"{d.unit}（{d.role}）" for d in task.duties]),
    ]
    said = "；".join(f"{label}：{'、'.join(values)}" for label, values in facts if values)
    yield f"{indent}→ {task.id} [{_FORCES[task.force]}] {'' if titled else task.title}{' ' if said and not titled else ''}{said}".rstrip()


def _events(events: list[Event], indent: str) -> Iterator[str]:
    for event in events:
        when = event.date or (event.window.text if event.window else "没有日期")
        yield f"{indent}◆ {event.id} {event.name}（{event.kind}，{when}）"


def _duties(record: Record) -> Iterator[str]:
    for duty in record.report_duties:
        yield f"报送  {duty.id} {duty.object or _NONE} → {duty.to or _NONE}，{_due(duty)}"
        for channel in duty.channels:
            yield f"      {channel.kind}：{channel.value}"
    for one in record.constraints:
        yield f"{'要求' if one.kind == 'requirement' else '不得'}  {one.id} {one.title}"
    for contact in record.contacts:
        yield f"联系  {contact.kind}：{contact.value}"


def _due(duty: ReportDuty) -> str:
    if duty.due:
        return f"{duty.due}{' ' + duty.time if duty.time else ''}{'前' if duty.edge == 'before' else ''}"
    if duty.anchor or duty.recurrence:
        return "按原文推算"
    return f"没有日期（“{duty.soft}”）" if duty.soft else "没有日期"


def _rest(record: Record) -> Iterator[str]:
    for gap in record.gaps:
        yield f"缺    {gap.text}"
    for one in record.deviations:
        yield f"异样  {one.text}：{one.message}"
    unread = [s for s in record.sentences if s.bucket == "none"]
    yield f"共 {len(record.sentences)} 句，{len(unread)} 句没有归类"
    for sentence in unread:
        yield f"      {sentence.src[0].quote}"
