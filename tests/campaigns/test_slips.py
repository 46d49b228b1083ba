"""签收单 as PDF: the whole city in one file, several to a page, each unit's own code readable and leading to its page."""

import io
import subprocess

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from jinguo.campaigns.models import Circulation
from jinguo.campaigns.slips import NotPrinted, Slip, Words, slips_pdf
from jinguo.federation.models import Link
from jinguo.gongwen.pdfium import pdfium
from jinguo.lib import clock

WORDS = Words(
    "签收单",
    "签收单",
    "关于测试的通知",
    "签收：没有定日子",
    "签收人",
    "时间",
    "扫码签收，只给本单位",
    "清泉市妇女联合会",
)


def text_of(data: bytes) -> list[str]:
    """The words of each page."""
    return [page.get_textpage().get_text_range().replace("\r\n", "") for page in pdfium.PdfDocument(io.BytesIO(data))]


def test_four_to_a_page_with_long_names_whole(tmp_path):
    long = "清泉市东川县泉水镇槐树村妇女联合会及其所属各单位妇女组织委员会工作领导小组办公室"
    rows = [Slip(f"{n}号村妇女联合会" if n else long, f"https://example.org/l/{n:048d}/") for n in range(9)]
    pages = text_of(slips_pdf(rows, WORDS, own_fonts=tmp_path / "none"))
    assert len(pages) == 3
    assert long in "".join(pages[0].split()) and "8号村妇女联合会" in "".join(pages[2].split())


def test_rare_characters_of_names_are_drawn(tmp_path):
    page = text_of(slips_pdf([Slip("堃喆玥婳昇祎", "https://example.org/l/x/")], WORDS, own_fonts=tmp_path))[0]
    assert "堃喆玥婳昇祎" in page


def test_what_typst_refuses_is_said_and_not_served(tmp_path, monkeypatch):
    monkeypatch.setattr("jinguo.lib.typesetting.SECONDS", 0)
    with pytest.raises(NotPrinted):
        slips_pdf([Slip("甲", "x")], WORDS, own_fonts=tmp_path)


def test_the_officer_gets_one_pdf_of_all_who_have_not_signed(cast, campaign, signed_in):
    Circulation.objects.filter(unit=cast.units["c.edu"]).update(signed_at=clock.now(), signed_how="link")
    answer = signed_in("officer").post(f"/desk/campaigns/{campaign.code}/sheets/pdf/")
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "private, no-store"
    pages = "".join(text_of(answer.content)[0].split())
    assert "东川县妇女联合会" in pages and "市教育局" not in "".join(text_of(answer.content))
    assert Link.objects.filter(object_kind="circulation").count() == 4, "one link a unit"


def test_the_code_of_a_slip_opens_that_units_page(cast, campaign, signed_in, tmp_path, pdftoppm):
    answer = signed_in("officer").post(f"/desk/campaigns/{campaign.code}/sheets/pdf/")
    (tmp_path / "slips.pdf").write_bytes(answer.content)
    subprocess.run([pdftoppm, "-r", "100", "-png", "-f", "1", "-l", "1", "slips.pdf", "page"], cwd=tmp_path, check=True)
    [picture] = tmp_path.glob("page*.png")
    addresses = [code.text for code in zxingcpp.read_barcodes(Image.open(picture))]
    assert len(addresses) == 4
    page = Client().get("/l/" + addresses[0].split("/l/")[1]).content.decode()
    assert "请贵单位做三件事" in page


def test_nobody_to_print_for_is_said(cast, campaign, signed_in):
    Circulation.objects.update(signed_at=clock.now(), signed_how="link")
    assert signed_in("officer").post(f"/desk/campaigns/{campaign.code}/sheets/pdf/", follow=True).status_code == 200


def test_only_the_issuing_office_prints(cast, campaign, signed_in):
    for who in ("county_officer", "sister", "d.officer"):
        assert signed_in(who).post(f"/desk/campaigns/{campaign.code}/sheets/pdf/").status_code == 404
