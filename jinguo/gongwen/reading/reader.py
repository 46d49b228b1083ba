"""The reading itself, in order: lines to zones, zones to head and tail, body to outline, outline to leaves, leaves to record."""

import re
from dataclasses import replace
from datetime import date
from typing import Literal

from jinguo.gongwen.extract import Extraction
from jinguo.gongwen.lexicon import Lexicon, default
from jinguo.gongwen.parts import Background, CitedDocument, Contact, Goal, Imprint, Named, Owner, Signature, Text
from jinguo.gongwen.reading import gaps, head, tail
from jinguo.gongwen.reading.contacts import contacts
from jinguo.gongwen.reading.content import read_body
from jinguo.gongwen.reading.context import Context
from jinguo.gongwen.reading.damaged import damaged
from jinguo.gongwen.reading.deadlines import deadlines
from jinguo.gongwen.reading.events import sentence_events
from jinguo.gongwen.reading.findings import Findings
from jinguo.gongwen.reading.layout import file_facts, file_gaps, layout_facts, prose_lines
from jinguo.gongwen.reading.main_event import main_event
from jinguo.gongwen.reading.masks import sentences
from jinguo.gongwen.reading.names import cited_documents, named
from jinguo.gongwen.reading.outline import leaves, read_outline
from jinguo.gongwen.reading.preamble import read_preamble
from jinguo.gongwen.reading.quantities import declared_counts
from jinguo.gongwen.reading.settling import settle
from jinguo.gongwen.reading.structure import release_event_lists, tail_start
from jinguo.gongwen.reading.tables import table_events
from jinguo.gongwen.reading.view import Line, Paragraph, View, clean_lines
from jinguo.gongwen.reading.years import agreed_year, published, signed_month, year_in_head
from jinguo.gongwen.reading.zones import Zoned, zoned
from jinguo.gongwen.record import SCHEMA_VERSION, Record
from jinguo.gongwen.remarks import DeclaredCount, Deviation

_THEME = re.compile(
    "(?:以|围绕)“(?P<a>[^“”\n]{2,40})”(?:为主题|这一主题|主题)"
    "|主题[为是：](?:“(?P<b>[^“”\n]{2,40})”|(?P<c>[^，。；“”\n]{2,40}))"
)
_BASIS = re.compile("根据|按照|依据")
_ASKS = re.compile("请|须|务必|将[^，。；]{2,30}(?:报送|寄送|报至|发送|提交|上报)")
_AIM = re.compile("是.{0,60}之年|周年")


def read_extraction(
    found: Extraction, *, name: str = "", document_date: date | None = None, lexicon: Lexicon | None = None
) -> Record:
    """Read extracted text. `document_date` is the 成文日期 where the caller knows it and the paper does not say.

    Raises Unreadable for a paper marked as classified.
    """
    words = lexicon or default()
    every, stars = clean_lines(found.raw)
    lines = prose_lines(every, found)
    bold = [*found.bold, *stars]
    zones = zoned(lines, words, lambda line: _is_bold(line, bold))
    view = View(found.raw, zones.groups, bold)
    sign, imprint = tail.read_signature(view), tail.read_imprint(view)
    ctx = _context(view, words, sign, imprint, document_date)
    return _Reading(ctx, found, zones, sign, imprint).record(name)


def _is_bold(line: Line, bold: list[tuple[int, int]]) -> bool:
    return any(a <= line.pos[0] and line.pos[-1] < b for a, b in bold)


def _context(view: View, words: Lexicon, sign: Signature, imprint: Imprint, known: date | None) -> Context:
    """What dates are reckoned from: 成文日期 for 即日; for a missing year also the print date, the number, the title, the
    day a page was put up, the year all dates of the text agree on."""
    day = known or (date.fromisoformat(sign.date) if sign.date else None)
    reference = day or (date.fromisoformat(imprint.date) if imprint.date else None)
    year = reference.year if reference else year_in_head(view)
    if year is None:  # a page may be put up long after: its day tells the year, not what is past
        put_up = published(view)
        year = put_up.year if put_up else signed_month(view) or agreed_year(view)
    organ = head.read_mark_organ(view) or head.read_title_organ(view)
    issuer = organ.text if organ else (sign.org or imprint.org or "")
    return Context(view, words, day, year, reference, issuer)


