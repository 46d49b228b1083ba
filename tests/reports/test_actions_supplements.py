"""A signed summary is never changed: what comes after it is a supplement that names the sentences it touches."""

import io

import docx
import pytest

from jinguo.files.actions import read_file
from jinguo.lib import ids
from jinguo.lib.errors import Invalid, Refused
from jinguo.reports.actions import returns, summaries, supplements
from jinguo.reports.models import Return, Summary, Supplement
from jinguo.reports.queries.summaries import numbered
from tests.reports import builders


@pytest.fixture
def leader(issued):
    return issued.cast.users["leader"]


@pytest.fixture
def first(issued) -> Return:
    return builders.report(issued, "c.a", on_site=126, summary="五位姐妹讲自己的事。", accept=True)


@pytest.fixture
def signed(issued, first, officer, leader) -> Summary:
    summary = summaries.start_summary(issued.campaign, by=officer)
    summaries.submit_summary(summary, by=officer)
    summary.refresh_from_db()
    return summaries.approve_summary(summary, by=leader)


def correct(issued, given: Return, **values) -> None:
    """The unit corrects its accepted return, and the officer accepts that."""
    given = Return.objects.select_related("unit", "obligation__ask").get(pk=given.pk)
    sheet = builders.sheet(issued, summary="五位姐妹讲自己的事。", **values)
    returns.revise_return(given, sheet, token=ids.new_code(), by=issued.link("c.a"), reason="数错了")
    builders.accepted(issued, Return.objects.get(pk=given.pk))


def sentences_with(summary: Summary, words: str) -> set[int]:
    return {one.number for one in numbered(summary) if words in one.row.text}


def test_a_correction_lists_the_sentences_it_touches_and_how_they_would_read(issued, signed, first, officer):
    before = signed.paper.file.sha256
    correct(issued, first, on_site=162)
    for _ in range(2):
        supplement = supplements.start_supplement(signed, by=officer)
    [item] = supplement.items
    assert (item["kind"], item["code"]) == ("corrected", first.code)
    assert ["现场参加", "126", "162"] in [list(change) for change in item["changes"]]
    assert set(item["touches"]) >= sentences_with(signed, "126人次")
    assert {line["number"] for line in supplement.lines} == sentences_with(signed, "126")
    assert all("162" in line["now"] for line in supplement.lines)
    signed.refresh_from_db()
    assert signed.paper.file.sha256 == before, "the signed paper stays byte for byte"
    assert [one.row.text for one in numbered(signed)] == [one.row.built_text for one in numbered(signed)]


def test_what_came_late_touches_the_sentence_that_counts_its_clause(issued, signed, officer):
    builders.report(issued, "c.b", "义诊", clauses=("健康义诊进村",), on_site=40, accept=True)
    [item] = supplements.start_supplement(signed, by=officer).items
    touched = [one.row.key for one in numbered(signed) if one.number in item["touches"]]
    assert item["kind"] == "late"
    assert touched == [f"none:{issued.clauses['健康义诊进村'].code}"]


def test_it_is_signed_kept_and_the_next_one_starts_from_it(issued, signed, first, officer, leader):
    correct(issued, first, on_site=162)
    supplement = supplements.start_supplement(signed, by=officer)
    with pytest.raises(Refused):
        supplements.approve_supplement(supplement, by=officer)
    for _ in range(2):
        supplement = supplements.approve_supplement(supplement, by=leader)
    assert supplement.paper.frozen_at is not None
    paper = docx.Document(io.BytesIO(read_file(supplement.paper.file)))
    words = "".join(paragraph.text for paragraph in paper.paragraphs)
    assert "补充说明（一）" in words and "现场参加由“126”改为“162”" in words
    with pytest.raises(Invalid):
        supplements.start_supplement(signed, by=officer)
    builders.report(issued, "c.b", "读书会", accept=True)
    second = supplements.start_supplement(signed, by=officer)
    assert (second.number, [item["kind"] for item in second.items]) == (2, ["late"])


def test_one_thrown_away_is_written_anew_under_its_number(issued, signed, first, officer):
    correct(issued, first, on_site=162)
    supplement = supplements.start_supplement(signed, by=officer)
    for _ in range(2):
        supplements.drop_supplement(supplement, by=officer)
    again = supplements.start_supplement(signed, by=officer)
    assert (again.number, Supplement.objects.count()) == (1, 2)


def test_before_it_is_signed_a_summary_has_no_supplement_and_nothing_new_makes_none(issued, first, officer, leader):
    summary = summaries.start_summary(issued.campaign, by=officer)
    with pytest.raises(Refused):
        supplements.start_supplement(summary, by=officer)
    summaries.submit_summary(summary, by=officer)
    summary.refresh_from_db()
    signed = summaries.approve_summary(summary, by=leader)
    builders.report(issued, "c.b", "还没接收的")
    with pytest.raises(Invalid):
        supplements.start_supplement(signed, by=officer)
    assert not Supplement.objects.exists()


def test_the_pages_lead_from_the_summary_to_the_supplement_and_its_paper(issued, signed, first, client):
    client.force_login(issued.cast.users["officer"])
    correct(issued, first, on_site=162)
    page = client.get(f"/desk/summaries/{signed.code}/").content.decode()
    assert "写补充说明" in page
    made = client.post(f"/desk/summaries/{signed.code}/supplement/")
    assert made.url == f"/desk/summaries/{signed.code}/supplements/1/"
    shown = client.get(made.url).content.decode()
    assert "涉及的句子" in shown and "162" in shown and "请审签" not in shown
    assert client.get(f"{made.url}docx/").content[:2] == b"PK"
    assert client.post(f"{made.url}approve/").status_code == 403
    client.force_login(issued.cast.users["leader"])
    assert "请审签" in client.get(made.url).content.decode()
    assert client.post(f"{made.url}approve/").status_code == 302
    assert client.get(f"{made.url}docx/").content[:2] == b"PK"
    client.force_login(issued.cast.users["d.officer"])
    assert client.get(made.url).status_code == 404
