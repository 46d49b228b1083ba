"""The body, sentence by sentence: each falls into exactly one bucket, and leaves are read from it on the way.

The order of the questions in `_Body._classify` is the order of precedence: a sentence that asks for a report is a
report duty even when it also forbids something; what it forbids is then read as well.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from jinguo.gongwen.parts import Background, Bucket, Event, Goal, Named, Owner, Text
from jinguo.gongwen.reading import cues, named_events, tasks
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.deadlines import deadlines, soft_deadlines
from jinguo.gongwen.reading.events import announces_plan, sentence_events
from jinguo.gongwen.reading.findings import Findings
from jinguo.gongwen.reading.masks import cut, sentences
from jinguo.gongwen.reading.named_events import HELD_BY_ONE, doing_event, has_slots, heading_events, likely_event
from jinguo.gongwen.reading.outline import Node, node_at
from jinguo.gongwen.reading.quantities import quantities
from jinguo.gongwen.reading.reports import consequence, report_duties
from jinguo.gongwen.reading.slots import as_of
from jinguo.gongwen.reading.view import Paragraph

Verdict = tuple[Bucket, str]  # the bucket and the rule that chose it

_CLOSING = re.compile("特此(?:通知|函告|报告|请示|通报|公告|函达)|此(?:通知|复|函)")
_CLOSING_LENGTH = 20
_NAMED_THEME = re.compile("主题(?:是|为|：|活动为)?“(?P<a>[^“”\n]+)”|以“(?P<b>[^“”\n]+)”为主题")
_SETTING = re.compile("之年|周年|年份|重要时期|关键时期|以来|为(?:了|进一步|深入|全面|充分|认真)")
_CONTACT = re.compile("联[ ]?系[ ]?人|联系电话|联系方式|电话|邮箱|传真|地[ ]?址|咨询|邮编|热线")
_SLOT = re.compile("(?:活动|会议|培训|举办|比赛|展览|集合|报到)?(?:时间|地点|日期|主题|对象|人员)：")
_ASKS_UNITS = re.compile("请各|望各|请你们|请广大|各单位|各级")
_PRIZES = re.compile(r"[一二三特]等奖[各 ]?\d|[一二三]等奖[^，。；]{0,6}[一二三四五六七八九十]名|优秀奖(?:若干|\d)")
_ASKS = re.compile("^(?!为(?!期)[^，；]*$).*?(?:要|须|应|务必|认真|积极|做好|开展|组织)", re.DOTALL)
_ACTS = re.compile("开展|组织|举办|走访")
_SAYS_TO_DO = re.compile("要|应|开展|组织|举办|做好|填写|提供|制定|召开")
_SLOT_ROLES = ("time", "place", "who", "contact")
_NO_EVENT_ROLES = ("theme", "requirements", "goal", "rules", *_SLOT_ROLES)
_SOME = 2  # events that make a list of them
_SLOT_HEADING = 30  # characters; a longer heading is a sentence that mentions 要求 or 时间, not a slot of that name
_NO_LIST_ROLES = ("theme", "goal", "rules", "who", "requirements")
_LISTING = ("shi", "num", "circle", "han")  # families of points that list, where 一要 urges
_BLANK = " \u3000\n"


def read_body(
    ctx: Context, found: Findings, paragraphs: list[Paragraph], nodes: list[Node], start: int, known: tuple[Named, ...],
    *, deciding: Owner | None = None, result: bool = False,
) -> None:  # fmt: skip
    """Read everything of the body from view position `start` on into `found`. deciding: who decided on what it lists.
    result: the paper tells a result (公示, 决定) and asks for nothing that it does not say with 请."""
    body = _Body(ctx, found, nodes, known, deciding, result=result)
    for paragraph in paragraphs:
        if paragraph.zone == "asked" or paragraph.end > start:
            body.paragraph(paragraph.start if paragraph.zone == "asked" else max(paragraph.start, start), paragraph.end)
    body.finish()


class _Body:
    def __init__(
        self, ctx: Context, found: Findings, nodes: list[Node], known: tuple[Named, ...], deciding: Owner | None,
        *, result: bool,
    ) -> None:  # fmt: skip
        self.ctx, self.found, self.nodes, self.known, self.deciding = ctx, found, nodes, known, deciding
        self._result = result
        self._measured: dict[str, list[tuple[int, int]]] = {}  # node id -> stretches of its one task
        self._required: dict[str, list[tuple[int, int]]] = {}
        self._names: dict[str, list[Event]] = {}  # node id -> the events its heading names
        self._headed: dict[str, Event] = {}  # node id -> the event its heading names
        over_text = [n for n in nodes if n.kind == "heading" and n.extent != "heading.first_clause"]
        labels = {n.start for n in nodes if n.kind == "heading" or ctx.text[n.start - 1] in "。！？\n"}
        self._starts = sorted(labels | {self._body_start(n) for n in over_text})
        self._contact_at = sorted(s.start for c in found.contacts for s in c.src)

    def _body_start(self, node: Node) -> int:
        """Where the words after a run-in heading begin: past its full stop or colon."""
        end = node.head_end
        while end < node.end and self.ctx.text[end] in "。：；！ \u3000":
            end += 1
        return end

    def paragraph(self, start: int, end: int) -> None:
        for a, b in sentences(self.ctx.mask, start, end):
            inner = self._starts[bisect_right(self._starts, a) : bisect_left(self._starts, b)]
            for x, y in zip([a, *inner], [*inner, b], strict=True):
                if self.ctx.text[x:y].strip(_BLANK + "。"):
                    node = node_at(self.nodes, x)
                    label = node is not None and x == node.start
                    bucket, rule = self._classify(node, node.head_start if node and label else x, y)
                    self.found.sentence(x, y, bucket, rule, node.id if node else None)

    def _classify(self, node: Node | None, start: int, end: int) -> Verdict:
        if node is not None and node.kind == "heading" and (start < node.head_end or start >= end):
            verdict = self._heading(node)
            dated = self._sets_a_date(node)
            if verdict[1] == "heading.event" and dated and self._report(node, node.head_start, node.head_end) is None:
                self._limits(node, node.head_start, node.head_end)
            if verdict[1] == "heading.event" or not (self._says_it_all(node) or dated):
                return verdict
        if node is not None and node.role == "theme":
            return self._theme(start, end)
        if end - start < _CLOSING_LENGTH and _CLOSING.search(self.ctx.text, start, end):
            return "background", "background.closing"
        verdict_or_none = self._report(node, start, end)
        if verdict_or_none is not None:
            return verdict_or_none
        due = self._limits(node, start, end)
        if node is not None and node.role == "requirements":
            return self._requirement(node, start, end)
        if self._conditions(node, start, end):
            return self._background(
                Background(text=self.ctx.words(start, end), src=self.ctx.src(start, end), rule="background.conditions")
            )
        point = node.in_point() if node else None
        if point is not None:
            inside = point.family in _LISTING and start >= point.head_end  # the words under 一是…
            if self._events(node, start, end, only_plans=not inside):
                return "event", "event.group.verb"
            return self._point(point, start, end)
        return self._free(node, start, end, due=due)

    # ---- headings

    def _heading(self, node: Node) -> Verdict:
        """A heading that is itself an event makes one; the others only name their section."""
        under_event = any(n.id in self._headed for n in node.ancestors())
        names_a_slot = node.role in _NO_EVENT_ROLES and len(node.heading) <= _SLOT_HEADING
        if names_a_slot and node.parent is not None and node.parent.role == node.role == "time":
            names_a_slot = not has_slots(
                self.ctx, node, self._body_start(node)
            )  # under 时间与安排 what has its own time
        if names_a_slot or under_event or any(n.kind == "point" for n in node.children):
            return "heading", node.rule
        events = self._named(node) or self._likely(node)
        if not events and self.deciding == "issuer" and not node.children:
            done = doing_event(self.ctx, node)
            events = [done] if done else []
        if not events or (named_events.names_section(self.ctx, node, self._body_start(node)) and events[0].verb == ""):
            return "heading", node.rule
        kept = [self._own(event, node, node.head_start, node.head_end) for event in events]
        self._headed[node.id] = kept[0]
        return "heading", "heading.event"

    def _named(self, node: Node) -> list[Event]:
        """The events the heading names; asked for again by its siblings."""
        if node.id not in self._names:
            self._names[node.id] = heading_events(self.ctx, node, self._body_start(node), self.deciding)
        return self._names[node.id]

    def _likely(self, node: Node) -> list[Event]:
        """An event whose name does not say so: it has its own time or place, or stands in a list of events."""
        if node.kind != "heading" or node.role in _NO_EVENT_ROLES:
            return []
        others = [n for n in node.parent.children if n is not node and n.kind == "heading"] if node.parent else []
        listed = node.parent is not None and node.parent.role in ("content", "steps")
        named = sum(bool(self._named(n)) for n in others) if listed else 0
        among = named >= _SOME and 2 * named >= len(others)
        event = likely_event(self.ctx, node, self._body_start(node), self.deciding, among_events=among)
        return [event] if event else []

    def _says_it_all(self, node: Node) -> bool:
        """The item has no words but its first sentence: that sentence is its content, not a heading over one."""
        if node.extent == "heading.first_clause":
            return True
        if node.parent is None or node.children or self.ctx.text[node.head_end : node.end].strip("。；！" + _BLANK):
            return False
        return node.level > 2 or self.ctx.text[node.head_end] in "。；！"

    def _sets_a_date(self, node: Node) -> bool:
        """A numbered item that is a whole sentence (3.各单位于9月15日前填报…) is read as one, whatever follows it."""
        start, end = node.head_start, node.head_end
        return bool(deadlines(self.ctx, start, end, None) or report_duties(self.ctx, start, end, None))

    def _theme(self, start: int, end: int) -> Verdict:
        if self.found.theme is None:
            if named := _NAMED_THEME.search(self.ctx.text, start, end):
                start, end = named.span("a" if named["a"] else "b")
            text = self.ctx.words(start, end).strip(' \u3000。“”"')
            self.found.theme = Text(text=text, src=self.ctx.src(start, end), rule="theme.section")
        return "theme", "theme.section"

    # ---- reports, deadlines, bans

    def _report(self, node: Node | None, start: int, end: int) -> Verdict | None:
        duties = report_duties(self.ctx, start, end, node.id if node else None)
        if not duties:
            return self._consequence(start, end)
        own = {span for one in duties for due in one.deadlines for span in due.src}
        for due in soft_deadlines(self.ctx, start, end, node.id if node else None):
            if own.isdisjoint(due.src):  # …报送宣传部；重要情况随时报告
                self.found.deadline(due, start, end)
        for one in duties:
            self.found.report(one.duty, start, end)
            for due in one.deadlines:
                self.found.deadline(due, start, end)
            point = node.in_point() if node else None
            if point is not None:
                self._point(point, start, end)
            elif self._asks(start, one.clause):
                task = tasks.sentence_task(self.ctx, node, start, one.clause, self.known)
                self.found.task(task, start, one.clause)
        return "report", duties[0].duty.rule

    def _consequence(self, start: int, end: int) -> Verdict | None:
        """逾期不报者，视为放弃 right after a report duty belongs to it."""
        what = consequence(self.ctx, start, end)
        after_report = self.found.sentences and self.found.sentences[-1][2] == "report" and self.found.report_duties
        if what is None or not after_report or not self.ctx.text.startswith("逾期", start):
            return None
        self.found.report_duties[-1] = replace(self.found.report_duties[-1], consequence=what)
        return "report", "report.consequence"

    def _asks(self, start: int, end: int) -> bool:
        """The clauses before a report ask for something of their own."""
        span, _ = cues.actor(self.ctx, start, end)
        words = self.ctx.text[span[1] if span else start : end].strip("，；" + _BLANK)
        return len(words) >= 4 and _ASKS.search(words) is not None

    def _conditions(self, node: Node | None, start: int, end: int) -> bool:
        """Who may take part, what a work must be, how a game is played and what is won: no duty of an addressee."""
        if _ASKS_UNITS.search(self.ctx.text, start, end) or self._addressed(start, end):
            return False
        ruled = node is not None and node.role == "rules"
        return ruled or self._result or _PRIZES.search(self.ctx.text, start, end) is not None

    def _limits(self, node: Node | None, start: int, end: int) -> bool:
        """Bans and deadlines of a sentence; whether it sets a deadline."""
        for a, b, what in cues.bans(self.ctx, start, end):
            if what:
                self.found.constraint(tasks.ban(self.ctx, node, a, b, what), a, b)
        due = deadlines(self.ctx, start, end, node.id if node else None)
        for one in due or soft_deadlines(self.ctx, start, end, node.id if node else None):
            self.found.deadline(one, start, end)
        return bool(due)

    # ---- requirements and points: collected here, made in `finish`

    def _requirement(self, node: Node, start: int, end: int) -> Verdict:
        item = next((n for n in node.ancestors() if n.parent is not None), None)
        if item is None:
            self.found.constraint(tasks.requirement(self.ctx, None, start, end), start, end)
        else:
            self._required.setdefault(item.id, []).append((start, end))
        return "constraint", "constraint.requirement"

    def _point(self, point: Node, start: int, end: int) -> Verdict:
        points = list(dict.fromkeys([point, *self._points_in(start, end)]))
        measured = [one for one in points if not self._is_event(one)]
        for one in measured:
            self._measured.setdefault(one.id, []).append((max(start, one.start), min(end, one.end)))
        return ("task", "task.point") if measured else ("event", "event.heading")

    def _is_event(self, point: Node) -> bool:
        """一是举办…座谈会 lists an event; 一要 urges a measure, whatever it names."""
        if point.id not in self._headed and point.id not in self._measured and point.family in _LISTING:
            events = heading_events(self.ctx, point, self._body_start(point), self.deciding)
            kept = [self._own(event, point, point.head_start, point.head_end) for event in events]
            if kept:
                self._headed[point.id] = kept[0]
        return point.id in self._headed

    def _own(self, event: Event, node: Node | None, start: int, end: int) -> Event:
        """Keep an event; under a heading that names the issuer (县妇联主要活动) it is the issuer's."""
        above = list(node.ancestors()) if node else []
        if event.owner_text is None and any(self.ctx.issuer_names.search(n.heading) for n in above):
            event = replace(event, owner="issuer")
        elif event.owner_text is None and event.owner == "addressees" and self.deciding and self._held(event):
            event = replace(event, owner=self.deciding)
        return self.found.event(replace(event, node=node.id if node else None), start, end)

    def _held(self, event: Event) -> bool:
        """举办 and its like without a subject, in the paper of a body that decided to hold things; 开展 may be for everyone."""
        return event.verb in HELD_BY_ONE or not self.ctx.view.in_zone("recipients")

    def _points_in(self, start: int, end: int) -> list[Node]:
        """The outermost points that begin in the stretch."""
        first = bisect_left(self.nodes, start, key=lambda n: n.start)
        inside = self.nodes[first : bisect_left(self.nodes, end, key=lambda n: n.start)]
        return [n for n in inside if n.kind == "point" and n.in_point() is n]

    def finish(self) -> None:
        """One task for each point or leaf item, one constraint for each item of the requirements."""
        for node in self.nodes:
            if node.id in self._measured:
                start, end = self._stretch(node, self._measured[node.id])
                self.found.task(tasks.measure(self.ctx, node, start, end, self.known), start, end)
            if node.id in self._required:
                start, end = node.head_start, max(b for _, b in self._required[node.id])
                self.found.constraint(tasks.requirement(self.ctx, node, start, end), start, end)

    def _stretch(self, node: Node, parts: list[tuple[int, int]]) -> tuple[int, int]:
        if node.kind == "point":
            return node.head_start, node.end
        return max(min(a for a, _ in parts), node.head_start), max(b for _, b in parts)

    # ---- sentences that belong to no point and no requirement

    def _free(self, node: Node | None, start: int, end: int, *, due: bool) -> Verdict:
        lead = (
            node is not None
            and bool(node.children)
            and node.children[0].kind == "point"
            and start < node.children[0].start
        )
        inner = self._points_in(start, end)
        if self._events(node, start, end, only_plans=lead or bool(inner)):
            return "event", "event.group.verb"
        if inner:
            return self._point(inner[0], start, end)
        if self._is_contact(start, end):
            return "contact", "contact.line"
        if lead:
            return self._goal(node, start, end, "goal.section_lead")
        day = as_of(self.ctx, start, end)
        if day is not None:
            return self._fact(start, end, day)
        return self._slot(node, start, end) or self._task_or_setting(node, start, end, due=due)

    def _events(self, node: Node | None, start: int, end: int, *, only_plans: bool) -> bool:
        if node is not None and any(n.id in self._headed for n in node.ancestors()):
            return False
        if only_plans and not announces_plan(self.ctx, start, end):
            return False
        if node is not None and node.role in _NO_LIST_ROLES and not announces_plan(self.ctx, start, end):
            return False
        read = sentence_events(self.ctx, start, end)
        for event in read.events:
            self._own(event, node, start, end)
        return bool(read.events)

    def _is_contact(self, start: int, end: int) -> bool:
        src = self.ctx.src(start, end)
        inside = bool(src) and bisect_left(self._contact_at, src[0].start) < bisect_left(self._contact_at, src[-1].end)
        return inside and _CONTACT.search(self.ctx.text, start, end) is not None

    def _goal(self, node: Node | None, start: int, end: int, rule: str) -> Verdict:
        said = self.ctx.find("words.goals", start, end) is not None
        goal = Goal(
            text=self.ctx.words(start, end), node=node.id if node else None, src=self.ctx.src(start, end), rule=rule
        )
        self.found.goals.append(goal if said else replace(goal, conf="mid"))
        return "goal", rule

    def _background(self, leaf: Background) -> Verdict:
        self.found.background.append(leaf)
        return "background", leaf.rule

    def _fact(self, start: int, end: int, day: str) -> Verdict:
        """截至1月底，已走访… — the part of the sentence that states it."""
        parts = cut(self.ctx.mask, start, end, "；。")
        a, b = next(((a, b) for a, b in parts if re.search("截[至止]", self.ctx.text[a:b])), (start, end))
        fact = Background(
            text=self.ctx.words(a, b), kind="fact", as_of=day or None, quantities=quantities(self.ctx, a, b),
            src=self.ctx.src(a, b), rule="background.fact", inferred=bool(day),
        )  # fmt: skip
        return self._background(fact)

    def _slot(self, node: Node | None, start: int, end: int) -> Verdict | None:
        """Time, place and people of an event that has its own heading, or of the paper's main event."""
        if self._addressed(start, end):
            return None
        owner = next((n for n in node.ancestors() if n.id in self._headed), None) if node else None
        if owner is not None:
            self.found.spans.append((self._headed[owner.id].id, start, end))
            return "event", "event.details"
        if _SLOT.match(self.ctx.text, start, end) or (node is not None and node.role in _SLOT_ROLES):
            return "event", "event.slot"
        return None

    def _addressed(self, start: int, end: int) -> bool:
        """Somebody among the addressees is named as the one to act."""
        span, owner = cues.actor(self.ctx, start, end)
        return span is not None and owner == "addressees"

    def _task_or_setting(self, node: Node | None, start: int, end: int, *, due: bool) -> Verdict:
        ctx = self.ctx
        concrete = due or bool(cues.bans(ctx, start, end) or quantities(ctx, start, end)) or self._addressed(start, end)
        if node is None and not concrete and _SETTING.search(ctx.unquoted, start, min(end, start + 40)):
            return self._background(
                Background(text=ctx.words(start, end), src=ctx.src(start, end), rule="background.setting", conf="mid")
            )
        if node is not None and node.role == "goal" and not concrete:
            return self._goal(node, start, end, "goal.section")
        closed = ctx.text[end - 1] in "。；！"
        if not concrete and not closed and not _SAYS_TO_DO.search(ctx.unquoted, start, end):
            return self._background(
                Background(text=ctx.words(start, end), src=ctx.src(start, end), rule="background.phrase", conf="low")
            )
        if node is not None and not node.children:
            self._measured.setdefault(node.id, []).append((start, end))
            return "task", "task.item"
        if not concrete and ctx.find("words.goals", start, end) and not _ACTS.search(ctx.unquoted, start, end):
            return self._goal(node, start, end, "goal.words")
        if not (closed or concrete):
            return "none", "none"
        self.found.task(tasks.sentence_task(ctx, node, start, end, self.known), start, end)
        return "task", "task.sentence"
