"""A paper found on a web page, in a forum, or with its head and foot in an unusual order: the paper is read, the page is not."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.gongwen import Record, read

PAPER = (
    "清河县妇女联合会\n关于开展春日读书活动的通知\n清妇发〔2024〕9号\n各乡镇妇联、县直各单位妇委会：\n"
    "为让姐妹们读上好书，现将有关事项通知如下：\n一、活动主题\n书香满城\n二、活动内容\n（一）共读一本书。每村一次，自愿参加。\n"
    "（二）听一堂讲座。请老师讲家庭阅读。\n三、有关要求\n各乡镇妇联要早作准备，安排专人负责。\n清河县妇女联合会\n2024年3月1日\n"
)
TITLE = "清河县妇女联合会关于开展春日读书活动的通知"


def nodes(record: Record) -> list[tuple[int, str, str]]:
    return [(n.level, n.marker, n.heading) for n in record.outline]


def head_and_foot(record: Record) -> tuple[object, ...]:
    return (
        record.title and record.title.text, record.doc_number and record.doc_number.text,
        [r.text for r in record.recipients], record.sign.org, record.sign.date,
    )  # fmt: skip


def test_the_page_around_a_paper_is_not_read() -> None:
    page = (
        "无障碍 | 长者版\n当前位置： 首页 > 通知公告 > 正文\n通知公告\n索 引 号：140300-101/2024-0001 主题分类：群团工作\n"
        f"标  题：{TITLE}\n发布时间：2024-03-02 来源：县妇联办公室 浏览次数：128 字号：[大 中 小]\n"
        f"{PAPER}分享到：微信 微博\n上一篇：关于开展义诊活动的通知\n下一篇：一、招聘启事\n版权所有：清河县妇女联合会 电话：0350-0000000\n"
    )
    bare, framed = read(PAPER), read(page)
    assert nodes(framed) == nodes(bare)
    assert head_and_foot(framed) == head_and_foot(bare) == (
        TITLE, "清妇发〔2024〕9号", ["各乡镇妇联", "县直各单位妇委会"], "清河县妇女联合会", "2024-03-01",
    )  # fmt: skip
    assert not [c for c in framed.contacts if c.value == "0350-0000000"]


def test_a_page_fact_keeps_the_papers_number() -> None:
    record = read("文 号：清妇发〔2024〕9号\n发布日期：2024-03-02\n各乡镇妇联：\n请组织读书会。\n")
    assert record.doc_number and record.doc_number.text == "清妇发〔2024〕9号"


def test_time_and_place_lines_belong_to_the_paper() -> None:
    record = read("读书会通知\n各村妇联：\n请参加读书会。\n时间：3月8日\n地点：图书馆\n")
    assert not [fact for fact in record.layout if fact.kind == "page_line"]
    assert "时间：3月8日" in "".join(s.src[0].quote for s in record.sentences)


def test_of_two_titles_the_one_above_the_addressees_is_the_papers() -> None:
    record = read(
        "关于转发省妇联读书活动的通知\n发布时间：2024-03-02\n关于转发《省妇联关于开展\n春日读书活动的通知》的通知\n各乡镇妇联：\n请认真落实。\n"
    )
    assert record.title and record.title.text == "关于转发《省妇联关于开展春日读书活动的通知》的通知"
    assert record.subtype and record.subtype.text == "转发"


def test_number_title_and_addressees_glued_together_are_parted() -> None:
    record = read(
        "清妇发〔2024〕9号清河县妇联关于开展读书活动的通知 各乡镇妇联：为让姐妹们读上好书，请组织读书会。\n一、早准备。\n"
    )
    assert head_and_foot(record)[:3] == ("清河县妇联关于开展读书活动的通知", "清妇发〔2024〕9号", ["各乡镇妇联"])
    assert nodes(record) == [(1, "一、", "早准备")]


def test_an_issued_plan_below_the_signature_is_the_body() -> None:
    record = read(
        "清妇发〔2024〕9号\n各乡镇妇联：\n现将《春日读书活动方案》印发给你们，请认真贯彻执行。\n清河县妇女联合会\n（县总工会代章）\n2024年3月1日\n"
        "春日读书活动方案\n为让姐妹们读上好书，制定本方案。\n一、目标\n人人有书读。\n二、安排\n（一）三月选书。\n（二）四月共读。\n"
    )
    assert nodes(record) == [
        (1, "一、", "目标"),
        (1, "二、", "安排"),
        (2, "（一）", "三月选书"),
        (2, "（二）", "四月共读"),
    ]
    assert (record.sign.org, record.sign.date) == ("清河县妇女联合会", "2024-03-01")


def test_an_annex_has_no_say_in_the_outline_of_a_paper_with_items() -> None:
    record = read(PAPER + "附件1\n推荐办法\n一、推荐条件\n（一）爱读书。\n二、推荐程序\n")
    assert nodes(record) == nodes(read(PAPER))
    unsigned = "关于读书的通知\n各村：\n请按要求办。\n一、读书\n二、讲座\n附件\n推荐办法\n一、条件\n"
    assert nodes(read(unsigned)) == [(1, "一、", "读书"), (1, "二、", "讲座")]


def test_signatures_in_every_form() -> None:
    body = "关于读书的通知\n各村妇联：\n请组织读书会。\n"
    forms = {
        "清河县妇女联合会\n二〇二四年三月一日\n": ("清河县妇女联合会", "2024-03-01"),
        "清河县妇女联合会\n二○二四年三月十二日\n": ("清河县妇女联合会", "2024-03-12"),
        "清河县妇女联合会   2024年3月1日\n": ("清河县妇女联合会", "2024-03-01"),
        "县妇联\n县总工会\n2024年3月1日\n": ("县妇联 县总工会", "2024-03-01"),
        "办 公 室\n2024.3.1\n": ("办公室", "2024-03-01"),
        ", 清河县妇女联合会\n2024\n年 3 月 1 日\n": ("清河县妇女联合会", "2024-03-01"),
        "清河县妇女联合会\n": ("清河县妇女联合会", None),
        "2024年3月1日\n": (None, "2024-03-01"),
    }
    assert {form: (sign.org, sign.date) for form in forms for sign in [read(body + form).sign]} == forms


def test_a_damaged_date_stays_unread() -> None:
    body = "关于读书的通知\n各村妇联：\n请组织读书会。\n清河县妇女联合会\n"
    for day in ("2024", "2024年31", "20xx年3月1日", "2024年2月", "2024.13.40"):
        sign = read(body + day + "\n").sign
        assert (sign.org, sign.date, sign.conf) == ("清河县妇女联合会", None, "mid"), day


def test_names_listed_in_the_text_are_not_signatures() -> None:
    record = read(
        "关于推荐先进集体的公示\n现将名单公示如下，欢迎监督。\n先进集体\n清河县图书馆\n清河县妇女联合会\n2024年3月1日\n"
    )
    assert record.sign.org == "清河县妇女联合会"


NOISE = [
    "首页 > 通知公告 > 正文", "发布时间：2024-03-02 来源：本站 浏览次数：12", "分享到：", "【打印】【关闭】", "上一篇：关于义诊的通知", "版权所有 清河县妇联",
    "字号：大 中 小", "Copyright 2024", "技术支持：某某公司", "扫一扫关注我们",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(NOISE), max_size=5), st.lists(st.sampled_from(NOISE), max_size=5))
def test_noise_above_and_below_never_takes_a_heading_away(above: list[str], below: list[str]) -> None:
    above = [line for line in above if not line.startswith(("上一篇", "版权", "Copyright", "技术", "扫一扫"))]
    record = read("\n".join([*above, PAPER, *below]))
    assert nodes(record) == nodes(read(PAPER))
    assert head_and_foot(record) == head_and_foot(read(PAPER))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="。，读书会的 \n0123456789abc%$#<>|《》", max_size=80))
def test_text_appended_below_the_signature_never_takes_a_heading_away(tail: str) -> None:
    whole = read(PAPER)
    appended = nodes(read(PAPER + "\n" + tail))
    assert appended[: len(whole.outline)] == nodes(whole)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([PAPER, "\n".join([*NOISE[:3], PAPER])]))
def test_reading_is_deterministic(text: str) -> None:
    assert read(text) == read(text)
