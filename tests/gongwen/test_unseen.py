"""What papers of other offices taught the reader: each rule shown on a sentence of our own, and on its neighbour that must
not change."""

import pytest

from jinguo.gongwen import Record, read

SIGNED = "清河县总工会\n2024年4月1日\n"
OPENING = "各基层工会：\n县总工会决定开展系列活动，现将有关事项通知如下：\n"


def paper(body: str) -> Record:
    return read(f"清河县总工会关于职工活动安排的通知\n{OPENING}{body}\n{SIGNED}")


def duty(sentence: str) -> tuple[tuple[str, ...], str, str | None, str | None]:
    (found,) = paper(f"一、报名办法\n{sentence}").report_duties
    return found.who, found.object, found.to, found.due


# ---- when


@pytest.mark.parametrize(
    ("window", "day", "time"),
    [
        ("即日起至2024年4月17日（周三）18:00", "2024-04-17", "18:00"),
        ("2024年4月8日9:00至4月17日下午5点止", "2024-04-17", "17:00"),
        ("即日起至4月17日（周三）", "2024-04-17", None),
        ("4月8日9:00至4月17日", "2024-04-17", None),
    ],
)
def test_a_window_for_handing_in_closes_at_its_hour(window: str, day: str, time: str | None) -> None:
    (due,) = paper(f"一、报名时间\n{window}").deadlines
    assert (due.date, due.time, due.edge) == (day, time, "by")


def test_years_and_months_in_han_numerals_are_read() -> None:
    record = read(
        "校工会将开展职工才艺活动，现将有关事宜通知如下：\n一、象棋比赛\n比赛时间：二〇一九年五月八日下午2:30。\n"
        "比赛地点：教工之家。\n二、教工剪纸展览\n展览时间：五月中旬。\n展览地点：图书馆。\n作品于五月十日前交校工会。\n"
    )
    first, second = record.events
    assert (first.date, first.time) == ("2019-05-08", "14:30")
    assert second.window is not None
    assert (second.window.start, second.window.end) == ("2019-05-11", "2019-05-20")
    assert [d.date for d in record.deadlines] == ["2019-05-10"]


def test_a_comma_may_stand_between_the_day_and_its_hour() -> None:
    (event,) = paper("一、环湖健步走活动\n1.活动时间：2024年4月12日，中午12:30。\n2.参加人员：全县在会正式会员").events
    assert (event.name, event.date, event.time, event.place) == ("环湖健步走活动", "2024-04-12", "12:30", None)


def test_the_day_of_the_games_is_not_the_day_of_the_call_for_helpers() -> None:
    record = read(
        "2024年6月15-19日，第三届青少年田径锦标赛将在我县举办，县团委决定面向社会招募40名志愿者，具体方案如下：\n"
        "一、招募对象\n年满十八周岁的居民。\n二、招募要求\n身体健康，热心公益。\n"
    )
    (event,) = record.events
    assert (event.name, event.date, event.window) == ("招募40名志愿者", None, None)


# ---- what is held


def test_a_section_that_is_an_activity_with_its_own_time_is_an_event() -> None:
    record = paper(
        "一、环湖健步走活动\n1.参加人员：在职会员\n2.活动时间：4月12日上午8:30\n二、女职工课堂\n"
        "1.讲座：春季养生——从一日三餐说起\n主讲人：县医院医生\n活动时间：4月16日14:30\n活动地点：职工之家\n2.讲座主题：家庭收纳\n时间另行通知。"
    )
    told = [(e.name, e.kind, e.date, e.time) for e in record.events]
    assert told[:2] == [
        ("环湖健步走活动", "other", "2024-04-12", "08:30"),
        ("讲座：春季养生——从一日三餐说起", "lecture", "2024-04-16", "14:30"),
    ]
    assert record.theme is None, "the subject of one talk is not the theme of the paper"


def test_a_section_called_activities_stays_a_section() -> None:
    found = paper("一、活动内容\n时间：4月12日\n各基层工会组织会员参加。").events
    assert "活动内容" not in [event.name for event in found]


def test_a_name_begins_with_what_is_held() -> None:
    record = read("开展“清明”主题活动的通知\n各单位：\n现将有关事项通知如下：\n一、活动要求\n请各单位认真组织。\n")
    assert [(e.name, e.verb) for e in record.events] == [("“清明”主题活动", "开展")]


def test_two_faces_joined_by_a_list_are_one_ceremony() -> None:
    (event,) = paper("4月20日，县总工会举行职工庆“五一”大会暨职工小发明、技能成果展览启动仪式。").events
    assert event.name == "职工庆“五一”大会暨职工小发明、技能成果展览启动仪式" or event.name.endswith(
        "技能成果展览启动仪式"
    )
    assert "小发明、" in event.name


def test_a_place_stands_in_the_bracket_behind_the_time() -> None:
    record = paper("一、活动内容\n1.职工书法比赛（4月17日下午2:30-4:30职工之家二楼展厅）\n现场提供纸笔。")
    assert [(e.date, e.time, e.place) for e in record.events] == [("2024-04-17", "14:30", "职工之家二楼展厅")]


