"""The register of deeds: each counted once with its source; of sensitive groups only counts that point at nobody."""

import io
import re

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from docx import Document

from jinguo.lib.errors import Invalid, Refused
from jinguo.reports.actions import deeds, review, same, summaries
from jinguo.reports.actions.deeds import DeedWish
from jinguo.reports.builder.deeds import COUNTED_IN, FOR_WHOM, KINDS
from jinguo.reports.models import Deed, Return
from jinguo.reports.models.deed import CountedIn, DeedKind, ForWhom
from jinguo.reports.paper import write_summary
from jinguo.reports.queries.deeds import deeds_in, proposals_of, register_of, whom_in
from jinguo.reports.queries.summaries import lines_of
from tests.reports import builders


def fresh(given: Return) -> Return:
    return Return.objects.select_related("unit", "accepted", "campaign__office__unit", "joint").get(pk=given.pk)


def told(issued, key="c.a", title="修好村口的路灯", number=2, **values) -> Return:
    return builders.report(issued, key, title, deeds=number, accept=True, **values)


def test_each_deed_is_proposed_with_its_result_and_registered_once(issued, officer):
    given = told(issued, summary="村里开了会。协调电力公司修好12盏路灯，走夜路不怕了。", benefited=80)
    [one] = proposals_of(issued.campaign)
    assert (one.number, one.title, one.result) == (1, "修好村口的路灯", "协调电力公司修好12盏路灯，走夜路不怕了。")
    for _ in range(2):
        deeds.register_deed(fresh(given), DeedWish(title="修路灯", benefited=80), number=1, by=officer)
    assert [(row.title, row.position, row.version.number) for row in Deed.objects.all()] == [("修路灯", 1, 1)]
    assert proposals_of(issued.campaign)[0].number == 2
    deeds.register_deed(fresh(given), DeedWish(title="送药上门"), number=2, by=officer)
    assert (proposals_of(issued.campaign), register_of(issued.campaign).counted) == ([], 2)
    with pytest.raises(Refused):
        deeds.register_deed(fresh(given), DeedWish(title="第三件"), number=3, by=officer)


def test_what_is_taken_out_can_be_entered_again(issued, officer):
    given = told(issued, number=1)
    deed = deeds.register_deed(fresh(given), DeedWish(title="修路灯", result="亮了"), number=1, by=officer)
    for _ in range(2):
        deeds.drop_deed(deed, by=officer)
    deed.refresh_from_db()
    assert (deed.title, deed.result, register_of(issued.campaign).counted) == ("", "", 0)
    assert proposals_of(issued.campaign)[0].number == 1


def test_one_joint_event_has_its_deeds_once(issued, officer):
    ours, theirs = told(issued, number=1), told(issued, "c.b", "路灯修好了", number=2)
    deeds.register_deed(fresh(ours), DeedWish(title="修路灯"), number=1, by=officer)
    for number in (1, 2):
        deeds.register_deed(fresh(theirs), DeedWish(title=f"第{number}件"), number=number, by=officer)
    assert register_of(issued.campaign).counted == 3
    same.join_returns(fresh(ours), fresh(theirs), by=officer)
    register = register_of(issued.campaign)
    assert (register.counted, len(register.twice), len(register.listed)) == (2, 1, 3)


def test_of_a_sensitive_group_neither_name_nor_result_is_kept_and_few_are_not_shown(issued, officer):
    given = told(issued, number=7)
    for number in range(1, 8):
        whom = "harmed" if number < 3 else "ill"
        deeds.register_deed(
            fresh(given), DeedWish(title="谁的事", result="怎样了", for_whom=whom), number=number, by=officer
        )
    assert set(Deed.objects.values_list("title", "result")) == {("", "")}
    register = register_of(issued.campaign)
    assert (register.listed, [group.deeds for group in register.groups], register.total) == ([], [None], None)
    deed = Deed.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Deed.objects.filter(pk=deed.pk).update(title="谁的事")


def test_a_deed_has_a_name_and_only_the_office_that_asked_registers_it(issued, officer):
    given = told(issued)
    with pytest.raises(Invalid):
        deeds.register_deed(fresh(given), DeedWish(title=" "), number=1, by=officer)
    for who in ("county_officer", "leader", "d.officer"):
        with pytest.raises(Refused):
            deeds.register_deed(fresh(given), DeedWish(title="x"), number=1, by=issued.cast.users[who])
    waiting = builders.report(issued, "c.b", deeds=1)
    with pytest.raises(Refused):
        deeds.register_deed(fresh(waiting), DeedWish(title="x"), number=1, by=officer)


