"""What kind of mail a person wrote: 签收, 活动信息, 总结, 表格, 更正, 咨询, 零报告."""

import re

from jinguo.mails.models.mail import Kind
from jinguo.reports.understanding.texts import Texts

_SIGNED = re.compile(
    r"^(?:您?好|你好|市妇联|领导|老师|各位领导|主席|[\u4e00-\u9fff]{2,12}(?:妇联|妇委会|女工委|妇女之家|工会))?[，,！!：:。\s]*"
    r"(?:(?:我|我们)?(?:单位|县|区|镇|院|局|校)?(?:通知|文件|邮件|来函|来文)?(?:已|已经)?(?:收到|收悉|签收|知悉|知晓|阅知|收阅)(?:了)?"
    r"|收到(?:，|,|。)?(?:谢谢|请放心|将认真落实|我们会认真落实|马上落实)?)"
    r"(?:(?:通知|文件|邮件)?[，,。！!\s]*(?:谢谢|感谢|请放心|(?:我们|我单位|我局)?将?(?:按要求|认真|抓好|马上|尽快|抓紧|积极|及时|抓紧时间)?(?:落实|执行|贯彻|办理|安排)(?:好)?|特此回复|无误|(?:已|将)(?:经)?(?:转发?|转达|传达|分发|报告)(?:给|到|至)?(?:各|本|全)?[\u4e00-\u9fff]{0,8}))*"
    r"[。！!，,~～\s]*$"
)
_NONE = re.compile(
    r"零报告|零上报|没有开展(?:相关)?活动|未开展(?:相关)?活动|(?:本期|本次|暂)无(?:活动|可报|内容|信息)?(?:上报|报送)?|无活动(?:上报|报送)?|^无[。！]?$"
)
_CORRECTS = re.compile(
    r"更正|勘误|订正|以(?:此|本)(?:件|稿|次|封)?为准|以这(?:次|封|版)为准|(?:上|前)(?:一)?(?:次|封|版)?(?:报送|邮件|发送|信息|材料)?.{0,12}(?:有误|写错|错误|作废|报错)"
    r"|(?:应为|应该是|改为|修改为|更改为)|重新(?:报送|上报|发送)|(?:有误|写错|笔误)"
)
_WITHDRAWS = re.compile(
    r"(?:请|先|想|要|申请|麻烦|需要?|给|帮忙?)[^。；;\n]{0,12}(?:撤回|撤销|撤掉)|^(?:申请)?撤回|(?:撤回|撤销)(?:上|刚|前|这|那|一下|吧|了?[。！!]?$)"
    r"|作废(?!.{0,12}(?:应为|改为|以此|附件))|先?不要用|别用了|不算数"
)
_PUTS_RIGHT = re.compile(r"应为|应该[是为]|[改换]为|改成|以(?:此|这|本)")
_ASKS = re.compile(
    r"请问|^\s*咨询|想咨询|咨询一下|咨询[:：]|\s咨询$|想问|问一下|请教|如何|怎么(?:报|填|办|写)|能否|可否|是否(?:需要|可以|要)|什么时候|哪(?:天|里|个)|[？?]\s*$"
)
_SUMMARY = re.compile(r"总结|工作报告|情况汇报|综合情况|开展情况的报告|工作情况")
_TABLE = re.compile(r"汇总表|统计表|登记表|报名表|情况表|一览表|台账|报表")
_HELD = re.compile(r"开展|举办|举行|召开|组织|走进|参加|慰问|宣讲|义诊")

_DAY = re.compile(r"[\d一二三四五六七八九十]月[\d一二三四五六七八九十]{1,3}[日号]|\d{4}[-./]\d")


