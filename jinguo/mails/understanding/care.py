"""Letters for help (求助 / 信访 / 个案): women write to any address they can find.

Rather one too many: a false alarm costs the case worker one click, a letter left in an office's tray may cost a woman her
safety. A unit's report about such work is told from a letter by whose voice it is in.
"""

import re

from jinguo.lib.mail import Letter

_STRONG = re.compile(
    r"救救(?:我|她|孩子)|救命|求救|(?:我|本人)(?:要|想|来)?(?:求助|举报|控告|信访|上访|投诉)|(?:请|求)(?:你们|妇联)?(?:帮帮|救救|给我做主|为我做主)"
    r"|(?:我|本人)(?:一直|经常|又|曾|多次|昨晚|昨天|今天)*(?:被|遭|遭受|受到)[^。\n]{0,12}(?:打|家暴|家庭暴力|强奸|性侵|骚扰|威胁|虐待|跟踪|猥亵|拐)"
    r"|(?:丈夫|老公|男友|男朋友|前夫|前男友|公公|继父|父亲|爸爸|婆婆|他)[^。\n]{0,10}?(?:打我|打了我|殴打我|家暴我|威胁我|跟踪我|骚扰我|虐待我|打孩子|不让我)"
    r"|不想活|活不下去|想自杀|要自杀|想死|轻生|走投无路|无处可去|人身安全保护令.{0,20}(?:我|本人)|(?:我|本人).{0,20}人身安全保护令"
    r"|(?:老公|丈夫|男友|前夫|男人)[^。\n]{0,6}(?:喝酒|喝醉)[^。\n]{0,12}打|help me|save me",
    re.IGNORECASE,
)
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
    head = letter.subject + "\n" + "\n".join(part.name for part in letter.parts)
    attached = "\n".join(part.text for part in letter.parts if part.kind not in ("xlsx", "xls"))
    if is_registered:
        return _of_registered(letter, head, own)
    said = letter.subject + "\n" + own + "\n" + attached
    if _STRONG.search(said):
        return True
    reports = len(_OF_WORK.findall(said)) >= 4 and not _I.search(own + attached)
    if _NAMED.search(head) and not _OF_WORK.search(letter.subject):
        return True
    return bool(_WEAK.search(said) and _I.search(said)) and not reports


def _of_registered(letter: Letter, head: str, own: str) -> bool:
    """A unit hands a case on, or somebody writes from the unit's mailbox in her own voice."""
    for line in (head, own):
        for match in _STRONG.finditer(line):
            around = line[max(0, match.start() - 30) : match.end() + 30]
            if not re.search(r"情景|小品|案例|剧|讲述|宣传|“[^”]{0,40}$|话剧|知识", around):
                return True
    return bool(_NAMED.search(head)) and not _OF_WORK.search(letter.subject)
