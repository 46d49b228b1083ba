"""Before issuing: what differs from the usual form, what it asks of the units, a corrected text, and the superior's notice."""

import hashlib
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinguo.gongwen import read
from jinguo.journal.models import Entry
from jinguo.notices import actions as notices
from jinguo.notices.actions.receive import keep_notice, note_reading
from jinguo.notices.models import Notice, NoticeState, Reading
from jinguo.notices.proposals import propose
from tests.issued import issue
from tests.planned import draft_campaign, read_notice

DRAFT = """清泉市妇女联合会文件
泉妇发[2024]第05号
关于开展读书 活动的通知
各县(区)妇联:
现将有关事项通知如下：
一、活动内容
（一）、各县妇联要组织亲子阅读,每县不少于3场。
（二）各县妇联要走访困难妇女。
请各县妇联于3月20日前将活动总结报送市妇联宣教部，附照片3张。
清泉市妇女联合会
2024年03月05日
"""


@pytest.fixture
def officer(cast, client):
    client.force_login(cast.users["officer"])
    return client


def kept(cast, words: str, name: str = "草稿.txt") -> Notice:
    """A notice read from these words."""
    data = words.encode()
    notice = keep_notice(cast.office, data, name, hashlib.sha256(data).hexdigest(), cast.users["officer"])
    record = read(words, name)
    note_reading(notice, record, propose(record), cast.users["officer"])
    return Notice.objects.select_related("file", "office__unit").get(pk=notice.pk)


def way(notice, more=""):
    return f"/desk/notices/{notice.code}/check/{more}"


def text(answer):
    return answer.content.decode()


def fixes(page):
    return re.findall(r'name="fix" value="([^"]+)"', page)


def test_findings_stand_by_strength_beside_the_paper(cast, officer):
    page = text(officer.get(way(kept(cast, DRAFT))))
    assert page.index("不符合标准") < page.index("与通行格式不同") < page.index("习惯写法")
    assert "发文字号的年份用六角括号〔〕括入。" in page and "GB/T 9704—2012 7.2.5" in page
    assert "<mark>[2024]</mark>" in page and 'id="src-1"' in page
    assert len(fixes(page)) >= 7 and len(fixes(page)) == len(set(fixes(page)))


def test_the_burden_is_stated_with_what_it_is_reckoned_from(cast, officer):
    page = text(officer.get(way(kept(cast, DRAFT))))
    assert "含 1 项报送要求；要 3 张照片；每家约 71 分钟；8 个字段中 5 个可由系统带出。" in page
    assert "要求报送，没有写依据：" in page and "圈定单位以后" in page and "这是估计，不是测量" in page


def test_with_chosen_units_the_hours_are_added_up(cast, officer):
    campaign = draft_campaign(cast)
    page = text(officer.get(way(campaign.notice)))
    found = re.search(r"覆盖 (\d+) 家；每家约 (\d+) 分钟，合计约 ([\d.]+) 小时", page)
    assert found and int(found[1]) == 4 and round(int(found[1]) * int(found[2]) / 60, 1) == float(found[3])


@pytest.mark.postgres
def test_what_the_units_still_owe_is_shown(cast, officer):
    issued = issue(cast)
    notice = kept(cast, DRAFT.replace("活动总结", "活动情况"))
    page = text(officer.get(way(notice)))
    assert "家还没报完相近的内容" in page and f"/desk/campaigns/{issued.code}/" in page
    assert "家还没报完相近的内容" not in text(officer.get(way(issued.notice)))  # not its own


def test_the_same_said_of_many_places_is_said_once(cast, officer):
    notice = kept(cast, DRAFT + "请各单位参加,并报名。\n" * 30)
    page = text(officer.get(way(notice)))
    assert page.count("中文里用全角标点“，”。") == 1 and "另有 28 处" in page
    commas = next(codes for codes in fixes(page) if codes.count("P1-") > 20)
    saved = text(officer.post(way(notice, "text/"), {"fix": [commas]}))
    assert "," not in saved and "各县(区)妇联:" in saved


