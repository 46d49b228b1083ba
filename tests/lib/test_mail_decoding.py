"""A mail is read as its sender meant it; a hostile one is contained, and what was left out is said."""

import base64
import random

import pytest

from jinguo.lib.mail import Letter, read_letter
from jinguo.lib.mail.sandbox import bytes_of_part, read_mail
from tests.lib.mails import attached, mixed, plain, tnef, word, zipped

TEXT = "西岭区妇联于3月6日开展“漾泉”义诊，喆女士等八十人参加。"
TRADITIONAL = "縣婦聯已收到通知，請查收附件。"


@pytest.mark.parametrize(
    ("charset", "label"),
    [
        ("gbk", "gb2312"), ("gb18030", "gb2312"), ("gb18030", "GBK"), ("gb18030", "GB18030"), ("gb18030", "x-gbk"),
        ("utf-8", "utf-8"), ("utf-8", "UTF8"), ("utf-8", "gb2312"), ("gb18030", "utf-8"), ("gb18030", ""), ("utf-8", ""),
        ("gb18030", "unknown-8bit"), ("gb18030", "x-no-such-charset"), ("gb18030", "iso-8859-1"), ("utf-8", "us-ascii"),
        ("gb18030", "\"gb2312\""), ("utf-7", "utf-7"), ("utf-16", "utf-16"), ("gb18030", "base64"),
    ],
)  # fmt: skip
def test_a_body_is_read_whatever_charset_it_says(charset: str, label: str) -> None:
    assert read_letter(plain(TEXT, charset, label=label)).body == TEXT


def test_hz_and_big5_bodies_are_read() -> None:
    assert read_letter(plain("收到，请放心。", "hz", label="HZ-GB-2312")).body == "收到，请放心。"
    assert read_letter(plain(TRADITIONAL, "big5", label="big5")).body == TRADITIONAL


def test_latin_letters_with_accents_are_not_taken_for_chinese() -> None:
    assert read_letter(plain("Résumé à vérifier", "latin-1", label="iso-8859-1")).body == "Résumé à vérifier"


@pytest.mark.parametrize(
    "subject",
    [
        word(TEXT, "gb18030", label="gb2312"), word(TEXT, "gb18030", label="GBK", how="Q"), word(TEXT), word(TEXT, how="Q"),
        word(TEXT[:9]) + "\r\n " + word(TEXT[9:]),
    ],
)  # fmt: skip
def test_a_subject_is_read_in_every_way_it_is_written(subject: str) -> None:
    assert read_letter(plain("x", subject=subject)).subject == TEXT


def test_a_sign_split_between_two_words_is_put_together() -> None:
    raw = "义诊".encode("gbk")
    parts = [base64.b64encode(piece).decode() for piece in (raw[:1], raw[1:])]
    subject = " ".join(f"=?gb2312?B?{part}?=" for part in parts)
    assert read_letter(plain("x", subject=subject)).subject == "义诊"


@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
def test_a_raw_eight_bit_header_is_read(charset: str) -> None:
    raw = b"Subject: " + TEXT.encode(charset) + b"\r\nFrom: " + "张".encode(charset) + b" <A@Example.org>\r\n\r\nx"
    letter = read_letter(raw)
    assert (letter.subject, letter.sender, letter.sender_name) == (TEXT, "a@example.org", "张")


NAME = "义诊情况（3月6日）.docx"


@pytest.mark.parametrize(
    "disposition",
    [
        b'attachment; filename="' + word(NAME, "gbk", label="gb2312").encode() + b'"',
        b'attachment; filename="' + NAME.encode("gbk") + b'"',
        b'attachment; filename="' + NAME.encode() + b'"',
        b"attachment; filename*=utf-8''" + "".join(f"%{byte:02X}" for byte in NAME.encode()).encode(),
        b"attachment; filename*=GBK''" + "".join(f"%{byte:02X}" for byte in NAME.encode("gbk")).encode(),
        b"attachment;\r\n filename*0*=utf-8''" + "".join(f"%{b:02X}" for b in NAME.encode()[:7]).encode()
        + b";\r\n filename*1*=" + "".join(f"%{b:02X}" for b in NAME.encode()[7:]).encode(),
        b'attachment; filename="..\\\\..\\\\' + NAME.encode() + b'"',
    ],
)  # fmt: skip
def test_a_file_name_is_read_in_every_way_it_is_written(disposition: bytes) -> None:
    assert [part.name for part in read_letter(mixed(attached(b"text", disposition))).parts] == [NAME]


