"""Papers to print: the code on the wall leads to the page, every name is there and whole, and who printed names is written down."""

import io
import re

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from jinguo.activities.papers import paper_names, poster_words, printed, share_words
from jinguo.gongwen.pdfium import pdfium
from jinguo.journal.models import Entry
from tests.activities.stage import guest, make, published, session_of

pytestmark = pytest.mark.django_db
RARE = "堃喆玥婳昇祎"


@pytest.fixture
def desk(cast, client):
    client.force_login(cast.users["liaison"])
    return client


def text_of(data: bytes) -> list[str]:
    pages = pdfium.PdfDocument(io.BytesIO(data))
    return ["".join(page.get_textpage().get_text_range().split()) for page in pages]


def paper(client, activity, name):
    start = f"/desk/activities/{activity.code}/"
    return client.get(
        start + (name if name.startswith("poster") else f"sessions/{session_of(activity).code}/desk/papers/{name}")
    )


def test_the_poster_leads_to_the_page_where_one_signs_up(cast, desk):
    long = "“书香泉水 童声朗朗”亲子诵读启动暨泉水镇妇女之家春季读书月"
    activity = published(cast, title=long, seats=9, place="市图书馆二层少儿厅", summary="带一本书来。" * 60)
    answer = paper(desk, activity, "poster.png")
    assert answer["Content-Type"] == "image/png"
    address = zxingcpp.read_barcode(Image.open(io.BytesIO(answer.content))).text
    page = Client().get(address.removeprefix("http://testserver"))
    assert page.status_code == 200 and "怎么称呼您" in page.content.decode()
    [text] = text_of(paper(desk, activity, "poster.pdf").content)
    assert long.replace(" ", "") in text and "市图书馆二层少儿厅" in text and "扫码报名" in text and "免费" in text


def test_a_messenger_shows_a_square_picture_beside_the_link(cast):
    activity = published(cast, title="“书香泉水”亲子诵读", place="市图书馆", seats=9)
    page = Client().get(f"/a/{activity.code}/").content.decode()
    address = re.search(r'property="og:image" content="http://testserver([^"]+)"', page)[1]
    answer = Client().get(address)
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size == (600, 600) and len(picture.convert("RGB").getcolors(2**20)) > 50, "there is something on it"
    assert Client().get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    hushed = published(cast, kind="rights", seats=9)
    assert "og:image" not in Client().get(f"/a/{hushed.code}/").content.decode()
    assert Client().get(f"/a/{hushed.code}/share.png").status_code == 404
    assert Client().get(f"/a/{make(cast).code}/share.png").status_code == 404


def test_a_poster_says_of_a_home_only_the_village(cast):
    activity = published(cast, venue="family", place="槐树村", home_address="槐树村3组12号")
    assert "12号" not in str(poster_words(activity, [session_of(activity)], "https://example.org/a/x/"))


def test_no_poster_of_what_nobody_can_see(cast, desk):
    assert paper(desk, make(cast), "poster.pdf").status_code == 403


def test_every_name_is_on_every_paper_and_whole(cast, desk):
    activity = published(cast, seats=9)
    names = ["王芳", RARE, "赵女士和两个孩子一起来的朋友们"]
    tokens = [guest(activity, number, name=name).token for number, name in enumerate(names)]
    for name in ("sheet.pdf", "lists.pdf", "badges.pdf", "plates.pdf", "cards.pdf"):
        text = "".join(text_of(paper(desk, activity, name).content))
        assert all(one in text for one in names), name
    sheet = "".join(text_of(paper(desk, activity, "sheet.pdf").content))
    assert all(token in sheet for token in tokens) and "1390000" not in sheet
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(paper(desk, activity, "cards.png").content)))
    door = f"http://testserver/c/{session_of(activity).code}/"
    assert {code.text for code in codes} == {f"{door}{token}/" for token in tokens}
    lines = Entry.objects.filter(action="signup.export")
    assert lines.count() == 7 and {line.owner for line in lines} == {activity.unit.code}


