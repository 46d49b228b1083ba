"""The grammar of a recipient phrase. Pure: words in, a `Reading` out; which units are meant is `recipients`' matter.

Every stretch that was understood is taken out of the phrase; what is left over is returned as it stands.
"""

import re
from dataclasses import dataclass, field

Words = list[tuple[int, str, str]]  # position in the phrase, the words, key of `recipients.MEANINGS`

_FULL_WIDTH = str.maketrans("()[]［］【】,;:", "（）（）（）（），；：")
_PLACE_KINDS = (
    "街道",
    "社区",
    "行政村",
    "地市",
    "苏木",
    "县",
    "区",
    "旗",
    "市",
    "州",
    "盟",
    "乡",
    "镇",
    "街",
    "村",
    "居",
)
_LEVEL_OF = {
    "县": "county", "区": "county", "旗": "county", "市": "county", "州": "city", "盟": "city", "地市": "city",
    "乡": "township", "镇": "township", "街道": "township", "街": "township", "苏木": "township",
    "村": "village", "行政村": "village", "社区": "village", "居": "village",
}  # fmt: skip
_KIND = "(?:" + "|".join(_PLACE_KINDS) + ")"
_RUN = rf"{_KIND}(?:[、/和及]?{_KIND}|（{_KIND}(?:[、/和及]?{_KIND})*）)*"
_BODY = r"妇女联合会|妇联(?:组织)?|妇女委员会|妇委会|女职工委员会|女工委|女职委|妇女工作委员会|妇女组织|妇女之家"

_LEVELS = re.compile(
    rf"(?<![一-鿿])(?:所辖|下辖|辖区内?)?(?:各|所有|全部|每个)?(?P<run>{_RUN})(?=(?:各级|两级|三级|级)?(?:{_BODY}|组织|$))"
)
_PAIR = re.compile(rf"(?P<run>{_KIND}(?:[、]?{_KIND})+)[两三四]级")
_RULES: tuple[tuple[str, str, str], ...] = (
    (r"各级|逐级", "all_levels", ""),
    (r"国省民营(?=企)", "sectors", "state province private"),
    (r"国有企业|国有|国营|国企|央企", "sectors", "state"),
    (r"省属企业|省属|省营|驻[市县区]企业", "sectors", "province"),
    (r"民营企业|民营|私营企业|私营|非公(?:有制)?企业|非公(?:有制)?", "sectors", "private"),
    (r"企业事业单位|企事业单位", "sectors", "enterprise+institution"),
    (r"事业单位", "sectors", "institution"),
    (r"企业", "sectors", "enterprise"),
    (r"[“\"]?两新[”\"]?组织|新经济组织(?:和|、|及)?新社会组织|新经济组织|新社会组织|社会组织|新就业群体", "class", "new_org"),
    (r"妇女之家", "class", "home"),
    (r"基层", "below", ""),
)  # fmt: skip
_DIRECT = re.compile(
    r"(?P<level>[省市县区旗])(?:委|直|级|属)?(?:直属|直)?(?:各)?(?:机关|直属)?(?:各)?(?:企事业)?(?:单位|机关|部门)"
)
_DIRECT_CUE = re.compile(r"[省市县区旗](?:级机关|直属?|直机关|属)|直属")
_OWN_DIRECT = re.compile(r"(?:局|委|机关)?直属(?:各)?(?:单位|机关|部门)")
_BRANCHES = {
    "高校|高等院校|大专院校|大中专院校|院校": ("大学", "学院", "学校"),
    "医院|医疗机构": ("医院",),
    "中小学校?|学校|中学|小学": ("学校", "中学", "小学"),
    "幼儿园": ("幼儿园",),
    "银行|金融机构": ("银行", "信用社"),
}
_BODIES = (
    ("妇女联合会|妇联(?:组织)?", "body_federation"), ("妇女委员会|妇委会|妇女工作委员会", "body_committee"),
    ("女职工委员会|女工委|女职委", "body_staff"), ("妇女组织", "body_any"),
)  # fmt: skip
_VAGUE = re.compile("有关|相关|部分|涉及|具备条件|有条件")
_WHOLE = re.compile("^(?:全[省市县区旗]|[我本][省市县区旗]|辖区(?:内)?|所辖|市域)")
_FILLER = re.compile(
    "[各及和与、，；：。的等（）()“”\\s]|所有|全体|全部|每个|单位|组织|机关|部门|主席|负责人|同志|直属"
)
_EXCEPTIONS = (
    re.compile(r"（(?:除|不含|不包括|不包含|不发)(?P<x>[^（）]+?)(?:以?外|之外)?）"),
    re.compile(r"（(?P<x>[^（）]+?)除外）"),
    re.compile(r"^除(?P<x>[^外]+?)(?:以外|之外|外)[，、的]?"),
    re.compile(r"[，、；](?P<x>[^，；（）]+?)除外$"),
    re.compile(r"[，、；](?:不含|不包括)(?P<x>[^，；（）]+)$"),
)


