"""A paper about one activity yields that activity, once, with the time, place and owner the paper tells."""

import pytest

from jinguo.gongwen import Record, read
from jinguo.gongwen.parts import Event

SIGNED = "清河县总工会\n2024年4月1日\n"
UNITS = "各乡镇（街道）工会，县直各基层工会：\n"


def only(record: Record) -> Event:
    (event,) = record.events
    return event


def window(event: Event) -> tuple[str | None, str | None] | None:
    return (event.window.start, event.window.end) if event.window else None


def test_a_competition_with_its_slots() -> None:
    record = read(
        f"清河县总工会关于举办第三届职工乒乓球比赛的通知\n{UNITS}现将有关事项通知如下：\n一、比赛时间\n4月20日至4月21日\n"
        "二、比赛地点\n县体育馆二楼\n三、参赛办法\n1.每队限报领队1人、运动员6人。\n2.赛前召开领队会议。\n"
        f"四、报名时间：4月12日前\n{SIGNED}"
    )
    event = record.events[0]
    assert (event.name, event.kind, event.owner) == ("第三届职工乒乓球比赛", "competition", "issuer")
    assert (event.date, window(event), event.place) == (None, ("2024-04-20", "2024-04-21"), "县体育馆二楼")
    assert [d.date for d in record.deadlines] == ["2024-04-12"]


def test_the_time_for_handing_in_is_a_deadline_and_not_the_day_of_the_show() -> None:
    record = read(
        f"关于举办职工摄影作品展的通知\n{UNITS}现将有关事项通知如下：\n一、征稿时间：自即日起至5月10日。\n"
        f"二、展出时间：2024年5月下旬。\n三、集合时间：另行通知。\n{SIGNED}"
    )
    event = only(record)
    assert (event.kind, window(event)) == ("exhibition", ("2024-05-21", "2024-05-31"))
    assert [(d.date, d.edge, d.rule) for d in record.deadlines] == [("2024-05-10", "by", "deadline.window_end")]


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("县总工会决定于5月18日举办“劳动之声”朗诵会。", "“劳动之声”朗诵会"),
        ("经研究，定于5月18日在文化馆举行全县职工朗诵会。", "全县职工朗诵会"),
        ("县总工会拟于5月18日组织我县职工参加“健步清河”徒步活动。", "“健步清河”徒步活动"),
        ("现面向全县职工征集“最美瞬间”短视频。", "征集“最美瞬间”短视频"),
    ],
)
def test_without_a_title_the_decision_names_it(opening: str, name: str) -> None:
    assert only(read(f"{UNITS}{opening}现将有关事项通知如下：\n一、活动对象\n全体职工。\n{SIGNED}")).name == name


def test_a_paper_passed_on_is_about_somebody_elses_event() -> None:
    record = read(
        f"{UNITS}现将市总工会《关于举办全市职工歌手大赛的通知》转发给你们。\n请于4月10日前将报名表报县总工会宣教部。\n{SIGNED}"
    )
    assert (only(record).name, only(record).owner) == ("全市职工歌手大赛", "other")
    assert [d.date for d in record.deadlines] == ["2024-04-10"]


def test_a_body_above_the_issuer_holds_it() -> None:
    record = read(
        f"{UNITS}省总工会决定举办“匠心杯”技能大赛。现将有关事项通知如下：\n一、时间\n2024年6月2日上午\n{SIGNED}"
    )
    assert (only(record).owner, only(record).date) == ("other", "2024-06-02")


def test_a_drive_is_for_the_addressees() -> None:
    record = read(
        f"关于开展“小小心愿”志愿服务活动的通知\n{UNITS}现将有关事项通知如下：\n一、活动时间\n2024年4月\n"
        f"二、活动要求\n各单位要认真组织。\n{SIGNED}"
    )
    assert (only(record).owner, window(only(record))) == ("addressees", ("2024-04-01", "2024-04-30"))


def test_the_name_for_many_gives_way_to_the_many() -> None:
    record = read(
        f"关于开展庆“三八”系列活动的通知\n{UNITS}县总工会决定开展庆“三八”系列活动，现将有关事项通知如下：\n"
        "一、活动时间\n3月1日至3月31日\n二、活动内容\n（一）举办女职工插花比赛\n比赛时间：3月9日\n"
        "（二）女职工健康讲座：\n1.时间：3月12日下午2:30\n2.地点：工人文化宫\n（三）表彰先进女职工。\n"
        f"清河县总工会\n2024年2月20日\n"
    )
    assert [(e.name, e.kind, e.date, e.time, e.owner) for e in record.events] == [
        ("女职工插花比赛", "competition", "2024-03-09", None, "issuer"),
        ("女职工健康讲座", "lecture", "2024-03-12", "14:30", "issuer"),
        ("表彰先进女职工", "selection", None, None, "issuer"),
    ]
    assert record.events[1].place == "工人文化宫"


