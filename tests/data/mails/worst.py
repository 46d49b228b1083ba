"""Mails as they really come from a busy office: tables in the body, chains sent on, subjects that say nothing, slips of the pen."""

from tests.data.mails.writing import THREADS, Expected, docx, file, mail, picture

_CHAIN = """请查收。

东川县妇联办公室

------------------ 原始邮件 ------------------
发件人: "西槐街道"<xihuai@example.org>;
发送时间: 2024年3月8日(星期五) 下午5:12
收件人: "东川县妇联"<c-a@example.org>;
主题: 转发：活动信息

主席，这是西槐社区的，请看。

> ------------------ 原始邮件 ------------------
> 发件人: "西槐社区"<shequ@example.org>;
> 发送时间: 2024年3月7日(星期四) 上午9:40
> 收件人: "西槐街道"<xihuai@example.org>;
> 主题: 活动信息
>
> 西槐社区开展“槐下说法”活动
>
> 3月6日上午，西槐社区妇联在党群服务中心二楼开展“槐下说法”活动，请法官为大家讲妇女权益保障法，
> 48名妇女参加，现场解答问题12个，发放宣传单100余份。
>
> 西槐社区妇联
"""
_ROWS = (
    ("活动名称", "时间", "地点", "参加人数"), ("槐荫里剪纸课", "3月4日", "槐荫里文化站", "35"),
    ("槐荫里送奖到人", "3月5日", "槐荫里村委会", "约60人"), ("合计", "", "", "95"),
)  # fmt: skip
_LOST = "我县近期活动如下表，请收。\n" + "\n".join(" ".join(row) for row in _ROWS) + "\n东川县妇联"
_TABLE = "".join(
    "<tr>" + "".join(f"<td><p><span>{cell}</span></p></td>" for cell in row) + "</tr>" for row in _ROWS
)


def _two_forms() -> bytes:
    """The text a program makes of a table, and the table itself beside it."""
    lines = mail("x", subject="东川县妇联活动情况").split(b"Content-Type")[0]
    html = f"<p>我县近期活动如下表，请收。</p><table border=1>{_TABLE}</table><p>东川县妇联</p>"
    parts = b"".join(
        b"--=_two\r\nContent-Type: text/"
        + kind
        + b"; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + text.encode()
        + b"\r\n"
        for kind, text in ((b"plain", _LOST), (b"html", html))
    )
    return lines + b'Content-Type: multipart/alternative; boundary="=_two"\r\n\r\n' + parts + b"--=_two--\r\n"


_SPACED = """市妇联：
我县本周活动如下：

序号   活动名称            时间         地点             参加人数
1      东槐健康义诊        3月4日       东槐卫生院        76
2      东槐家教讲座        3月6日       东槐中学礼堂      210

东川县妇联
"""
_HOLE = _SPACED.replace("东槐卫生院        ", "                  ").replace("东槐", "西坡")
_LEADS = """我县近期主要开展了以下活动：
一、“槐乡绣娘”刺绣培训。3月4日至6日，在东关村举办培训班，52名农村妇女参加培训。
二、槐乡送奖到家。3月7日，县妇联主席带队到南关村送去奖牌，28人见证。
下一步，我们将继续抓好落实。
东川县妇联  联系人：赵敏
"""
_TITLED = "关于开展“三八”节系列活动的通知"


def _news(name: str, raw: bytes, *several: str, fate: str = "reported", kind: str = "news", **fields) -> Expected:
    return Expected(f"worst: {name}", raw, kind, fate, "c.a", "address", fields, several=several)


WORST = (
    _news("a chain sent on twice", mail(_CHAIN, subject="转发: 转发：FW: 西槐街道活动信息"),
          title="西槐社区开展“槐下说法”活动", held_on="3-6", on_site=48, place="党群服务中心二楼"),
    _news("a table in the body, lost in the plain form", _two_forms(), "槐荫里剪纸课", "槐荫里送奖到人",
          held_on="3-4", on_site=35, place="槐荫里文化站"),
    _news("a table drawn with spaces", mail(_SPACED, subject="本周活动表2"), "东槐健康义诊", "东槐家教讲座", on_site=76),
    _news("such a table with an empty cell", mail(_HOLE, subject="本周活动"), fate="missing", on_site=None, held_on=None),
    _news("names before the first stop", mail(_LEADS, subject="东川县妇联近期活动"), "“槐乡绣娘”刺绣培训", "槐乡送奖到家",
          held_on="3-4", ended_on="3-6", on_site=52),
    _news("a subject that says nothing", mail("3月5日，东川县妇联组织女科技工作者在创新园开展“槐下论道”交流会，40人参加。", subject="东川县妇联活动"),
          title="“槐下论道”交流会", on_site=40),
    _news("a report under our own subject", mail("3月5日，东川县妇联在五楼会议室举办槐心理健康讲座，45人参加。", subject=f"Re: 回复：{_TITLED}"),
          title="槐心理健康讲座", on_site=45),
    _news("none but one", mail("我县没有开展大型活动，但3月6日组织女干部12人到槐园敬老院慰问老人，送去米面油。", subject="情况"),
          title="到槐园敬老院慰问老人", held_on="3-6"),
    _news("a course and its day", mail("槐编手艺培训 3月5日\n3月5日，东川县妇联在东槐村举办槐编手艺培训，都说有用。", subject="槐编手艺培训"),
          title="槐编手艺培训", held_on="3-5", on_site=None),
    Expected("worst: sent again, with a word above", mail("怕没收到，再发一遍。\n教育局妇委会“槐下”义诊\n3月5日，市教育局妇委会在东槐社区举办义诊，30人参加。",
             unit="c.edu", subject="再发一次：“槐下”义诊"), "news", "reported", "c.edu", "address", {"title": "“槐下”义诊", "on_site": 30}),
    _news("a name with dots", mail("请收附件", subject="3.8节活动.材料", files=(file("3.8节.活动信息.v2.0.最终版.docx",
          docx("东川县妇联走访慰问槐里困难家庭\n3月6日，东川县妇联一行6人到槐里走访慰问8户困难家庭，送去棉衣，惠及儿童11人。\n")),)),
          title="走访慰问槐里困难家庭", held_on="3-6", benefited=11),
    _news("only a picture", mail("见图", subject="活动信息", files=(picture("微信图片_2024.jpg"),)), kind="other", fate="to_look_at"),
    _news("a number that is called one, though its last sign is wrong",
          mail("3月6日，东川县妇联慰问职工（身份证140302198003150029），5人参加。", subject="槐里慰问"), fate="personal"),
    Expected("worst: signed for, handed on, with a name and a telephone below",
             mail("收到，已转发各乡镇，我们抓紧落实。\n\n市教育局妇委会  孙丽\n13900001111\n", unit="c.edu", subject=f"答复: {_TITLED}", reply_to=THREADS["c.edu"]),
             "sign", "signed", "c.edu", "address"),
)  # fmt: skip