@dataclass(frozen=True)
class Named:
    """Words that name one unit: `bare` as written, `full` with the suffix shared by a list (城区、矿区妇联 → 城区妇联)."""

    at: int
    words: str
    bare: str
    full: str


@dataclass
class Reading:
    """What a phrase says.

    Attributes:
        levels, places: levels of federations, and for each the kinds of place named (县, 区, 街道 …).
        direct: the level whose own organs are meant (市直 → city); "" when not said.
        place: words in front that name the unit to look below; None: the issuer.
        vague: 有关、相关: the phrase does not say which.
        left: words that were not understood.
    """

    words: Words = field(default_factory=list)
    levels: set[str] = field(default_factory=set)
    places: dict[str, set[str]] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    sectors: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    branches: list[str] = field(default_factory=list)
    direct: str = ""
    place: Named | None = None
    all_levels: bool = False
    vague: bool = False
    left: str = ""

    @property
    def says_whom(self) -> bool:
        """Whether a group is named. A body alone (各妇联) is one only when nothing unknown stands beside it (石塘县妇联)."""
        return bool(self.levels or self.classes or self.branches or self.all_levels or (self.bodies and not self.left))


def tidy(phrase: str) -> str:
    """The phrase with full-width brackets and without blanks, bold stars and the closing colon."""
    return re.sub(r"[\s\u3000*]", "", phrase.translate(_FULL_WIDTH)).strip("：，、；。")


def cut_exceptions(phrase: str) -> tuple[str, list[Named]]:
    """The phrase without its exceptions, and the words of the exceptions."""
    text, found = tidy(phrase), list[Named]()
    for pattern in _EXCEPTIONS:
        match = pattern.search(text)
        if match:
            found.append(Named(match.start(), match[0].strip("，、；（）"), match["x"], match["x"]))
            text = text[: match.start()] + text[match.end() :]
    return text.strip("，、；"), found


def split_names(text: str, suffixes: tuple[str, ...]) -> list[Named]:
    """A list of names cut at depth 0; a suffix only the last one carries belongs to all."""
    parts = [part for part in re.split("[、，；]|和(?=.{2,}妇)|以及", text) if part]
    last = parts[-1] if parts else ""
    shared = next((suffix for suffix in suffixes if last.endswith(suffix) and last != suffix), "")
    found, at = [], 0
    for part in parts:
        at = text.find(part, at)
        bare = part.removesuffix(shared) if shared else part
        found.append(Named(at, part, bare, part if part.endswith(shared or "\0") else part + shared))
    return found


def read_phrase(text: str) -> Reading:
    """Read one phrase, exceptions already taken out (`cut_exceptions`)."""
    reading, rest = Reading(), text
    vague = _VAGUE.search(rest)
    if vague:
        reading.vague, reading.left = True, text
        reading.words.append((vague.start(), vague[0], "vague"))
        return reading
    rest = _read_place(reading, rest)
    rest = _read_direct(reading, rest)
    rest = _read_branches(reading, rest)
    rest = _read_levels(reading, rest)
    rest = _read_rules(reading, rest)
    rest = _read_bodies(reading, rest)
    reading.left = _FILLER.sub("", rest.replace("\0", ""))
    return reading