def test_the_verb_that_closes_a_line_is_no_part_of_the_place() -> None:
    record = paper("一、职工棋类比赛\n时间：4月17日下午2:00\n地点：城东社区活动中心棋室内进行")
    assert [e.place for e in record.events] == ["城东社区活动中心棋室"]


# ---- what is handed in


def test_the_colon_of_an_hour_ends_no_line_of_addressees() -> None:
    record = paper("一、有关要求\n各基层工会于4月15日下午5:30分前将报名表发至县总工会办公室。")
    assert [(d.who, d.object, d.due, d.time) for d in record.report_duties] == [
        (("各基层工会",), "报名表", "2024-04-15", "17:30")
    ]
    assert [r.text for r in record.recipients] == ["各基层工会"]


@pytest.mark.parametrize(
    ("sentence", "who", "thing", "to"),
    [
        (
            "各基层工会做好组织工作，于4月15日中午11:00前将报名表通过OA发至县总工会办公室。",
            ("各基层工会",),
            "报名表",
            "县总工会办公室",
        ),
        ("请将活动安排表加盖公章后于4月15日前报送至县总工会办公室。", (), "活动安排表", "县总工会办公室"),
        ("小组长填写报名单，于4月15日前交县总工会。", (), "报名单", "县总工会"),
        ("参加培训人员名单4月15日上午报县总工会。", (), "参加培训人员名单", "县总工会"),
    ],
)
def test_only_the_thing_itself_is_what_is_sent(sentence: str, who: tuple[str, ...], thing: str, to: str) -> None:
    assert duty(sentence) == (who, thing, to, "2024-04-15")


def test_a_receipt_named_in_the_clause_before_is_what_is_sent() -> None:
    record = paper(
        "为便于联络和开展工作，请各单位于4月15日前，填写《职工活动联络员回执》（附件2），发送至邮箱lianluo@example.org。"
    )
    assert [(d.object, d.due) for d in record.report_duties] == [("《职工活动联络员回执》", "2024-04-15")]
    assert record.tasks == (), "why it is asked is nothing to do"


def test_a_link_to_the_files_is_not_one_more_attachment() -> None:
    record = read(
        f"关于职工活动的通知\n{OPENING}请认真组织。\n附件：\n1.活动安排表\n2.联络员回执\n请下载：附件1-2.zip\n{SIGNED}"
    )
    assert [(a.number, a.text) for a in record.attachments] == [(1, "活动安排表"), (2, "联络员回执")]


# ---- whom to ask


def contacts_of(line: str) -> list[tuple[str, str]]:
    return [(c.kind, c.value) for c in paper(f"一、报名办法\n请认真组织。\n{line}").contacts]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("办公室电话：2345678，联系人：褚某某。", [("phone", "2345678"), ("person_role", "褚某某")]),
        ("联系人：郭 晓棠 电话：2345678", [("person_role", "郭晓棠"), ("phone", "2345678")]),
        ("联系人：郭 晓棠 13800001111", [("person_role", "郭晓棠"), ("phone", "13800001111")]),
        ("联系人：王芳 李晓 电话：2345678", [("person_role", "王芳"), ("person_role", "李晓"), ("phone", "2345678")]),
        ("请与办公室何晓红联系，电话2345678。", [("person_role", "何晓红"), ("phone", "2345678")]),
        ("报名咨询：孙老师，微信同号13800003333", [("person_role", "孙老师"), ("phone", "13800003333")]),
        ("请与当地妇联联系，电话：2345678", [("phone", "2345678")]),
    ],
)
def test_a_person_is_named_in_full(line: str, told: list[tuple[str, str]]) -> None:
    assert contacts_of(line) == told


@pytest.mark.parametrize(
    "line", ["联系人：QQ：12345678", "联系方式：加入QQ群：12345678", "联系方式：微信号：abc12345", "邮编：1234567"]
)
def test_a_number_that_is_no_telephone_is_not_called_one(line: str) -> None:
    assert [value for kind, value in contacts_of(line) if kind == "phone"] == []


# ---- the outline


def test_a_section_glued_to_the_end_of_the_last_item_is_one() -> None:
    record = paper(
        "一、活动名称\n1、职工摄影比赛\n2、家书故事征集活动二、活动主题：\n劳动最美\n三、活动时间：4月1日至4月30日"
    )
    assert [(n.clause, n.heading) for n in record.outline if n.parent is None] == [
        ("一", "活动名称"),
        ("二", "活动主题"),
        ("三", "活动时间"),
    ]
    assert record.theme is not None
    assert record.theme.text == "劳动最美"


def test_making_friends_is_no_handing_in() -> None:
    record = paper("一、县级安排\n4月份，县总工会将召开季度推进会，举办职工文艺汇演及春季交友会，举办青年交谊舞会。")
    assert not record.report_duties
    assert [event.name for event in record.events] == ["季度推进会", "职工文艺汇演及春季交友会", "青年交谊舞会"]
