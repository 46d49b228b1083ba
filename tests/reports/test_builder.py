"""The summary says nothing the snapshot does not: every number is counted again here, every quotation is verbatim, every
sentence has a source that exists, and what nobody reported is said."""

import copy
import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.reports import builder
from jinguo.reports.builder.words import beginning, title_of

# The machines that run this are slow at drawing; what is drawn matters, not how fast.
FEW = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
AT = "2024-03-20T02:05:00+00:00"
PARTS = (("g1", "东川县"), ("g2", "西岭区"), ("committee", "市直单位"))
NUMBERS = ("on_site", "women", "online", "benefited", "deeds")
TEXTS = (
    "讲了5个故事。姐妹们说“还要来”。",
    "",
    "测血压120人次，看妇科。" * 12,
    "没有句号的一段话",
    "第一句！" + "很长" * 90,
)

number = st.one_of(st.none(), st.integers(0, 5000))
day = st.sampled_from([None, "2024-03-06", "2024-03-08"])


@st.composite
def versions(draw) -> dict[str, Any]:
    values = {name: draw(number) for name in NUMBERS}
    values |= {f"{name}_about": draw(st.booleans()) for name in NUMBERS if name != "deeds"}
    return values | {
        "title": draw(st.sampled_from(["故事会", "“故事会”", "义诊2场", "读书"])),
        "held_on": draw(day),
        "place": draw(st.sampled_from(["", "文化馆", "3号楼", "石桥镇"])),
        "cohosts": "", "kind": "", "body": "", "story": "", "photos": 0, "sent_at": AT,
        "summary": draw(st.sampled_from(TEXTS)),
        "difficulties": draw(st.sampled_from(TEXTS)),
        "clauses": draw(st.lists(st.sampled_from(["k1", "k2", "k3"]), unique=True)),
    }  # fmt: skip


@st.composite
def snapshots(draw) -> dict[str, Any]:
    units = {
        f"u{n}": {"name": f"单位{n}", "short": f"甲{n}", "group": draw(st.sampled_from(PARTS))[0]}
        for n in range(draw(st.integers(0, 6)))
    }
    data: dict[str, Any] = {
        "schema": 1, "at": AT, "units": units, "figures": [], "coverage": {}, "rates": {},
        "groups": [{"code": code, "name": name} for code, name in PARTS],
        "campaign": {"code": "c", "title": "关于开展2024年春分活动的通知", "doc_number": draw(st.sampled_from(["", "泉妇发〔2024〕6号"])),
                     "theme": draw(st.sampled_from(["", "姐妹“同”行"])), "issued_on": None, "office": "清泉市妇女联合会",
                     "office_short": "清泉市妇联", "department": ""},
        "asks": [{"code": "a1", "kind": "each_activity", "title": "活动情况"}],
        "asked": ["k1", "k2", "k3"],
        "clauses": [clause("t", "主题", "theme", "姐妹“同”行"), clause("l", "二（一）", "line", "好声音"), clause("k1", "二（一）一", "measure", "宣讲"),
                    clause("k2", "二（一）二", "measure", "读书", "suited"), clause("k3", "二（二）", "line", "义诊"), clause("o1", "三1", "own_event", "招聘会"),
                    clause("o2", "三2", "own_event", "分享会") | {"event_on": "2024-03-12"}],
        "own_events": draw(st.dictionaries(st.just("o1"), st.lists(events(), min_size=1, max_size=2, unique_by=lambda one: one["code"]))),
        "returns": [], "obligations": [],
    }  # fmt: skip
    for code in units:
        mine = [returned(draw, code, n) for n in range(draw(st.integers(0, 3)))]
        data["returns"] += mine
        zero = "" if mine else draw(st.sampled_from(["", "没有"]))
        out = "" if mine else draw(st.sampled_from(["", "", "exempt", "closed"]))
        data["obligations"].append({"code": f"o-{code}", "ask": "a1", "unit": code, "state": "", "out": out, "due": None,
                                    "first": None, "returns": len(mine), "accepted": 0, "zero": zero})  # fmt: skip
    data["counted"] = [row["code"] for row in data["returns"]]
    return data


def clause(code, number, kind, heading, reach="each") -> dict[str, Any]:
    return {
        "code": code,
        "number": number,
        "kind": kind,
        "heading": heading,
        "sentence": "",
        "reach": reach,
        "event_on": None,
    }


@st.composite
def events(draw) -> dict[str, Any]:
    return {
        "code": draw(st.sampled_from(["e1", "e2"])), "title": draw(st.sampled_from(["招聘会", "春季场2"])), "reason": "下雨",
        "place": draw(st.sampled_from(["", "5号馆"])), "on_site": draw(number), "women": None, "online": None, "about": draw(st.booleans()),
        "first_day": "2024-03-08", "last_day": draw(st.sampled_from(["2024-03-08", "2024-03-09"])),
        "state": draw(st.sampled_from(["done", "published", "cancelled"])),
    }  # fmt: skip


