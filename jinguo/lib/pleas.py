"""A woman's plea in any text: somebody says what is done to her or hers (求助 / 信访 / 个案).

Every door where somebody types freely asks this before anything is kept: women write into any field they can find. Rather
one too many: a false alarm costs the case worker one click. Her words count in Traditional characters, spaced out or wrapped.
"""

import re
import unicodedata

from jinguo.gongwen.traditional import TO_SIMPLIFIED

_STRONG = re.compile(
    r"救救(?:我|她|孩子)|(?<!急救)(?<!怎么)(?<!如何)救命(?!技能|技术|知识|本领|本事|课|药|稻草|[的之])|求救|(?:我|本人)(?:要|想|来)?(?:求助|举报|控告|信访|上访|投诉)|(?:请|求)(?:你们|妇联)?(?:帮帮|救救|给我做主|为我做主)"
    r"|(?:我|本人)(?:一直|经常|又|曾|多次|昨晚|昨天|今天)*(?:被|遭|遭受|受到)[^。\n]{0,12}(?:打|家暴|家庭暴力|强奸|性侵|骚扰|威胁|虐待|跟踪|猥亵|拐)"
    r"|(?:丈夫|老公|男友|男朋友|前夫|前男友|公公|继父|父亲|爸爸|婆婆|他)[^。\n]{0,10}?(?:打我|打了我|殴打我|家暴我|威胁我|跟踪我|骚扰我|虐待我|打孩子|不让我)"
    r"|不想活|活不下去|想自杀|要自杀|想死|轻生|走投无路|无处可去|人身安全保护令.{0,20}(?:我|本人)|(?:我|本人).{0,20}人身安全保护令"
    r"|(?:老公|丈夫|男友|前夫|男人)[^。\n]{0,6}(?:喝酒|喝醉)[^。\n]{0,12}打|help me|save me",
    re.IGNORECASE,
)
_KIN = re.compile(
    r"(?:我|俺|本人)(?:的)?(?:女儿|闺女|孩子|儿子|妈妈?|母亲|姐姐?|妹妹?|嫂子|朋友|邻居)[^。]{0,8}(?:被|遭受?|受到)[^。]{0,12}"
    r"(?:打|家暴|家庭暴力|强奸|性侵|骚扰|威胁|虐待|跟踪|猥亵|拐|关)"
)
_OTHERS = re.compile(
    r"(?:她|他们?家|该(?:妇女|女子)|(?:一|有|某)(?:名|位|个)[^。\n]{0,6}?(?:妇女|女子|女人|姐妹|女孩|学生|孩子)|村里|社区里|邻居|某某?|信息员|主任|主席|干部|职工"
    r"|妇女|女儿|闺女|儿媳|孩子|女孩|姐妹)[^。\n]{0,12}?(?:被|遭到?|遭受|受到|挨)[^。，,；;\n]{0,12}?(?:打(?![造印卡扮扫包听开算击电动疫针]|不通)|殴|家暴|家庭暴力|强奸|性侵|骚扰|威胁|虐待|跟踪|猥亵|拐|关在|囚禁)"
    r"|(?:丈夫|老公|男人|爱人|(?<![务扶助访])对象|男友|男朋友|前夫|公公|继父|父亲|婆婆|家里人)[^。\n]{0,10}?(?:又|总|老|常|经常|一直|天天|把)*"
    r"(?:打她|打了她|打人|打得|打伤|打老婆|动手|殴打|家暴|威胁她|跟踪她|虐待|不让她|掐)"
    r"|不敢回家|不敢出门|躲出来|逃出来|寻短见|喝农药|割腕|向(?:我们?|妇联)求(?:助|救)|打电话求(?:助|救)"
)
_ASIDE = re.compile(  # what is counted, taught or played
    r"统计|人数|台账|报表|排查|预防|防止|反家|怎么办|讲座|培训|宣讲|宣传|普法|情景|小品|案例|剧|模拟|角色"
)
_DENIED = re.compile(r"没有|未发现|无人")  # before what would have been done; behind it stands "没有地方去"
_STAGED = re.compile(r"情景|小品|案例|剧|讲述|宣传|知识|解答|提问|模拟|角色")
_GAPS = re.compile(r"(?<=[\u4e00-\u9fff])[ \t\u3000]+(?=[\u4e00-\u9fff])")
_FOLDS = re.compile(r"(?<=[\u4e00-\u9fff,，、])[ \t]*\r?\n[ \t]*(?=[\u4e00-\u9fff])")
_MORE = dict(zip(map(ord, "毆幫騷擾脅訴僱棄淨誰嗎"), "殴帮骚扰胁诉雇弃净谁吗", strict=True))  # beside the reader's own
_ABOUT_HELP = re.compile(
    r"家暴|家庭暴力|jiabao|被打|挨打|打人|打老婆|打媳妇|施暴|虐待|强奸|性侵|猥亵|骚扰|跟踪|拐卖|囚禁|求助|维权|保护令|庇护|报警|离婚|抚养权|"
    r"法律援助|自杀|轻生|抑郁|\bdv\b|domestic violence|divorce|shelter|abuse",
    re.IGNORECASE,
)
_PLAIN = TO_SIMPLIFIED | _MORE
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")


def pleads(text: str) -> bool:
    """Whether somebody speaks here of what is done to her or hers. What a play, a lesson or a quotation says is work."""
    lines = levelled(text)
    return any(
        not _is_told(one, match.start(), match.end())
        for one in (lines, _FOLDS.sub("", lines))
        for pattern in (_STRONG, _KIN)
        for match in pattern.finditer(one)
    )


def tells(text: str) -> bool:
    """Whether a few words in a small form speak of what is done to somebody: to who types, or to another whom an officer
    heard of, in quotation marks too. Such words are reasons and notes, never a story of work."""
    lines = _FOLDS.sub("", levelled(text))
    return pleads(text) or any(
        not _ASIDE.search(lines[max(0, match.start() - 12) : match.end() + 12])
        and not _DENIED.search(lines[max(0, match.start() - 12) : match.end()])
        for pattern in (_STRONG, _KIN, _OTHERS)
        for match in pattern.finditer(lines)
    )


def is_about_help(words: str) -> bool:
    """Whether somebody who looks for these few words may be in need herself."""
    return pleads(words) or bool(_ABOUT_HELP.search(levelled(words)))


def levelled(text: str) -> str:
    """The same words in Simplified characters and usual forms, without signs nobody sees and blanks between characters."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).translate(_PLAIN)
    return _GAPS.sub("", plain)


def _is_told(text: str, start: int, end: int) -> bool:
    """Whether the words stand in a story of work: a play or a lesson is named beside them, or they are quoted."""
    before = text[max(0, start - 200) : start]
    quoted = before.rfind("“") > before.rfind("”")
    return quoted or bool(_STAGED.search(text[max(0, start - 30) : end + 30]))
