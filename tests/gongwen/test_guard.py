"""Hostile and mistaken files: each is refused before it is parsed, with a sentence that says what to do next."""

import io
import struct
import zipfile
from collections.abc import Callable

import docx
import pytest
from PIL import Image

from jinguo.gongwen import Unreadable, read
from jinguo.gongwen.guard import MAX_FILE
from jinguo.gongwen.refusals import SENTENCES

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>各县妇联：</w:t></w:r></w:p></w:body></w:document>'


def package(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(extra: dict[str, bytes | str] | None = None, body: str = BODY) -> bytes:
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": body, **(extra or {})})


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(buffer, "PNG")
    return buffer.getvalue()


def bomb() -> bytes:
    """A small package that unpacks to more than 64 MiB."""
    return word({"word/media/a.bin": b"\0" * (70 << 20)})


def lying_bomb() -> bytes:
    """A package whose directory says that its largest part is small."""
    data = bytearray(word({"word/media/a.bin": b"\0" * (80 << 20)}))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x05\x06"))
    struct.pack_into("<I", data, at + 24, 1000)
    return bytes(data)


def locked() -> bytes:
    data = bytearray(word())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


MACRO_TYPE = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "no bytes": ("empty", lambda: b""),
    "blanks": ("empty", lambda: " \n\u3000\n".encode()),
    "only a byte order mark": ("empty", lambda: b"\xff\xfe"),
    "a picture renamed .docx": ("picture", picture),
    "a JPEG": ("picture", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 50),
    "an encrypted zip": ("encrypted", locked),
    "a spreadsheet": ("not_word", lambda: package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a/>"})),
    "a .docx with macros": ("macros", lambda: word({"word/vbaProject.bin": b"x"})),
    "a macro type": ("macros", lambda: package({"[Content_Types].xml": MACRO_TYPE, "word/document.xml": BODY})),
    "50 MB": ("too_large", lambda: b"\xe4\xb8\x80" * (50_000_000 // 3)),
    "a zip bomb": ("zip_unpacked", bomb),
    "a zip that lies about its sizes": ("damaged", lying_bomb),
    "one part packed a thousandfold": ("zip_ratio", lambda: word({"word/media/a.bin": b"\0" * (30 << 20)})),
    "5,000 parts": ("zip_entries", lambda: word({f"word/media/{i}": b"x" for i in range(5000)})),
    "half a file": ("damaged", lambda: word()[:-60]),
    "broken XML": ("damaged", lambda: word(body="<w:document")),
    "XML with entities": ("damaged", lambda: word(body=f'<!DOCTYPE a [<!ENTITY b "x">]>{BODY}')),
    "an empty document": ("empty", lambda: word(body=f'<w:document xmlns:w="{W}"/>')),
    "300,000 characters": ("too_long", lambda: ("妇联" * 150_000).encode()),
    "a .docx of 300,000 characters": ("too_long", lambda: word(body=BODY.replace("各县妇联", "妇" * 300_000))),
    "sound": ("not_text", lambda: b"ID3\x04" + bytes(range(256)) * 40),
    "a classified paper": ("classified", lambda: "秘密★5年\n清妇发〔2024〕1号\n关于开展活动的通知\n各县妇联：".encode()),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_and_says_what_to_do(what: str) -> None:
    code, make = REFUSED[what]
    with pytest.raises(Unreadable) as caught:
        read(make(), "通知.docx")
    assert caught.value.code == code
    assert str(caught.value) == caught.value.zh == SENTENCES[code].zh


def test_every_refusal_has_two_sentences_and_a_next_step() -> None:
    for zh, en in SENTENCES.values():
        assert "请" in zh and zh.endswith("。") and en.endswith(".")


def test_a_file_of_exactly_the_limit_is_looked_at() -> None:
    with pytest.raises(Unreadable) as caught:
        read(b"a" * MAX_FILE)
    assert caught.value.code == "too_long"


def test_text_may_begin_like_a_bitmap() -> None:
    assert read("BM社区妇联：").recipients[0].text == "BM社区妇联"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_usual_encoding_of_a_text_file(encoding: str) -> None:
    record = read("清妇发〔2024〕1号\r\n关于举办“三八”座谈会的通知\r\n各县（区）妇联：\r\n".encode(encoding))
    assert record.doc_number and record.doc_number.text == "清妇发〔2024〕1号"
    assert record.raw == "清妇发〔2024〕1号\n关于举办“三八”座谈会的通知\n各县（区）妇联：\n"
    assert record.extractor.name.startswith("text/")


def test_an_ordinary_document_made_by_a_word_processor() -> None:
    document = docx.Document()
    document.add_paragraph("各县（区）妇联：")
    buffer = io.BytesIO()
    document.save(buffer)
    assert [r.text for r in read(buffer.getvalue()).recipients] == ["各县（区）妇联"]
