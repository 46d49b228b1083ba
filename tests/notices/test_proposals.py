"""What the reader found becomes items a person can decide on; nothing is invented, nothing is lost."""

from collections import Counter
from itertools import pairwise

import pytest

from jinguo.gongwen import read
from jinguo.notices.models import ItemKind
from jinguo.notices.proposals import Proposal, propose
from tests.papers_in import REAL, demo_bytes

WHOLE = {"recipient": 3, "theme": 1, "line": 4, "measure": 12, "own_event": 10, "requirement": 3, "report_duty": 1}


def proposals(text: str | bytes) -> list[Proposal]:
    return propose(read(text))


def of_kind(found: list[Proposal], kind: ItemKind) -> list[Proposal]:
    return [proposal for proposal in found if proposal.kind == kind]


def test_the_demonstration_notice_is_a_whole_plan() -> None:
    assert Counter(str(proposal.kind) for proposal in proposals(demo_bytes())) == WHOLE


@pytest.mark.skipif(REAL is None, reason="the real notice is not part of the repository")
def test_the_real_notice_is_a_whole_plan() -> None:
    found = proposals(REAL.read_bytes())
    assert Counter(str(proposal.kind) for proposal in found) == WHOLE
    duty = of_kind(found, ItemKind.REPORT_DUTY)[0]
    assert (duty.values["due"], duty.values["soft"], duty.values["ask_kind"]) == (None, "及时", "each_activity")
    assert [event.values["date"] for event in of_kind(found, ItemKind.OWN_EVENT)] == [None] * 10


@pytest.mark.parametrize(
    ("said", "day"), [("3月16日、23日下午2:30", "2024-03-16"), ("3月16日至18日", "2024-03-16"), ("3月上旬", None)]
)
def test_what_is_not_one_day_is_proposed_in_the_notices_own_words(said: str, day: str | None) -> None:
    found = proposals(
        "云河市妇联关于开展“三八”节活动的通知\n各县妇联：\n现将有关事项通知如下：\n一、主要活动\n"
        f"市妇联将于{said}在文化馆举办剪纸展。\n云河市妇联\n2024年3月1日\n"
    )
    (event,) = of_kind(found, ItemKind.OWN_EVENT)
    assert (event.values["when"], event.values["date"]) == (said, day)


def test_what_others_shall_hold_keeps_its_whole_sentence() -> None:
    told = "各县（区）妇联要结合实际，开展亲子阅读活动，每个县（区）不少于2场。"
    text = (
        "云河市妇联关于开展秋季活动的通知\n各县妇联：\n现将有关事项通知如下：\n一、主要活动\n（一）市妇联将举办剪纸展。\n"
        f"二、有关要求\n（一）{told}\n云河市妇联\n2024年3月1日\n"
    )
    (measure,) = of_kind(proposals(text), ItemKind.MEASURE)
    assert (measure.title, [text[a:b] for a, b in measure.spans]) == ("亲子阅读活动", [told])


def test_clauses_carry_the_numbers_of_the_paper() -> None:
    found = proposals(demo_bytes())
    assert [p.clause for p in of_kind(found, ItemKind.MEASURE)] == [
        f"二({line}){point}" for line in "一二三四" for point in "一二三"
    ]
    assert [p.clause for p in of_kind(found, ItemKind.LINE)] == ["二(一)", "二(二)", "二(三)", "二(四)"]
    assert [p.clause for p in of_kind(found, ItemKind.OWN_EVENT)] == [f"自办{n}" for n in range(1, 11)]
    clauses = [p.clause for p in found if p.kind != ItemKind.RECIPIENT]
    assert len(set(clauses)) == len(clauses)


def test_every_span_is_a_stretch_of_the_raw_text_and_they_do_not_overlap() -> None:
    record = read(demo_bytes())
    spans = sorted(span for proposal in propose(record) for span in proposal.spans)
    assert all(0 <= start < end <= len(record.raw) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_what_suits_some_is_not_asked_of_all() -> None:
    reach = {p.clause: p.values["reach"] for p in of_kind(proposals(demo_bytes()), ItemKind.MEASURE)}
    assert {clause for clause, value in reach.items() if value == "suited"} == {"二(三)一", "二(三)二", "二(三)三"}
    assert {value for clause, value in reach.items() if not clause.startswith("二(三)")} == {"each"}


def test_a_ban_stays_with_its_measure() -> None:
    bans = {p.clause: p.values["bans"] for p in of_kind(proposals(demo_bytes()), ItemKind.MEASURE) if p.values["bans"]}
    assert list(bans) == ["二(二)三", "二(三)三"]


def test_a_cut_the_reader_did_not_make_is_offered() -> None:
    mixer = next(p for p in proposals(demo_bytes()) if p.clause == "自办6")
    assert [len(names) for names in mixer.values["splits"]] == [2]


HEAD = "清河市妇女联合会关于办好春季活动的通知\n各县（区）妇联：\n现将有关事项通知如下：\n"


def test_an_event_of_the_addressees_is_work_for_them() -> None:
    found = proposals(HEAD + "一、举办“春暖清河”招聘会（发展部牵头）\n时间：2024年3月9日上午9:00\n地点：人民广场\n")
    event = of_kind(found, ItemKind.MEASURE)[0]
    assert (event.title, event.values["date"], event.values["lead_department"]) == (
        "“春暖清河”招聘会",
        "2024-03-09",
        "发展部",
    )
    assert len(event.spans) == 3  # its heading, and the lines that say when and where


def test_a_vague_time_gives_no_date() -> None:
    found = proposals(HEAD + "一、开展“法律进万家”巡回宣讲（权益部牵头）\n3月中旬，在社区和学校各办2场。\n")
    assert of_kind(found, ItemKind.MEASURE)[0].values["date"] is None


@pytest.mark.parametrize(
    ("sentence", "due", "kind"),
    [
        ("请于2024年3月20日17:30前将活动总结报送市妇联宣教部。", {"kind": "date", "date": "2024-03-20", "time": "17:30"}, "closing"),
        ("请于2024年3月20日前将统计表报送市妇联宣教部。", {"kind": "date", "date": "2024-03-20", "time": ""}, "dated"),
        ("活动结束后5个工作日内报送活动情况至市妇联宣教部。", {"kind": "working_days", "days": 5}, "each_activity"),
        ("活动情况请及时报送市妇联宣教部。", None, "each_activity"),
    ],
)  # fmt: skip
def test_a_due_is_what_the_notice_says(sentence: str, due: dict[str, object] | None, kind: str) -> None:
    found = proposals(HEAD + "一、工作内容\n要组织好活动。\n二、报送\n" + sentence + "\n")
    duty = of_kind(found, ItemKind.REPORT_DUTY)[0]
    assert (duty.values["due"], duty.values["ask_kind"]) == (due, kind)
