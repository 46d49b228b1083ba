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


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("关于邀请王教授作家庭教育讲座的通知", "家庭教育讲座"),
        ("“书香巾帼”读书分享会活动预告", "“书香巾帼”读书分享会"),
    ],
)
def test_what_is_held_is_named_without_who_is_asked_to_speak_and_without_the_genre(title: str, name: str) -> None:
    record = read(f"{title}\n各科室：\n一、时间：2024年4月12日下午2:30\n二、地点：三楼会议室\n{SIGNED}")
    (event,) = record.events
    assert (event.name.removesuffix("活动"), event.date, event.time) == (name, "2024-04-12", "14:30")


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
        ("联系人：张晓 红 电话：2345678", [("person_role", "张晓红"), ("phone", "2345678")]),
        ("联系人：张晓 女 电话：2345678", [("person_role", "张晓"), ("phone", "2345678")]),
        ("请于4月10日前将名单交县总工会孟老师，电话：2345678", [("person_role", "孟老师"), ("phone", "2345678")]),
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


def test_activities_counted_by_their_own_word_are_sections() -> None:
    record = paper(
        "一、活动内容\n系列活动一：春日健步走。\n（一）时间与地点\n1、时间：4月10日8:30；\n2、地点：滨河公园。\n"
        "系列活动二：开展“家和”故事分享会。\n时间：4月11日\n地点：文化馆"
    )
    assert [(n.level, n.clause, n.heading) for n in record.outline if n.level < 3] == [
        (1, "一", "活动内容"),
        (2, "一·系列活动一", "春日健步走"),
        (2, "一·系列活动二", "开展“家和”故事分享会"),
    ]
    assert [(e.name, e.date, e.place) for e in record.events] == [
        ("春日健步走", "2024-04-10", "滨河公园"),
        ("“家和”故事分享会", "2024-04-11", "文化馆"),
    ]


def test_an_activity_without_its_count_is_no_label() -> None:
    record = paper("一、活动内容\n活动一律自愿参加，不收费用。\n二、活动要求\n活动一要安全，二要节俭。")
    assert [n.heading for n in record.outline if n.kind == "heading"] == ["活动内容", "活动要求"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("奋进新时代，展巾帼风采—2024年女职工合唱比赛", "2024年女职工合唱比赛"),
        ("春之声——女职工合唱比赛", "春之声——女职工合唱比赛"),
    ],
)
def test_no_event_is_named_by_half_a_slogan(heading: str, name: str) -> None:
    assert [e.name for e in paper(f"一、活动内容\n（一）{heading}\n时间：4月10日\n地点：文化馆").events] == [name]


def test_a_paper_in_traditional_characters_tells_the_days_of_its_items() -> None:
    record = paper("一、活動內容\n（一）舉辦女職工羽毛球比賽\n1.比賽時間：4月12日\n2.由縣總工會主辦。")
    assert [e.date for e in record.events] == ["2024-04-12"]


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("4月中旬—5月5日", "2024-04-11", "2024-05-05"),
        ("4月5日至4月下旬", "2024-04-05", "2024-04-30"),
        ("4月5日至中旬", "2024-04-05", "2024-04-20"),
        ("2024年12月20日至1月上旬", "2024-12-20", "2025-01-10"),
    ],
)
def test_a_window_may_have_one_loose_end(said: str, start: str, end: str) -> None:
    (event,) = paper(f"一、职工摄影展\n时间：{said}\n地点：文化馆").events
    assert event.window is not None
    assert (event.window.text, event.window.start, event.window.end, event.window.fuzzy) == (said, start, end, True)


