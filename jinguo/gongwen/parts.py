"""The parts of a notice's record: one frozen dataclass each.

Every leaf names its source: `raw[s.start:s.end] == s.quote` for each of its spans. Offsets are Unicode code points in
`Record.raw`; a span never crosses a line, so a sentence cut by a page edge has two. Field names are a promise to other
programs (see `record`).
"""

from dataclasses import dataclass
from typing import Literal

Conf = Literal["high", "mid", "low"]
Force = Literal["duty", "ban", "option", "plan", "fact", "request"]
Owner = Literal["issuer", "addressees", "other"]
Reach = Literal["each", "suited", "issuer"]
Bucket = Literal["event", "task", "goal", "constraint", "report", "contact", "background", "theme", "heading", "none"]
EventKind = Literal[
    "congress", "symposium", "job_fair", "exhibition", "sharing", "mixer", "reading", "training", "lecture",
    "volunteer", "visit", "rights", "competition", "selection", "performance", "ceremony", "family_education",
    "media", "other",
]  # fmt: skip
Role = Literal[
    "theme", "goal", "time", "place", "who", "content", "steps", "requirements", "report", "contact", "rules"
]


@dataclass(frozen=True, kw_only=True)
class Src:
    """A stretch of the raw text: `raw[start:end] == quote`, code points, within one line."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """What every finding carries.

    rule: the cue that fired. conf: how sure the rule is. inferred: some part of the value is not in the quote
    (a year taken from the document date, an actor taken from the addressees).
    """

    src: tuple[Src, ...] = ()
    rule: str = ""
    conf: Conf = "high"
    inferred: bool = False


@dataclass(frozen=True, kw_only=True)
class Text(Leaf):
    """A plain finding: the words themselves, cleaned of line breaks and Markdown stars."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Goal(Text):
    """An aim without owner or date (营造…氛围)."""

    node: str | None = None


@dataclass(frozen=True, kw_only=True)
class Quantity(Text):
    """A number with its unit. op: =, >=, <=, ~ or `range` (then n to n_max). per: the unit each amount is for (每…)."""

    op: Literal["=", ">=", "<=", "~", "range"]
    n: float
    unit: str
    n_max: float | None = None
    fuzzy: bool = False
    per: str | None = None


@dataclass(frozen=True, kw_only=True)
class Background(Text):
    """Setting, legal basis or a fact already reached (已…, then `as_of` is its ISO date)."""

    kind: Literal["setting", "basis", "fact", "closing"] = "setting"
    as_of: str | None = None
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CitedDocument(Text):
    """Something in 《》, or a document number outside the head. kind: a paper of an office, a law, or a work (book, film)."""

    kind: Literal["document", "law", "work"] = "document"
    number: str | None = None


@dataclass(frozen=True, kw_only=True)
class DocNumber(Text):
    """发文字号: 机关代字, year in full, running number (GB/T 9704 7.2.5)."""

    code: str
    year: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Recipient(Text):
    """One addressee phrase. scope: the words that limit it (县直各单位). kinds: unit kinds offered as alternatives
    (乡镇, 街道). bodies: the organisations meant in each (妇联)."""

    scope: str = ""
    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preamble(Text):
    """The opening up to 现…通知如下. Nothing in it is a task. cue: those words; decision: 经研究，决定…; series: the
    campaign it names; basis: what it rests on (根据…); purposes: what it is for (为…)."""

    cue: Text | None = None
    decision: Text | None = None
    series: Text | None = None
    basis: tuple[Text, ...] = ()
    purposes: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OutlineNode(Leaf):
    """A heading or a point. level: 一、=1 （一）=2 1.=3 （1）=4 ①=5; a point (一要…) is one below its parent.

    clause: the label officials use, such as 二(四)三, unique in the paper; text: heading and body without sub-items.
    """

    id: str
    level: int
    marker: str
    heading: str
    clause: str
    parent: str | None
    kind: Literal["heading", "point"]
    role: Role | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Window(Text):
    """A stretch of time. start and end are ISO dates or null; fuzzy: the words name no exact day (节日期间, 3月上旬)."""

    start: str | None = None
    end: str | None = None
    fuzzy: bool = False


@dataclass(frozen=True, kw_only=True)
class Facet(Text):
    """One face, member or component of an event that is not cut."""

    kind: EventKind = "other"


@dataclass(frozen=True, kw_only=True)
class Cut(Leaf):
    """A place where the event could be cut in two or more. made: whether it was; names: what it yields when made."""

    made: bool
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Quota(Leaf):
    """How often something repeats in a span: n per `per` (month, year …) with `op` as in Quantity."""

    n: float
    unit: str
    per: str
    op: Literal["=", ">=", "<=", "~", "range"] = "="


@dataclass(frozen=True, kw_only=True)
class Duty(Leaf):
    """Who answers for what: 牵头 lead, 责任 responsible, 配合 support, 主办 sponsor, 承办 host, 协办 co_host, 指导 guide."""

    role: Literal["lead", "responsible", "support", "sponsor", "host", "co_host", "guide"]
    unit: str
    external: bool = False


