"""Photographs of a mail reach their report: shrunk, without the place they were taken at, for internal use, no signatures."""

import io

import pytest
from docx import Document
from docx.shared import Cm
from PIL import Image

from jinguo.activities.models import Photo
from jinguo.federation.gate import Visitor
from jinguo.files.actions import read_file
from jinguo.messages.models import OutMessage
from tests.activities.pictures import jpeg, png_bomb
from tests.data.mails.writing import docx, file, mail
from tests.lib.mails import attached, zipped
from tests.mails.test_actions_settling import today_news


def inline(name: str, content: bytes, number: int = 1) -> bytes:
    return attached(content, f'inline; filename="{name}"\r\nContent-ID: <{number}@example.org>'.encode(), b"image/jpeg")


def photos_of(given):
    return [link.photo for link in given.current.photo_links.order_by("position")]


def test_an_attached_photo_is_kept_small_and_without_its_place(campaign, take):
    sent = jpeg(4000, 3000, place=True)
    row = take(mail(today_news("巧手编织课"), subject="巧手编织课", files=(file("现场.jpg", sent),)))
    photo = photos_of(row.given)[0]
    kept = read_file(photo.file)
    image = Image.open(io.BytesIO(kept))
    assert max(image.size) <= 2048 and not image.getexif() and b"Secret" not in kept
    assert (photo.unit, photo.activity, photo.consent) == (row.unit, None, False)
    assert row.given.current.sources["photos"]["from"].startswith(f"mail:{row.code}.")
    receipt = OutMessage.objects.get(about_kind="mail").body
    assert "照片收了 1 张" in receipt and "没有问过照片里的人是否同意" in receipt


def test_inline_pictures_come_too_and_signatures_and_logos_do_not(campaign, take):
    files = (
        inline("image001.jpg", jpeg(1200, 900) + bytes(30_000), 1),
        inline("image002.jpg", jpeg(150, 60), 2),
        inline("image003.jpg", jpeg(1600, 120) + bytes(30_000), 3),
        file("妇联logo.jpg", jpeg(600, 600)),
        file("坏的.jpg", b"\xff\xd8\xff\xe0" + b"0" * 40_000),
    )
    row = take(mail(today_news("巧手编织课"), subject="巧手编织课", files=files))
    assert [(photo.width, photo.height) for photo in photos_of(row.given)] == [(1200, 900)]


def test_three_of_five_go_along_and_the_rest_is_said(campaign, take):
    files = tuple(file(f"{n}.jpg", jpeg(800, 600, f"#{n}07060")) for n in range(1, 6))
    row = take(mail(today_news("巧手编织课"), subject="巧手编织课", files=files))
    assert len(photos_of(row.given)) == 3 and "另有 2 张照片留在信里" in OutMessage.objects.get(about_kind="mail").body


def test_a_bomb_among_the_pictures_costs_only_itself(campaign, take):
    files = (file("大.png", png_bomb()), file("现场.jpg", jpeg(800, 600)))
    row = take(mail(today_news("巧手编织课"), subject="巧手编织课", files=files))
    assert len(photos_of(row.given)) == 1


def test_of_several_activities_each_has_its_own_and_what_is_unsure_has_none(campaign, take):
    names = ("节气义诊", "家书诵读会")
    inner = {f"{name}.zip": zipped({"信息.docx": docx(today_news(name)), "1.jpg": jpeg(800, 600, colour)})
             for name, colour in zip(names, ("#804020", "#208040"), strict=True)}  # fmt: skip
    files = (*(file(name, data) for name, data in inner.items()), file("IMG_2031.jpg", jpeg(800, 600)))
    row = take(mail("见附件", subject="活动材料", files=files))
    each = [photos_of(link.given) for link in row.return_links.select_related("given__current")]
    assert [len(one) for one in each] == [1, 1] and each[0] != each[1]
    assert "另有 1 张照片留在信里" in OutMessage.objects.get(about_kind="mail").body


