"""The officer's tray of mails, and what one mail's page shows beside its source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jinguo.campaigns.models import Obligation
from jinguo.federation import policy
from jinguo.federation.models import Unit
from jinguo.federation.queries import bears, has_case_worker, office_for
from jinguo.lib import clock
from jinguo.lib.mail import Letter
from jinguo.mails.models import Fate, Mail, State
from jinguo.mails.models.mail import MailRows
from jinguo.mails.queries.matching import said_before
from jinguo.people.models import HeldWords, Hold
from jinguo.reports.models import Held, Return
from jinguo.reports.models.returned import FormKind
from jinguo.reports.sheet import LABELS
from jinguo.reports.understanding.several import activities, all_texts, stretch
from jinguo.reports.understanding.texts import Texts, texts_of

PAGE = 30
PILES: dict[str, tuple[Any, ...]] = {
    "tray": (State.TRAY, State.ASIDE),
    "done": (State.DONE, State.RETURNED),
    "quiet": (State.QUIET,),
    "all": (State.WAITING, State.TRAY, State.ASIDE, State.DONE, State.RETURNED, State.QUIET),
}
LINES = 200  # of a mail that is parted by hand
HEAVY = ("letter_sealed", "understood_sealed")
_MORE: dict[str, str | Promise] = {
    "reporter": gettext_lazy("报送人"), "phone": gettext_lazy("电话"), "results": gettext_lazy("成效"),
}  # fmt: skip


def tray(actor: object, pile: str) -> "QuerySet[Mail]":
    """Mails of one pile, newest first."""
    rows = Mail.objects.visible_to(actor).filter(state__in=PILES[pile])
    return rows.select_related("unit").defer(*HEAVY).order_by("-received_at", "-pk")


def page_of(rows: "QuerySet[Mail]", after: str) -> tuple[list[Mail], str]:
    """One page after the mail with this code, and the code to go on from; "" at the end. Keyset: nothing is counted."""
    last = Mail.objects.filter(code=after).values("received_at", "pk").first() if after else None
    if last:
        rows = rows.filter(
            Q(received_at__lt=last["received_at"]) | Q(received_at=last["received_at"], pk__lt=last["pk"])
        )
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].code if len(found) > PAGE else ""


def counts(actor: object) -> tuple[int, int]:
    """How many mails wait for this officer, and how many are kept and not read yet."""
    rows = Mail.objects.visible_to(actor).filter(state__in=(State.WAITING, *PILES["tray"])).order_by()
    found = dict(rows.values_list("state").annotate(n=Count("pk")))
    unread = int(found.pop(State.WAITING, 0))
    return sum(found.values()), unread


def waiting(actor: object) -> MailRows:
    """The mails that wait for this officer."""
    return Mail.objects.visible_to(actor).filter(state__in=PILES["tray"])


def case_piles(actor: object) -> list[Any]:
    """The letters for help that wait, as the case worker sees them through her post: mails, reports by web, and sentences
    typed into small forms."""
    return [Mail.objects.cases_of(actor), Held.objects.visible_to(actor), HeldWords.objects.visible_to(actor)]


def case_count(actor: object) -> int:
    """How many letters for help wait, as the officer is told: a bare number."""
    of_office = Mail.objects.filter(policy.sight(actor, "mail.view", "office__unit"), state=State.CASE)
    apart = Held.objects.counted_by(actor).count() + HeldWords.objects.counted_by(actor).count()
    return of_office.count() + apart


def unread_cases(actor: object) -> bool:
    """Whether letters for help wait that nobody can open: no case worker holds a post here or above."""
    office = office_for(actor, "mail.view")
    return office is not None and not has_case_worker(office)


@dataclass(frozen=True)
class Waiting:
    """One letter for help, as far as it is listed."""

    code: str
    at: datetime
    by_web: bool


def cases_of(actor: object, most: int) -> list[Waiting]:
    """The newest letters for help."""
    mails = Mail.objects.cases_of(actor).order_by("-received_at", "-pk").values_list("code", "received_at")[:most]
    held = Held.objects.visible_to(actor).values_list("code", "held_at")[:most]
    words = HeldWords.objects.visible_to(actor).values_list("code", "held_at")[:most]
    found = [Waiting(code, at, False) for code, at in mails]
    found += [Waiting(code, at, True) for code, at in [*held, *words]]
    return sorted(found, key=lambda one: one.at, reverse=True)[:most]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `thread`: number of the field that was read there, 0 for none; `name` of that field."""

    text: str
    thread: int = 0
    name: str = ""


@dataclass(frozen=True)
class Row:
    """One field understood, and where it stands. `anchor`: its name on the page, its own for each activity of the mail."""

    thread: int
    anchor: str
    label: str | Promise
    value: str
    about: bool
    part: int
    start: int
    end: int

    @property
    def is_marked(self) -> bool:
        return self.end > self.start