def test_too_many_places_are_mended_in_rounds(cast, officer):
    page = text(officer.get(way(kept(cast, DRAFT + "请各单位参加,并报名。\n" * 320))))
    assert "先列前 300 处，还有" in page and 'id="item-299"' in page and 'id="item-301"' not in page


def test_the_corrected_text_can_be_saved_and_the_notice_stays(cast, officer):
    notice = kept(cast, DRAFT)
    chosen = fixes(text(officer.get(way(notice))))
    answer = officer.post(way(notice, "text/"), {"fix": chosen})
    saved = text(answer)
    assert "attachment" in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    assert "泉妇发〔2024〕5号\n关于开展读书 活动的通知\n各县（区）妇联：\n" in saved
    assert "（一）各县妇联要组织亲子阅读，每县" in saved and "2024年3月5日" in saved
    assert Notice.objects.count() == 1 and Reading.objects.get().raw_text == DRAFT


def test_only_what_is_ticked_is_mended(cast, officer):
    notice = kept(cast, DRAFT)
    one = next(code for code in fixes(text(officer.get(way(notice)))) if code.startswith("N1"))
    saved = text(officer.post(way(notice, "text/"), {"fix": [one]}))
    assert sum(a != b for a, b in zip(saved.split("\n"), DRAFT.split("\n"), strict=True)) == 1


@pytest.mark.postgres
def test_the_corrected_text_becomes_a_notice_of_its_own(cast, officer):
    notice = kept(cast, DRAFT)
    chosen = fixes(text(officer.get(way(notice))))
    for _press in range(2):
        answer = officer.post(way(notice, "correct/"), {"fix": chosen})
        made = Notice.objects.exclude(pk=notice.pk).get()
        assert answer.status_code == 302 and answer.url == way(made)
    assert (made.file.name, made.state, made.office) == ("草稿.改正.txt", NoticeState.READ, notice.office)
    notice.refresh_from_db()
    assert notice.state == NoticeState.READ and notice.readings.get().raw_text == DRAFT
    assert Entry.objects.filter(action="notice.correct", object_code=made.code).exists()
    page = text(officer.get(way(made)))
    assert fixes(page) == [] and "收作新的一份，原来那份没有动" in page


def test_nothing_ticked_says_so_and_makes_nothing(cast, officer):
    notice = kept(cast, DRAFT)
    answer = officer.post(way(notice, "correct/"), {"fix": ["N1-0", "x"]})
    assert answer.status_code == 422 and "没有勾选能改的地方" in text(answer)
    assert Notice.objects.count() == 1


def test_a_superiors_paper_is_only_shown(cast, officer):
    notice = kept(cast, DRAFT.replace("清泉市妇女联合会", "山海省妇女联合会"))
    page = text(officer.get(way(notice)))
    assert "这份是山海省妇女联合会发的" in page and fixes(page) == []
    for act in ("text/", "correct/"):
        answer = officer.post(way(notice, act), {"fix": ["N1-16"]})
        assert answer.status_code == 403 and "原文不改" in text(answer)
    assert Notice.objects.count() == 1


def test_a_settled_plan_keeps_its_text(cast, officer):
    campaign = draft_campaign(cast)
    answer = officer.post(way(campaign.notice, "correct/"), {"fix": ["x"]})
    assert answer.status_code == 403 and "退回" in text(answer)


def test_a_void_notice_is_not_corrected(cast, officer):
    notice = kept(cast, DRAFT)
    notices.void_notice(notice, by=cast.users["officer"])
    assert officer.post(way(notice, "correct/"), {"fix": ["x"]}).status_code == 403


def test_leaders_look_and_others_find_nothing(cast, client):
    notice = kept(cast, DRAFT)
    client.force_login(cast.users["leader"])
    assert client.get(way(notice)).status_code == 200 and client.get(way(notice, "compare/")).status_code == 200
    assert client.post(way(notice, "correct/"), {"fix": ["x"]}).status_code in (403, 404)
    client.force_login(cast.users["d.officer"])
    assert client.get(way(notice)).status_code == client.get(way(notice, "compare/")).status_code == 404


