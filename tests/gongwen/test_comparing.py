"""A superior's notice beside the local one: kept, dropped, added, softened and moved, whatever the order and the wording."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.gongwen import Record, read
from jinguo.gongwen.comparing import Difference, compare, parts

ROOT = Path(__file__).resolve().parents[2]
DEMO = read((ROOT / "jinguo" / "ops" / "demo" / "notice.txt").read_bytes())
POINTS = [
    "（一）办好宣讲。各县妇联要组织巾帼宣讲队走进社区，每队宣讲不少于3场。",
    "（二）关爱困难妇女。各县妇联要走访慰问单亲母亲和患病妇女，送去米面油。",
    "（三）推进就业。各县妇联要举办“春风送岗”女性专场招聘会，帮助妇女找到工作。",
    "（四）守护家庭。各县妇联要讲好家庭教育促进法，办好家长课堂。",
]
REPORT = "请各县妇联于3月20日前将活动总结报送市妇联宣传部。"


def paper(points: list[str], tail: str = REPORT) -> Record:
    marks = "一二三四五六"
    body = [f"（{marks[n]}）" + point.split("）", 1)[1] for n, point in enumerate(points)]
    text = "\n".join(
        ["关于做好“三八”节活动的通知", "各县妇联：", "现将有关事项通知如下：", "一、活动内容", *body, tail]
    )
    return read(text, document_date=date(2024, 2, 20))


def pick(found: tuple[Difference, ...], word: str) -> Difference:
    return next(d for d in found if word in (d.theirs or d.ours).text)


def test_the_same_notice_is_all_kept() -> None:
    found = compare(paper(POINTS), paper(POINTS))
    assert len(found) >= 5 and {d.state for d in found} == {"kept"}
    assert all(d.alike == 1.0 and not d.reworded and not d.place and not d.changes for d in found)
    assert {d.state for d in compare(DEMO, DEMO) if d.theirs} == {"kept"}


def test_dropped_and_added_are_told() -> None:
    found = compare(paper(POINTS), paper([*POINTS[:3], "（四）戴好头盔。各县妇联要劝导姐妹戴好头盔。"]))
    assert all("家" in d.theirs.text for d in found if d.theirs and d.state == "dropped")
    assert all("头盔" in d.ours.text for d in found if d.ours and d.state == "added")
    assert pick(found, "家长课堂").state == "dropped" and pick(found, "头盔").state == "added"


def test_order_changes_nothing_but_the_place() -> None:
    found = compare(paper(POINTS), paper([POINTS[3], POINTS[0], POINTS[1], POINTS[2]]))
    assert {d.state for d in found} == {"kept"}
    assert [d.theirs.title for d in found if d.place] == [pick(found, "家长课堂").theirs.title]


REWORDED = [
    ("组织宣讲队员到社区宣讲，每队宣讲不少于3场", "宣讲队走进社区"),
    ("看望慰问患病妇女、单亲母亲，送米面油上门", "走访慰问"),
    ("办一场“春风送岗”招聘会，请企业到场", "春风送岗"),
]


@pytest.mark.parametrize(("words", "of"), REWORDED, ids=[of for _, of in REWORDED])
def test_other_words_for_the_same_are_paired(words: str, of: str) -> None:
    n = next(i for i, point in enumerate(POINTS) if of in point)
    mine = [*POINTS]
    mine[n] = mine[n].split("。")[0] + f"。各县妇联要{words}。"
    pair = pick(compare(paper(POINTS), paper(mine)), of)
    assert pair.ours is not None and words[:6] in pair.ours.text and pair.reworded


def test_softer_and_harder_words_are_told_with_their_direction() -> None:
    softer = [POINTS[0].replace("要组织", "可以组织"), *POINTS[1:]]
    down = pick(compare(paper(POINTS), paper(softer)), "宣讲")
    assert [(c.what, c.before, c.after, c.direction) for c in down.changes] == [("force", "要", "可", "weaker")]
    up = pick(compare(paper(softer), paper(POINTS)), "宣讲")
    assert [(c.before, c.after, c.direction) for c in up.changes] == [("可", "要", "stronger")]


@pytest.mark.parametrize(
    ("tail", "before", "after", "direction"),
    [
        (REPORT.replace("3月20日", "3月15日"), "2024-03-20", "2024-03-15", "earlier"),
        (REPORT.replace("3月20日", "3月25日"), "2024-03-20", "2024-03-25", "later"),
        (REPORT.replace("于3月20日前", "及时"), "2024-03-20", "及时", "gone"),
    ],
)
def test_moved_dates_are_told(tail: str, before: str, after: str, direction: str) -> None:
    pair = pick(compare(paper(POINTS), paper(POINTS, tail)), "活动总结")
    assert [(c.what, c.before, c.after, c.direction) for c in pair.changes] == [("date", before, after, direction)]


def test_a_new_date_where_there_was_none() -> None:
    pair = pick(compare(paper(POINTS, REPORT.replace("于3月20日前", "及时")), paper(POINTS)), "活动总结")
    assert [(c.before, c.after, c.direction) for c in pair.changes] == [("及时", "2024-03-20", "new")]


def test_another_number_is_told() -> None:
    pair = pick(compare(paper(POINTS), paper([POINTS[0].replace("3场", "5场"), *POINTS[1:]])), "宣讲")
    assert [(c.what, c.before, c.after) for c in pair.changes] == [
        ("quantity", "每队宣讲不少于3场", "每队宣讲不少于5场")
    ]


def test_what_the_superior_does_itself_is_not_dropped_by_anyone() -> None:
    above = read("关于做好工作的通知\n各县妇联：\n市妇联将举办“花开”书画展、“春风”招聘会。\n请各县妇联组织读书活动。")
    assert [p.title for p in parts(above, own=True)] != [p.title for p in parts(above, own=False)]
    assert all("书画展" not in (d.theirs.text if d.theirs else "") for d in compare(above, paper(POINTS)))


def test_both_places_quote_their_notice() -> None:
    above, below = paper(POINTS), paper([POINTS[2], POINTS[0]])
    for one in compare(above, below):
        assert all(above.raw[s.start : s.end] == s.quote for s in (one.theirs.src if one.theirs else ()))
        assert all(below.raw[s.start : s.end] == s.quote for s in (one.ours.src if one.ours else ()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(POINTS), unique=True, max_size=4),
    st.lists(st.sampled_from(POINTS), unique=True, max_size=4),
)
def test_every_part_stands_once_and_the_answer_is_always_the_same(a: list[str], b: list[str]) -> None:
    above, below = paper(a), paper(b)
    found = compare(above, below)
    assert found == compare(above, below)
    assert [d.theirs for d in found if d.theirs] == list(parts(above, own=False))
    assert sorted(d.ours.id for d in found if d.ours) == sorted(p.id for p in parts(below, own=True))
    kept = {p.text for p in parts(above, own=False)} & {p.text for p in parts(below, own=True)}
    assert all(d.ours and d.ours.text == d.theirs.text for d in found if d.theirs and d.theirs.text in kept)