@dataclass(frozen=True, kw_only=True)
class Event(Leaf):
    """A gathering or drive with a name. date is ISO or null, never guessed, time is HH:MM; group is the number of the verb
    (`verb`) that governs its list. owner: who holds it, owner_text as named; mode: 线上, 线下; open: its list ends in 等;
    cuts: where it was or could be cut; questions: what only a person can decide, in Chinese."""

    id: str
    name: str
    kind: EventKind
    date: str | None = None
    time: str | None = None
    window: Window | None = None
    place: str | None = None
    facets: tuple[Facet, ...] = ()
    owner: Owner = "addressees"
    owner_text: str | None = None
    verb: str = ""
    group: int = 0
    mode: tuple[str, ...] = ()
    open: bool = False
    node: str | None = None
    duties: tuple[Duty, ...] = ()
    cuts: tuple[Cut, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Venue(Text):
    """A kind of place the work goes into (进…); kind is null where the lexicon does not know it."""

    kind: str | None = None


@dataclass(frozen=True, kw_only=True)
class Group(Text):
    """Whom it is for. sensitive: illness, single parent, poverty — counts only, never a list of names."""

    sensitive: bool = False


@dataclass(frozen=True, kw_only=True)
class Named(Text):
    """A quoted or known name. kind activity and brand are the programmes; the others are named so as not to be mistaken.

    In `Record.names` each distinct name stands once, with every place it occurs in `src`.
    """

    kind: Literal[
        "activity", "brand", "festival", "abbreviation", "policy", "slogan", "quotation", "place", "org_brand"
    ] = "brand"
    head: str = ""


@dataclass(frozen=True, kw_only=True)
class Task(Text):
    """One measure, task or requirement to act. title: its short name; actor: the named subject or null;
    force: never raised or lowered; reach: who is proposed to do it — everyone, those it suits (因地制宜), the issuer.
    owner: whose work it is; forms: ways named for it (座谈、演讲); node: the outline node it stands in."""

    id: str
    title: str
    kind: Literal["measure", "task"]
    actor: str | None
    owner: Owner
    force: Force
    reach: Reach
    node: str | None = None
    venues: tuple[Venue, ...] = ()
    groups: tuple[Group, ...] = ()
    brands: tuple[Named, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    forms: tuple[Text, ...] = ()
    duties: tuple[Duty, ...] = ()
    window: Window | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Constraint(Text):
    """A limit on how the work is done: a requirement under 活动要求, or a ban. what: the thing banned."""

    id: str
    kind: Literal["requirement", "ban"]
    force: Force
    title: str = ""
    what: str | None = None
    node: str | None = None


@dataclass(frozen=True, kw_only=True)
class Anchor(Leaf):
    """A due time counted from something else: n days or working days after the notice came in or the event ended."""

    after: Literal["notice_received", "event_end", "each_time", "other"]
    n: int
    unit: Literal["day", "workday", "month", "week", "hour"]


@dataclass(frozen=True, kw_only=True)
class Recurrence(Leaf):
    """A repeating due time. day: of the month, or of the week from Monday = 1; -1 is the end of the span. start: ISO month;
    slots: due times left in that year."""

    every: Literal["day", "week", "month", "quarter", "year"]
    day: int | None = None
    start: str | None = None
    slots: int | None = None
    quotas: tuple[Quota, ...] = ()
    feasible: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Deadline(Text):
    """A time by which something is due. date is ISO or null; edge `before` means to that day's 24:00 unless a time stands.
    soft: the undated word (及时); then date stays null. time is HH:MM; what: the thing that is due."""

    id: str
    date: str | None = None
    time: str | None = None
    edge: Literal["before", "by"] | None = None
    what: str = ""
    soft: str | None = None
    anchor: Anchor | None = None
    recurrence: Recurrence | None = None
    node: str | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Contact(Leaf):
    """A way to reach someone. value is cleaned (half-width); label is the word that stood before it."""

    kind: Literal["email", "phone", "fax", "address", "person_role"]
    value: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportDuty(Text):
    """Something to be sent in. due, time, edge, soft, anchor and recurrence as in Deadline; who is empty when not named
    (then the addressees are meant and `inferred` is true)."""

    id: str
    who: tuple[str, ...]
    object: str
    to: str | None
    channels: tuple[Contact, ...] = ()
    due: str | None = None
    time: str | None = None
    edge: Literal["before", "by"] | None = None
    soft: str | None = None
    anchor: Anchor | None = None
    recurrence: Recurrence | None = None
    force: Force = "request"
    form: tuple[str, ...] = ()
    limits: tuple[Quantity, ...] = ()
    consequence: str | None = None
    node: str | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Attachment(Text):
    """A line of the 附件 list; text is its name."""

    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Signature(Leaf):
    """发文机关署名 and 成文日期. Either may be null; a print date is never copied here."""

    org: str | None = None
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Imprint(Leaf):
    """版记: 印发机关, 印发日期, 抄送."""

    org: str | None = None
    date: str | None = None
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sentence(Leaf):
    """One sentence of the body and the single bucket it fell into; refs are the ids of what was read from it."""

    id: str
    start: int
    end: int
    bucket: Bucket
    refs: tuple[str, ...] = ()
    node: str | None = None


@dataclass(frozen=True, kw_only=True)
class Extractor:
    """What turned the file into `raw`."""

    name: str
    version: str
