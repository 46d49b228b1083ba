"""Tasks and constraints: one measure for each point or item, with what its words say about force, place, people, amounts."""

import re
from dataclasses import replace

from jinguo.gongwen.parts import Constraint, Named, Task
from jinguo.gongwen.reading import cues
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.masks import cut
from jinguo.gongwen.reading.names import programmes
from jinguo.gongwen.reading.outline import Node
from jinguo.gongwen.reading.quantities import quantities
from jinguo.gongwen.reading.responsibility import duties
from jinguo.gongwen.reading.scope import forms, groups, venues
from jinguo.gongwen.reading.windows import first_window

_MODAL = re.compile("(?:[，、 ]*[还也都均]?(?:要|应当|应|必须|务必|须|需要|需|可以|可|请|将|拟|至少))+")
_LEADING = re.compile("通过|围绕|结合|根据|按照|以|利用|即日起|自|从|.{0,12}(?:期间|前|后|起|至.{1,8}日)$")
_CLAUSE_ENDS = "，；。！？"


def measure(ctx: Context, node: Node, start: int, end: int, known: tuple[Named, ...]) -> Task:
    """The one task of a point or of a leaf item: its whole text, titled by its heading. 一要 is a duty whatever follows."""
    task = _task(ctx, node, start, end, known)
    leads = [(n.head_end, n.own_end()) for n in node.ancestors() if n is not node and n.level > 1]
    return replace(
        task, kind="measure", title=node.heading, force="duty" if node.family == "yao" else task.force,
        reach=cues.reach(ctx, [(start, end), *leads], task.owner), conf=node.conf,
        rule="task.point" if node.kind == "point" else "task.item",
    )  # fmt: skip


def sentence_task(ctx: Context, node: Node | None, start: int, end: int, known: tuple[Named, ...]) -> Task:
    """A task that is one sentence or the first clauses of one."""
    return replace(_task(ctx, node, start, end, known), title=_title(ctx, start, end), conf="mid", rule="task.sentence")


def _task(ctx: Context, node: Node | None, start: int, end: int, known: tuple[Named, ...]) -> Task:
    span, owner = cues.actor(ctx, start, end)
    answerable = duties(ctx, start, end)
    window = first_window(ctx, start, end)
    questions = [f"与{d.unit}商定了吗？" for d in answerable if d.external]
    if window is not None and window.rule == "window.from_now" and window.start is None:
        questions.append("“即日”从哪一天算起？文中没有成文日期。")
    return Task(
        id="", text=_text(ctx, start, end), title="", kind="task", actor=ctx.words(*span) if span else None, owner=owner,
        force=cues.force(ctx, start, end, owner), reach=cues.reach(ctx, [(start, end)], owner), node=node.id if node else None,
        venues=venues(ctx, start, end), groups=groups(ctx, start, end), brands=programmes(ctx, start, end, known),
        quantities=quantities(ctx, start, end), forms=forms(ctx, start, end), duties=answerable, window=window,
        questions=tuple(questions), src=ctx.src(start, end), inferred=span is None,
    )  # fmt: skip


def _text(ctx: Context, start: int, end: int) -> str:
    return ctx.words(start, end).strip("，。；,;")


def _title(ctx: Context, start: int, end: int) -> str:
    """The first clause that says what to do: past the subject and its modal, past times and means."""
    span, _ = cues.actor(ctx, start, end)
    pieces = cut(ctx.mask, start, end, _CLAUSE_ENDS)
    for a, b in pieces:
        if span and a <= span[0] < b:
            return _from_verb(ctx, span[1], b) or ctx.words(a, b)
    clauses = [_from_verb(ctx, a, b) for a, b in pieces]
    return next((c for c in clauses if not _LEADING.match(c)), clauses[0] if clauses else "")


def _from_verb(ctx: Context, start: int, end: int) -> str:
    modal = _MODAL.match(ctx.text, start, end)
    return ctx.words(modal.end() if modal else start, end)


def requirement(ctx: Context, node: Node | None, start: int, end: int) -> Constraint:
    """A limit on how the work is done, from a section of requirements."""
    _, owner = cues.actor(ctx, start, end)
    return Constraint(
        id="", text=_text(ctx, start, end), kind="requirement", force=cues.force(ctx, start, end, owner),
        title=node.heading if node else _title(ctx, start, end), node=node.id if node else None, src=ctx.src(start, end),
        rule="constraint.requirement",
    )  # fmt: skip


def ban(ctx: Context, node: Node | None, start: int, end: int, what: str) -> Constraint:
    """不得…, 严禁…, 不评奖."""
    return Constraint(
        id="", text=_text(ctx, start, end), kind="ban", force="ban", what=what, title=what, node=node.id if node else None,
        src=ctx.src(start, end), rule="constraint.ban",
    )  # fmt: skip
