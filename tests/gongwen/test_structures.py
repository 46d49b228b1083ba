"""Other shapes a paper comes in: a competition, a plan by items, a notice that issues a plan, a text cut by pages."""

from datetime import date
from pathlib import Path

from jinguo.gongwen import Record, read

NOTICES = Path(__file__).resolve().parents[1] / "data" / "notices"


def notice(name: str) -> Record:
    return read((NOTICES / f"{name}.txt").read_bytes(), name)


def outline(record: Record) -> list[tuple[str, str]]:
    return [(n.clause, n.heading) for n in record.outline]


def test_a_competition_is_one_event_with_its_time_and_place() -> None:
    record = notice("competition")
    (event,) = record.events
    assert (event.name, event.kind) == ("清河县首届“巾帼好手艺”技能大赛", "competition")
    assert (event.date, event.time, event.place) == ("2024-05-11", "09:00", "清河县职业中学实训楼")
    assert [(d.due, d.time, d.object, d.to, d.form, d.consequence) for d in record.report_duties] == [
        ("2024-04-25", "17:30", "报名表", "县妇联发展部", ("盖章扫描件",), "放弃")
    ]
    assert [(c.kind, c.title, c.what) for c in record.constraints if c.kind == "ban"] == [
        ("ban", "收取任何费用", "收取任何费用")
    ]
    assert [a.text for a in record.attachments] == ["报名表", "评分办法"]
    assert (record.sign.org, record.sign.date) == ("清河县妇女联合会 清河县人力资源和社会保障局", "2024-04-01")
    assert [r.bodies for r in record.recipients] == [("妇联",), ("妇委会", "女职委")]
    assert [(q.per, q.op, q.n) for t in record.tasks for q in t.quantities if q.per] == [("乡镇（街道）", "=", 3)]


def test_a_plan_by_items_is_an_event_for_each() -> None:
    record = notice("items")
    assert [(e.name, e.kind, e.date, e.time, e.place) for e in record.events] == [
        ("“最美她力量”表彰大会", "congress", "2024-03-07", "15:00", "市会议中心二楼"),
        ("“春暖清河”女性专场招聘会", "job_fair", None, None, "人民广场"),
        ("“法律进万家”巡回宣讲", "lecture", None, None, None),
        ("“妈妈书房”项目", "other", None, None, None),
    ]
    assert [(e.window.start, e.window.end, e.window.fuzzy) for e in record.events if e.window] == [
        ("2024-03-09", "2024-03-10", False),
        ("2024-03-11", "2024-03-20", True),
        ("2024-02-20", "2024-12-31", False),
    ]
    assert [(d.role, d.unit, d.external) for e in record.events for d in e.duties] == [
        ("lead", "办公室", False),
        ("lead", "发展部", False),
        ("support", "市人社局", True),
        ("lead", "权益部", False),
        ("lead", "家庭和儿童工作部", False),
    ]
    (duty,) = record.report_duties
    assert (duty.object, duty.to, duty.due) == ("总结", "办公室", None)
    assert duty.anchor and (duty.anchor.after, duty.anchor.n, duty.anchor.unit) == ("event_end", 3, "workday")
    assert [(c.kind, c.value) for c in record.contacts] == [
        ("person_role", "何某某"),
        ("phone", "0350-1122334"),
        ("phone", "13800000000"),
    ]


def test_a_notice_that_issues_a_plan_is_read_through_to_the_plan() -> None:
    record = notice("plan")
    assert record.title and record.title.text == "清河市妇女联合会关于印发《2024年“书香三月”女性阅读季活动方案》的通知"
    assert record.subtype and record.subtype.text == "印发"
    assert outline(record) == [("一", "活动安排"), ("一·1", "举办启动仪式（宣传部牵头）")]
    assert [(e.name, e.date, e.time, e.place) for e in record.events] == [
        ("启动仪式", "2024-03-01", "09:30", "市图书馆报告厅")
    ]
    assert (record.sign.org, record.sign.date) == ("清河市妇女联合会", "2024-02-26")


def test_page_numbers_and_page_cuts_leave_no_trace_in_the_reading() -> None:
    record = notice("page-cut")
    assert outline(record) == [
        ("一", "主要任务"), ("一(一)", "走进邻里"), ("一(一)一", "看一看"), ("一(一)二", "问一问"), ("一(一)三", "帮一帮"),
        ("一(二)", "讲好故事"), ("二", "有关要求"), ("二·一", "人要到位"), ("二·二", "事要落地"), ("二·三", "账要清楚"),
    ]  # fmt: skip
    assert [f.kind for f in record.layout] == ["page_split", "page_number", "page_split", "page_number", "page_number"]
    cut = next(s for s in record.sentences if len(s.src) > 1)
    assert [s.quote for s in cut.src] == ["为把节日办到家门口，街道妇联", "决定三月里办好几件小事。"]
    assert record.report_duties[0].recurrence and record.report_duties[0].recurrence.day == 25
    assert record.report_duties[0].to == "街道妇联"


def test_points_that_list_events_are_events_and_points_that_urge_are_measures() -> None:
    record = read(
        "清河市妇女联合会文件\n关于做好节日活动的通知\n各县妇联：\n现将有关事项通知如下：\n一、市妇联主要活动\n"
        "节日期间，市妇联将办好以下活动：一是召开庆祝大会；二是举办女书画家作品展、“她时光”分享会。\n"
        "二、各县活动\n各县要办好以下活动：一是举办“送法”讲座；二是走访慰问。\n"
    )
    assert [(e.name, e.owner) for e in record.events] == [
        ("庆祝大会", "issuer"), ("女书画家作品展", "issuer"), ("“她时光”分享会", "issuer"), ("“送法”讲座", "addressees"),
    ]  # fmt: skip
    assert [t.title for t in record.tasks] == ["走访慰问"]


def test_a_county_named_in_a_city_paper_is_not_the_issuer() -> None:
    record = read("清河市妇女联合会文件\n关于活动的通知\n各县妇联：\n一、活动\n（一）县妇联将举办“春暖”讲座。\n")
    assert [e.owner for e in record.events] == ["addressees"]


def test_forwarded_running_heads_and_a_long_recipients_line() -> None:
    record = read(
        "清妇函〔2024〕12号\n\n关于召开\n家庭教育工作座谈会的函\n\n市教育局、市民政局，\n各县（市、区）妇联，市直各单位妇委会：\n"
        "定于3月15日（星期五）上午9:00在市妇女儿童中心召开家庭教育工作座谈会，现将有关事项函告如下：\n"
        "请于3月12日下班前将参会回执反馈至邮箱jia@example.org。\n"
        "抄送：市政府办公室，市文明办。\n清河市妇女联合会办公室　2024年3月6日印发\n"
    )
    assert record.genre and record.genre.text == "函"
    assert [r.text for r in record.recipients] == ["市教育局", "市民政局", "各县（市、区）妇联", "市直各单位妇委会"]
    assert record.imprint.copies == ("市政府办公室", "市文明办")
    assert [(d.due, d.object) for d in record.report_duties] == [("2024-03-12", "参会回执")]


def test_a_day_belongs_to_its_own_verb_and_a_period_to_the_whole_list() -> None:
    record = read(
        "3月8日召开庆祝大会，举办女画家作品展。节日期间举办读书会，启动“妈妈课堂”。", document_date=date(2024, 2, 20)
    )
    assert [(e.name, e.date, e.window.text if e.window else None) for e in record.events] == [
        ("庆祝大会", "2024-03-08", None),
        ("女画家作品展", None, None),
        ("读书会", None, "节日期间"),
        ("“妈妈课堂”", None, "节日期间"),
    ]
