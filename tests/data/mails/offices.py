"""Mails as offices send them on a working day: forwarded chains, pasted tables, signatures of programs, answers below what is
quoted, old programs that call a file or a charset by a wrong name."""

import base64

from tests.data.mails.writing import THREADS, Expected, docx, file, mail, news
from tests.lib.mails import attached, tnef, zipped

_MASTER = (
    "<br><br><div id='ntes-pcmail-signature'><table><tr><td><img src='cid:face' width='40'></td><td><b>西岭区妇联</b><br>"
    "邮箱：c-b@example.org</td></tr></table><div style='color:#b5b5b5'>签名由 <a href='https://example.org/dashi'>网易邮箱大师</a> 定制</div></div>"
)
_CODE = (
    b"Content-Type: image/png; name=qrcode.png\r\nContent-ID: <code>\r\nContent-Disposition: inline; filename=qrcode.png\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(b"\x89PNG\r\n\x1a\n" + b"1" * 900)
)


def _news(name: str, title: str, raw: bytes, unit: str = "c.hos", *, fate: str = "reported", **fields) -> Expected:
    expected = {"title": title, "held_on": "3-6", "on_site": 80, **fields}
    return Expected(f"office: {name}", raw, "news", fate, unit, "address", expected)


def _told(title: str, **more: str) -> str:
    return news(title, unit="市第二医院女工委", place=more.pop("place", "门诊楼大厅"), **more)


def _send(text: str, subject: str, unit: str = "c.hos", **more) -> bytes:
    return mail(text, unit=unit, subject=subject, **more)


def _cells(*rows: tuple[str, ...]) -> str:
    """A table as Word leaves it in a mail."""
    drawn = "".join(
        "<tr style='mso-yfti-irow:1;height:22.0pt'>"
        + "".join(f"<td width=120 valign=top><p class=MsoNormal><span lang=EN-US>{cell}<o:p></o:p></span></p></td>" for cell in row)
        + "</tr>"
        for row in rows
    )
    return f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><p>您好：</p><table border=1>{drawn}</table></body></html>"


_FOXMAIL = "\n\n信息员\n\n \n发件人： 石桥镇妇联\n发送时间： 2024-03-07 10:22\n收件人： c-b\n主题： 活动信息\n\n"
_CHAIN = "请查收。\n\n-----原始邮件-----\n发件人：办公室\n发送时间：2024年3月7日\n主题：转发：信息\n\n请报市里。\n\n-----原始邮件-----\n发件人：石桥镇妇联\n主题：信息\n\n"
_OURS = "\n".join(
    f"> {line}" for line in ("您好。清泉市妇联发来一份通知，请贵单位签收：", "3月1日在市委会议室开展纪念大会，300人参加。")
)

