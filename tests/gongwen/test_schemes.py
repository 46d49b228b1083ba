"""Every scheme of headings an office writes with is read by the order in which its labels appear, whatever they are."""

import pytest

from jinguo.gongwen import Record, read

Outline = list[tuple[int, str, str]]


def outline(text: str) -> Outline:
    return nodes(read(text))


def nodes(record: Record) -> Outline:
    return [(n.level, n.marker, n.heading) for n in record.outline]


HEAD = "关于开展春日读书活动的通知\n各乡镇妇联：\n现将有关事项通知如下：\n"

SCHEMES: dict[str, tuple[str, Outline]] = {
    "一、 over 1、": (
        "一、活动安排\n1、读书会\n2、讲座\n二、有关要求\n1、早准备\n",
        [(1, "一、", "活动安排"), (2, "1、", "读书会"), (2, "2、", "讲座"), (1, "二、", "有关要求"), (2, "1、", "早准备")],
    ),
    "一、 over 1、 over （一）": (
        "一、安排\n1、读书\n（一）选书\n（二）共读\n2、讲座\n二、要求\n",
        [(1, "一、", "安排"), (2, "1、", "读书"), (3, "（一）", "选书"), (3, "（二）", "共读"), (2, "2、", "讲座"), (1, "二、", "要求")],
    ),
    "first 1. over （1） over ①": (
        "1.时间\n（1）上午\n①签到\n②入场\n（2）下午\n2.地点\n",
        [(1, "1.", "时间"), (2, "（1）", "上午"), (3, "①", "签到"), (3, "②", "入场"), (2, "（2）", "下午"), (1, "2.", "地点")],
    ),
    "（一） first": ("（一）时间\n三月八日。\n（二）地点\n社区广场。\n", [(1, "（一）", "时间"), (1, "（二）", "地点")]),
    "part over 一、": (
        "第一部分 总体要求\n一、目标\n二、原则\n第二部分 重点任务\n一、读书\n",
        [(1, "第一部分", "总体要求"), (2, "一、", "目标"), (2, "二、", "原则"), (1, "第二部分", "重点任务"), (2, "一、", "读书")],
    ),
    "chapters": ("第一章 总则\n本办法所称读书会是指共读。\n第二章 组织\n由社区妇联组织。\n", [(1, "第一章", "总则"), (1, "第二章", "组织")]),
    "01 above its words": (
        "01\n活动主题\n春风里的书声\n02\n活动时间\n三月一日到八日\n",
        [(1, "01", "活动主题"), (1, "02", "活动时间")],
    ),
    "bare digits": ("1 举办读书会\n2 举办讲座\n3 评选好书\n", [(1, "1", "举办读书会"), (1, "2", "举办讲座"), (1, "3", "评选好书")]),
    "a number alone on its line": (
        "1.\n各乡镇要早作准备，\n安排专人负责。\n2.\n各村要发动家庭，\n共读一本书。\n",
        [(1, "1.", "各乡镇要早作准备，安排专人负责"), (1, "2.", "各村要发动家庭，共读一本书")],
    ),
    "⑴ inside an item": (
        "一、比赛\n要求：⑴每队五人；⑵自备服装；⑶准时到场。\n",
        [(1, "一、", "比赛"), (2, "⑴", "每队五人"), (2, "⑵", "自备服装"), (2, "⑶", "准时到场")],
    ),
    "1）": ("一、报名\n1）线上报名。\n2）现场报名。\n", [(1, "一、", "报名"), (2, "1）", "线上报名"), (2, "2）", "现场报名")]),
    "1, and 2.": ("1，活动主题\n书香。\n2.活动时间\n三月。\n", [(1, "1，", "活动主题"), (1, "2.", "活动时间")]),
    "numbering goes on under the next section": (
        "一、上旬\n1.读书会\n2.讲座\n二、下旬\n3.义诊\n4.总结会\n",
        [(1, "一、", "上旬"), (2, "1.", "读书会"), (2, "2.", "讲座"), (1, "二、", "下旬"), (2, "3.", "义诊"), (2, "4.", "总结会")],
    ),
    "a whole sentence": (
        "一、请各村于三月十日前把读书会的时间、地点和参加人数报到镇妇联，并写明一位联系人的姓名和单位。逾期再议。\n二、自愿参加。\n",
        [(1, "一、", "请各村于三月十日前把读书会的时间、地点和参加人数报到镇妇联，并写明一位联系人的姓名和单位"), (1, "二、", "自愿参加")],
    ),
    "label and colon": ("一、报名时间：三月十日前\n二、报名方式：扫码报名，也可到社区登记。\n", [(1, "一、", "报名时间"), (1, "二、", "报名方式")]),
    "a lost 一、": ("活动项目\n跳绳。\n二、活动时间\n三月八日。\n", [(1, "", "活动项目"), (1, "二、", "活动时间")]),
    "a doubled bracket": ("一、条件\n（（一）热爱读书。\n（（二）身体健康。\n", [(1, "一、", "条件"), (2, "（一）", "热爱读书"), (2, "（二）", "身体健康")]),
    "bullets that lost their numbers": ("• 活动主题\n书香满城\n• 活动对象\n全体妇女\n", [(1, "", "活动主题"), (1, "", "活动对象")]),
    "slot lines over numbered items": (
        "征集时间\n即日起到三月末\n征集要求\n1.原创。\n2.不限体裁。\n",
        [(1, "", "征集时间"), (1, "", "征集要求"), (2, "1.", "原创"), (2, "2.", "不限体裁")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_is_read_in_its_own_order(name: str) -> None:
    text, expected = SCHEMES[name]
    assert outline(HEAD + text) == expected


def test_amounts_and_dates_at_the_start_of_a_line_are_not_labels() -> None:
    text = "一、奖项\n3月8日颁奖，地点另行通知。\n12名选手获奖，名单另发。\n5.5万元用于购书，由社区代管。\n一、二等奖各三名，另有鼓励奖。\n"
    assert outline(HEAD + text) == [(1, "一、", "奖项")]


def test_a_paper_on_one_line_falls_into_its_items() -> None:
    text = (
        "清河县妇联关于开展春日读书活动的通知各乡镇妇联: 为让姐妹们读上好书,现将有关事项通知如下:一、指导思想以书为伴,以读会友,让家家都有书声,人人都有收获。"
        "二、活动内容(一)举办读书会。由各乡镇妇联组织,每月一次,自愿参加。(二)举办讲座。请老师讲怎样陪孩子读书。三、有关要求1、早准备。2、少花钱。3、重实效。"
        "各村可以结合自己的情况安排时间和地点,不搞统一模式,不填表格,不拍照打卡,让姐妹们轻松来、高兴回。"
    )
    record = read(text)
    assert nodes(record) == [
        (1, "一、", "指导思想"), (1, "二、", "活动内容"), (2, "(一)", "举办读书会"), (2, "(二)", "举办讲座"),
        (1, "三、", "有关要求"), (2, "1、", "早准备"), (2, "2、", "少花钱"), (2, "3、", "重实效"),
    ]  # fmt: skip
    assert record.title and record.title.text == "清河县妇联关于开展春日读书活动的通知"
    assert [r.text for r in record.recipients] == ["各乡镇妇联"]


def test_a_slot_glued_behind_a_heading_is_not_part_of_it() -> None:
    text = "一、举办“春天里的一本书”共读会时间：三月八日地点：县图书馆\n二、活动时间 三月一日到三月三十一日\n三、活动要求   各村自愿参加，不作考核。\n"
    assert outline(HEAD + text) == [
        (1, "一、", "举办“春天里的一本书”共读会"),
        (1, "二、", "活动时间"),
        (1, "三、", "活动要求"),
    ]


def test_headings_without_labels_above_their_paragraphs() -> None:
    text = (
        "全县姐妹们：\n春天来了，县妇联向大家发出倡议：\n做爱读书的人\n每天读一页，睡前讲一个故事，让孩子在书声里长大。\n"
        "做爱干净的人\n院里院外常打扫，垃圾分类好习惯，邻里之间多帮忙。\n做爱运动的人\n傍晚走一走，周末跳一跳，身体好心情也好。\n"
    )
    assert outline(text) == [(1, "", "做爱读书的人"), (1, "", "做爱干净的人"), (1, "", "做爱运动的人")]


def test_lines_wrapped_at_one_width_are_whole_again() -> None:
    text = (
        "一、请各乡镇妇联结合本地的实际情况早作准备，选好书目，\n安排好时间和地点，让每一位愿意来的姐妹都能参加。活动期\n间不收任何费用，不作任何考核，来去自由，贵在坚持和快乐\n"
        "地读书。\n二、请各村妇联主席把读书会的消息告诉每一户人家，可以写\n在公示栏里，也可以在微信群里发一条消息，还可以请邻居帮\n忙转告，不要求层层签字，也不要求拍照留痕，只求大家知道\n有这件事情。\n"
    )
    assert [heading for _, _, heading in outline(HEAD + text)] == [
        "请各乡镇妇联结合本地的实际情况早作准备，选好书目，安排好时间和地点，让每一位愿意来的姐妹都能参加",
        "请各村妇联主席把读书会的消息告诉每一户人家，可以写在公示栏里，也可以在微信群里发一条消息，还可以请邻居帮忙转告，不要求层层签字，也不要求拍照留痕，只求大家知道有这件事情",
    ]


def test_traditional_characters_are_understood_and_kept() -> None:
    record = read(
        "清河縣婦女聯合會關於開展讀書活動的通知\n各鄉鎮婦聯：\n現將有關事項通知如下：\n一、活動時間\n三月。\n二、活動內容\n共讀。\n清河縣婦女聯合會\n2024年3月1日\n"
    )
    assert record.title and record.title.text == "清河縣婦女聯合會關於開展讀書活動的通知"
    assert record.issuer and record.issuer.text == "清河縣婦女聯合會"
    assert [r.text for r in record.recipients] == ["各鄉鎮婦聯"]
    assert nodes(record) == [(1, "一、", "活動時間"), (1, "二、", "活動內容")]
    assert (record.sign.org, record.sign.date) == ("清河縣婦女聯合會", "2024-03-01")


def test_forum_noise_at_the_ends_of_lines_is_not_read() -> None:
    text = "关于开展读书活动的通知\n各村妇联：\n现将有关事项通知如下：9 k' a% T# w7 ~\n; Q2 ]$ x( m5 `- (一)办读书会。\n+ e8 ^1 V. r6 {( n (二)办讲座。) s. o3 ?- ]# M\n"
    record = read(text)
    assert nodes(record) == [(1, "(一)", "办读书会"), (1, "(二)", "办讲座")]
    assert record.preamble and record.preamble.cue and record.preamble.cue.text == "现将有关事项通知如下："


def test_sheet_numbers_of_a_file_viewer_do_not_cut_the_text() -> None:
    long = (
        "为让姐妹们读上好书，县妇联决定开展春日读书活动。各村可以结合自己的情况安排时间和地点，不搞统一模式，不填表格。"
        * 3
    )
    record = read(
        f"1、关于开展读书活动的通知\n{long}现将有关事\n2、项通知如下：\n一、共读一本好书。{long}请各\n3、村自愿参加。\n"
    )
    assert nodes(record) == [(1, "一、", "共读一本好书")]
