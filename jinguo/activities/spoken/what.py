"""What is held, where, by whom, for how many: the words of a sentence that are no day and no hour."""

import re

from jinguo.activities.models.kinds import Kind
from jinguo.activities.spoken.numbers import NUMBER, said_number
from jinguo.activities.suggest import kind_of

Stretch = tuple[int, int]

_PEOPLE = re.compile(
    rf"(?P<about>大概|大约|约莫|约|估计|差不多|左右|上下|将近|近)?(?:能来|会来|要来|来了?|有|到了?|共|一共)?\s*"
    rf"(?<![\d第每一二两三四五六七八九十百千几])(?P<number>{NUMBER})\s?(?P<more>多|来|几)?(?:个|名|位|号)?(?P<who>人|口人|姐妹|妇女|村民|群众|名|位)"
    rf"(?!家|民|次|组|老师|医生|大夫|专家|律师|讲师|干部|执委|志愿者|员|才|代表|物|一)(?P<after>左右|上下)?"
)
_ABOUT = ("多", "来", "几")
_SUFFIX = (
    "室|馆|厅|堂|院|场|楼|站|所|店|小学|中学|学校|幼儿园|家|中心|社区|村委会|居委会|大队|村部|基地|门口|祠堂|戏台|书屋|超市|"
    "公园|村|镇|小区|厂|合作社|大棚|坊|炕头|家里|家中|树下|树底下|活动点|服务点|广场"
)
_NEXT = (
    "讲|办|举|开|搞|做|教|组织|进行|集合|集中|听|学|看|包|跳|排|练|给|请|为|聚|读|座谈|培训|义诊|体检|筛查|慰问|走访|唱|演|放|宣|发|"
    "过|种|剪|绣|编|吃|喝|打|比|拍|有|里|和|一起|来|见|上课|举行|开展|辅导|亲子|插|绘|朗诵|诵读"
)
_PLACE = re.compile(
    rf"(?:(?<![现正存实所自好存])在|地点[:：是]?\s*(?:在)?)(?P<place>[^，。、；：！？,;!?\s]{{0,24}}?(?:{_SUFFIX}))(?=$|[，。、；！？,;!?\s]|里|{_NEXT})"
)
_PLACE_ALONE = re.compile(
    r"(?:(?<![现正存实所自好])在|地点[:：是]?\s*(?:在)?)(?P<place>[^，。、；：！？,;!?\s]{2,24})(?=$|[，。、；！？,;!?\s])"
)
_PLACE_BARE = re.compile(
    rf"(?:^|[，。；！？,;!?\s])(?P<place>[^，。、；：！？,;!?\s\d]{{0,20}}?(?:{_SUFFIX}))(?<!家)(?=$|[，。；！？,;!?\s])"
)
_VERB_AHEAD = re.compile(_NEXT)
_HOME = re.compile(
    r"(?:(?<!农)(?<!专)(?<!之)(?<!微)(?<!国)(?<!大)(?<!商)(?<!酒)(?<!作)(?<!业)家|家里|家中|炕头|家(?:的)?(?:院子|院|堂屋|客厅))$"
)
_WHO = re.compile(
    r"(?:请|由|邀请)?(?P<who>[一-龥]{1,8}?(?:老师|医生|大夫|律师|教授|主任|主席|法官|警官|民警|专家|师傅|讲师|志愿者)|(?:(?<![一-龥])|(?<=[请由]))(?![请由给])[一-龥]{1,2}(?:大姐|大妈|大娘|阿姨|婶|嫂|奶奶|姐))(?=来|给|为|主讲|讲|授课|坐诊|指导|现场|在|教|带|$|[，。；,;])"
)
_VERB = "讲一讲|讲讲|讲|办|举办|举行|开展|开|搞|组织|进行|做|教|学|演|放|宣讲"
_DONE = re.compile(
    rf"(?:{_VERB})(?:了)?(?:大家|姐妹们|妇女们|村里人|孩子们)?(?:一下|下)?(?:(?:一|1|两|几)?(?:场|次|个|堂|节|期))?(?P<what>[^，。；！？,;!?\n]{{2,30}})"
)
_QUOTED = re.compile(r"(?P<name>[“\"《「][^”\"》」\n]{2,24}[”\"》」])(?P<kind>[^，。；！？,;!?\s]{0,6})")
_TELEPHONE = re.compile(r"(?<!\d)\+?\d[\d\- ]{5,17}\d(?!\d)")
_EDGE = " \t\n，。、；：！？,.;:!?的呢吧啊了，"
_LECTURE = re.compile(r"讲(?!究|理|价|话)|上课|听课|宣传")
_TEACHING = re.compile(r"(?<![国宗说请宣])教(?!育|师|室|学|授|堂|练|委|材|程|导|训|养|徒|会|职)")
_ENDS_AS_EVENT = re.compile(r"(?:讲座|宣讲|课|会|课堂|知识|活动)$")
_NO_NAME = re.compile(
    r"^(?:能?来|联系|电话|都是|每周|每个?星期|大概|大约|估计)|^[\d一二两三四五六七八九十百半点分年月日号:：.\-\s]+$|人(?:左右)?$"
)
SPOKEN_KINDS = (("广场舞", Kind.PERFORMANCE), ("跳舞", Kind.PERFORMANCE), ("唱歌", Kind.PERFORMANCE), ("联欢", Kind.PERFORMANCE),
    ("看电影", Kind.PERFORMANCE), ("看戏", Kind.PERFORMANCE), ("做饭", Kind.TRAINING), ("剪纸", Kind.TRAINING),
    ("刺绣", Kind.TRAINING), ("手工", Kind.TRAINING), ("插花", Kind.TRAINING))  # fmt: skip