def test_who_is_asked_to_come_does_not_hold_it() -> None:
    record = paper(
        "一、活动安排\n1.4月20日下午2:30，县总工会在职工之家举办女性健康讲座，请各工会组织职工参加。\n"
        "2.4月22日举办插花沙龙，请各单位选派2人参加。\n"
        "3.“书香”诵读大赛，时间：4月23日，地点：职工之家，请各工会于4月10日前报名。"
    )
    assert [(e.name, e.place, e.owner, e.owner_text) for e in record.events] == [
        ("女性健康讲座", "职工之家", "issuer", "县总工会"),
        ("插花沙龙", None, "issuer", None),
        ("“书香”诵读大赛", "职工之家", "issuer", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "who", "thing", "to"),
    [
        ("推荐表由各工会汇总后于4月15日前统一报送县总工会女工部。", ("各工会",), "推荐表", "县总工会女工部"),
        ("请各工会将活动方案签字盖章后，于4月15日前报县总工会。", ("各工会",), "活动方案", "县总工会"),
        ("各工会提前将填好的登记表于4月15日前报县总工会。", ("各工会",), "登记表", "县总工会"),
        ("各工会将参加人员名单4月15日前书面报县总工会。", ("各工会",), "参加人员名单", "县总工会"),
    ],
)
def test_what_is_done_with_a_thing_is_no_part_of_it(sentence: str, who: tuple[str, ...], thing: str, to: str) -> None:
    assert duty(sentence) == (who, thing, to, "2024-04-15")


def test_what_is_sent_is_due_on_its_own_day() -> None:
    record = paper("一、时间安排\n各工会活动在4月10日前全部结束，照片于4月15日前报县总工会。")
    assert [(d.who, d.object, d.due) for d in record.report_duties] == [(("各工会",), "照片", "2024-04-15")]


def test_a_meeting_where_reports_are_heard_is_no_deadline() -> None:
    assert paper("一、活动安排\n于4月23日读书日前后举行职工读书事迹报告会。").deadlines == ()


def test_what_was_sent_in_before_is_not_asked_for() -> None:
    assert paper("一、评审办法\n县总工会对各工会上报的登记表逐份核对。").report_duties == ()


def test_the_name_of_a_file_is_not_the_title_of_a_paper_without_one() -> None:
    record = read(
        "各工会：\n县总工会决定开展系列活动，现将有关事宜通知如下：\n一、注意事项\n1.请签到。\n"
        f"附件：1.职工活动方案\n2.分组安排\n{SIGNED}"
    )
    assert record.title is None
    assert [n.heading for n in record.outline] == ["注意事项", "请签到"]
    assert [(a.number, a.text) for a in record.attachments] == [(1, "职工活动方案"), (2, "分组安排")]


@pytest.mark.parametrize(
    ("said", "start", "end"), [("2024年4—8月", "2024-04-01", "2024-08-31"), ("4-5月", "2024-04-01", "2024-05-31")]
)
def test_the_first_of_two_months_may_stand_without_its_word(said: str, start: str, end: str) -> None:
    (event,) = paper(f"一、活动内容\n1.职工读书会\n时间：{said}\n活动场地：文化广场").events
    assert event.window is not None
    assert (event.window.text, event.window.start, event.window.end, event.place) == (said, start, end, "文化广场")


def test_numbers_of_people_are_no_months() -> None:
    (event,) = paper("一、职工趣味赛\n时间：4月10日\n地点：操场\n每队4-8人，每人限报1-2项。").events
    assert (event.date, event.window) == ("2024-04-10", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "请各工会填写《职工报名表》，于4月15日前连同登记表报县总工会。",
        "请各工会于4月15日前将登记表报县总工会。",
    ],
)
def test_a_thing_is_named_without_the_word_that_joins_it(sentence: str) -> None:
    assert [d.object for d in paper(f"一、报名办法\n{sentence}").report_duties] == ["登记表"]


def test_any_name_between_the_files_and_the_date_signs() -> None:
    record = read(
        f"关于职工活动的通知\n{OPENING}请认真组织。\n附件：1.活动安排\n2.联络员名单\n清河植物园\n2024年4月1日\n"
    )
    assert (record.sign.org, record.sign.date) == ("清河植物园", "2024-04-01")
    assert [a.text for a in record.attachments] == ["活动安排", "联络员名单"]


def test_the_hours_before_a_name_are_no_part_of_it() -> None:
    record = paper("一、活动内容\n1.上午9:00—11:00 职工书法讲座\n2.下午2:30—5:00 插花体验课")
    assert [e.name for e in record.events] == ["职工书法讲座", "插花体验课"]
