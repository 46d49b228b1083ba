"""One report in every shape a mail may have: charsets, transfer encodings, pages, file names, nested mails, relay links."""

import base64

from tests.data.mails.writing import Expected, docx, file, mail, news, picture
from tests.lib.mails import attached, tnef, word, zipped


def _one(name: str, number: int, raw_of, *, fate: str = "reported", parts=(), links=(), fields=None, kind="news"):
    """Each is another activity, so that none is taken for one said before."""
    title = f"巾帼宣讲第{'一二三四五六七八九十'[number % 10]}{'场站期课轮回'[number // 10]}"
    raw = raw_of(title, news(title, unit="西岭区妇联", place="区文化馆"))
    expected = {"title": title, "held_on": "3-6", "on_site": 80} if fields is None else fields
    return Expected(name, raw, kind, fate, "c.b", "address", expected, parts, links)


def _text(**more):
    return lambda title, text: mail(text, unit="c.b", subject=title, **more)


def _in_file(part_of, note: str = "见附件"):
    return lambda title, text: mail(note, unit="c.b", subject="信息", files=(part_of(text),))


def _page(text: str, around: str = "") -> str:
    rows = "".join(f"<p style='text-indent:2em'>{line}</p>" for line in text.split("\n") if line)
    return f"<html><head><style>p{{}}</style></head><body>{around}{rows}<img src='https://example.org/open.gif?id=1'></body></html>"


NAME = "宣讲信息.docx"


def _cut(title: str) -> bytes:
    """Encoded words that end within a character, as 163 writes long subjects."""
    raw = title.encode()
    words = (raw[:7], raw[7:14], raw[14:])
    return b"\r\n ".join(b"=?UTF-8?B?" + base64.b64encode(one) + b"?=" for one in words)


def _pieces(name: str) -> bytes:
    """A file name in continued parameters."""
    coded = "".join(f"%{byte:02X}" for byte in name.encode())
    return f" filename*0*=utf-8''{coded[:24]};\r\n filename*1*={coded[24:]}".encode()


def _alternative(title: str, text: str, page: str) -> bytes:
    """A text and a page that say the same, or should."""
    one = mail(text, unit="c.b", subject=title, how="base64")
    head, _blank, body = one.partition(b"Content-Type: text/plain")
    parts = [b"Content-Type: text/plain" + body, b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()]
    inner = b"".join(b"--alt\r\n" + part + b"\r\n" for part in parts)
    return head + b'Content-Type: multipart/alternative; boundary="alt"\r\n\r\n' + inner + b"--alt--\r\n"