@pytest.mark.parametrize(
    ("name", "said"), [("李😀女士", "李女士"), ("❤️王芳", "王芳"), ("😀", "😀"), ("古丽·买买提", "古丽·买买提")]
)
def test_little_pictures_in_a_name_leave_no_empty_box_on_a_badge(name, said):
    assert printed(name) == said


def test_names_that_would_shame_are_printed_masked_and_on_no_badge(cast, desk):
    activity = published(cast, kind="rights", seats=3)
    guest(activity, 1, name="赵秀兰")
    text = "".join(text_of(paper(desk, activity, "sheet.pdf").content))
    assert "赵**" in text and "秀兰" not in text
    assert paper(desk, activity, "badges.pdf").status_code == 403
    assert [name for name, *_more in paper_names(openly=False, listed=True)] == ["sheet", "lists", "cards"]
    assert activity.title not in "".join(text_of(paper(desk, activity, "cards.pdf").content))


def test_the_code_for_the_way_out_leads_to_the_one_question(cast, desk):
    activity = published(cast, seats=3, title="“漾泉巾帼红”义诊")
    answer = paper(desk, activity, "ask.png")
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.content)))
    address = codes[0].text.removeprefix("http://testserver")
    assert address == f"/a/{activity.code}/useful/" and Client().get(address).status_code == 200
    assert "没有在问" in Client().get(address).content.decode(), "nobody is asked before it has begun"
    hidden = published(cast, seats=3, visibility="internal")
    assert paper(desk, hidden, "ask.pdf").status_code == 404


def test_an_empty_sheet_can_be_printed_and_nothing_else(cast, desk):
    activity = published(cast)
    assert "签到表" in text_of(paper(desk, activity, "sheet.pdf").content)[0]
    assert paper(desk, activity, "badges.pdf").status_code == 403
    assert paper(desk, activity, "sheet.exe").status_code == 404
    assert paper(desk, activity, "menu.pdf").status_code == 404


def test_the_longest_of_everything_stands_on_one_sheet_in_both_shapes(cast, desk):
    """Nothing is cut or pushed onto a second sheet: a poster with its code on another page leads nobody anywhere."""
    groups = ("job_seekers", "students", "rural", "founders", "families", "workers", "new_trades", "singles", "elderly")
    activity = published(
        cast, seats=5, title="“巾帼心向党·奋进新征程”" + "冠山镇移穰村妇女之家家庭教育大讲堂" * 5, place="党群服务中心三楼东侧会议室" * 7,
        address="迎宾大道一百二十三号移穰村村民委员会旁" * 10, directions="坐八路到移穰站，从东门进，可以停车。" * 11,
        access="门口有坡道，二层有电梯，有手语。" * 12, bring="身份证、水杯、孩子的画笔和本子。" * 12, summary="家里的书怎么读。" * 60,
        audiences=groups, cohosts=tuple(f"第{n}实验小学妇女委员会和家长委员会" for n in range(6)), cost="材料费自理，" * 9,
    )  # fmt: skip
    text = text_of(paper(desk, activity, "poster.pdf").content)
    assert len(text) == 1 and text[0].count("冠山镇移穰村妇女之家家庭教育大讲堂") == 5 and "扫码报名" in text[0]
    assert paper(desk, activity, "poster.png").content.startswith(b"\x89PNG")


def test_a_poster_and_a_shared_picture_say_how_many_sessions_there_are(cast):
    activity = published(cast)
    sessions = [session_of(activity)] * 6
    when = poster_words(activity, sessions, "https://example.org/a/x/")["facts"][0][1].splitlines()
    assert len(when) == 5 and "一共 6 场" in when[-1]
    assert "等 6 场" in share_words(activity, sessions)["lines"][0]
    assert "场" not in share_words(activity, sessions[:1])["lines"][0]
