"""What a web page puts around a paper: the path to the page, its menu, who published it when, share buttons, the foot.

Such lines are facts of the page, never of the paper. Only whole lines are taken, and only for words that say so: a name
or a date by itself stays, because papers have those too.
"""

import re

from jinguo.gongwen.lexicon import Lexicon, any_of
from jinguo.gongwen.reading.head_lines import DOC_NUMBER
from jinguo.gongwen.reading.view import Line

_PATH = re.compile(
    r"(?:您|你)?(?:现在|当前|目前)?的?(?:所在)?位置[：:].*|.{0,20}首页[^。，]{0,4}(?:[>»›/]|--).*|[^。]{2,40}[>»›].{1,40}[>»›].{0,60}"
)
_TITLED = re.compile("(?:名[ \u3000]*称|标[ \u3000]*题|题[ \u3000]*名|摘[ \u3000]*要)[：:].*关于.+")
_RULE = re.compile("[-—=_*~·.＝－]{5,}")
_NEIGHBOUR = re.compile("[上下前后]一[篇条][ \u3000]*[：:].*")  # the link to another paper bears that paper's title
_LONGEST = 160
_SIGNS = "[ \u3000|｜/【】\\[\\]（）()•·▪丨：:-]*"
_VALUE = re.compile(r"[^，。；]{0,48}")


class PageLines:
    """The line patterns of web pages, made of the lexicon's words."""

    def __init__(self, lexicon: Lexicon) -> None:
        strong, weak = lexicon.words("page", "labels"), lexicon.words("page", "weak_labels")
        said = r"(?:[ \u3000]*[：:|]|(?=[ \u3000]*\d)|[ \u3000]*$)"
        self._strong = re.compile(f"{_spread(strong)}{said}")
        self._label = re.compile(f"{_spread([*strong, *weak])}{said}")
        self._signs = re.compile(_SIGNS)
        self._buttons = re.compile(f"{_SIGNS}(?:{any_of(lexicon.words('page', 'buttons'))}{_SIGNS})+")
        self._foot = lexicon.patterns["page.foot"]
        self._menu = lexicon.patterns["page.menu"]

    def names(self, text: str, *, below_prose: bool) -> str | None:
        """The rule that tells `text` is a line of the page, or None."""
        if len(text) > _LONGEST:
            return None
        if _RULE.fullmatch(text):
            return "page.rule"
        if _PATH.fullmatch(text):
            return "page.path"
        if _NEIGHBOUR.fullmatch(text):
            return "page.link"
        if self._buttons.fullmatch(text):
            return "page.buttons"
        if self._tells_facts(text, below_prose=below_prose) or (not below_prose and _TITLED.fullmatch(text)):
            return "page.facts"
        return "page.menu" if self._menu.fullmatch(text) else None

    def _tells_facts(self, text: str, *, below_prose: bool) -> bool:
        """Labels with short values from end to end. 时间：3月8日 is the paper's own; 发布时间：… 来源：… is the page's."""
        labels = list(self._label.finditer(text))
        opening = self._signs.match(text)
        if not labels or (opening and labels[0].start() > opening.end()) or not self._strong.search(text):
            return False
        ends = [*(m.start() for m in labels[1:]), len(text)]
        short = all(_VALUE.fullmatch(text, m.end(), end) for m, end in zip(labels, ends, strict=True))
        return short and (not below_prose or len(labels) > 1)

    def opens_foot(self, text: str) -> bool:
        """From this line on the page says nothing more of the paper."""
        return bool(self._foot.match(text))


def _spread(words: list[str]) -> str:
    """A pattern of any of the words, also written with blanks between the characters: 索 引 号."""
    return "(?:" + "|".join("[ \u3000]*".join(word) for word in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


def without_page(lines: list[Line], lexicon: Lexicon) -> tuple[list[Line], list[Line]]:
    """The paper's lines, and the page's. A foot is one only below some prose."""
    page = PageLines(lexicon)
    kept: list[Line] = []
    gone: list[Line] = []
    prose = False
    for i, line in enumerate(lines):
        if prose and page.opens_foot(line.text):
            return kept, gone + lines[i:]
        if page.names(line.text, below_prose=prose) and not DOC_NUMBER.search(line.text):
            gone.append(line)
        else:
            kept.append(line)
            prose = prose or "。" in line.text or len(line.text) > 60
    return kept, gone
