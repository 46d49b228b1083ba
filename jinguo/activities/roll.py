"""The list of names as it stands at the door: masked telephones, neutral names where a name would shame, found by token or name."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jinguo.activities.models import SignUp
from jinguo.lib import clock
from jinguo.lib.sheets import Column, Table
from jinguo.questions.models import Answer, Question
from jinguo.questions.queries import answer_text

Answers = dict[str, dict[int, Answer]]


@dataclass(frozen=True)
class Line:
    """One sign-up as the list shows it.

    Attributes:
        name: in full, or only its first character for activities of a sensitive kind.
        phone: masked: 138****0000.
        came: whether she is marked as come.
    """

    code: str
    name: str
    phone: str
    seats: int
    state: str
    order: int
    token: str
    came: bool
    searchable: str

    @property
    def token_text(self) -> str:
        """ABC 234: as it is read aloud."""
        return token_text(self.token)

    @property
    def shown(self) -> str:
        """What of the name may be searched on the page itself: no more than is shown."""
        return plain(self.name.removesuffix("**"))

    @classmethod
    def of(cls, sign_up: SignUp, *, neutral: bool) -> "Line":
        """From a row read with `person` and `check_in`."""
        name = sign_up.name
        return cls(
            code=sign_up.code, name=mask_name(name) if neutral else name, phone=mask_phone(sign_up.person.phone),
            seats=sign_up.seats, state=sign_up.state, order=sign_up.order, token=sign_up.token, came=came(sign_up),
            searchable=plain(name),
        )  # fmt: skip


def came(sign_up: SignUp) -> bool:
    """Whether a check-in row stands beside the sign-up."""
    return getattr(sign_up, "check_in", None) is not None


def mask_phone(phone: str) -> str:
    """138****0000; nothing for a person who was forgotten."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) == 11 else ""


def mask_name(name: str) -> str:
    """王**: enough for her to answer, not enough to be known by."""
    return f"{name[:1]}**" if name else ""


def plain(text: str) -> str:
    """As compared in a search: half-width, no spaces, small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def lines_of(rows: Iterable[SignUp], *, neutral: bool) -> list[Line]:
    """Every standing sign-up as a line."""
    return [Line.of(row, neutral=neutral) for row in rows]


def names_table(
    rows: Iterable[SignUp], *, masked: bool, asked: Sequence[Question] = (), told: Answers | None = None
) -> Table:
    """The list as a table to print or to go on working with; names stay text, whatever they begin with.

    Args:
        asked: the activity's own questions, a column each; `told`: sign-up's code → question → answer.
    """
    heads = [
        Column(_("号"), 6), Column(_("组"), 12), Column(_("称呼"), 16), Column(_("手机号"), 14), Column(_("席"), 5),
        Column(_("未满 18 岁"), 10), Column(_("现在"), 10), Column(_("六位码"), 10), Column(_("报名时刻"), 20),
        Column(_("来了"), 6), *(Column(question.label, 16) for question in asked),
    ]  # fmt: skip
    cells = []
    for row in rows:
        name, phone = row.name, str(row.person.phone)
        cells.append((
            row.order, row.pool.name, mask_name(name) if masked else name, mask_phone(phone) if masked else phone,
            row.seats, row.minors, str(row.get_state_display()), row.token,
            f"{clock.local(row.decided_at):%Y-%m-%d %H:%M:%S}", _("是") if came(row) else "",
            *(answer_text((told or {}).get(row.code, {}).get(question.pk)) for question in asked),
        ))  # fmt: skip
    return Table(_("报名名单"), heads, cells)


def found_lines(lines: list[Line], words: str) -> list[Line]:
    """Those whose code is what was typed, or whose name or last four digits hold it; all of them for nothing typed."""
    wanted = plain(words)
    if not wanted:
        return lines
    exact = [line for line in lines if line.token.casefold() == wanted]
    return exact or [line for line in lines if wanted in line.searchable or line.phone[-4:] == wanted]


def token_text(token: str) -> str:
    """ABC 234: as it is read aloud."""
    return f"{token[:3]} {token[3:]}"


def normal_token(typed: Any) -> str:
    """A token as it is stored, however it was typed."""
    return plain(str(typed or "")).upper()