class _Reading:
    """One paper on its way to a record."""

    def __init__(self, ctx: Context, found: Extraction, zones: Zoned, sign: Signature, imprint: Imprint) -> None:
        self.ctx, self.extraction, self.zones, self.sign, self.imprint = ctx, found, zones, sign, imprint
        self.findings = Findings()
        self.body = ctx.view.in_zone("body")
        self.title = head.read_title(ctx)
        self.number, self.number_deviations = head.read_number(ctx)
        end = tail_start(ctx, self.body)
        self.nodes = read_outline(ctx, self.body, end)
        release_event_lists(ctx, self.nodes, self.body)
        first = self.nodes[0].start if self.nodes else None
        self.opening = read_preamble(ctx, self.body, first, titled=self.title.title is not None)
        self.names = self._names()

    def _names(self) -> tuple[Named, ...]:
        parts = [p for p in self.ctx.view.paragraphs if p.zone in ("title", "recipients", "body")]
        return named(self.ctx, parts[0].start, parts[-1].end) if parts else ()

    def record(self, name: str) -> Record:
        """Everything, in the order of the JSON."""
        self._read_contacts()
        main = main_event(self.ctx, self.nodes, self.opening.end)
        asked = self._read_opening(main.deciding or "issuer", listing=not main.events)
        read_body(
            self.ctx, self.findings, [*asked, *self._prose()], self.nodes, self.opening.end, self.names,
            deciding=main.deciding, result=main.result,
        )  # fmt: skip
        self._read_tables()
        settle(self.ctx, self.findings, main)
        self._read_theme()
        return self._assembled(name)

    def _prose(self) -> list[Paragraph]:
        return [p for p in self.ctx.view.in_zone("body", "after") if "\t" not in self.ctx.text[p.start : p.end]]

    def _read_contacts(self) -> None:
        known: dict[tuple[str, str], Contact] = {}
        for p in self.ctx.view.in_zone("body", "after", "note", "attachments"):
            for contact in contacts(self.ctx, p.start, p.end):
                known.setdefault((contact.kind, contact.value), contact)
        self.findings.contacts += known.values()

    def _read_tables(self) -> None:
        for event, paragraph in table_events(self.ctx, self.ctx.view.in_zone("body", "annex")):
            self.findings.event(event, paragraph.start, paragraph.end)
            if paragraph.zone == "body":
                self.findings.sentence(paragraph.start, paragraph.end, "event", "event.table_row", None)

    def _read_opening(self, deciding: Owner, *, listing: bool) -> list[Paragraph]:
        """The sentences before the cue: background or aim, never a task. Those that ask for something by a day are given
        back: they are read as the body is."""
        asked: list[Paragraph] = []
        for paragraph in self.body:
            stop = min(paragraph.end, self.opening.end)
            for start, end in sentences(self.ctx.mask, paragraph.start, stop) if paragraph.start < stop else []:
                if _ASKS.search(self.ctx.text, start, end) and deadlines(self.ctx, start, end, None):
                    asked.append(Paragraph("asked", start, end))
                else:
                    self._opening_events(start, end, deciding, listing=listing)
                    self._opening_sentence(start, end)
        return asked

    def _opening_events(self, start: int, end: int, deciding: Owner, *, listing: bool) -> None:
        """教职工趣味运动会将于9月29日举行: named beside the decision."""
        events = sentence_events(self.ctx, start, end).events
        for event in events:
            if event.rule == "event.subject" or (listing and len(events) > 1):
                self.findings.event(replace(event, owner=deciding), start, end)

    def _opening_sentence(self, start: int, end: int) -> None:
        ctx, found = self.ctx, self.findings
        text = ctx.words(start, end)
        src = ctx.src(start, end)
        cue = self.opening.preamble.cue if self.opening.preamble else None
        if cue and src and src[-1].end == cue.src[-1].end:
            found.sentence(start, end, "background", "preamble.cue", None)
        elif ctx.find("words.goals", start, end) and not _AIM.search(ctx.unquoted[start:end]):
            found.goals.append(Goal(text=text, src=src, rule="goal.preamble"))
            found.sentence(start, end, "goal", "goal.preamble", None)
        else:
            kind: Literal["basis", "setting"] = "basis" if _BASIS.match(text) else "setting"
            found.background.append(Background(text=text, kind=kind, src=src, rule=f"background.{kind}"))
            found.sentence(start, end, "background", f"background.{kind}", None)

    def _read_theme(self) -> None:
        if self.findings.theme is not None or not self.body:
            return
        m = self._theme_phrase()
        if m:
            group = next(g for g in "abc" if m[g])
            self.findings.theme = Text(
                text=self.ctx.words(*m.span(group)), src=self.ctx.src(*m.span(group)), rule="theme.phrase"
            )

    def _theme_phrase(self) -> re.Match[str] | None:
        """以“X”为主题 in the title, the opening or a section of aims; inside an item it is that activity's own."""
        first = self.nodes[0].start if self.nodes else self.body[-1].end
        stretches = [(p.start, p.end) for p in self.ctx.view.in_zone("title")] + [(self.body[0].start, first)]
        stretches += [(n.head_end, n.end) for n in self.nodes if n.role in ("goal", "theme")]
        return next((m for a, b in stretches if (m := _THEME.search(self.ctx.text, a, b))), None)

    def _issuer(self) -> Text | None:
        organ = self.title.issuer or head.read_mark_organ(self.ctx.view)
        if organ is not None:
            return organ
        for leaf, rule in ((self.sign, "issuer.signature"), (self.imprint, "issuer.imprint")):
            if leaf.org:
                at = next((s for s in leaf.src if leaf.org in s.quote), None)
                return Text(text=leaf.org, src=(at,) if at else leaf.src, rule=rule, conf="mid")
        return None

    def _deviations(self, counts: tuple[DeclaredCount, ...]) -> tuple[Deviation, ...]:
        found = [*self.number_deviations, *self.title.deviations, *tail.date_deviations(self.ctx)]
        found += gaps.deviations(self.ctx, self.nodes, counts)
        return tuple(sorted(found, key=lambda d: d.src[0].start if d.src else 0))

    def _assembled(self, name: str) -> Record:
        ctx, found = self.ctx, self.findings
        start, end = (self.body[0].start, self.body[-1].end) if self.body else (0, 0)
        counts = declared_counts(ctx, self.nodes, start, end)
        attachments = tail.read_attachments(ctx)
        recipients = head.read_recipients(ctx)
        present = {
            "title": self.title.title is not None, "doc_number": self.number is not None, "recipients": bool(recipients),
            "sign.org": bool(self.sign.org), "sign.date": bool(self.sign.date), "attachment": bool(attachments),
        }  # fmt: skip
        return Record(
            schema_version=SCHEMA_VERSION, name=name, extractor=self.extraction.extractor, genre=self.title.genre,
            subtype=self.title.subtype, preamble=self.opening.preamble, goals=tuple(found.goals),
            constraints=tuple(found.constraints), background=tuple(found.background),
            cited_documents=self._cited(), title=self.title.title, matter=self.title.matter, doc_number=self.number,
            issuer=self._issuer(), recipients=recipients, theme=found.theme, outline=leaves(ctx, self.nodes),
            events=tuple(found.events), tasks=tuple(found.tasks), deadlines=tuple(found.deadlines),
            report_duties=tuple(found.report_duties), contacts=tuple(found.contacts), attachments=attachments,
            sign=self.sign, imprint=self.imprint, gaps=(*file_gaps(self.extraction), *gaps.gaps(ctx, found, present, self.nodes), *damaged(ctx)),
            deviations=self._deviations(counts), names=self.names, counts=counts, layout=(*layout_facts(ctx.view, self.zones), *file_facts(self.extraction)),
            sentences=found.covered(ctx), raw=self.extraction.raw,
        )  # fmt: skip

    def _cited(self) -> tuple[CitedDocument, ...]:
        parts = self.ctx.view.in_zone("title", "body")
        return cited_documents(self.ctx, parts[0].start, parts[-1].end) if parts else ()
