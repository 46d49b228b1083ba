"""A text pasted or a file dropped fills the sheet: what she typed stays, nothing goes out, and what was not read is said."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jinguo.lib import ids
from jinguo.reports.models import Return
from tests.activities.pictures import jpeg
from tests.data.mails.writing import docx
from tests.reports.test_unit_pages import filled

TOLD = (
    "巾帼健康课走进企业\n\n2024年3月6日，东川县妇联在县纺织厂开展巾帼健康课，组织医护人员为女职工讲解两癌预防，"
    "80余名女职工参加，其中女性76人。活动现场发放手册200份，受到欢迎。\n\n联系人：王芳  电话：0353-2293000\n"
)


@pytest.fixture
def here(issued):
    secret = issued.link("c.a").secret
    return lambda rest="new/": f"/l/{secret}/reports/{rest}"


def fill(client, address, text="", files=(), **typed):
    data = filled(client, address) | typed | {"fill": "1", "paste": text}
    return client.post(address, data | {"drop": [SimpleUploadedFile(name, content) for name, content in files]})


def test_a_pasted_text_fills_what_is_empty_and_waits_for_her(client, issued, here):
    answer = fill(client, here(), TOLD, title="我起的名字")
    given = Return.objects.get()
    assert (answer.status_code, answer.url, given.state) == (302, here(f"{given.code}/edit/"), "draft")
    draft = given.current
    assert (draft.title, draft.held_on, draft.place, draft.on_site, draft.on_site_about, draft.women) == (
        "我起的名字", date(2024, 3, 6), "县纺织厂", 80, True, 76,
    )  # fmt: skip
    assert draft.reporter == "王芳" and "王芳" not in draft.summary and "两癌预防" in draft.summary
    assert draft.sources["title"] == {"from": "typed"} and draft.sources["held_on"]["quote"] == "2024年3月6日"
    assert not Return.objects.visible_to(issued.cast.users["officer"]).exists()
    data = filled(client, answer.url)
    client.post(answer.url, data | {"on_site": "85"})
    sent = Return.objects.get().current
    assert (sent.on_site, sent.sources["on_site"]["from"], sent.sources["place"]["from"][:6]) == (85, "typed", "pasted")


def test_what_was_held_is_named_from_its_sentence_where_no_heading_does(client, here):
    fill(client, here(), "3月6日，东川县妇联在镇卫生院开展两癌筛查义诊活动，80余名妇女参加，大家都说有用。")
    draft = Return.objects.get().current
    assert (draft.title, draft.place, draft.sources["title"]["quote"]) == (
        "两癌筛查义诊活动",
        "镇卫生院",
        "两癌筛查义诊活动",
    )


def test_a_file_and_photographs_fill_it_too_and_the_place_of_a_photograph_goes(client, here):
    sent = jpeg(2400, 1800, place=True)
    fill(client, here(), files=[("信息.docx", docx(TOLD)), ("现场.jpg", sent)])
    draft = Return.objects.get().current
    assert (draft.title, draft.on_site) == ("巾帼健康课走进企业", 80)
    photo = draft.photo_links.get().photo
    assert photo.width <= 1600 and not photo.consent


def test_three_activities_in_one_text_are_three_drafts_and_a_second_press_makes_no_more(client, here):
    parts = (("健康讲座", "5"), ("普法宣传", "6"), ("读书会", "7"))
    text = "\n\n".join(
        f"{n}、{title}活动\n2024年3月{day}日，东川县妇联在第{n}社区开展{title}活动，{day}0名妇女参加，现场热烈，大家都说有用。"
        for n, (title, day) in zip("一二三", parts, strict=True)
    )
    data = filled(client, here()) | {"fill": "1", "paste": text}
    answer = client.post(here(), data, follow=True)
    client.post(here(), data)
    assert "里面有 3 场活动" in answer.content.decode()
    drafts = Return.objects.order_by("pk")
    assert [one.current.held_on.day for one in drafts] == [5, 6, 7]
    assert {one.state for one in drafts} == {"draft"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("坏的.docx", b"PK\x03\x04broken")], "“坏的.docx”"),
        ([("run.exe", b"MZ\x90" + b"0" * 200)], "是程序，没有打开"),
        ([(f"{n}.txt", b"x") for n in range(6)], "一次最多选 5 个文件"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_she_typed_stays(client, here, files, said):
    answer = fill(client, here(), files=files, title="读书会")
    page = answer.content.decode()
    assert (answer.status_code, said in page, "读书会" in page) == (422, True, True)
    assert not Return.objects.exists()


def test_enter_in_a_field_sends_as_before_when_nothing_was_pasted(client, here):
    data = {"token": ids.new_code(), "title": "读书会", "held_on": "2024-03-06", "fill": "1", "paste": ""}
    asked = client.post(here(), data)
    client.post(here(), data | {"asked": asked.context["asked"]} if asked.status_code == 422 else data)
    assert Return.objects.get().state == "reported"