def test_a_name_only_in_the_type_is_used() -> None:
    kind = b'application/msword; name="' + word(NAME).encode() + b'"'
    assert read_letter(mixed(attached(b"text", b"attachment", kind))).parts[0].name == NAME


def test_winmail_dat_is_kept_named_and_opened() -> None:
    data = tnef("附上总结。", {"总结.txt": TEXT.encode()})
    letter = read_letter(mixed(attached(data, b"attachment; filename=winmail.dat", b"application/ms-tnef")))
    assert [(part.name, part.kind, part.inside) for part in letter.parts] == [
        ("winmail.dat", "tnef", 0),
        ("总结.txt", "text", 1),
    ]
    assert letter.body == "附上总结。"


def test_a_mail_within_a_mail_is_read_and_kept() -> None:
    inner = mixed(plain(TEXT), attached(b"hello", b"attachment; filename=a.txt"), boundary="inner")
    letter = read_letter(mixed(plain("转上。"), b"Content-Type: message/rfc822\r\n\r\n" + inner))
    assert [(part.kind, part.inside) for part in letter.parts] == [("eml", 0), ("text", 1)]
    assert TEXT in letter.parts[0].text and letter.body == "转上。"


def test_names_in_a_zip_of_a_chinese_windows_are_read() -> None:
    data = zipped({"活动照片/签到表.txt": TEXT.encode("gbk")}, gbk_names=True)
    letter = read_mail(mixed(attached(data, b"attachment; filename=a.zip")))
    assert [(part.name, part.kind, part.inside) for part in letter.parts] == [
        ("a.zip", "zip", 0),
        ("签到表.txt", "text", 1),
    ]
    assert letter.parts[1].text.strip() == TEXT


def test_the_text_of_a_page_is_kept_and_nothing_else_of_it() -> None:
    page = (
        "<html><head><style>p{}</style><script>fetch('https://example.org/a')</script></head><body onload=go()>"
        "<div style='display:none'>隐藏的字</div><p>西岭区妇联<br>三月六日</p><img src='https://example.org/t.gif' width=1>"
        "<table><tr><td>参加</td><td>80人</td></tr></table></body></html>"
    )
    raw = b"Content-Type: text/html; charset=gb2312\r\n\r\n" + page.encode("gbk")
    letter = read_letter(raw)
    assert letter.body.split() == ["西岭区妇联", "三月六日", "参加", "80人"]
    assert {"scripts", "remote_pictures", "hidden_text"} <= set(letter.notes)


def test_of_two_forms_the_one_that_says_something_is_read() -> None:
    page = b"Content-Type: text/html; charset=utf-8\r\n\r\n" + f"<p>{TEXT}</p>".encode()
    empty = b"Content-Type: text/plain\r\n\r\n  \r\n"
    assert read_letter(mixed(empty, page, kind="alternative")).body == TEXT


@pytest.mark.parametrize(
    "link",
    [
        "https://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=abc&code=1",
        "https://wx.mail.qq.com/ftn/download?func=3&k=abc",
        "https://dashi.163.com/html/cloud-attachment-download/?key=abc",
    ],
)
def test_an_attachment_that_is_only_a_link_is_named(link: str) -> None:
    page = f"<p>从QQ邮箱发来的超大附件</p><a href='{link}'>活动视频.mp4</a> (86.2M, 2024年3月15日 10:00 到期) 到期时间：2024年3月15日"
    letter = read_letter(b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page.encode())
    assert [(one.name, one.until) for one in letter.links] == [("活动视频.mp4", "2024年3月15日")]


def test_a_wrong_type_is_told_by_the_content() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"0" * 40
    letter = read_letter(
        mixed(
            attached(picture, b"attachment; filename=a.doc", b"application/msword"),
            b"Content-Type: text/plain\r\n\r\n%PDF-1.4 x",
        )
    )
    assert [part.kind for part in letter.parts] == ["picture", "pdf"]


@pytest.mark.parametrize(
    ("name", "content"), [("run.exe", b"MZ\x90" + b"0" * 50), ("票.pdf.js", b"alert(1)"), ("a.lnk", b"L\0\0\0")]
)
def test_a_program_is_named_and_not_opened(name: str, content: bytes) -> None:
    letter = read_letter(mixed(attached(content, b'attachment; filename="' + name.encode() + b'"')))
    assert [(part.kind, part.problem, part.text) for part in letter.parts] == [("program", "program", "")]


