"""Mails made to break their reader. Each is kept, contained, and leaves a row a person can look at."""

from tests.data.mails.writing import Expected, file, mail, news, xlsx
from tests.lib.mails import zipped


def _nested(levels: int) -> bytes:
    raw = b"x"
    for level in range(levels):
        raw = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n%b\r\n--b%d--" % (level, level, raw, level)
    return b"From: <c-hos@example.org>\r\nSubject: deep\r\n" + raw


def _with(name: str, content: bytes, *, number: int):
    title = f"健康讲座第{'一二三四五六'[number]}讲"
    return Expected(
        f"hostile: {name}", mail(news(title, unit="市第二医院女工委", place="门诊楼"), unit="c.hos", subject=title, files=(file(name, content),)),
        "news", "reported", "c.hos", "address", {"title": title}, (name,),
    )  # fmt: skip


MACRO = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"})
ENTITY = zipped(
    {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": b"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><w>&a;</w>",
    }
)
HOSTILE = (
    _with("macro.docm", MACRO, number=0),
    _with("entity.docx", ENTITY, number=1),
    _with("run.exe", b"MZ\x90" + b"0" * 200, number=2),
    _with("bomb.zip", zipped({"a.txt": b"0" * (61 * 1024 * 1024)}), number=3),
    _with("many.zip", zipped({f"{n}.txt": b"x" for n in range(300)}), number=4),
    Expected("hostile: 200 levels", _nested(200), "other", "unreadable", "c.hos", "address"),
    Expected("hostile: 5,000 parts", b"From: <c-hos@example.org>\r\nSubject: many\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\nx\r\n" * 5000, "other", "to_look_at", "c.hos", "address"),
    Expected("hostile: a subject of 360 KB", b"From: <c-hos@example.org>\r\nSubject: " + b"=?utf-8?B?5byg?= " * 20_000 + b"\r\n\r\nx", "other", "to_look_at", "c.hos", "address"),
    Expected("hostile: not a mail at all", bytes(range(256)) * 40, "other", "unclaimed"),
    Expected("hostile: a header smuggled in", mail("x", unit="c.hos", raw_subject=b"=?utf-8?B?YQ0KQmNjOiBldmlsQGV4YW1wbGUub3Jn?="), "other", "to_look_at", "c.hos", "address"),
    Expected("an ID card in a table", mail("走访慰问登记表见附件。", unit="c.hos", subject="走访慰问登记表", files=(file("表.xlsx", xlsx((("序号", "姓名", "身份证号"), (1, "刘某", "110105 19491231 002X")))),)),
             "table", "personal", "c.hos", "address"),
    Expected("names of the helped in a table", mail("见附件。", unit="c.hos", subject="困难妇女走访慰问登记表", files=(file("困难妇女登记表.xlsx", xlsx((("困难妇女走访慰问登记表",), ("序号", "姓名", "慰问金"), (1, "王小花", 500)))),)),
             "table", "personal", "c.hos", "address"),
    Expected("a bank card in groups, in full-width figures", mail(news("慰问困难母亲", unit="市第二医院女工委") + "慰问金打入６２２２ ０２００ ００００ ００００ ０００。", unit="c.hos", subject="慰问困难母亲"),
             "news", "personal", "c.hos", "address"),
    Expected("a name after the verb", mail(news("走访活动", unit="市第二医院女工委") + "受害人张丽遭受家庭变故，大家送去温暖。", unit="c.hos", subject="走访活动"), "news", "personal", "c.hos", "address"),
)  # fmt: skip
