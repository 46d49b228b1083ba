"""The paper on the page and in the file: every sentence leads to its source, by hand, by keyboard and in print."""

import io
import re

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.activities.models.kinds import Kind
from jinguo.files.actions import read_file
from jinguo.lib import clock
from jinguo.reports.actions import summaries
from jinguo.reports.builder.words import chinese
from jinguo.reports.models import Snapshot, Summary
from jinguo.reports.paper import write_summary
from jinguo.reports.queries.summaries import lines_of, mark_of
from tests.reports import builders


@pytest.fixture
def issued(cast):
    issued = builders.issue(cast)
    builders.report(
        issued, "c.a", on_site=126, place="文化馆", summary="五位姐妹讲自己的事。", difficulties="缺人手。", accept=True
    )
    builders.report(issued, "c.b", "读书会", on_site=40, accept=True)
    builders.hold(issued, "c", "春风女性专场招聘会", clauses=("春风女性专场招聘会",), kind=Kind.JOB_FAIR, on_site=860)
    return issued


@pytest.fixture
def officer(client, issued):
    client.force_login(issued.cast.users["officer"])
    return client


@pytest.fixture
def summary(issued) -> Summary:
    return summaries.start_summary(issued.campaign, by=issued.cast.users["officer"])


def address(summary: Summary, rest: str = "") -> str:
    return f"/desk/summaries/{summary.code}/{rest}"


def words(content: bytes) -> str:
    """Everything a .docx says, tables included, without blanks and source numbers."""
    paper = docx.Document(io.BytesIO(content))
    parts = [paragraph.text for paragraph in paper.paragraphs]
    parts += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s", "", re.sub(r"\[\d+(?:,\d+)*\]", "", "\n".join(parts)))


def test_the_officer_starts_one_from_the_list_and_a_second_press_opens_it(officer, issued):
    page = officer.get("/desk/summaries/").content.decode()
    assert "冻结快照，写汇总" in page
    start = f"/desk/campaigns/{issued.campaign.code}/summary/"
    first, again = officer.post(start), officer.post(start)
    assert first.url == again.url == address(Summary.objects.get())
    assert "冻结快照，写汇总" not in officer.get("/desk/summaries/").content.decode()


def test_each_sentence_stands_with_its_number_its_card_and_its_row(officer, summary):
    page = officer.get(address(summary)).content.decode()
    rows = list(summary.sentences.all())
    for row in rows:
        assert f'href="#y{row.position}" aria-describedby="c{row.position}"' in page
        assert f'<tr id="y{row.position}">' in page
    assert page.count('class="cited"') == len(rows)
    assert "清泉市妇联关于2024年“三八”国际妇女节系列活动开展情况的汇总" in page
    assert "三、清泉市妇联自办活动" in page and "<strong>1.巾帼大宣讲。</strong>" in page


def test_the_sources_lead_to_what_stands_behind(officer, issued, summary):
    position = summary.sentences.get(key="people:on_site").position
    page = officer.get(address(summary, f"sentences/{position}/")).content.decode()
    for code in issued.campaign.given.values_list("code", flat=True):
        assert f"/desk/reports/{code}/" in page
        assert officer.get(f"/desk/reports/{code}/").status_code == 200
    own = summary.sentences.get(key__startswith="own:", text__contains="860").position
    link = re.search(
        r'href="(/desk/activities/[^"]+)"', officer.get(address(summary, f"sentences/{own}/")).content.decode()
    )
    assert officer.get(link.group(1)).status_code == 200


def test_editing_marks_the_sentence_and_warns_of_numbers_nobody_counted(officer, summary):
    position = summary.sentences.get(key="coverage").position
    where = address(summary, f"sentences/{position}/")
    assert officer.post(where, {"text": "四项措施里 99 项做了。"}).url == address(summary, f"#s{position}")
    page = officer.get(address(summary)).content.decode()
    assert "人工改写" in page and "有新数字" in page
    assert "99 不在按快照写成的那句里" in officer.get(where).content.decode()
    refused = officer.post(where, {"text": " "})
    assert (refused.status_code, "不能空着" in refused.content.decode()) == (422, True)
    officer.post(where, {"restore": "1", "text": "x"})
    assert "人工改写" not in officer.get(address(summary)).content.decode()


def test_a_sentence_is_left_out_and_taken_in_again(officer, summary):
    where, last = address(summary, "sentences/1/"), summary.sentences.count()
    officer.post(where, {"drop": "1", "text": ""})
    assert f"第 {last} 句" not in officer.get(address(summary)).content.decode()
    officer.post(where, {"keep": "1", "text": ""})
    assert f"第 {last} 句" in officer.get(address(summary)).content.decode()
    assert officer.get(address(summary, "sentences/999/")).status_code == 404