HEALTH = (
    "妇科",
    "两癌",
    "乳腺",
    "宫颈",
    "更年期",
    "体检",
    "筛查",
    "艾滋",
    "性病",
    "避孕",
    "流产",
    "不孕",
    "心理",
    "抑郁",
    "癌",
)
HARDSHIP = ("困难", "低保", "家暴", "离婚", "单亲", "失独", "残疾", "患病", "贫困", "丧偶")


def people(text: str, taken: list[Stretch]) -> tuple[int, bool, Stretch] | None:
    """How many are expected, and whether that is only about; None where no number of people was said."""
    for m in _PEOPLE.finditer(text):
        if any(m.start("number") < end and start < m.end("number") for start, end in taken):
            continue
        number = said_number(m["number"])
        if number is None or not 2 <= number <= 100_000:  # 一人, 一位: who it is, not how many
            continue
        about = bool(m["about"] or m["after"] or m["more"] in _ABOUT)
        return number, about, (m.start("number"), m.end())
    return None


def place(text: str) -> tuple[str, bool, Stretch] | None:
    """Where, and whether that is somebody's home."""
    for m in (*_PLACE.finditer(text), *_PLACE_ALONE.finditer(text), *_PLACE_BARE.finditer(text)):
        where, start = m["place"], m.start("place")
        verb = _VERB_AHEAD.search(where, 2) if m.re is _PLACE_ALONE else None  # 在镇上办培训: only 镇上
        where = where[: verb.start()] if verb else where
        if where not in ("家", "家里", "家中"):
            return where, bool(_HOME.search(where)), (start, start + len(where))
    return None


def speaker(text: str) -> tuple[str, Stretch] | None:
    """Who speaks or leads."""
    m = _WHO.search(text)
    return (m["who"], m.span("who")) if m else None


def kind(text: str) -> str:
    """The kind its words name; "" where they name none."""
    found = kind_of(text)
    if found:
        return found
    for word, meant in SPOKEN_KINDS:
        if word in text:
            return str(meant)
    if _TEACHING.search(text):
        return str(Kind.TRAINING)
    return str(Kind.LECTURE) if _LECTURE.search(text) else ""


def discreet_for(text: str) -> str:
    """The word for which an activity should rather not be announced loudly: of health or hardship."""
    return next((word for word in (*HEALTH, *HARDSHIP) if word in text), "")


def title(text: str, taken: list[Stretch], meant: str) -> str:
    """A name for it from its own words: what stands in quotation marks, what is held, or what is left of the sentence."""
    quoted = _QUOTED.search(text)
    if quoted:
        return _tidy(quoted["name"] + (quoted["kind"] if _ENDS_AS_EVENT.search(quoted["kind"]) else ""))
    left = _without(text, taken)
    m = _DONE.search(left)
    if m:
        what = _tidy(m["what"])
        spoken = m[0].startswith(("讲", "宣讲")) and meant == Kind.LECTURE and not _ENDS_AS_EVENT.search(what)
        if what:
            return what + ("讲座" if spoken else "")
    pieces = [_tidy(piece) for piece in re.split(r"[，。；！？,;!?\n]", left)]
    names = [piece for piece in pieces if len(piece) >= 2 and not _NO_NAME.search(piece)]
    return max(names, key=len, default="")[:30]


def _without(text: str, taken: list[Stretch]) -> str:
    """The words that stand for nothing else; telephone numbers are no title."""
    gone = sorted([*taken, *(m.span() for m in _TELEPHONE.finditer(text))])
    kept, at = [], 0
    for start, end in gone:
        if start >= at:
            kept.append(text[at:start])
        at = max(at, end)
    left = "，".join([*kept, text[at:]])
    left = re.sub(r"(?:大概|大约|约|估计|差不多|来|在|请|由|到|从)(?=，|$)", "", left)
    return re.sub(r"，+", "，", left)


def _tidy(piece: str) -> str:
    bare = _TELEPHONE.sub("", " ".join(piece.split()))
    return bare.strip(_EDGE)