# Hostile mails: contained, and said -----------------------------------------------------------------------------------


def test_two_hundred_levels_are_cut_and_said() -> None:
    raw = b"x"
    for level in range(200):
        raw = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n%b\r\n--b%d--" % (level, level, raw, level)
    letter = read_mail(raw)
    assert "too_deep" in letter.notes and [part.problem for part in letter.parts] == ["too_deep"]


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\nx\r\n" * 50_000, "too_many_parts"),
        (b"Subject: " + b"=?utf-8?B?5byg?= " * 30_000 + b"\r\n\r\nx", "headers_cut"),
        (b"To: " + b"a@example.org, " * 20_000 + b"\r\n\r\nx", "headers_cut"),
        (b"X: y\r\n" * 90_000 + b"\r\nx", "headers_cut"),
        (b"\r\n" + "字".encode() * 300_000, "body_cut"),
        (b"Content-Type: text/html\r\n\r\n" + b"<div>" * 200_000 + b"x", ""),
    ],
)
def test_a_mail_made_to_be_costly_costs_little(raw: bytes, note: str) -> None:
    letter = read_mail(raw)  # in a process that may use 15 s of processor time and 768 MiB
    assert note in letter.notes or not note


def test_a_zip_that_would_fill_the_disk_is_not_unpacked() -> None:
    bomb = zipped({"a.txt": b"0" * (80 * 1024 * 1024)})
    letter = read_mail(mixed(attached(bomb, b"attachment; filename=a.zip")))
    assert [(part.kind, part.problem) for part in letter.parts] == [("zip", "zip_unpacked")]


def test_macros_and_external_entities_are_refused() -> None:
    macro = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"})
    entity = b"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><w:document>&a;</w:document>"
    outside = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": entity})
    letter = read_mail(
        mixed(attached(macro, b"attachment; filename=a.docm"), attached(outside, b"attachment; filename=b.docx"))
    )
    assert letter.parts[0].problem == "macros" and letter.parts[1].problem
    assert "root:" not in str(letter)


def test_the_reading_process_can_hand_out_one_part() -> None:
    raw = mixed(
        plain("x"),
        attached(b"first", b"attachment; filename=a.txt"),
        attached(b"second", b"attachment; filename=b.txt"),
    )
    assert bytes_of_part(raw, 2) == b"second"


def test_what_a_reading_process_answers_is_checked() -> None:
    letter = read_letter(mixed(plain(TEXT), attached(b"x", b"attachment; filename=a.txt")))
    assert Letter.from_json(letter.to_json()) == letter
    with pytest.raises((TypeError, ValueError, KeyError)):
        Letter.from_json({**letter.to_json(), "parts": [{"number": "one"}]})


SEED = 20240308
GOOD = (
    mixed(plain(TEXT), attached(zipped({"a.txt": b"x"}), b"attachment; filename=a.zip"), kind="related"),
    mixed(attached(tnef("x", {"a.txt": b"x"}), b"attachment; filename=winmail.dat")),
    mixed(plain("转"), b"Content-Type: message/rfc822\r\n\r\n" + plain(TEXT)),
    b"Content-Type: text/html; charset=gbk\r\n\r\n<p>" + TEXT.encode("gbk"),
)


@pytest.mark.parametrize("lot", range(4))
def test_damaged_mails_always_give_a_letter(lot: int) -> None:
    """2,000 damaged mails. A failure prints the seed of the one that failed."""
    for number in range(lot * 500, lot * 500 + 500):
        chance = random.Random(SEED + number)
        raw = bytearray(chance.choice(GOOD))
        for _change in range(chance.randint(1, 30)):
            at = chance.randrange(len(raw))
            match chance.randrange(4):
                case 0:
                    raw[at] = chance.randrange(256)
                case 1:
                    del raw[at : at + chance.randint(1, 40)]
                case 2:
                    raw[at:at] = chance.choice(
                        [b"\r\n", b"--=_b\r\n", b"=?gb2312?B?", b"\x00", b";", b'"', b"%", b"\xff\xfe"]
                    )
                case _:
                    raw[at:at] = raw[at : at + chance.randint(1, 200)]
            if not raw:
                raw = bytearray(b"x")
        try:
            letter = read_letter(bytes(raw))
            assert Letter.from_json(letter.to_json()) == letter
            str(letter.to_json()).encode("utf-8")
        except Exception as fault:
            raise AssertionError(f"seed {SEED + number}: {fault!r}") from fault