def test_the_page_registers_what_the_report_says_in_one_press(issued, officer, client):
    client.force_login(officer)
    given = told(issued, number=1, benefited=80, benefited_about=True, summary="协调修好12盏路灯。")
    address = f"/desk/campaigns/{issued.campaign.code}/deeds/"
    [(_one, form)] = client.get(address).context["proposals"]
    data = {field.html_name: field.value() or "" for field in form} | {"given": given.code, "number": "1"}
    assert client.post(f"{address}add/", data).status_code == 302
    deed = Deed.objects.get()
    assert (deed.title, deed.benefited, deed.about, deed.result) == ("修好村口的路灯", 80, True, "协调修好12盏路灯。")
    assert re.search("约.{0,40}80", client.get(address).content.decode())
    empty = client.post(f"{address}add/", data | {f"{given.code}-title": "", "number": "2"})
    assert empty.status_code == 403, "there is no second deed"
    assert client.post(f"{address}drop/", {"deed": deed.code}).status_code == 302
    assert client.post(f"{address}add/", data | {f"{given.code}-title": ""}).status_code == 422
    client.force_login(issued.cast.users["leader"])
    assert client.get(address).status_code == 200
    assert client.post(f"{address}drop/", {"deed": deed.code}).status_code == 403


def test_a_snapshot_freezes_the_register_and_names_nobody_of_a_small_group(issued, officer):
    given = told(issued, number=2)
    deeds.register_deed(fresh(given), DeedWish(title="修路灯", benefited=80), number=1, by=officer)
    deeds.register_deed(fresh(given), DeedWish(for_whom="ill"), number=2, by=officer)
    frozen = summaries.take_snapshot(issued.campaign, by=officer).data["deeds"]
    assert [(row["title"], row["version"], row["counts"]) for row in frozen["listed"]] == [("修路灯", 1, True)]
    assert ([group["deeds"] for group in frozen["groups"]], frozen["groups_total"]) == ([None], None)
    with pytest.raises(Refused):
        review.undo_acceptance(fresh(given), by=officer)


def test_the_summary_prints_the_register_and_hides_the_small_counts(issued, officer):
    ours = told(issued, "c.a", "修路灯那天", 2)
    theirs = told(issued, "c.b", "义诊那天", 1)
    deeds.register_deed(
        fresh(ours),
        DeedWish(title="修好12盏路灯", result="走夜路不怕了", benefited=80, about=True),
        number=1,
        by=officer,
    )
    deeds.register_deed(fresh(ours), DeedWish(for_whom="ill"), number=2, by=officer)
    deeds.register_deed(
        fresh(theirs), DeedWish(title="送药上门", counted_in="households", benefited=6), number=1, by=officer
    )
    summary = summaries.start_summary(issued.campaign, by=officer)
    data = summary.snapshot.data
    document = Document(io.BytesIO(write_summary(data, summary.title, lines_of(summary), signed_on=None)))
    named, groups = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables[2:4])
    assert [row[2] for row in named[1:]] == ["修好12盏路灯", "送药上门"] and [row[4] for row in named[1:]] == [
        "约80人",
        "6户",
    ]
    assert named[1][5] == "走夜路不怕了" and named[1][6] == ours.code
    assert groups[1:] == [["件数少的群体", "不列"], ["合计", "不列"]], "not even which group: her unit stands above"


def test_the_papers_words_are_those_of_the_register():
    with translation.override("zh-hans"):
        for words, choices in ((KINDS, DeedKind), (FOR_WHOM, ForWhom), (COUNTED_IN, CountedIn)):
            assert words == {str(one.value): str(one.label) for one in choices}


def test_deeds_a_report_lists_are_proposed_one_by_one_with_whom_they_served(issued):
    summary = "来了130余人，办实事3件：一是协调修好12盏路灯；二是为2户受侵害妇女联系法律援助；三是给15名老人理发。"
    told(issued, title="走进社区", number=3, summary=summary)
    [first] = proposals_of(issued.campaign)
    assert (first.title, first.for_whom, first.benefited) == ("协调修好12盏路灯", "women", None)
    version = first.version
    assert deeds_in(version) == ["协调修好12盏路灯", "为2户受侵害妇女联系法律援助", "给15名老人理发"]
    assert [whom_in(one) for one in deeds_in(version)] == ["women", "harmed", "elderly"]
