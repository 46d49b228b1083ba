"""The grammar's promises, one invented line each: what is read, what is left open, and that nothing is made up.

The document date is 2024-02-20 unless a case says otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from jinguo.gongwen import Record, read


@dataclass(frozen=True)
class Case:
    """A line and what a reader must find in it. Keys name a fact below; values must be equal, not merely contained."""

    number: int
    line: str
    facts: dict[str, Any] = field(default_factory=dict)


# One fact of a record, in the plainest form that can be compared.
FACTS: dict[str, Callable[[Record], Any]] = {
    "number": lambda r: (r.doc_number.code, r.doc_number.year, r.doc_number.number),
    "title": lambda r: r.title.text,
    "organ": lambda r: r.issuer.text,
    "matter": lambda r: r.matter.text,
    "genre": lambda r: r.genre.text,
    "subtype": lambda r: r.subtype.text,
    "cited": lambda r: [(c.kind, c.text) for c in r.cited_documents],
    "recipients": lambda r: [(r.scope, r.kinds, r.bodies) for r in r.recipients],
    "decision": lambda r: r.preamble.decision.text,
    "series": lambda r: r.preamble.series.text,
    "cue": lambda r: r.preamble.cue.text,
    "deviations": lambda r: [d.code for d in r.deviations],
    "nodes": lambda r: [(n.level, n.marker, n.heading, n.clause) for n in r.outline],
    "node_trust": lambda r: [n.conf for n in r.outline],
    "tasks": lambda r: [t.title for t in r.tasks],
    "actors": lambda r: [(t.actor, t.owner, t.force) for t in r.tasks],
    "venues": lambda r: [v.text for t in r.tasks for v in t.venues],
    "forms": lambda r: [f.text for t in r.tasks for f in t.forms],
    "quantities": lambda r: [(q.op, q.n, q.unit, q.per) for t in r.tasks for q in t.quantities],
    "windows": lambda r: [(t.window.start, t.window.end, t.window.inferred) for t in r.tasks if t.window],
    "duties": lambda r: [(d.role, d.unit, d.external) for t in r.tasks for d in t.duties],
    "questions": lambda r: [q for t in r.tasks for q in t.questions],
    "counts": lambda r: [(c.text, c.n, c.found) for c in r.counts],
    "events": lambda r: [(e.verb, e.name) for e in r.events],
    "kinds": lambda r: [e.kind for e in r.events],
    "owners": lambda r: [e.owner for e in r.events],
    "facets": lambda r: [f.text for e in r.events for f in e.facets],
    "cuts": lambda r: [(c.rule, c.made, c.names) for e in r.events for c in e.cuts],
    "event_trust": lambda r: [(e.mode, e.conf) for e in r.events],
    "open": lambda r: [e.open for e in r.events],
    "event_dates": lambda r: [e.date for e in r.events],
    "reports": lambda r: [(d.who, d.object, d.to) for d in r.report_duties],
    "due": lambda r: [(d.due, d.time, d.edge, d.soft, d.inferred) for d in r.report_duties],
    "report_rule": lambda r: [d.rule for d in r.report_duties],
    "consequence": lambda r: [d.consequence for d in r.report_duties],
    "channels": lambda r: [(c.kind, c.value) for d in r.report_duties for c in d.channels],
    "anchor": lambda r: [(d.anchor.after, d.anchor.n, d.anchor.unit) for d in r.report_duties],
    "limits": lambda r: [(q.op, q.n, q.n_max, q.unit) for d in r.report_duties for q in d.limits],
    "recurs": lambda r: [
        (d.recurrence.every, d.recurrence.day, d.recurrence.start, d.recurrence.slots, d.recurrence.feasible)
        for d in r.report_duties
    ],
    "quotas": lambda r: [(q.op, q.n, q.unit, q.per) for d in r.report_duties for q in d.recurrence.quotas],
    "deadlines": lambda r: [(d.text, d.date, d.time, d.what, d.soft) for d in r.deadlines],
    "conflicts": lambda r: [q for d in r.deadlines for q in d.questions],
    "facts": lambda r: [(b.as_of, b.quantities[0].op, b.quantities[0].n, b.quantities[0].fuzzy) for b in r.background if b.kind == "fact"],
    "bans": lambda r: [c.what for c in r.constraints if c.kind == "ban"],
    "missing": lambda r: [g.code for g in r.gaps if g.code in ("number.missing", "window.start")],
    "buckets": lambda r: [s.bucket for s in r.sentences],
}  # fmt: skip


def said(record: Record, fact: str) -> Any:
    return FACTS[fact](record)


CASES = [
    Case(1, "云妇发[2024]第07号", {
        "number": ("云妇发", 2024, 7),
        "deviations": ["doc_number.brackets", "doc_number.di", "doc_number.padding"],
    }),
    Case(2, "清河市妇女联合会关于举办\n“书香三月”女性阅读季活动的通知", {
        "title": "清河市妇女联合会关于举办“书香三月”女性阅读季活动的通知", "organ": "清河市妇女联合会",
        "matter": "举办“书香三月”女性阅读季活动", "genre": "通知", "events": [],
    }),
    Case(3, "关于转发《省妇联关于做好2024年“两癌”救助申报工作的通知》的通知", {
        "subtype": "转发", "genre": "通知", "cited": [("document", "省妇联关于做好2024年“两癌”救助申报工作的通知")],
        "tasks": [], "events": [],
    }),
    Case(4, "各乡镇（街道）妇联，县直各单位妇委会、女职委：", {
        "recipients": [("各乡镇（街道）", ("乡镇", "街道"), ("妇联",)), ("县直各单位", (), ("妇委会", "女职委"))],
        "buckets": [],
    }),
    Case(5, "经研究，决定开展“巾帼绽芳华”系列活动，现将有关事项通知如下。", {
        "decision": "经研究，决定开展“巾帼绽芳华”系列活动", "series": "巾帼绽芳华", "cue": "现将有关事项通知如下。",
        "events": [], "tasks": [],
    }),
    Case(6, "(二) 暖心关爱在行动", {
        "nodes": [(2, "(二)", "暖心关爱在行动", "(二)")], "deviations": ["bracket.halfwidth", "marker.space"], "tasks": [],
    }),
    Case(7, "（三）抓好落实。各乡镇妇联要明确专人，3月1日前将方案报县妇联办公室。", {
        "nodes": [(2, "（三）", "抓好落实", "(三)")], "tasks": ["明确专人"], "actors": [("各乡镇妇联", "addressees", "duty")],
        "reports": [(("各乡镇妇联",), "方案", "县妇联办公室")], "due": [("2024-03-01", None, "before", None, True)],
        "buckets": ["heading", "report"],
    }),
    Case(8, "**二要办好实事。**组织志愿者走进敬老院。三要讲好故事。制作短视频10条以上。", {
        "nodes": [(1, "二要", "办好实事", "二"), (1, "三要", "讲好故事", "三")], "node_trust": ["low", "high"],
        "quantities": [(">=", 10, "条", None)], "missing": ["number.missing"], "events": [],
    }),
    Case(9, "抓住第一要务，对照一要素一要素地梳理。", {"nodes": [], "missing": []}),
    Case(10, "重点做好三项工作：一是走访慰问；二是法律咨询；三是健康义诊。", {
        "tasks": ["走访慰问", "法律咨询", "健康义诊"], "counts": [("三项工作", 3, 3)], "deviations": [], "events": [],
    }),
    Case(11, "县妇联将举办“花样年华”插花体验、“巾帼杯”气排球赛和女干部读书会，启动“妈妈课堂”。", {
        "events": [("举办", "“花样年华”插花体验"), ("举办", "“巾帼杯”气排球赛"), ("举办", "女干部读书会"), ("启动", "“妈妈课堂”")],
        "owners": ["issuer"] * 4, "event_dates": [None] * 4,
        "cuts": [("event.split.both_strong", True, ("“巾帼杯”气排球赛",)), ("event.split.both_strong", True, ("女干部读书会",))],
    }),
    Case(12, "开展“送岗位”“送法律”“送健康”三送活动。", {
        "events": [("开展", "三送活动")], "facets": ["送岗位", "送法律", "送健康"],
    }),
    Case(13, "举办（线上、线下）亲子阅读讲座、手工沙龙。", {
        "events": [("举办", "亲子阅读讲座"), ("举办", "手工沙龙")], "event_trust": [(("线上", "线下"), "high"), ((), "mid")],
    }),
    Case(14, "召开“三八”表彰大会暨巾帼宣讲启动仪式。", {
        "events": [("召开", "“三八”表彰大会暨巾帼宣讲启动仪式")], "facets": ["“三八”表彰大会", "巾帼宣讲启动仪式"],
        "kinds": ["congress"],
    }),
    Case(15, "组织书画、摄影、剪纸作品展。", {
        "events": [("组织", "书画、摄影、剪纸作品展")], "facets": ["书画", "摄影", "剪纸"], "kinds": ["exhibition"],
    }),
    Case(16, "开展普法宣讲、心理疏导、家庭教育指导等服务。", {
        "events": [("开展", "普法宣讲、心理疏导、家庭教育指导等服务")], "facets": ["普法宣讲", "心理疏导", "家庭教育指导"], "open": [True],
    }),
    Case(17, "推动宣讲进社区、进校园、进企业、进网络。", {
        "venues": ["社区", "校园", "企业", "网络"], "tasks": ["推动宣讲进社区、进校园、进企业、进网络"], "events": [],
    }),
    Case(18, "通过座谈、演讲、短视频等形式，讲好巾帼故事。", {
        "tasks": ["讲好巾帼故事"], "forms": ["座谈", "演讲", "短视频"], "events": [],
    }),
    Case(19, "请于3月20日（星期三）17:00前报送名单，逾期视为放弃。", {
        "reports": [((), "名单", None)], "due": [("2024-03-20", "17:00", "before", None, True)], "consequence": ["放弃"],
        "conflicts": [], "deadlines": [("3月20日（星期三）17:00前", "2024-03-20", "17:00", "名单", None)],
    }),
    Case(20, "活动情况请及时报送县妇联宣传部（邮箱：xcb@example.org）。", {
        "reports": [((), "活动情况", "县妇联宣传部")], "report_rule": ["report.fronted_object"],
        "due": [(None, None, None, "及时", True)], "channels": [("email", "xcb@example.org")],
    }),
    Case(21, "自4月起，每月25日前报送1篇信息，全年不少于8篇。", {
        "reports": [((), "信息", None)], "recurs": [("month", 25, "2024-04", 9, True)],
        "quotas": [("=", 1, "篇", "month"), (">=", 8, "篇", "year")],
    }),
    Case(22, "即日起至3月31日，每个村（社区）至少开展2场活动。", {
        "windows": [("2024-02-20", "2024-03-31", True)], "quantities": [(">=", 2, "场", "村（社区）")], "events": [],
    }),
    Case(23, "活动结束后5个工作日内报送总结（800字以内，附照片3—5张）。", {
        "reports": [((), "总结", None)], "anchor": [("event_end", 5, "workday")], "due": [(None, None, "before", None, True)],
        "limits": [("<=", 800, None, "字"), ("range", 3, 5, "张")],
    }),
    Case(24, "由发展部牵头，权益部、县司法局配合，各乡镇妇联承办。", {
        "duties": [("lead", "发展部", False), ("support", "权益部", False), ("support", "县司法局", True), ("host", "各乡镇妇联", False)],
        "questions": ["与县司法局商定了吗？"],
    }),
    Case(25, "截至1月底，已走访困难妇女320余人；报名截止时间为3月5日，不评奖。", {
        "facts": [("2024-01-31", ">=", 320, True)], "bans": ["评奖"],
        "deadlines": [("截止时间为3月5日", "2024-03-05", None, "报名", None)], "tasks": [],
    }),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"line {case.number}" for case in CASES])
def test_a_line_says_what_it_says(case: Case) -> None:
    record = read(case.line, document_date=date(2024, 2, 20))
    assert {fact: said(record, fact) for fact in case.facts} == case.facts
    assert [s for leaf in record.leaves() for s in leaf.src if record.raw[s.start : s.end] != s.quote] == []


def test_the_twenty_five_lines_are_all_here() -> None:
    assert [case.number for case in CASES] == list(range(1, 26))


def test_from_today_without_a_document_date_has_no_start() -> None:
    record = read("即日起至3月31日，每个村（社区）至少开展2场活动。")
    assert said(record, "windows") == [(None, None, True)]
    assert said(record, "missing") == ["window.start"]


def test_a_weekday_that_disagrees_is_asked_about() -> None:
    record = read("请于3月20日（星期五）前报送名单。", document_date=date(2024, 2, 20))
    assert said(record, "conflicts") == ["星期与日期对不上，以哪个为准？"]


def test_january_in_a_december_paper_is_next_year() -> None:
    record = read("请于1月5日前报送名单。", document_date=date(2024, 12, 20))
    assert said(record, "due") == [("2025-01-05", None, "before", None, True)]


def test_a_date_without_any_year_stays_undated() -> None:
    record = read("请于3月20日前报送名单。")
    assert [(d.date, d.questions) for d in record.deadlines] == [(None, ("原文没有写年份，是哪一年？",))]
