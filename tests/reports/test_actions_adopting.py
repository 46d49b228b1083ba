"""What was used is told to its unit, privately and once; a slip can be taken back before anybody was glad of it."""

import pytest
from django.utils import translation

from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from jinguo.messages.models import OutMessage
from jinguo.reports.actions import adopting, returns, review, summaries
from jinguo.reports.models import Adoption, Return
from tests.reports import builders


def fresh(given: Return) -> Return:
    return Return.objects.select_related("unit", "campaign__office__unit", "obligation__ask").get(pk=given.pk)


def letters() -> list[OutMessage]:
    return list(OutMessage.objects.filter(key__startswith="adopted:").order_by("pk"))


def test_a_mark_is_told_to_its_unit_after_a_while_and_once(issued, officer):
    given = builders.report(issued, "c.a", accept=True)
    for _ in range(2):
        adopting.adopt_return(fresh(given), where=" 简报第5期\n第2条 ", by=officer)
    [letter] = letters()
    assert letter.to == "c-a@example.org" and "“槐荫里故事会”：简报第5期 第2条" in letter.body
    assert letter.next_at > clock.now(), "there is time to take a slip back"
    assert fresh(given).outcome == "adopted"
    with pytest.raises(Refused):
        review.undo_acceptance(fresh(given), by=officer)


def test_a_slip_taken_back_is_never_told(issued, officer):
    given = builders.report(issued, "c.a", accept=True)
    adoption = adopting.adopt_return(fresh(given), where="简报第5期", by=officer)
    for _ in range(2):
        adopting.undo_adoption(adoption, by=officer)
    [letter] = letters()
    assert (letter.state, letter.body, fresh(given).outcome) == ("dropped", "", "")
    adopting.adopt_return(fresh(given), where="简报第5期", by=officer)
    assert [one.state for one in letters()] == ["dropped", "waiting"]


@pytest.mark.parametrize("where", ["", "  ", "长" * 121])
def test_a_mark_says_where(issued, officer, where):
    given = builders.report(issued, "c.a", accept=True)
    with pytest.raises(Invalid):
        adopting.adopt_return(fresh(given), where=where, by=officer)
    assert not Adoption.objects.exists()


def test_only_what_was_accepted_is_adopted_and_only_by_the_office_that_asked(issued, officer):
    given = builders.report(issued, "c.a")
    with pytest.raises(Refused):
        adopting.adopt_return(fresh(given), where="简报", by=officer)
    builders.accepted(issued, given)
    for who in ("county_officer", "leader", "d.officer"):
        with pytest.raises(Refused):
            adopting.adopt_return(fresh(given), where="简报", by=issued.cast.users[who])


def test_a_signed_summary_tells_each_unit_its_own_sentences_in_one_letter(issued, officer):
    builders.report(issued, "c.a", summary="五位姐妹讲自己的事。", difficulties="缺人手。", accept=True)
    quoted = builders.report(issued, "c.b", "读书会", summary="读了三本书。", accept=True)
    kept = builders.report(issued, "c.edu", "讲座", accept=True)
    summary = summaries.start_summary(issued.campaign, by=officer)
    returns.revise_return(
        fresh(quoted), builders.sheet(issued, "读书会", summary="改了。"), token="z" * 12, by=issued.link("c.b")
    )
    builders.accepted(issued, fresh(quoted))
    summaries.submit_summary(summary, by=officer)
    summary.refresh_from_db()
    summaries.approve_summary(summary, by=issued.cast.users["leader"])
    told = {letter.to: letter.body for letter in letters()}
    assert set(told) == {"c-a@example.org", "c-b@example.org"}
    assert (
        "“槐荫里故事会”：汇总第" in told["c-a@example.org"] and f"写进了《{summary.title}》" in told["c-a@example.org"]
    )
    assert "读书会" not in told["c-a@example.org"]
    assert fresh(kept).outcome == "kept"
    assert Adoption.objects.get(given=quoted).version.number == 1, "the version that is quoted, not the newest"
    with pytest.raises(Refused):
        adopting.undo_adoption(Adoption.objects.filter(given=quoted).get(), by=officer)


def test_units_read_chinese_whatever_language_the_officer_works_in(issued, officer):
    used, mended = builders.report(issued, "c.a", accept=True), builders.report(issued, "c.b")
    with translation.override("en"):
        adopting.adopt_return(fresh(used), where="简报第5期", by=officer)
        review.send_back(fresh(mended), notes={"place": "在哪里办的？"}, number=1, by=officer)
    [adopted], back = letters(), OutMessage.objects.get(key__endswith=":back")
    assert adopted.subject == "贵单位的信息被采用了" and "不排名、不通报" in adopted.body
    assert back.subject.startswith("请补一补：") and "地点：在哪里办的？" in back.body