def test_an_event_named_twice_is_one_and_knows_what_each_place_tells() -> None:
    record = read(
        "关于做好节日活动安排的通知\n各县妇联：\n现将活动安排如下：\n一、主要活动\n"
        "1.举办全市各界妇女纪念大会。3月7日，在大剧院隆重举行全市妇女纪念大会。\n"
        "2.举办“芳华”文艺晚会。3月8日举办。\n清河市妇女联合会\n2024年2月20日\n"
    )
    assert [(e.name, e.date) for e in record.events] == [
        ("全市各界妇女纪念大会", "2024-03-07"),
        ("“芳华”文艺晚会", "2024-03-08"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "关于表彰2023年度先进集体的决定\n各县妇联：\n决定授予县妇联“先进集体”称号。\n一、名单\n县妇联\n",
        "关于三八红旗手推荐人选的公示\n经研究，现将推荐人选予以公示。\n公示时间：2024年2月1日至2月7日\n联系电话：0350-1122334\n",
        "致全县姐妹的倡议书\n姐妹们：\n县妇联发出如下倡议：\n一、争做先行者。积极参加形式多样的文体活动。\n",
        "关于2023年全县科普日活动总结工作的通知\n各乡镇科协：\n请于3月1日前将总结报县科协。\n",
    ],
)  # fmt: skip
def test_results_honours_and_appeals_hold_no_event(text: str) -> None:
    assert read(text).events == ()


def test_games_and_ways_of_taking_part_are_not_events_of_their_own() -> None:
    record = read(
        f"关于举办职工演讲比赛的通知\n{UNITS}现将有关事项通知如下：\n一、赛程安排\n1.初赛。各单位自行组织比赛。\n"
        f"2.决赛。县总工会组织评委打分。\n二、参赛要求\n请积极组织职工参加比赛，举办故事会、座谈会。\n{SIGNED}"
    )
    assert [e.name for e in record.events] == ["职工演讲比赛"]


def test_two_full_heads_in_a_title_are_two_events_and_the_cut_can_be_turned_round() -> None:
    record = read(
        f"关于举办女职工健步走和“书香”读书会的通知\n{UNITS}现将有关事项通知如下：\n一、对象\n全体女职工\n{SIGNED}"
    )
    assert [(e.name, e.conf) for e in record.events] == [("女职工健步走", "mid"), ("“书香”读书会", "mid")]
    assert all(c.made for e in record.events for c in e.cuts)


def test_two_names_side_by_side_before_one_head_are_one_meeting() -> None:
    record = read("县妇联将召开“最美家庭”“美丽庭院”示范户表彰大会。")
    assert [e.name for e in record.events] == ["“最美家庭”“美丽庭院”示范户表彰大会"]


def test_conditions_rules_and_prizes_are_no_duties() -> None:
    record = read(
        f"关于举办职工篮球比赛的通知\n{UNITS}现将有关事项通知如下：\n一、参赛条件\n1.本单位在职职工，身体健康。\n"
        "2.队员年龄在45岁以下。\n二、竞赛规则\n采用国家最新篮球规则，比赛分上下两节。不得跨单位参赛。\n"
        "三、奖励办法\n设一等奖1名、二等奖2名。\n四、工作要求\n（一）抓好组织。各单位要认真组织，按时报名。\n"
        f"{SIGNED}"
    )
    assert record.tasks == ()
    assert [c.title for c in record.constraints if c.kind == "requirement"] == ["抓好组织"]
    assert [c.what for c in record.constraints if c.kind == "ban"] == ["跨单位参赛"]
    assert {b.rule for b in record.background if "规则" in b.text or "等奖" in b.text or "年龄" in b.text} == {
        "background.conditions"
    }


def test_a_public_notice_asks_for_nothing_but_what_it_says_with_please() -> None:
    record = read(
        "关于三八红旗手推荐人选的公示\n经研究，现将推荐人选予以公示。公示期为5个工作日。\n"
        "个人反映问题的，须署真实姓名。\n清河县妇女联合会\n2024年2月1日\n"
    )
    assert (record.tasks, record.events) == ((), ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "县妇联将在城区开展女职工趣味活动、“三八”节纪念大会、维权周宣传活动、义务献血等系列活动。",
            ["女职工趣味活动", "“三八”节纪念大会", "维权周宣传活动", "义务献血"],
        ),
        ("县妇联还将开展“花开”直播活动和“护苗”宣讲活动等。", ["“花开”直播活动", "“护苗”宣讲活动"]),
        ("县妇联将开展寻找“最美家庭”、“最美媳妇”和“最美婆婆”活动。", ["寻找“最美家庭”、“最美媳妇”和“最美婆婆”活动"]),
        ("县妇联将开展“守护花开”“三八”维权周活动。", ["“守护花开”“三八”维权周活动"]),
        ("县妇联将举办形式多样的文体活动。", []),
        ("县妇联将召开妇女大会，部署节日系列活动，报道各类先进典型活动。", ["妇女大会"]),
    ],
)
def test_lists_of_the_issuers_own_events(text: str, names: list[str]) -> None:
    assert [e.name for e in read(text).events] == names


def test_a_sentence_that_lists_several_is_no_decision_on_one() -> None:
    record = read(
        f"{UNITS}县总工会拟举办职工歌手大赛，召开劳模座谈会。现将有关事项通知如下：\n一、要求\n请做好准备。\n{SIGNED}"
    )
    assert [e.name for e in record.events] == ["职工歌手大赛", "劳模座谈会"]