def test_a_notice_without_text_says_what_to_do(cast, officer):
    notice = kept(cast, DRAFT)
    Reading.objects.all().delete()
    answer = officer.get(way(notice))
    assert answer.status_code == 404 and "没有读出文字" in text(answer)


def test_a_reading_of_an_older_reader_is_read_again(cast, officer):
    notice = kept(cast, DRAFT)
    old = {**notice.readings.get().record, "schema_version": 0}
    Reading.objects.update(record=old)
    assert "发文字号的年份用六角括号" in text(officer.get(way(notice)))


def test_a_clean_notice_says_so(cast, officer):
    clean = (
        DRAFT.replace("泉妇发[2024]第05号", "泉妇发〔2024〕5号")
        .replace("读书 活动", "读书活动")
        .replace("各县(区)妇联:", "各县（区）妇联：")
    )
    clean = clean.replace("（一）、", "（一）").replace("阅读,", "阅读，").replace("03月05日", "3月5日")
    clean = clean.replace("请各县", "根据《读书方案》，请各县")
    assert "格式上没有要说的" in text(officer.get(way(kept(cast, clean))))


def test_the_page_is_whole_in_english(cast, officer):
    notice = kept(cast, DRAFT)
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = text(officer.get(way(notice)))
    assert "Does not comply with a standard" in page and "3 photos" in page and "No 第 stands" in page


@pytest.mark.postgres
def test_the_superiors_notice_stands_beside_ours(cast, officer):
    above = kept(
        cast, DRAFT.replace("走访困难妇女", "走访困难妇女和单亲母亲").replace("3月20日", "3月25日") + "附注", "上级.txt"
    )
    ours = kept(cast, DRAFT.replace("要组织亲子阅读", "可以组织亲子阅读"))
    page = text(officer.get(way(ours, "compare/")))
    assert "选一份上级的通知" in page and above.code in page
    page = text(officer.get(way(ours, "compare/") + f"?with={above.code}"))
    assert (
        "语气更松：要 → 可" in page
        and re.search("时间提前：[^<]*3月25日[^<]* → [^<]*3月20日", page)
        and "换了说法" in page
    )


def test_alone_it_says_what_to_bring_in(cast, officer):
    page = text(officer.get(way(kept(cast, DRAFT), "compare/") + "?with=nothing"))
    assert "先把上级的通知收进来" in page and "/desk/notices/new/" in page


def test_another_offices_notice_cannot_be_chosen(cast, officer):
    ours, other = kept(cast, DRAFT), kept(cast, DRAFT + "别处")
    Notice.objects.filter(pk=other.pk).update(office=cast.other_office)
    page = text(officer.get(way(ours, "compare/") + f"?with={other.code}"))
    assert f'value="{other.code}"' not in page and "<table" not in page


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_queries_do_not_grow(cast, officer):
    notice = kept(cast, DRAFT)
    one = queries(officer, way(notice))
    assert one <= 12
    for mark in ("一", "二"):
        issue(cast, title=f"关于读书{mark}的通知")
    assert queries(officer, way(notice)) == one
    long = kept(cast, DRAFT + "请各单位参加,并报名;注意安全!\n" * 30)
    assert queries(officer, way(long)) == one


def test_choosing_takes_the_same_queries_for_one_notice_and_three(cast, officer):
    ours, above = kept(cast, DRAFT), read_notice(cast)
    address = way(ours, "compare/") + f"?with={above.code}"
    one = queries(officer, address)
    for mark in ("一", "二"):
        read_notice(cast, mark)
    assert queries(officer, address) == one <= 12


def test_the_ways_lead_here(cast, officer):
    campaign = draft_campaign(cast)
    address = way(campaign.notice)
    for page in (
        f"/desk/campaigns/{campaign.code}/",
        f"/desk/campaigns/{campaign.code}/recipients/",
        f"/desk/campaigns/{campaign.code}/issue/",
    ):
        assert address in text(officer.get(page)), page
    waiting = kept(cast, DRAFT)
    assert way(waiting) in text(officer.get(f"/desk/notices/{waiting.code}/"))


def test_links_of_units_open_nothing(cast, client):
    assert client.get(way(kept(cast, DRAFT))).status_code in (302, 403, 404)