def _take(reading: Reading, rest: str, match: re.Match[str], meaning: str) -> str:
    """Note what was understood and blank it out, keeping positions."""
    reading.words.append((match.start(), match[0].strip("、，"), meaning))
    return rest[: match.start()] + "\0" * len(match[0]) + rest[match.end() :]


def _read_place(reading: Reading, rest: str) -> str:
    """全市… is the issuer's own; 平定县各… is a named unit in front."""
    whole = _WHOLE.match(rest)
    if whole:
        return _take(reading, rest, whole, "scope")
    front = re.match("(?P<place>[一-鿿]{1,12}?[省市县区旗镇乡道村])(?=各|所有|全部|辖区|所辖)", rest)
    if front is None or _DIRECT_CUE.search(front["place"]):
        return rest
    reading.place = Named(0, front[0], front["place"], front["place"])
    return "\0" * front.end() + rest[front.end() :]


_LEVEL_WORD = {"省": "province", "市": "city", "县": "county", "区": "county", "旗": "county"}


def _read_direct(reading: Reading, rest: str) -> str:
    match = next((m for m in _DIRECT.finditer(rest) if _DIRECT_CUE.match(m[0])), None)
    if match:
        reading.direct = _LEVEL_WORD[match["level"]]
        reading.classes.add("committee")
        return _take(reading, rest, match, "direct")
    match = _OWN_DIRECT.search(rest)
    if match:
        reading.classes.add("committee")
        return _take(reading, rest, match, "direct")
    return rest


def _read_branches(reading: Reading, rest: str) -> str:
    for pattern, names in _BRANCHES.items():
        match = re.search(pattern, rest)
        if match:
            reading.branches += names
            rest = _take(reading, rest, match, "branch")
    return rest


def _read_levels(reading: Reading, rest: str) -> str:
    for pattern in (_PAIR, _LEVELS):
        for match in list(pattern.finditer(rest)):
            if rest[match.start() : match.end()].count("\0"):
                continue
            pair = pattern is _PAIR
            levels: dict[str, set[str]] = {}
            for kind in re.findall(_KIND, match["run"]):
                level = "city" if kind == "市" and pair else _LEVEL_OF[kind]
                levels.setdefault(level, set()).add("乡" if kind == "苏木" else kind)
            reading.levels |= set(levels)
            reading.places |= {} if pair else levels
            rest = _take(reading, rest, match, min(levels, key=["city", "county", "township", "village"].index))
    return rest


def _read_rules(reading: Reading, rest: str) -> str:
    for pattern, what, value in _RULES:
        match = re.search(pattern, rest)
        if match is None:
            continue
        if what == "all_levels":
            reading.all_levels = True
        elif what == "class":
            reading.classes.add(value)
        elif what == "sectors":
            _add_sectors(reading, value)
        else:
            reading.classes |= {"committee", "enterprise", "new_org"}
        rest = _take(reading, rest, match, {"class": value, "sectors": f"sectors:{value}"}.get(what, what))
    return rest


def _add_sectors(reading: Reading, value: str) -> None:
    reading.classes.add("enterprise")
    if value == "enterprise":
        reading.sectors |= set() if reading.sectors else {"state", "province", "private"}
    elif value == "enterprise+institution":
        reading.sectors |= {"institution"} if reading.sectors else {"state", "province", "private", "institution"}
    else:
        reading.sectors |= set(value.split())


def _read_bodies(reading: Reading, rest: str) -> str:
    for pattern, body in _BODIES:
        match = re.search(pattern, rest)
        if match:
            reading.bodies.add(body)
            rest = _take(reading, rest, match, {"body_federation": "federation"}.get(body, body))
    if "body_federation" in reading.bodies and reading.all_levels and not reading.classes:
        reading.classes.add("federation")
    return rest
