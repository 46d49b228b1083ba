"""Letters for help (求助 / 信访 / 个案): women write to any address they can find.

Rather one too many: a false alarm costs the case worker one click, a letter left in an office's tray may cost a woman her
safety. A unit's report about such work is told from a letter by whose voice it is in. Her words count wherever they stand:
in the subject, below what is quoted, in a file or in a mail within the mail, in Traditional characters, spaced out or wrapped.
"""

import re

from jinguo.lib.mail import Letter
from jinguo.lib.pleas import levelled, pleads

_WEAK = re.compile(
    r"家暴|家庭暴力|离婚|抚养权|抚养费|赡养|骚扰|性侵|强奸|猥亵|被打|殴打|报警|欠薪|拖欠|信访|求助|维权|投诉|举报|控告|申诉|出轨|第三者|彩礼"
    r"|虐待|遗弃|拐卖|受害|欺负|辞退|怀孕.{0,6}(?:开除|辞退)|上访|冤|抑郁|净身出户"
)
_I = re.compile(r"我(?!们(?:单位|县|区|镇|村|局|校|院|市|妇联|开展|组织))|本人|俺|my ", re.IGNORECASE)
_NAMED = re.compile(r"求助|信访(?!局|接待日|工作)|个案|举报|控告|申诉|上访|救助申请|来访(?:人|件|登记)|当事人")
_OF_WORK = re.compile(r"活动|宣传|培训|总结|讲座|开展|举办|工作情况|简报|方案|通知|宣讲|普法|义诊|信息|签收|收到|报送")


def asks_for_help(letter: Letter, own: str, *, is_registered: bool) -> bool:
    """Whether this is a letter for help.

    Args:
        own: what the writer wrote herself.
        is_registered: it came from a unit's registered address: such mails mostly report on work, and the bar is higher.
    """
    names = [part.name for part in letter.parts]
    papers = [part.text for part in letter.parts if part.kind not in ("xlsx", "xls")]
    head = "\n".join(levelled(one) for one in (letter.subject, *names))
    # What she answers is looked at too: a letter handed on stands below 原始邮件.
    if any(pleads(one) for one in (letter.subject, *names, letter.body, *papers)):
        return True
    if _NAMED.search(head) and not _OF_WORK.search(levelled(letter.subject)):
        return True
    if is_registered:
        return False
    said = levelled("\n".join([letter.subject, own, *papers]))
    reports = len(_OF_WORK.findall(said)) >= 4 and not _I.search(levelled("\n".join([own, *papers])))
    return bool(_WEAK.search(said) and _I.search(said)) and not reports