def returned(draw, unit: str, n: int) -> dict[str, Any]:
    claimed = draw(st.integers(1, 2))
    confirmed = draw(st.sampled_from([None, 1, claimed]))
    return {
        "code": f"r-{unit}-{n}", "ask": "a1", "unit": unit, "activity": "", "state": "", "claimed": claimed, "confirmed": confirmed,
        "versions": {str(v): draw(versions()) for v in {claimed, confirmed or claimed}},
    }  # fmt: skip


# The recount: nothing below uses the builder's own counting -------------------------------------------------------------


def sheets(data, which: str) -> list[tuple[dict, dict]]:
    return [(row, row["versions"][str(row[which])]) for row in data["returns"] if row[which] is not None]


def merged(pairs) -> list[list[dict]]:
    """Reports of one event together: same name, day and place, read without punctuation."""
    piles: dict[Any, list[dict]] = {}
    for row, values in pairs:
        parts = tuple(
            "".join(c for c in unicodedata.normalize("NFKC", str(values[name] or "")) if c.isalnum())
            for name in ("title", "held_on", "place")
        )
        piles.setdefault(parts if all(parts) else row["code"], []).append(values)
    return list(piles.values())


def total(pairs, name) -> tuple[int, int] | None:
    best = [
        max(v[name] for v in pile if v[name] is not None)
        for pile in merged(pairs)
        if any(v[name] is not None for v in pile)
    ]
    return (len(best), sum(best)) if best else None


def recount(data, key: str) -> list[int]:
    """The numbers the sentence with this key must hold, in order."""
    force = [row for row in data["obligations"] if not row["out"]]
    confirmed, claimed = sheets(data, "confirmed"), sheets(data, "claimed")
    kind, _, rest = key.partition(":")
    if kind == "duty":
        zeros = sum(1 for row in force if row["zero"])
        silent = sum(1 for row in force if not row["returns"] and not row["zero"])
        return [len(force), len(force) - silent] * bool(force) + [n for n in (zeros, silent) if n and force]
    if kind == "out":
        return [
            n for n in (sum(1 for row in data["obligations"] if row["out"] == why) for why in ("exempt", "closed")) if n
        ]
    if kind == "activities":
        return [len(merged(claimed)), len(merged(confirmed))] if claimed else []
    if kind == "people":
        return list(total(confirmed, rest))
    if kind == "coverage":
        done = sum(1 for code in data["asked"] if any(code in values["clauses"] for _, values in confirmed))
        return [len(data["asked"]), done] + [len(data["asked"]) - done] * (done < len(data["asked"]))
    mine = [(row, values) for row, values in confirmed if rest.split(":")[0] in values["clauses"]]
    if kind == "count":
        people = total(mine, "on_site")
        told = [] if people is None else ([people[0]] if people[0] < len(merged(mine)) else []) + [people[1]]
        return [len({row["unit"] for row, _ in mine}), len(merged(mine)), *told]
    if kind == "places":
        places = {values["place"] for _, values in mine if values["place"]}
        return [len(places)] if len(places) > 3 else []
    if kind == "waiting":
        return [sum(1 for row, values in claimed if row["confirmed"] is None and rest in values["clauses"])]
    difficult = [row for row, values in confirmed if values["difficulties"].strip()]
    if key == "problems":
        return [len({row["unit"] for row in difficult}), len(difficult)] if difficult else []
    if key == "problems:rest":
        return [len(difficult) - 12]
    if kind in ("others", "other"):
        return answering_nothing(data) if kind == "others" else []
    if kind == "own" and ":" in rest:
        return []  # held events are compared with their record below
    return []


def answering_nothing(data) -> list[int]:
    """How many units told of how many accepted activities that answer none of the measures."""
    pairs = [pair for pair in sheets(data, "confirmed") if not set(data["asked"]) & set(pair[1]["clauses"])]
    return [len({row["unit"] for row, _ in pairs}), len(merged(pairs))]


def plain_numbers(data, text: str) -> list[int]:
    """Numbers of a sentence outside quotations, days, places and names."""
    text = re.sub(r"“[^”]*”", "", text)
    text = re.sub(r"《[^》]*》", "", text)
    for known in (
        data["campaign"]["doc_number"],
        "3号楼",
        "5号馆",
        *(unit["short"] for unit in data["units"].values()),
    ):
        text = text.replace(known, "") if known else text
    text = re.sub(r"(\d+年)?(\d+月)?\d+日(\d+时(\d+分)?)?", "", text)
    return [int(found) for found in re.findall(r"\d+", text)]


@FEW
@given(snapshots())
def test_every_number_is_the_recount_and_no_number_stands_alone(data):
    draft = builder.build(data)
    for sentence in draft.sentences:
        said = [one.value for one in sentence.numbers]
        assert plain_numbers(data, sentence.text) == said, sentence
        if sentence.key.startswith("own:") and sentence.key.count(":") == 2:
            assert set(said) <= {event["on_site"] for held in data["own_events"].values() for event in held}
        else:
            assert said == recount(data, sentence.key), sentence
        for one in sentence.numbers:
            assert one.text in sentence.text


