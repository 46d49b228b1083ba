"""What every rule may look at: the view, its mask, the words, and the date the paper counts from."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from jinguo.gongwen.lexicon import Lexicon
from jinguo.gongwen.parts import Src
from jinguo.gongwen.reading.masks import masked, without_quotes
from jinguo.gongwen.reading.view import View

_UNIT = re.compile("局|厂|公司|大学|学院|学校|中学|小学|医院|集团")


@dataclass(frozen=True)
class Context:
    """One paper being read. `document_date` is the 成文日期 (or what the caller says it is), never a print date;
    `year` is the best known year of the paper for dates written without one, None when nothing tells it."""

    view: View
    lexicon: Lexicon
    document_date: date | None = None
    year: int | None = None
    reference: date | None = None  # day used only to see that 1月5日 in a December paper is next year's
    issuer: str = ""
    text: str = field(init=False)
    mask: str = field(init=False)  # text with everything inside marks and brackets hidden
    unquoted: str = field(init=False)  # text with quotations hidden, brackets readable

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.view.text)
        object.__setattr__(self, "mask", masked(self.view.text))
        object.__setattr__(self, "unquoted", without_quotes(self.view.text))

    def src(self, start: int, end: int) -> tuple[Src, ...]:
        return self.view.src(start, end)

    def words(self, start: int, end: int) -> str:
        """The paper's own words in [start, end): what values are made of; `text` is for matching."""
        return self.view.words(start, end)

    def find(self, table_list: str, start: int, end: int) -> re.Match[str] | None:
        """The first word of a lexicon list ('words.soft') in [start, end)."""
        return self.lexicon.patterns[table_list].search(self.text, start, end)

    @cached_property
    def issuer_names(self) -> re.Pattern[str]:
        """How the issuer speaks of itself: its own name, 市妇联, 本会. A city's paper does not mean itself by 县妇联."""
        level = re.search("[省市县区旗州盟](?=[^省市县区旗州盟]*$)", self.issuer)
        short = {self.issuer, self.issuer[level.start() :] if level else ""} - {""}
        unit = (
            level is not None and _UNIT.search(self.issuer, level.end()) is not None
        )  # a bureau's union is not the city's
        place = level[0] if level and not unit else "[校院局司]" if unit else "(?:全国|[省市县区旗州盟校院])"
        known: dict[str, str] = self.lexicon.tables["short_names"]
        called = [name for full, name in known.items() if re.search(full, self.issuer)] or ["妇联"] * (level is None)
        short.update(f"{place}(?:{name})(?!组织|干部|系统|执委)" for name in called)
        names = "|".join(name if "(?" in name else re.escape(name) for name in sorted(short, key=len, reverse=True))
        return re.compile(rf"(?<![各省市县区、）])(?:{names})|本会|我会")