def kind_of(texts: Texts, *, answers_return: bool) -> Kind:
    """The kind of a mail a person wrote; OTHER when its words fit none.

    Args:
        answers_return: it answers a letter in which a return was sent back to be mended.
    """
    own = re.sub(r"\s+", " ", _without_sign_off(texts.own)).strip()
    attached = bool(texts.papers or texts.tables or texts.pictures)
    head = texts.subject + "\n" + "\n".join(one.name for one in texts.papers)
    if not attached and len(own) <= 60 and own and _SIGNED.match(own):
        return Kind.SIGN
    if not attached and not own and _SIGNED.match(texts.subject):
        return Kind.SIGN
    if not attached and _takes_back(own, texts.subject):
        return Kind.QUESTION if _ASKS.search(own) else Kind.WITHDRAWAL
    first = own[:160] if texts.main.part == 0 else own[:160] + "\n" + texts.main.text[:40]
    if answers_return and (attached or own):
        return Kind.QUESTION if _ASKS.search(own) and not attached and not re.search(r"\d", own) else Kind.CORRECTION
    if _CORRECTS.search(head) or _CORRECTS.search(first):
        return Kind.CORRECTION
    if (
        not attached
        and len(own) <= 160
        and (_NONE.search(own) or _NONE.search(texts.subject))
        and not _ASKS.search(own)
    ):
        return Kind.ZERO
    if texts.papers and not texts.tables and not texts.pictures and len(own) <= 60 and _says_none(texts.main.text):
        return Kind.ZERO
    if (
        not attached
        and len(own) <= 400
        and _ASKS.search(own + " " + texts.subject)
        and not (_reports(own) and _DAY.search(own))
    ):
        return Kind.QUESTION
    return _of_report(texts, head, own, attached)


def _takes_back(own: str, subject: str) -> bool:
    """Whether a short mail asks for a report back, and neither is one nor puts one right."""
    if len(own) > 160 or _PUTS_RIGHT.search(own) or (_reports(own) and _DAY.search(own)):
        return False
    return bool(_WITHDRAWS.search(own) or _WITHDRAWS.search(subject))


def _of_report(texts: Texts, head: str, own: str, attached: bool) -> Kind:
    main = texts.main.text
    if texts.tables and (not texts.papers or _TABLE.search(head)) and len(own) < 160:
        return Kind.TABLE
    if _SUMMARY.search(head) or _SUMMARY.search(main[:60]):
        return Kind.SUMMARY
    if _reports(main) or (attached and _HELD.search(texts.subject)):
        return Kind.NEWS
    return Kind.OTHER


def _says_none(paper: str) -> bool:
    """Whether a paper of a few lines says that there was nothing, and counts nobody."""
    return (
        len(re.sub(r"\s", "", paper)) <= 160
        and bool(_NONE.search(paper))
        and not re.search(r"\d\s*余?[名人场次]", paper)
    )


def _reports(text: str) -> bool:
    return bool(_HELD.search(text)) and len(re.sub(r"\s", "", text)) >= 20


def _without_sign_off(own: str) -> str:
    """Without the last lines that are a name, a day or a telephone: what is left is what was said."""
    lines = [line for line in own.splitlines() if line.strip()]
    while len(lines) > 1 and _is_sign_off(lines[-1]):
        lines.pop()
    return "\n".join(lines)


def _is_sign_off(line: str) -> bool:
    bare = re.sub(r"\s", "", line)
    if len(bare) <= 60 and re.search(r"[\w.+-]+@[\w-]+\.\w", bare) and not re.search(r"收到|收悉|签收|知悉|应为", bare):
        return True  # what a program puts below: the unit, its address
    return len(bare) <= 24 and bool(
        re.search(
            r"(?:妇联|妇女联合会|妇委会|妇女委员会|女工委|女职工委员会|妇女之家|工会|办公室|宣教部|单位)$|(?:妇联|妇委会|女工委|妇女之家)[\u4e00-\u9fff]{2,4}$|^\d{4}年|^\d+月\d+日$|^(?:联系|电话|手机|邮箱|报送)|^[\u4e00-\u9fff]{2,4}$|^[\d\-—]{7,13}$",
            bare,
        )
        and not re.search(r"收到|收悉|签收|知悉|参加|应为|人$", bare)
    )
