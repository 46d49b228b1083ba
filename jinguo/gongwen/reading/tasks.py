"""Tasks and constraints: one measure for each point or item, with what its words say about force, place, people, amounts."""

import re

from jinguo.gongwen.parts import Constraint, Force, Named, Task
from jinguo.gongwen.reading import cues
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.masks import cut
from jinguo.gongwen.reading.names import programmes
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.reading.quantities import quantities
from jinguo.gongwen.reading.windows import first_window

_MODAL = re.compile(r"^(?:[，,、 ]*(?:还|也|都|均)?(?:要|应当|应|必须|务必|须|需要|需|可以|可|请|将|拟|至少))+")
_LEADING = re.compile("通过|围绕|结合|根据|按照|以|利用|即日起|自|从|.{0,12}(?:期间|前|后|起|至.{1,8}日)$")
_STOP = "，；。！？,;"


def measure(ctx: Context, node: Node, start: int, end: int, known: tuple[Named, ...]) -> Task:
    """The one task of a point or of a leaf item: its whole text, titled by its heading."""
    span, owner = cues.actor(ctx, start, end)
    binding: Force = "duty" if node.family == "yao" else cues.force(ctx, start, end, owner)
    leads = [(n.head_end, n.own_end()) for n in node.ancestors() if n is not node and n.level > 1]
    return _task(ctx, start, end, node, "measure", node.heading, span, owner, binding, [(start, end), *leads], known)


def sentence_task(ctx: Context, node: Node | None, start: int, end: int, known: tuple[Named, ...]) -> Task:
    """A task that is one sentence or the first clauses of one."""
    span, owner = cues.actor(ctx, start, end)
    begin = span[1] if span and span[0] == start else start
    modal = _MODAL.match(ctx.text[begin:end])
    begin += modal.end() if modal else 0
    binding = cues.force(ctx, start, end, owner)
    return _task(
        ctx, start, end, node, "task", _title(ctx, begin, end, span), span, owner, binding, [(start, end)], known
    )


def _title(ctx: Context, start: int, end: int, span: tuple[int, int] | None) -> str:
    """The first clause that says what to do: past times, means and the subject."""
    pieces = cut(ctx.mask, start, end, _STOP)
    titles = [ctx.words(a, b) for a, b in pieces]
    if span and any(a <= span[0] < b for a, b in pieces):
        number = next(i for i, (a, b) in enumerate(pieces) if a <= span[0] < b)
        return _MODAL.sub("", ctx.words(span[1], pieces[number][1])).strip() or titles[number]
    return next((t for t in titles if not _LEADING.match(t)), titles[0] if titles else "")


def _task(ctx, start, end, node, kind, title, span, owner, binding, reaches, known) -> Task:  # type: ignore[no-untyped-def]
    answerable = cues.duties(ctx, start, end)
    window = first_window(ctx, start, end)
    questions = [f"与{d.unit}商定了吗？" for d in answerable if d.external]
    if window is not None and window.rule == "window.from_now" and window.start is None:
        questions.append("“即日”从哪一天算起？文中没有成文日期。")
    return Task(
        id="", text=ctx.words(start, end).strip("，。；"), title=title, kind=kind,
        actor=ctx.words(span[0], span[1]) if span else None, owner=owner, force=binding,
        reach=cues.reach(ctx, reaches, owner), node=node.id if node else None, venues=cues.venues(ctx, start, end),
        groups=cues.groups(ctx, start, end), brands=programmes(ctx, start, end, known), quantities=quantities(ctx, start, end),
        forms=cues.forms(ctx, start, end), duties=answerable, window=window, questions=tuple(questions),
        src=ctx.src(start, end), rule=f"task.{'point' if node and node.kind == 'point' else kind}", inferred=span is None,
        conf=node.conf if node else "mid",
    )  # fmt: skip


def requirement(ctx: Context, node: Node | None, start: int, end: int) -> Constraint:
    """A limit on how the work is done, from a section of requirements."""
    _, owner = cues.actor(ctx, start, end)
    pieces = cut(ctx.mask, start, end, _STOP)
    title = node.heading if node else ctx.text[pieces[0][0] : pieces[0][1]].strip() if pieces else ""
    return Constraint(
        id="", text=ctx.words(start, end).strip("，。；"), kind="requirement", force=cues.force(ctx, start, end, owner),
        title=title.replace("\n", ""), node=node.id if node else None, src=ctx.src(start, end), rule="constraint.requirement",
    )  # fmt: skip


def ban(ctx: Context, node: Node | None, start: int, end: int, what: str) -> Constraint:
    """不得…, 严禁…, 不评奖."""
    return Constraint(
        id="", text=ctx.words(start, end).strip("，。；"), kind="ban", force="ban", what=what.strip(" 。；"),
        title=what.strip(" 。；"), node=node.id if node else None, src=ctx.src(start, end), rule="constraint.ban",
    )  # fmt: skip
