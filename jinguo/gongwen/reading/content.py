"""The body, sentence by sentence: each falls into exactly one bucket, and leaves are read from it on the way.

The order of the questions in `_Body._classify` is the order of precedence: a sentence that asks for a report is a
report duty even when it also forbids something; what it forbids is then read as well.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from jinguo.gongwen.parts import Background, Bucket, Event, Goal, Named, Text
from jinguo.gongwen.reading import cues, tasks
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.deadlines import deadlines
from jinguo.gongwen.reading.events import announces_plan, heading_event, sentence_events
from jinguo.gongwen.reading.findings import Findings
from jinguo.gongwen.reading.masks import cut, sentences
from jinguo.gongwen.reading.outline import Node, node_at
from jinguo.gongwen.reading.quantities import quantities
from jinguo.gongwen.reading.reports import report_duties
from jinguo.gongwen.reading.slots import as_of, node_when, place_in
from jinguo.gongwen.reading.view import Paragraph

_CLOSING = re.compile("特此(?:通知|函告|报告|请示|通报|公告|函达)|此(?:通知|复|函)")
_YEAR = re.compile("之年|周年|年份|重要时期|关键时期|以来|为(?:了|进一步|深入|全面|充分|认真)")
_CONTACT_LINE = re.compile("联[ ]?系[ ]?人|联系电话|联系方式|电话|邮箱|传真|地[ ]?址|咨询|邮编|热线")
_SLOT_ROLES = ("time", "place", "who", "contact")
_NAMED_THEME = re.compile("主题(?:是|为|：|活动为)?“(?P<a>[^“”\n]+)”|以“(?P<b>[^“”\n]+)”为主题")
_GUIDANCE = "goal.section_lead"


def read_body(
    ctx: Context, found: Findings, paragraphs: list[Paragraph], nodes: list[Node], start: int, known: tuple[Named, ...]
) -> None:
    """Read everything of the body from view position `start` on into `found`."""
    body = _Body(ctx, found, nodes, known)
    for paragraph in paragraphs:
        if paragraph.end > start:
            body.paragraph(max(paragraph.start, start), paragraph.end)
    body.finish()


class _Body:
    def __init__(self, ctx: Context, found: Findings, nodes: list[Node], known: tuple[Named, ...]) -> None:
        self.ctx, self.found, self.nodes, self.known = ctx, found, nodes, known
        self._measured: dict[str, list[tuple[int, int]]] = {}  # node id -> stretches of its task
        self._required: dict[str, list[tuple[int, int]]] = {}
        self._heading_events: dict[str, Event | None] = {}
        headed = [n for n in nodes if n.kind == "heading" and n.extent != "heading.first_clause"]
        after_stop = {n.start for n in nodes if n.kind == "heading" or self.ctx.text[n.start - 1] in "。！？\n"}
        self._starts = sorted(after_stop | {self._body_start(n) for n in headed})
        self._contact_at = sorted(s.start for c in found.contacts for s in c.src)

    def _body_start(self, node: Node) -> int:
        """Where the words after a run-in heading begin: past its full stop or colon."""
        end = node.head_end
        while end < node.end and self.ctx.text[end] in "。：:；！ \u3000":
            end += 1
        return end

    def paragraph(self, start: int, end: int) -> None:
        for a, b in sentences(self.ctx.mask, start, end):
            inner = self._starts[bisect_right(self._starts, a) : bisect_left(self._starts, b)]
            for x, y in zip([a, *inner], [*inner, b], strict=True):
                if self.ctx.text[x:y].strip(" \u3000\n。"):
                    self._sentence(x, y)

    def _sentence(self, start: int, end: int) -> None:
        node = node_at(self.nodes, start)
        bucket, rule = self._classify(node, start, end)
        self.found.sentence(start, end, bucket, rule, node.id if node else None)

    def _classify(self, node: Node | None, start: int, end: int) -> tuple[Bucket, str]:
        if node is not None and node.kind == "heading" and start < node.head_end:
            heading = self._heading(node)
            if heading[1] == "heading.event" or not self._says_it_all(node):
                return heading
        if node is not None and node.role == "theme":
            return self._theme(node, start, end)
        if _CLOSING.search(self.ctx.text, start, end) and end - start < 20:
            return "background", "background.closing"
        report = self._report(node, start, end)
        if report:
            return report
        self._bans(node, start, end)
        due = self._deadlines(node, start, end)
        if node is not None and node.role == "requirements":
            return self._requirement(node, start, end)
        point = node.in_point() if node else None
        if point is not None:
            return self._point(point, start, end)
        return self._free(node, start, end, due)

    def _says_it_all(self, node: Node) -> bool:
        """The item has no words but its first sentence: that sentence is its content, not a heading over one."""
        if node.extent == "heading.first_clause":
            return True
        if node.children or self.ctx.text[node.head_end : node.end].strip("。；！ \u3000\n"):
            return False
        closed = self.ctx.text[node.head_end : node.head_end + 1] in ("。", "；", "！")
        return (node.level >= 3 and (closed or node.parent is not None)) or (closed and node.parent is not None)

    def _heading(self, node: Node) -> tuple[Bucket, str]:
        """A heading that is itself an event makes one; the others only name their section."""
        if node.role in ("theme", "requirements", "goal", "rules", *_SLOT_ROLES) or any(
            n.kind == "point" for n in node.children
        ):
            return "heading", node.rule
        event = heading_event(self.ctx, node.head_start, node.head_end)
        if event is None or (node.parent is None and node.role is not None and event.verb == ""):
            return "heading", node.rule
        event = self._fuller(node, event)
        when = node_when(self.ctx, node)
        span, owner = cues.actor(self.ctx, self._body_start(node), node.end)
        event = replace(
            event, owner=owner, owner_text=self.ctx.text[span[0] : span[1]] if span else None, node=node.id,
            date=when.day.day.isoformat() if when and when.day and when.day.day else None,
            time=when.day.time if when and when.day else None, window=when.window if when else None,
            place=place_in(self.ctx, self._body_start(node), node.end), inferred=bool(when and when.day and when.day.inferred),
            duties=event.duties or cues.duties(self.ctx, node.head_end, node.end),
        )  # fmt: skip
        self._heading_events[node.id] = self.found.add(event, node.head_start, node.head_end)
        return "heading", "heading.event"

    def _fuller(self, node: Node, event: Event) -> Event:
        """（一）启动仪式。…举办“X”启动仪式 — the body gives the whole name."""
        for a, b in sentences(self.ctx.mask, self._body_start(node), node.own_end()):
            for other in sentence_events(self.ctx, a, b).events:
                if other.name != event.name and other.name.endswith(event.name):
                    return replace(
                        event, name=other.name, src=other.src, facets=other.facets, rule="event.heading_body"
                    )
        return event

    def _theme(self, node: Node, start: int, end: int) -> tuple[Bucket, str]:
        if self.found.theme is None:
            named = _NAMED_THEME.search(self.ctx.text, start, end)
            if named:
                start, end = named.span("a" if named["a"] else "b")
            text = self.ctx.words(start, end).strip(' \u3000。“”"')
            self.found.theme = Text(text=text, src=self.ctx.src(start, end), rule="theme.section")
        return "theme", "theme.section"

    def _report(self, node: Node | None, start: int, end: int) -> tuple[Bucket, str] | None:
        name = node.id if node else None
        duties = report_duties(self.ctx, start, end, name)
        if not duties and self._consequence(start, end):
            return "report", "report.consequence"
        for one in duties:
            self.found.add(one.duty, start, end)
            for due in one.deadlines:
                self.found.add(due, start, end)
            point = node.in_point() if node else None
            if point is not None:
                self._point(point, start, end)
            elif one.clause > start and self._acts(start, one.clause):
                self.found.add(tasks.sentence_task(self.ctx, node, start, one.clause, self.known), start, one.clause)
        return ("report", duties[0].duty.rule) if duties else None

    def _consequence(self, start: int, end: int) -> bool:
        """逾期不报者，视为放弃 right after a report duty belongs to it."""
        m = re.match(
            "逾期[^。；]{0,8}?(?:视为|视同|不予|按)(?P<what>[^，。；]{2,16})", self.ctx.text[start:end].strip()
        )
        last = self.found.sentences[-1] if self.found.sentences else None
        if m is None or last is None or last[2] != "report" or not self.found.report_duties:
            return False
        self.found.report_duties[-1] = replace(self.found.report_duties[-1], consequence=m["what"])
        return True

    def _acts(self, start: int, end: int) -> bool:
        """The clauses before a report ask for something of their own."""
        span, _ = cues.actor(self.ctx, start, end)
        words = self.ctx.text[span[1] if span else start : end]
        return (
            len(words.strip("，；,; ")) >= 4 and re.search("要|须|应|务必|认真|积极|做好|开展|组织", words) is not None
        )

    def _bans(self, node: Node | None, start: int, end: int) -> None:
        for a, b, what in cues.bans(self.ctx, start, end):
            if what:
                self.found.add(tasks.ban(self.ctx, node, a, b, what), a, b)

    def _deadlines(self, node: Node | None, start: int, end: int) -> bool:
        due = deadlines(self.ctx, start, end, node.id if node else None)
        for one in due:
            self.found.add(one, start, end)
        return bool(due)

    def _requirement(self, node: Node, start: int, end: int) -> tuple[Bucket, str]:
        owner = next((n for n in node.ancestors() if n.level > 1 or n.kind == "point"), node)
        if owner.parent is None and owner.children == [] and owner.kind == "heading":
            self.found.add(tasks.requirement(self.ctx, None, start, end), start, end)
        else:
            self._required.setdefault(owner.id, []).append((start, end))
        return "constraint", "constraint.requirement"

    def _point(self, point: Node, start: int, end: int) -> tuple[Bucket, str]:
        others = [
            n for n in self._starting_in(start, end) if n is not point and n.kind == "point" and n.in_point() is n
        ]
        for one in [point, *others]:
            self._measured.setdefault(one.id, []).append((max(start, one.start), min(end, one.end)))
        return "task", "task.point"

    def _starting_in(self, start: int, end: int) -> list[Node]:
        first = bisect_left(self.nodes, start, key=lambda n: n.start)
        return self.nodes[first : bisect_left(self.nodes, end, key=lambda n: n.start)]

    def _free(self, node: Node | None, start: int, end: int, due: bool) -> tuple[Bucket, str]:
        """Sentences that belong to no point and no requirement."""
        inner = [n for n in self._starting_in(start, end) if n.kind == "point" and n.in_point() is n]
        if inner:
            return self._point(inner[0], start, end)
        lead = node is not None and any(n.kind == "point" for n in node.children) and start < node.children[0].start
        if self._events(node, start, end, only_plans=lead):
            return "event", "event.group.verb"
        if self._is_contact(start, end):
            return "contact", "contact.line"
        if lead:
            return self._goal(node, start, end, _GUIDANCE)
        fact = as_of(self.ctx, start, end)
        if fact is not None:
            self._fact(start, end, fact)
            return "background", "background.fact"
        return self._slot(node, start, end) or self._task_or_setting(node, start, end, due)

    def _events(self, node: Node | None, start: int, end: int, *, only_plans: bool) -> bool:
        if node is not None and any(n.id in self._heading_events for n in node.ancestors()):
            return False
        if only_plans and not announces_plan(self.ctx, start, end):
            return False
        read = sentence_events(self.ctx, start, end)
        for event in read.events:
            self.found.add(replace(event, node=node.id if node else None), start, end)
        return bool(read.events)

    def _is_contact(self, start: int, end: int) -> bool:
        src = self.ctx.src(start, end)
        inside = bool(src) and bisect_left(self._contact_at, src[0].start) < bisect_left(self._contact_at, src[-1].end)
        return inside and _CONTACT_LINE.search(self.ctx.text, start, end) is not None

    def _goal(self, node: Node | None, start: int, end: int, rule: str) -> tuple[Bucket, str]:
        text = self.ctx.words(start, end)
        aim = self.ctx.find("words.goals", start, end) is not None
        src = self.ctx.src(start, end)
        self.found.goals.append(
            Goal(text=text, node=node.id if node else None, src=src, rule=rule, conf="high" if aim else "mid")
        )
        return "goal", rule

    def _fact(self, start: int, end: int, day: str | None) -> None:
        for a, b in cut(self.ctx.mask, start, end, "；。;"):
            if re.search("截[至止]|已", self.ctx.text[a:b]):
                amounts = quantities(self.ctx, a, b)
                text = self.ctx.words(a, b)
                self.found.background.append(
                    Background(text=text, kind="fact", as_of=day, quantities=amounts, src=self.ctx.src(a, b), rule="background.as_of",
                               inferred=day is not None)
                )  # fmt: skip
                return

    def _slot(self, node: Node | None, start: int, end: int) -> tuple[Bucket, str] | None:
        """Time, place and people of an event that has its own heading, or of the paper's main event."""
        owner = next((n for n in node.ancestors() if self._heading_events.get(n.id)), None) if node else None
        slot = re.match(
            r"(?:活动|会议|培训|举办|比赛|展览|集合|报到)?(?:时间|地点|日期|主题|对象|人员)[：:]",
            self.ctx.text[start:end].strip(),
        )
        if owner is not None and not self._addressed(start, end):
            event = self._heading_events[owner.id]
            if event is not None:
                self.found.spans.append((event.id, start, end))
            return "event", "event.details"
        if slot or (node is not None and node.role in _SLOT_ROLES and not self._addressed(start, end)):
            return "event", f"event.slot.{node.role if node and node.role else 'line'}"
        return None

    def _addressed(self, start: int, end: int) -> bool:
        span, owner = cues.actor(self.ctx, start, end)
        return span is not None and owner == "addressees"

    def _task_or_setting(self, node: Node | None, start: int, end: int, due: bool) -> tuple[Bucket, str]:
        ctx = self.ctx
        concrete = (
            due or bool(cues.bans(ctx, start, end)) or bool(quantities(ctx, start, end)) or self._addressed(start, end)
        )
        if _YEAR.search(ctx.unquoted, start, min(end, start + 40)) and not concrete and node is None:
            text = ctx.words(start, end)
            self.found.background.append(
                Background(text=text, src=ctx.src(start, end), rule="background.setting", conf="mid")
            )
            return "background", "background.setting"
        if node is not None and node.role == "goal" and not concrete:
            return self._goal(node, start, end, "goal.section")
        if (
            not concrete
            and ctx.text[end - 1] not in "。；！"
            and not re.search("要|应|开展|组织|举办|做好|填写|提供|制定|召开", ctx.unquoted[start:end])
        ):
            text = ctx.words(start, end)
            self.found.background.append(
                Background(text=text, src=ctx.src(start, end), rule="background.phrase", conf="low")
            )
            return "background", "background.phrase"
        if node is not None and not node.children:
            self._measured.setdefault(node.id, []).append((start, end))
            return "task", "task.item"
        if (
            not concrete
            and ctx.find("words.goals", start, end)
            and not re.search("开展|组织|举办|走访", ctx.unquoted[start:end])
        ):
            return self._goal(node, start, end, "goal.words")
        if ctx.text[end - 1] in "。；！" or concrete:
            self.found.add(tasks.sentence_task(ctx, node, start, end, self.known), start, end)
            return "task", "task.sentence"
        return "none", "none"

    def finish(self) -> None:
        """One task for each point or leaf item, one constraint for each item of the requirements."""
        for node in self.nodes:
            if node.id in self._measured:
                start, end = self._stretch(node, self._measured[node.id])
                self.found.add(tasks.measure(self.ctx, node, start, end, self.known), start, end)
            if node.id in self._required:
                start, end = self._stretch(node, self._required[node.id])
                self.found.add(tasks.requirement(self.ctx, node, start, end), start, end)

    def _stretch(self, node: Node, parts: list[tuple[int, int]]) -> tuple[int, int]:
        end = max(b for _, b in parts)
        start = node.head_start if node.kind == "point" or node.id in self._required else min(a for a, _ in parts)
        return max(start, node.head_start), node.end if node.kind == "point" else end