@FEW
@given(snapshots())
def test_every_sentence_has_sources_and_they_exist(data):
    known = {"campaign": {"c"}, "snapshot": {""}, "obligations": {"a1"}, "clause": {one["code"] for one in data["clauses"]},
             "return": {row["code"] for row in data["returns"]}, "activity": {"e1", "e2"}}  # fmt: skip
    for sentence in builder.build(data).sentences:
        assert sentence.sources, sentence
        for source in sentence.sources:
            assert source.code in known[source.kind]
            assert source.label


@FEW
@given(snapshots())
def test_quotations_are_the_units_own_words(data):
    by_code = {row["code"]: row for row in data["returns"]}
    for sentence in builder.build(data).sentences:
        if sentence.key.startswith(("quote:", "problem:")):
            row = by_code[sentence.key.rsplit(":", 1)[1]]
            values = row["versions"][str(row["confirmed"])]
            said = values["summary" if sentence.key.startswith("quote:") else "difficulties"]
            quoted = re.search(r"“(.*)”$", sentence.text).group(1).removesuffix("……")
            own = said.replace("“", "‘").replace("”", "’")
            assert own.startswith(quoted) or f"{own}。" == quoted
            assert [one.code for one in sentence.sources] == [row["code"]]


@FEW
@given(snapshots())
def test_nothing_asked_and_nothing_planned_is_left_out_silently(data):
    draft = builder.build(data)
    keys = {
        sentence.key.split(":")[0] + ":" + sentence.key.split(":")[1]
        for sentence in draft.sentences
        if ":" in sentence.key
    }
    assert all({f"count:{code}", f"none:{code}"} & keys for code in data["asked"])
    assert {"own:o1", "own:o2"} <= keys
    said = {
        one.code
        for sentence in draft.sentences
        for one in sentence.sources
        if sentence.key.startswith(("count:", "other")) and one.kind == "return"
    }
    assert said == {row["code"] for row, _values in sheets(data, "confirmed")}, (
        "every accepted activity is somewhere in the text"
    )
    unseen = next(sentence for sentence in draft.sentences if sentence.key == "own:o2")
    assert unseen.text == "分享会（通知安排在2024年3月12日）：未见活动记录。"


@FEW
@given(snapshots(), st.randoms())
def test_the_same_snapshot_always_gives_the_same_paper_and_the_order_of_rows_no_other_number(data, chance):
    first = builder.build(data)
    assert builder.build(json.loads(json.dumps(data))) == first
    assert builder.tables(data) == builder.tables(copy.deepcopy(data))
    other = copy.deepcopy(data)
    for name in ("returns", "obligations"):
        chance.shuffle(other[name])
    said = {sentence.key: [one.value for one in sentence.numbers] for sentence in builder.build(other).sentences}
    for sentence in first.sentences:
        if not sentence.key.startswith(("quote:", "problem:")):
            assert said[sentence.key] == [one.value for one in sentence.numbers]


@FEW
@given(snapshots())
def test_every_section_has_its_place_and_every_sentence_a_section(data):
    sections = [heading.section for heading in builder.outline(data)]
    assert len(sections) == len(set(sections))
    assert {sentence.section for sentence in builder.build(data).sentences} <= set(sections)


@FEW
@given(snapshots())
def test_totals_of_the_table_are_counted_again_and_never_mix_units(data):
    _ways, parts = builder.tables(data)
    confirmed = sheets(data, "confirmed")
    whole = [total(confirmed, name) for name in NUMBERS]
    said = [int(str(cell).removeprefix("约")) if cell not in (None, "—") else None for cell in parts.total[4:]]
    assert said == [one[1] if one else None for one in whole]
    assert parts.total[3] == len(merged(confirmed))
    assert [column.unit for column in parts.columns[4:]] == ["人次", "人次", "次", "人", "件"]


@pytest.mark.parametrize(
    ("notice", "title"),
    [
        ("关于开展2024年“三八”国际妇女节系列活动的通知", "泉妇联关于2024年“三八”国际妇女节系列活动开展情况的汇总"),
        ("清泉市妇女联合会关于组织开展家庭教育周的通知", "泉妇联关于家庭教育周开展情况的汇总"),
        ("读书活动", "泉妇联关于读书活动开展情况的汇总"),
    ],
)
def test_the_title_takes_its_matter_from_the_notice(notice, title):
    assert title_of(notice, "泉妇联") == title


def test_a_long_text_is_cut_at_the_end_of_a_sentence():
    assert beginning("一句。" * 60) == "一句。" * 40
    assert beginning("很长" * 90).endswith("……")
    assert len(beginning("很长" * 90)) == 120
    assert beginning("短") == "短"
