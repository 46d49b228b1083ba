"""What the checker says: rules, what each found, and how strongly it may be said.

Strength follows the standard's own wording: M it states flatly, G 一般, R 推荐, K 可以, P it is silent and this is office
practice. Only M is called 不符合; the rest merely differs, so nobody is told off by a habit.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from jinguo.gongwen.parts import Src

if TYPE_CHECKING:
    from jinguo.gongwen.checking.paper import Paper

Strength = Literal["M", "G", "R", "K", "P"]
Fix = Literal["now", "ask", "none"]

_WORKS = {
    "9704": ("GB/T 9704—2012 {}", "GB/T 9704-2012 {}"),
    "15834": ("GB/T 15834—2011 {}", "GB/T 15834-2011 {}"),
    "15835": ("GB/T 15835—2011", "GB/T 15835-2011"),
    "regulation": ("《党政机关公文处理工作条例》第{}条", "Regulations on official documents (2012), art. {}"),
    "code": ("民法典第{}条", "Civil Code, art. {}"),
    "burden": ("《整治形式主义为基层减负若干规定》", "Rules on easing the burden of the grass roots (2024)"),
    "calendar": ("日历", "calendar"),
    "sum": ("算术", "arithmetic"),
    "usage": ("公文习惯", "office practice"),
}


@dataclass(frozen=True)
class Change:
    """One replacement on the raw text: `raw[start:end] == old`; an insertion has an empty `old`."""

    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One place a rule speaks about.

    Attributes:
        src: the words meant; empty when something is missing altogether.
        zh, en: what is unusual and what the usual form is; never says 不符合 itself.
        changes: the one-click fix; empty when a person has to decide.
        offers: what a person could write instead, for her to choose; empty when nothing can be offered.
        ask_zh, ask_en: what a person must decide; "" when `changes` settles it or nothing is to be done.
    """

    src: tuple[Src, ...]
    zh: str
    en: str
    changes: tuple[Change, ...] = ()
    offers: tuple[str, ...] = ()
    ask_zh: str = ""
    ask_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of the catalogue. id: its name in the reference (N1 … C5, L1 …); part tells rules of one id apart.

    Attributes:
        basis: work and clause, as `9704 7.2.5`; see `basis_text`.
        zh, en: what it looks after, for the list of rules.
        find: every place in a paper; pure.
    """

    id: str
    part: str = ""
    strength: Strength
    basis: str
    zh: str
    en: str
    find: Callable[["Paper"], Iterable[Hit]]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one rule found at one place. id: unique in the paper, the same each time the same text is checked."""

    id: str
    rule: str
    part: str
    strength: Strength
    basis_zh: str
    basis_en: str
    zh: str
    en: str
    src: tuple[Src, ...]
    fix: Fix
    changes: tuple[Change, ...] = ()
    offers: tuple[str, ...] = ()
    ask_zh: str = ""
    ask_en: str = ""

    @property
    def verdict_zh(self) -> str:
        """The sentence with how strongly it is meant."""
        if self.strength == "M":
            return f"不符合 {self.basis_zh}：{self.zh}"
        return f"{'习惯写法不同' if self.strength == 'P' else '与通行格式不同'}（{self.basis_zh}）：{self.zh}"

    @property
    def verdict_en(self) -> str:
        """The same in English."""
        if self.strength == "M":
            return f"Does not comply with {self.basis_en}: {self.en}"
        how = "Differs from custom" if self.strength == "P" else "Differs from the usual form"
        return f"{how} ({self.basis_en}): {self.en}"


def basis_text(basis: str) -> tuple[str, str]:
    """A basis in Chinese and in English: `9704 7.2.5` → GB/T 9704—2012 7.2.5."""
    work, _, clause = basis.partition(" ")
    zh, en = _WORKS[work]
    return zh.format(clause).strip(), en.format(clause).strip()


def finding(rule: Rule, hit: Hit, seen: dict[str, int]) -> Finding:
    """The finding a hit makes. seen: how many findings each id has so far; changed here."""
    start = hit.changes[0].start if hit.changes else hit.src[0].start if hit.src else 0
    name = f"{rule.id}-{start}"
    seen[name] = seen.get(name, 0) + 1
    if seen[name] > 1:
        name = f"{name}-{seen[name]}"
    zh, en = basis_text(rule.basis)
    fix: Fix = "now" if hit.changes else "ask" if hit.ask_zh or hit.offers else "none"
    return Finding(
        id=name, rule=rule.id, part=rule.part, strength=rule.strength, basis_zh=zh, basis_en=en, zh=hit.zh, en=hit.en,
        src=hit.src, fix=fix, changes=hit.changes, offers=hit.offers, ask_zh=hit.ask_zh, ask_en=hit.ask_en,
    )  # fmt: skip