SHAPES = (
    _one("gbk called gb2312", 0, _text(charset="gbk", label="gb2312")),
    _one("gb18030 called gb2312", 1, _text(charset="gb18030", label="GB2312")),
    _one("utf-8 called gb2312", 2, _text(charset="utf-8", label="gb2312")),
    _one("gbk called utf-8", 3, _text(charset="gbk", label="utf-8")),
    _one("no charset said, gbk", 4, _text(charset="gbk", label="none")),
    _one("no charset said, utf-8", 5, _text(charset="utf-8", label="none")),
    _one("unknown charset", 6, _text(charset="gbk", label="x-cn-unknown")),
    _one("gbk called iso-8859-1", 7, _text(charset="gbk", label="iso-8859-1")),
    _one("utf-7", 8, _text(charset="utf-7", label="utf-7", how="base64")),
    _one("base64", 9, _text(charset="gb18030", how="base64")),
    _one("quoted-printable", 10, _text(how="quoted-printable")),
    _one("a page", 11, lambda title, text: mail(_page(text), unit="c.b", subject=title, kind="html")),
    _one("a page with a script", 12, lambda title, text: mail(_page(text, "<script>location='https://example.org'</script>"), unit="c.b", subject=title, kind="html")),
    _one("a page in gbk", 13, lambda title, text: mail(_page(text), unit="c.b", subject=title, kind="html", charset="gbk", label="gb2312")),
    _one("raw gbk subject", 14, lambda title, text: mail(text, unit="c.b", raw_subject=title.encode("gbk"))),
    _one("raw utf-8 subject", 15, lambda title, text: mail(text, unit="c.b", raw_subject=title.encode())),
    _one("subject in gb2312 words", 16, lambda title, text: mail(text, unit="c.b", raw_subject=word(title, "gbk", label="gb2312").encode())),
    _one("subject in q words", 17, lambda title, text: mail(text, unit="c.b", raw_subject=word(title, how="Q").encode())),
    _one("raw gbk file name", 18, _in_file(lambda text: attached(docx(text), b'attachment; filename="' + NAME.encode("gbk") + b'"')), parts=(NAME,)),
    _one("rfc 2231 file name", 19, _in_file(lambda text: attached(docx(text), b"attachment; filename*=utf-8''" + "".join(f"%{b:02X}" for b in NAME.encode()).encode())), parts=(NAME,)),
    _one("file name in gb2312 words", 20, _in_file(lambda text: attached(docx(text), f'attachment; filename="{word(NAME, "gbk", label="gb2312")}"'.encode())), parts=(NAME,)),
    _one("a docx called an image", 21, _in_file(lambda text: attached(docx(text), b'attachment; filename="a.jpg"', b"image/jpeg")), parts=("a.jpg",)),
    _one("a docx without a name", 22, _in_file(lambda text: attached(docx(text), b"attachment", b"application/octet-stream"))),
    _one("winmail.dat", 23, _in_file(lambda text: attached(tnef("", {NAME: docx(text)}), b"attachment; filename=winmail.dat", b"application/ms-tnef")), parts=("winmail.dat", NAME)),
    _one("a mail within", 24, _in_file(lambda text: b"Content-Type: message/rfc822\r\n\r\n" + mail(text, unit="c.home", subject=text.split("\n")[0]))),
    _one("an .eml attached", 25, _in_file(lambda text: file("活动.eml", mail(text, unit="c.home", subject=text.split("\n")[0]))), parts=("活动.eml",)),
    _one("a zip of a chinese windows", 26, _in_file(lambda text: file("材料.zip", zipped({"信息.docx": docx(text)}, gbk_names=True))), parts=("材料.zip", "信息.docx")),
    _one("a text file in gbk", 27, _in_file(lambda text: file("信息.txt", text.encode("gbk"), "text/plain")), parts=("信息.txt",)),
    _one("with a logo in the signature", 28, lambda title, text: mail(text, unit="c.b", subject=title, files=(
        b"Content-Type: image/png; name=logo.png\r\nContent-ID: <logo>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(b"\x89PNG\r\n\x1a\n" + b"0" * 300),))),
    _one("with a broken docx beside", 29, lambda title, text: mail(text, unit="c.b", subject=title, files=(file("坏的.docx", b"PK\x03\x04broken"),)), parts=("坏的.docx",)),
    _one("with five pictures", 30, lambda title, text: mail(text, unit="c.b", subject=title, files=tuple(picture(f"{n}.jpg") for n in range(5)))),
    _one("quoting our letter", 31, lambda title, text: mail(text + "\n\n------------------ 原始邮件 ------------------\n发件人: 清泉市妇联\n3月1日，请在市委会议室开展纪念大会，300人参加。", unit="c.b", subject=title)),
    _one("quoting with marks", 32, lambda title, text: mail(text + "\n在 2024年3月1日，清泉市妇联 <quan@example.org> 写道：\n> 3月1日，请组织500人参加\n", unit="c.b", subject=title)),
    _one("a video on the relay", 33, lambda title, text: mail(_page(text, "<a href='https://mail.qq.com/cgi-bin/ftnExs_download?k=1'>现场视频.mp4</a> 到期时间：2024年4月5日"), unit="c.b", subject=title, kind="html"), links=("现场视频.mp4",)),
    _one("all of it on the relay", 34, lambda title, text: mail("从QQ邮箱发来的超大附件\n\n活动情况.zip (86M)\nhttps://wx.mail.qq.com/ftn/download?func=3&k=a\n到期时间：2024年4月5日", unit="c.b", subject="西岭区妇联开展活动的材料"),
         fate="unreadable", kind="other", links=("活动情况.zip",), fields={}),
    _one("all of it in a locked zip", 35, lambda title, text: mail("请看附件，开展活动的情况都在里面。", unit="c.b", subject="开展活动情况", files=(file("锁.rar", b"Rar!\x1a\x07\x00" + b"0" * 400),)),
         fate="unreadable", kind="other", parts=("锁.rar",), fields={}),
    _one("with the line a phone adds", 36, lambda title, text: mail(text + "\n\n发自我的iPhone", unit="c.b", subject=title)),
    _one("no final boundary", 37, lambda title, text: mail("见附件", unit="c.b", subject="信息", files=(file("信息.docx", docx(text)),)).rsplit(b"--=_", 1)[0]),
    _one("only line feeds", 38, lambda title, text: mail(text, unit="c.b", subject=title).replace(b"\r\n", b"\n")),
    _one("no message id, no date", 39, lambda title, text: b"\r\n".join(line for line in mail(text, unit="c.b", subject=title).split(b"\r\n") if not line.startswith((b"Message-ID", b"Date")))),
    _one("a character cut between two words of the subject", 41, lambda title, text: mail(text, unit="c.b", raw_subject=_cut(title))),
    _one("a file name in pieces (RFC 2231)", 42, _in_file(lambda text: attached(docx(text), b"attachment;\r\n" + _pieces(NAME))), parts=(NAME,)),
    _one("a file name QQ has lost", 43, _in_file(lambda text: file("tcmime.1234.5678.bin", docx(text))), parts=("tcmime.1234.5678.bin",)),
    _one("an empty text beside a full page", 44, lambda title, text: _alternative(title, "", _page(text))),
    _one("a text that says only that there is a page", 45, lambda title, text: _alternative(title, text, _page(text))),
    _one("a signature file beside", 46, lambda title, text: mail(text, unit="c.b", subject=title, files=(file("smime.p7s", b"0\x82" + b"1" * 300, "application/pkcs7-signature"),)), parts=("smime.p7s",)),
    _one("an invitation beside", 47, lambda title, text: mail(text, unit="c.b", subject=title, files=(file("invite.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar"),)), parts=("invite.ics",)),
    _one("a byte order mark first", 48, lambda title, text: mail("\ufeff" + text, unit="c.b", subject=title)),
    _one("base64 that stops short", 49, lambda title, text: mail(text + "\n完", unit="c.b", subject=title, how="base64").rstrip().rstrip(b"=") + b"\r\n"),
    _one("answered three times over", 51, lambda title, text: mail(text, unit="c.b", subject=f"回复：转发：Re: {title}")),
    _one("utf-16 text file", 52, _in_file(lambda text: file("信息.txt", text.encode("utf-16"), "text/plain")), parts=("信息.txt",)),
    _one("two texts one after the other", 53, lambda title, text: mail("您好：", unit="c.b", subject=title, files=(b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(text.encode()),))),
    _one("to everybody, with a copy", 54, lambda title, text: mail(text, unit="c.b", subject=title, more="Cc: a@example.org, b@example.org, \"=?utf-8?B?5byg5LiJ?=\" <c@example.org>\r\nReply-To: other@example.org\r\n")),
    _one("a number in ten thousands", 55, lambda title, text: mail(text + "线上观看1.2万人次。", unit="c.b", subject=title), fields={"on_site": 80, "online": 12000}),
    _one("a number from to is none", 56, lambda title, text: mail(text.replace("80余名妇女群众参加", "80至100名妇女群众参加"), unit="c.b", subject=title), fields={"on_site": None, "held_on": "3-6"}),
    _one("full-width figures", 57, lambda title, text: mail(text.replace("3月6日", "３月６日").replace("80余", "８０余"), unit="c.b", subject=title)),
)  # fmt: skip
