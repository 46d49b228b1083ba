"""Small cues inside a sentence: who acts, how binding it is, whether it is for everyone, what it forbids."""

import re

from jinguo.gongwen.parts import Force, Owner, Reach
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.masks import cut

_BRACKET = r"（[^（）\n]{1,12}）"
_EACH = rf"各(?![界种类族项方色自])(?:[^，。；：、\n（]{{0,10}}?{_BRACKET}[^，。；：、\n（]{{0,12}}?|[^，。；：、\n（]{{1,12}}?)"
_AFTER_SUBJECT = (
    "要|应|须|需|可|将|请|拟|不得|必须|务必|负责|承办|配合|牵头|开展|组织|举办|结合|根据|围绕|按|认真|积极|充分|具体|分别|参照|"
    "于|在|至少|报|把|派|推荐|做好|接到|收到|抓好|选派|选送|汇总|提前|按时|准时|及时|尽快|统一|填写|活动(?=[在于要应须])|的|和|及|每|，"
)
_SUBJECT = re.compile(
    rf"""(?P<who>{_EACH}(?:、{_EACH})*?)(?=(?:{_AFTER_SUBJECT}))              # 各县（区）妇联、各单位 | 要
       | (?P<every>每个?[^，。；：、\n]{{1,8}}?(?:{_BRACKET})?)(?=至少|要|须|应|不少于|原则上|限|最多|不超过|可|推荐)  # 每个村（社区）| 至少""",
    re.VERBOSE,
)
_LOOK_AHEAD = 60  # characters of a sentence in which its subject may stand

_DUTY = re.compile(
    r"""(?<![重主纲首必纪摘概简次只])要(?![点求素闻务领害件塞旨么不紧])   # not 重要, 纲要, 要求, 要素
      | 必须|务必|须|需要|应当
      | (?<!相)应(?![急用邀对])                                      # not 相应, 应急, 应对""",
    re.VERBOSE,
)
_BAN = re.compile("不得|严禁|禁止|不准|不许|不允许|一律不|杜绝")
_PLAIN_BAN = re.compile("不(?=评奖|评比|收|搞|设|摊派|发放|强制|安排|报销|统一|重复|铺张|接受)|不要(?!求)|不能")
_OPTION = re.compile("可以|鼓励|提倡|倡导各|(?<![许认不])可(?!持|靠|行|爱|喜|贵|能|信|谓|歌|观|见)")
_REQUEST = re.compile("(?<![申邀聘])请(?![示客教])|希望")
_FACT = re.compile("截[至止][^，。；]{1,12}，[^。；]{0,20}已|^已|目前已")
_PLAN = re.compile("将|拟|计划|决定")
_BEFORE_SUBJECT = "，；。：、\n \u3000由请”"


def actor(ctx: Context, start: int, end: int) -> tuple[tuple[int, int] | None, Owner]:
    """The named subject's span, if any, and whose the action is. Nobody named means the addressees."""
    stop = min(end, start + _LOOK_AHEAD)
    own = ctx.issuer_names.search(ctx.mask, start, stop)
    each = _SUBJECT.search(ctx.text, start, stop)
    if each and (own is None or each.start() <= own.start()) and _opens_clause(ctx, each.start(), start):
        return each.span(), "addressees"
    if own and _opens_clause(ctx, own.start(), start):
        return own.span(), "issuer"
    return None, "addressees"


def asked(ctx: Context, start: int, at: int) -> bool:
    """…举办讲座，请各单位参加: who is named at `at` is asked to come, further on in the words; she does not hold it."""
    return at - start > 1 and ctx.text[at - 1] == "请" and ctx.text[at - 2] in "，；"


def _opens_clause(ctx: Context, at: int, start: int) -> bool:
    return at == start or ctx.text[at - 1] in _BEFORE_SUBJECT


def force(ctx: Context, start: int, end: int, owner: Owner) -> Force:
    """How binding the words are. The first clause of the first sentence that says so decides; a bare imperative is a duty."""
    text = ctx.unquoted[start:end]
    if _FACT.search(text):
        return "fact"
    if owner == "issuer" and _PLAN.search(text):
        return "plan"
    if _BAN.search(text):
        return "ban"
    full_stop = ctx.mask.find("。", start, end)
    marks: tuple[tuple[re.Pattern[str], Force], ...] = ((_DUTY, "duty"), (_OPTION, "option"), (_REQUEST, "request"))
    for a, b in cut(ctx.mask, start, full_stop if full_stop > 0 else end, "，；"):
        said = next((name for pattern, name in marks if pattern.search(ctx.unquoted[a:b])), None)
        if said is not None:
            return said
    return "duty"


def reach(ctx: Context, spans: list[tuple[int, int]], owner: Owner) -> Reach:
    """Everyone, or those it suits, or the issuer itself; proposed from 因地制宜 and its like."""
    if owner == "issuer":
        return "issuer"
    return "suited" if any(ctx.find("words.suited", a, b) for a, b in spans) else "each"


def bans(ctx: Context, start: int, end: int) -> list[tuple[int, int, str]]:
    """Clauses that forbid: start, end and the thing forbidden."""
    found = []
    for a, b in cut(ctx.mask, start, end, "，；。！"):
        m = _BAN.search(ctx.text, a, b) or _PLAIN_BAN.match(ctx.text, a, b)
        if m and m.end() < b:
            found.append((a, b, ctx.words(m.end(), b)))
    return found