def test_the_file_holds_every_sentence_the_tables_and_the_evidence(officer, issued, summary):
    answer = officer.get(address(summary, "docx/"))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    paper, said = docx.Document(io.BytesIO(answer.content)), words(answer.content)
    for row in summary.sentences.all():
        assert re.sub(r"\s", "", row.text).rstrip("。") in said, row.text
    evidence = paper.tables[-1]
    assert [cell.text for cell in evidence.rows[0].cells] == ["序号", "正文语句", "数字", "口径", "依据"]
    assert len(evidence.rows) == 1 + summary.sentences.count()
    assert [row.cells[0].text for row in evidence.rows][1:] == [str(n) for n in range(1, len(evidence.rows))]
    assert all(row.cells[4].text.strip() for row in evidence.rows)
    ways = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert ["现场参加", "人次", "166", "166", "166"] in ways
    assert ["线上观看", "次", "没报", "没报", "没报"] in ways
    total = [cell.text for cell in paper.tables[1].rows[-1].cells]
    assert total[:5] == ["合计", "4", "2", "2", "166"]
    assert "清泉市妇女联合会" in said and "截至" in said


def test_the_same_summary_gives_the_same_bytes(summary):
    data, lines = Snapshot.objects.get().data, lines_of(summary)
    assert write_summary(data, "题", lines, signed_on=None) == write_summary(data, "题", lines, signed_on=None)


def test_a_dropped_sentence_is_not_in_the_file_and_a_typed_one_says_so(officer, summary):
    officer.post(address(summary, "sentences/1/"), {"drop": "1", "text": ""})
    officer.post(address(summary, "sentences/2/"), {"text": "主题照旧。"})
    paper = docx.Document(io.BytesIO(officer.get(address(summary, "docx/")).content))
    rows = paper.tables[-1].rows
    assert len(rows) == summary.sentences.count()
    assert rows[1].cells[1].text == "主题照旧。"
    assert "文字由经办人改写" in rows[1].cells[4].text


def test_signing_off_is_the_leaders_page(client, officer, issued, summary):
    officer.post(address(summary, "submit/"))
    officer.post(address(summary, "submit/"))
    assert "同意，审签" not in officer.get(address(summary)).content.decode()
    assert officer.post(address(summary, "approve/")).status_code == 403
    client.force_login(issued.cast.users["leader"])
    assert "同意，审签" in client.get(address(summary)).content.decode()
    refused = client.post(address(summary, "give-back/"), {"note": ""})
    assert (refused.status_code, "请写一句要改哪里" in refused.content.decode()) == (422, True)
    for _ in range(2):
        assert client.post(address(summary, "approve/")).status_code == 302
    summary.refresh_from_db()
    kept = read_file(summary.paper.file)
    answer = client.get(address(summary, "docx/"))
    assert answer.content == kept
    assert f"{clock.local(summary.approved_at).year}年" in words(kept)


def test_what_came_after_the_snapshot_is_told_with_the_sentences_it_touches(officer, issued, summary):
    builders.report(issued, "c.edu", "迟来的讲座")
    page = officer.get(address(summary)).content.decode()
    assert "快照之后又来了 1 件" in page and "迟来的讲座" in page
    officer.post(address(summary, "renew/"))
    newer = Summary.objects.get(state="draft")
    assert "快照之后又来了" not in officer.get(address(newer)).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("liaison", 403), ("d.officer", 404), ("sister", 404), ("auditor", 403)]
)
@pytest.mark.parametrize("rest", ["", "sentences/1/", "docx/"])
def test_who_may_look(client, issued, summary, who, status, rest):
    client.force_login(issued.cast.users[who])
    assert client.get(address(summary, rest)).status_code == status


def test_the_number_of_queries_does_not_grow(officer, issued, summary):
    def queries(where: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert officer.get(where).status_code == 200
        return len(found)

    before = [queries(address(summary)), queries("/desk/summaries/")]
    for key in ("c.a", "c.b", "c.edu"):
        builders.report(issued, key, f"{key} 又一场", accept=True)
    officer.post(address(summary, "renew/"))
    newer = Summary.objects.get(state="draft")
    officer.get(address(newer))  # takes the toast out of the session
    other = builders.issue(issued.cast)
    summaries.start_summary(other.campaign, by=issued.cast.users["officer"])
    assert [queries(address(newer)), queries("/desk/summaries/")] == before
    assert max(before) <= 12


def test_marks_of_headings_are_those_of_official_papers():
    assert [chinese(n) for n in (1, 9, 10, 11, 20, 35)] == ["一", "九", "十", "十一", "二十", "三十五"]
    assert [mark_of(level, 2) for level in (1, 2, 3)] == ["二、", "（二）", "2."]