def paper_with(text: str, *pictures: bytes, head: bytes = b"") -> bytes:
    """A .docx as an office writes it: the text, pictures below it, and perhaps one in the head of the page."""
    paper, out = Document(), io.BytesIO()
    for line in text.splitlines():
        paper.add_paragraph(line)
    for picture in pictures:
        paper.add_picture(io.BytesIO(picture), Cm(8))
    if head:
        paper.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(head), Cm(3))
    paper.save(out)
    return out.getvalue()


def seal() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (600, 600), (200, 0, 0, 80)).save(out, "PNG")
    return out.getvalue()


def test_the_photos_within_a_paper_go_along_its_seal_and_its_head_do_not(campaign, take):
    paper = paper_with(today_news("巧手编织课"), jpeg(1200, 900, place=True), seal(), head=jpeg(900, 900, "#804020"))
    row = take(
        mail("见附件", subject="巧手编织课", files=(file("信息.docx", paper), file("补充.txt", "谢谢".encode())))
    )
    photos = photos_of(row.given)
    assert [(photo.width, photo.height) for photo in photos] == [(1200, 900)]
    assert b"Secret" not in read_file(photos[0].file)
    parts = [(part.number, part.kind, part.inside) for part in row.letter.parts]
    assert parts == [(1, "docx", 0), (2, "text", 0), (3, "picture", 1)], "what came by itself keeps its number"
    assert row.given.current.sources["photos"]["from"] == f"mail:{row.code}.3[0:0]"


def test_photos_in_several_papers_go_with_their_own(campaign, take):
    files = tuple(
        file(f"{name}.docx", paper_with(today_news(name), jpeg(800, 600, colour)))
        for name, colour in (("节气义诊", "#804020"), ("家书诵读会", "#208040"))
    )
    row = take(mail("见附件", subject="活动材料", files=files))
    each = [photos_of(link.given) for link in row.return_links.select_related("given__current")]
    assert [len(one) for one in each] == [1, 1] and each[0] != each[1]


def test_a_reply_with_a_photo_adds_it_to_the_report(campaign, take):
    row = take(mail(today_news("巧手编织课"), subject="巧手编织课"))
    receipt = OutMessage.objects.get(about_kind="mail")
    take(mail("更正：参加人数应为 95 人，补一张照片。", subject=f"回复：{receipt.subject}", reply_to=receipt.message_id,
              files=(file("现场.jpg", jpeg(800, 600)),)))  # fmt: skip
    row.given.refresh_from_db()
    assert row.given.current.number == 2 and len(photos_of(row.given)) == 1


def test_only_those_who_see_the_report_see_its_photo(campaign, take, cast, client):
    row = take(mail(today_news("巧手编织课"), subject="巧手编织课", files=(file("现场.jpg", jpeg(800, 600)),)))
    photo = photos_of(row.given)[0]
    address = f"/desk/reports/{row.given.code}/photos/{photo.code}/"
    client.force_login(cast.users["officer"])
    page = client.get(f"/desk/reports/{row.given.code}/").content.decode()
    assert address in page and "没有问过本人是否同意" in page
    assert client.get(address + "?small")["Content-Type"] == "image/jpeg"
    client.force_login(cast.users["d.officer"])
    assert client.get(address).status_code == 404
    assert not Photo.objects.visible_to(Visitor()).exists()


@pytest.mark.parametrize("again", [False, True])
def test_the_same_picture_twice_is_kept_once(campaign, take, again):
    one, other = file("1.jpg", jpeg(800, 600)), file("2.jpg", jpeg(800, 600, "#401010" if not again else "#3a7d7c"))
    take(mail(today_news("巧手编织课"), subject="巧手编织课", files=(one, other)))
    take(mail(today_news("花样编织课"), subject="花样编织课", files=(one,)))
    assert Photo.objects.count() == (1 if again else 2)
