"""A unit's plain words reach the right report: this year's notice, the number that was wrong, the report she takes back."""

from datetime import timedelta

import pytest

from jinguo.campaigns.models import Campaign
from jinguo.lib import clock
from jinguo.lib.errors import Invalid
from jinguo.mails.actions.boxes import drop_mails
from jinguo.messages.models import OutMessage
from jinguo.reports.actions import review
from jinguo.reports.models import Return
from tests.data.mails.writing import file, mail, xlsx
from tests.issued import issue
from tests.mails.test_actions_settling import receipts, today_news

YESTERDAY = clock.today() - timedelta(days=1)


def test_last_years_notice_of_the_same_work_takes_no_report_any_more(cast, campaign, take):
    before = issue(cast, title=campaign.title.replace("2024", "2023"))
    Campaign.objects.filter(pk=before.pk).update(issued_at=campaign.issued_at - timedelta(days=365))
    given = take(mail(today_news("送法进社区"), subject="送法进社区")).given
    assert given.campaign == campaign
    assert f"《{campaign.title}》" in receipts().get().body, "and she sees which"
    signed = take(mail("收到", subject="收到"))
    assert (signed.fate, signed.circulation.campaign) == ("signed", campaign)
    issue(cast, title="关于做好家庭教育宣传周工作的通知")
    other = take(mail(today_news("读书沙龙"), subject="读书沙龙", unit="c.b"))
    assert other.fate == "which_notice", "two notices of one year: a person says which"


def test_a_slip_is_put_right_by_the_number_that_was_wrong_and_the_receipt_says_both(campaign, take):
    first = take(mail(today_news("送法进社区", YESTERDAY), subject="送法进社区")).given
    second = take(mail(today_news("读书沙龙", YESTERDAY, on_site="56名"), subject="读书沙龙")).given
    wrong = take(mail("上一封邮件里参加人数写错了，56应为65，麻烦改一下。\n\n发自我的手机", subject="更正"))
    assert (wrong.fate, wrong.given_id) == ("corrected", second.pk)
    second.refresh_from_db()
    assert (second.current.on_site, first.current.on_site) == (65, 80)
    said = receipts().last().body
    assert "现场参加：65人次（原来是56人次）" in said
    day = YESTERDAY - timedelta(days=1)
    words = f"读书沙龙的时间应为{day.month}月{day.day}日下午，地点应为县图书馆三楼，其它不变。"
    take(mail(words, subject="更正：读书沙龙"))
    second.refresh_from_db()
    assert (second.current.held_on, second.current.place, second.current.on_site) == (day, "县图书馆三楼", 65)


def test_a_report_is_taken_back_by_mail_until_it_is_accepted(cast, campaign, take):
    given = take(mail(today_news("送法进社区", YESTERDAY), subject="送法进社区")).given
    back = take(mail("刚才发的信息领导还没审，先撤回吧，别用了。", subject="撤回上封邮件"))
    given.refresh_from_db()
    assert (back.kind, back.fate, given.state) == ("withdrawal", "withdrawn", "withdrawn")
    told = receipts().last()
    assert told.subject.startswith("撤回了：送法进社区") and "不再算数" in told.body
    again = take(mail(today_news("送法进社区", YESTERDAY), subject="送法进社区（审过）")).given
    review.accept_return(again, number=1, by=cast.users["officer"])
    late = take(mail("送法进社区那件请撤回。", subject="撤回"))
    again.refresh_from_db()
    assert (late.state, again.state) == ("tray", "accepted"), "what is accepted is an officer's to give back"
    told = today_news("邻里调解会", YESTERDAY, on_site="30名").replace("提供检查和咨询", "讲怎样请法院撤销申请")
    assert take(mail(told, subject="邻里调解会", unit="c.b")).fate == "reported", (
        "a report that speaks of taking back is a report"
    )
    asks = take(mail("请问报过的能不能撤回？", subject="咨询", unit="c.b"))
    assert asks.kind == "question"


def test_a_workbook_of_activities_is_as_good_as_a_letter_where_nobody_asked_for_a_table(campaign, take):
    rows = (
        ("活动统计表", "", "", "", ""), ("序号", "活动名称", "开展时间", "活动地点", "参加人数"),
        (1, "巧手剪纸课", f"{YESTERDAY.month}.{YESTERDAY.day}", "县文化馆", "88"),
        (2, "图书漂流", YESTERDAY.strftime("%Y.%m.%d"), "县图书馆", "约46"), ("合计", "", "", "", "134"),
    )  # fmt: skip
    take(mail("附件是我县活动统计表", subject="活动统计", files=(file("统计表.xlsx", xlsx(rows)),)))
    found = Return.objects.order_by("pk").values_list("current__title", "current__held_on", "current__on_site")
    assert list(found) == [("巧手剪纸课", YESTERDAY, 88), ("图书漂流", YESTERDAY, 46)]


def test_a_mail_that_is_all_picture_is_told_so(campaign, take):
    raw = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 160
    take(mail("见图", subject="活动信息", files=(file("微信图片.jpg", raw),)))
    assert "图片里的字我们认不出来" in OutMessage.objects.get(about_kind="mail").body


@pytest.mark.parametrize("data", [b"from w import *\nprint(1)", b"a: b\nc: d", b"PK\x03\x04 From: x", b" "])
def test_what_is_no_mail_is_not_kept_as_one(cast, data):
    with pytest.raises(Invalid):
        drop_mails(cast.office, [data], by=cast.users["officer"])


def test_a_name_that_speaks_of_a_measure_in_other_words_is_laid_to_it_and_one_that_fits_two_to_none(campaign, take):
    def clauses(title, **more):
        given = take(mail(today_news(title, **more), subject=title)).given
        return [link.clause.number for link in given.current.clause_links.all()]

    assert clauses("“姐妹健康”义诊进村", unit="东川县妇联") == ["二(一)一"]
    assert clauses("插花体验") == []
