"""A mail that tells of three activities becomes three returns, each with its own facts; an officer parts and joins by hand."""

import pytest

from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from jinguo.mails.actions import desk
from jinguo.mails.actions.parting import join_mail, part_mail
from jinguo.mails.models import Mail, MailReturn
from jinguo.messages.models import OutMessage
from jinguo.reports.actions import review
from jinguo.reports.models import Return
from tests.data.mails.writing import mail, news

TITLES = ("种子节义诊", "家书诵读会", "巧手编织课")
PLACES = ("东槐社区", "西槐社区", "北槐社区")


def told(*, numbers=("80", "60", "40"), marks=("一、", "二、", "三、"), unit="东川县妇联"):
    """The words of three activities held today."""
    today = clock.local(clock.now()).date()
    day = f"{today.year}年{today.month}月{today.day}日"
    return "\n".join(
        mark + news(title, day=day, place=PLACES[n - 1], on_site=f"{many}名", unit=unit)
        for n, (mark, title, many) in enumerate(zip(marks, TITLES, numbers, strict=True), 1)
    )


def titles(mail_row):
    links = MailReturn.objects.filter(mail=mail_row).select_related("given__current")
    return [link.given.current.title for link in links if link.given.state != "merged"]


def test_three_activities_are_three_returns_each_with_its_own_facts_and_spans(campaign, take):
    row = take(mail(told(), subject="近期活动信息"))
    assert (row.state, row.fate) == ("done", "reported") and titles(row) == list(TITLES)
    letter = row.letter
    for link, place, many in zip(row.return_links.all(), PLACES, (80, 60, 40), strict=True):
        version = link.given.current
        assert (version.place, version.on_site, version.channel) == (place, many, "mail")
        start, end = version.sources["summary"]["from"].rsplit("[", 1)[1].rstrip("]").split(":")
        said = letter.body[int(start) : int(end)]
        assert place in said and not any(other in said for other in set(PLACES) - {place})
    assert row.given == row.return_links.first().given and Return.objects.count() == 3


def test_one_receipt_names_all_three_under_their_numbers(campaign, take):
    take(mail(told(), subject="近期活动信息"))
    receipt = OutMessage.objects.get(about_kind="mail")
    for words in ("3 场活动", "第 1 场", "第 3 场", *TITLES, "西槐社区", "第 2 场参加人数应为"):
        assert words in receipt.body
    assert "种子节义诊等 3 场" in receipt.subject


def test_a_reply_says_by_number_or_name_which_one_it_corrects(campaign, take):
    row = take(mail(told(), subject="近期活动信息"))
    receipt = OutMessage.objects.get(about_kind="mail")
    take(mail("更正：第二场参加人数应为 95 人。", subject=f"回复：{receipt.subject}", reply_to=receipt.message_id))
    take(mail("更正：巧手编织课参加人数应为 33 人。", subject=f"回复：{receipt.subject}", reply_to=receipt.message_id))
    unsaid = take(mail("更正：参加人数应为 5 人。", subject=f"回复：{receipt.subject}", reply_to=receipt.message_id))
    assert [link.given.current.on_site for link in row.return_links.select_related("given__current")] == [80, 95, 33]
    assert unsaid.fate == "no_original", "which one, a person asks"


def test_what_was_reported_before_is_not_reported_again(campaign, take):
    today = clock.local(clock.now()).date()
    take(mail(news(TITLES[1], day=f"{today.year}年{today.month}月{today.day}日"), subject=TITLES[1]))
    row = take(mail(told(), subject="近期活动信息"))
    assert titles(row) == [TITLES[0], TITLES[2]] and Return.objects.count() == 3
    assert "报过了，没有再登记" in OutMessage.objects.filter(about_kind="mail").last().body


def test_an_officer_parts_a_mail_that_was_registered_as_one(cast, campaign, take):
    officer = cast.users["officer"]
    today = clock.local(clock.now()).date()
    lines = [
        f"{today.month}月{today.day}日，东川县妇联在{place}开展{title}活动，组织大家动手，{many}名妇女群众参加。"
        for title, place, many in zip(TITLES, PLACES, (80, 60, 40), strict=True)
    ]
    row = take(mail("向市妇联报送近期的情况：\n" + "\n".join(lines), subject="义诊诵读和编织"))
    assert titles(row) == ["义诊诵读和编织"], "without headings nothing says for sure that these are three"
    starts = [(0, row.letter.body.index(line)) for line in lines]
    with pytest.raises(Invalid):
        part_mail(row, cuts=starts[:1], by=officer)
    with pytest.raises(Refused):
        part_mail(row, cuts=starts, by=cast.users["liaison"])
    row = part_mail(row, cuts=starts, by=officer)
    assert titles(row) == [f"{title}活动" for title in TITLES] and Return.objects.count() == 3
    assert [link.given.current.on_site for link in row.return_links.select_related("given__current")] == [80, 60, 40]
    first = row.return_links.first().given
    assert first.current.number == 2 and first.versions.count() == 2, "what was registered first stays as a version"
    assert Entry.objects.filter(action="mail.part").count() == 1


def test_an_officer_joins_what_is_one_and_nothing_is_lost(cast, campaign, take):
    row = take(mail(told(), subject="健康周活动"))
    row = join_mail(row, by=cast.users["officer"])
    assert row.return_links.count() == 1 and len(row.understood) == 1
    standing = Return.objects.standing().get()
    said = standing.current.summary + standing.current.body
    assert all(title in said for title in TITLES) and Return.objects.count() == 3
    assert Return.objects.filter(state="merged", merged_into=standing).count() == 2


def test_after_acceptance_neither_parting_nor_joining(cast, campaign, take):
    row = take(mail(told(), subject="近期活动信息"))
    review.accept_return(row.return_links.all()[1].given, number=1, by=cast.users["officer"])
    with pytest.raises(Refused):
        join_mail(row, by=cast.users["officer"])


def test_an_unclaimed_mail_parted_first_is_registered_as_three_when_it_is_claimed(cast, campaign, take):
    officer = cast.users["officer"]
    row = take(mail(told(unit="我们"), unit="", subject="近期活动信息"))
    assert row.fate == "unclaimed" and len(row.understood) == 3
    row = join_mail(row, by=officer)
    assert row.fate == "unclaimed" and len(row.understood) == 1
    body = row.letter.body
    row = part_mail(row, cuts=[(0, body.index(title)) for title in TITLES], by=officer)
    desk.claim_mail(row, unit=cast.units["c.b"], by=officer)
    assert titles(Mail.objects.get(pk=row.pk)) == list(TITLES)