def rows_of(understood: list[dict[str, Any]]) -> list[list[Row]]:
    """What was understood of each activity, in the order of the sheet; the threads are numbered through."""
    order, thread, found = [*LABELS, *_MORE], 0, []
    for number, fields in enumerate(understood, 1):
        rows = []
        for name in (name for name in order if name in fields):
            thread, one = thread + 1, fields[name]
            anchor = name if number == 1 else f"{name}-{number}"
            shown = _shown(name, one["value"])
            span = (one["part"], one["start"], one["end"])
            rows.append(Row(thread, anchor, LABELS.get(name) or _MORE[name], shown, bool(one.get("about")), *span))
        found.append(rows)
    return found


def _shown(name: str, value: Any) -> str:
    if name in ("held_on", "ended_on"):
        return str(date_format(date.fromisoformat(value)))
    return str(FormKind(value).label) if name == "kind" and value in FormKind.values else str(value)


def earlier_of(mail: Mail) -> Return | None:
    """The standing report that tells of the same activity, where that is why the mail waits."""
    first = mail.understood[0] if mail.fate == Fate.SAID_BEFORE and mail.understood else {}
    if mail.unit is None or mail.obligation is None or not {"title", "held_on"} <= set(first):
        return None
    return said_before(mail.unit, mail.obligation, first["title"]["value"], first["held_on"]["value"])


def pieces_of(text: str, part: int, rows: list[Row]) -> list[Piece]:
    """A text cut where fields were read in it; of stretches that overlap the first stands."""
    spans = sorted((row.start, row.end, row.thread, row.anchor) for row in rows if row.part == part and row.is_marked)
    return list(_cut(text, spans))


def _cut(text: str, spans: list[tuple[int, int, int, str]]) -> Iterator[Piece]:
    at = 0
    for start, end, thread, anchor in spans:
        if start < at or end > len(text):
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], thread, anchor)
        at = end
    if at < len(text):
        yield Piece(text[at:])


NOTES: dict[str, str | Promise] = {
    "scripts": gettext_lazy("邮件里有脚本，没有运行"), "remote_pictures": gettext_lazy("邮件里有远程图片，没有去取"),
    "hidden_text": gettext_lazy("邮件里有看不见的字，没有显示"), "too_deep": gettext_lazy("邮件套得太深，里面的没有再看"),
    "too_many_parts": gettext_lazy("邮件的部分太多，后面的没有再看"), "headers_cut": gettext_lazy("邮件的头部太长，只读了前面"),
    "body_cut": gettext_lazy("正文太长，只读了前面"), "charset_lost": gettext_lazy("有些字的编码不对，可能是乱码"),
    "many_senders": gettext_lazy("写了几个发件人，只看了第一个"),
}  # fmt: skip


def notes_of(letter: Letter) -> list[str | Promise]:
    """What was left out of the mail, for the officer's eyes."""
    return [NOTES[code] for code in letter.notes if code in NOTES]


def units_named(mail: Mail, actor: object, words: str) -> list[Unit]:
    """Units of the office's tree whose name holds these words, at most 20."""
    rows = Unit.objects.under(mail.office.unit, itself=False).filter(policy.sight(actor, "unit.view", ""))
    rows = rows.filter(bears(words) if words else Q(circulations__campaign__office=mail.office))
    return list(rows.distinct().order_by("path")[:20])


def duties_of(unit: Unit, mail: Mail) -> list[Obligation]:
    """What the office asks of the unit, newest notice first."""
    rows = Obligation.objects.filter(unit=unit, ask__campaign__office=mail.office, exempt_at=None)
    return list(rows.select_related("ask__campaign").order_by("-ask__campaign__issued_at", "pk")[:20])


def is_held(mail: Mail) -> bool:
    """Whether its retention clock is stopped."""
    return Hold.objects.filter(object_kind="mail", object_code=mail.code, lifted_at=None).exists()


@dataclass(frozen=True)
class Line:
    """A line at which an activity may begin. `value`: its place as a form says it; `is_start`: as the mail is parted now."""

    value: str
    text: str
    file: str
    is_start: bool


def lines_of(mail: Mail, letter: Letter) -> list[Line]:
    """The lines of the report and of the papers beside it, at most `LINES`."""
    texts = texts_of(letter)
    starts = _starts(mail, texts)
    found = []
    for one in all_texts(texts):
        for match in re.finditer(r"^(?=.*\S).*$", one.text, re.MULTILINE):
            at = match.end() - len(match.group().lstrip())
            taken = any(part == one.part and match.start() <= start <= match.end() for part, start in starts)
            found.append(Line(f"{one.part}:{at}", match.group().strip(), one.name, taken))
    return found[:LINES]


def _starts(mail: Mail, texts: Texts) -> set[tuple[int, int]]:
    """Where the mail is parted: by her hand, else where the first field of each activity was read."""
    if mail.decided.get("cuts"):
        return {(part, at) for part, at in mail.decided["cuts"]}
    told = activities(texts, clock.local(mail.received_at).date(), {mail.unit.name} if mail.unit else frozenset())
    return {(one.texts.main.part, stretch(one.texts.main.text)[0]) for one in told}