OFFICES = (
    _news("forwarded by Foxmail", "姐妹话家风", _send("各位老师好，石桥镇的信息转报，请查收。" + _FOXMAIL + _told("姐妹话家风"), "转发: 活动信息")),
    _news("forwarded twice over", "阳台小菜园", _send(_CHAIN + _told("阳台小菜园"), "转发：转发：信息")),
    Expected("office: our own notice sent on is no report", _send(
        "请各科室落实。\n\n-----原始邮件-----\n发件人：清泉市妇联\n主题：关于开展活动的通知\n\n3月1日，请在市委会议室开展纪念大会活动，300人参加。", "转发：关于开展活动的通知"),
        "other", "to_look_at", "c.hos", "address", {"held_on": None, "on_site": None}),
    _news("a table of one activity pasted from Word", "急救技能培训", _send(
        _cells(("活动名称", "急救技能培训"), ("活动时间", "3月6日"), ("活动地点", "示教室"), ("参加人数", "80余人"), ("活动内容", "请急诊科护士长讲心肺复苏，人人上手练一遍，大家都说有用。")),
        "活动信息", kind="html"), place="示教室"),
    Expected("office: a table of three activities pasted from Word", _send(
        _cells(("序号", "活动名称", "活动时间", "活动地点", "参加人数"), ("1", "白露护眼课", "3月4日", "东槐社区", "40人"),
               ("2", "白露织毯会", "3月5日", "西槐社区", "56人"), ("3", "白露朗诵会", "3月7日", "北槐社区", "30人")),
        "近期活动信息", kind="html"), "news", "reported", "c.hos", "address",
        {"held_on": "3-4", "place": "东槐社区", "on_site": 40}, several=("白露护眼课", "白露织毯会", "白露朗诵会")),
    _news("a page saved as .doc", "护士姐妹读书角", _send("见附件", "信息", files=(
        file("信息.doc", ("<html><meta charset=gb2312><body>" + "".join(f"<p>{line}</p>" for line in _told("护士姐妹读书角").split("\n") if line) + "</body></html>").encode("gbk"), "application/msword"),))),
    Expected("office: 收到 below what it answers", mail(_OURS + "\n\n收到，已转各科室。\n", unit="c.b", subject="Re: 请签收", reply_to=THREADS["c.b"]),
             "sign", "signed", "c.b", "address"),
    Expected("office: 收到 with the signature of a mail program", mail("<div>收到</div>" + _MASTER, unit="c.edu", subject="回复：请签收", kind="html", reply_to=THREADS["c.edu"]),
             "sign", "signed", "c.edu", "address"),
    _news("a signature with a QR code", "夜班姐妹茶话会", _send(
        "<div>" + _told("夜班姐妹茶话会").replace("\n", "<br>") + "</div><hr><div>市第二医院女工委 | 电话 0353-2290000<br><img src='cid:code'>扫一扫，关注我们</div>",
        "活动信息", kind="html", files=(_CODE,))),
    _news("a rare character in GB18030 called GB2312", "䶮巷母亲讲堂", _send(_told("䶮巷母亲讲堂", place="䶮巷社区"), "信息", charset="gb18030", label="gb2312"), place="䶮巷社区"),
    _news("characters written as numbers in a page", "秋千架下的家书", _send(
        "".join(f"&#{ord(one)};" if ord(one) > 127 else one for one in _told("秋千架下的家书").replace("\n", "<br>")), "信息", kind="html", charset="ascii", label="us-ascii")),
    _news("GBK called Big5", "巧媳妇包粽子", _send(_told("巧媳妇包粽子"), "信息", charset="gbk", label="big5")),
    _news("all of it inside winmail.dat", "产房外的暖心课", _send("", "信息", files=(
        attached(tnef(_told("产房外的暖心课"), {}), b"attachment; filename=winmail.dat", b"application/ms-tnef"),))),
    _news("a new text file and no subject", "女工体检日", _send("", "（无主题）", files=(file("新建文本文档.txt", _told("女工体检日").encode("gbk"), "text/plain"),))),
    _news("a mail within a mail within a mail", "康复操教学", _send("请查收附件邮件", "转发", files=(
        file("转发.eml", mail("见附件", unit="c.home", subject="信息", files=(file("原件.eml", mail(_told("康复操教学"), unit="c.home", subject="康复操教学")),))),))),
    _news("a zip in a zip", "清洁工姐妹慰问", _send("见附件", "材料", files=(
        file("材料.zip", zipped({"里面.zip": zipped({"信息.docx": docx(_told("清洁工姐妹慰问"))})})),))),
    Expected("office: a day said by the festival is no date", mail(_told("节日插花").replace("3月6日", "三八节当天"), unit="c.hos", subject="节日插花"),
             "news", "missing", "c.hos", "address", {"held_on": None, "on_site": 80}),
    _news("from the sixth to the eighth", "广场微展览", _send(_told("广场微展览", day="3月6日至8日"), "信息"), ended_on="3-8"),
    _news("a number in characters", "女医生科普夜", _send(_told("女医生科普夜", on_site="八十余名"), "信息")),
    _news("收到 and a report in one", "药房开放日", _send("通知收到。现将我单位活动情况报上：\n" + _told("药房开放日"), "回复：请签收", )),
    Expected("office: a machine that says so only in its subject", mail("您好，您的邮件我已收到，正在休假，回来后尽快回复您。", unit="c.a", subject="自动回复：请签收"), "auto", "loop"),
    Expected("office: nothing to report, in a paper", mail("见附件", unit="c.home", subject="零报告", files=(file("零报告.docx", docx("零报告\n\n清泉市妇联：\n截至目前，我单位未开展相关活动。\n特此报告。\n")),)),
             "zero", "zeroed", "c.home", "address"),
    Expected("office: she answers a public notice", mail("你们这活动能不能也管管我家，我老公天天喝酒打我和孩子，我不敢回去", unit="", sender="woman-answers@example.org", subject="Re: 三八节活动"), "case", "help"),
)  # fmt: skip
