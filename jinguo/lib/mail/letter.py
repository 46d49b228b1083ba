"""What was found in a mail. Plain data; the same forwards and backwards as JSON."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Part:
    """One file in the mail, or in a file of the mail.

    Attributes:
        number: from 1, in the order they stand in the mail.
        name: the file name as the sender typed it, fit to show; "" when it has none.
        said: the type the mail says; `kind`: what the bytes are (docx, pdf, xlsx, picture, zip, eml, tnef, text, …).
        inside: number of the part it lies in; 0 when it hangs on the mail itself.
        inline: shown within the text, like the picture of a signature.
        text: what can be read of it.
        problem: code why it was not read (a key of `SENTENCES` in gongwen.refusals or of this package's own); "" if it was.
    """

    number: int
    name: str
    said: str
    kind: str
    size: int
    sha256: str
    inside: int = 0
    inline: bool = False
    text: str = ""
    problem: str = ""


@dataclass(frozen=True)
class LargeLink:
    """An attachment left on a mail provider's relay (超大附件): only a link that runs out. Never fetched."""

    host: str
    name: str = ""
    until: str = ""


@dataclass(frozen=True)
class Letter:
    """One mail, decoded.

    Attributes:
        sender: address in small letters; `sender_name` beside it. Both are only what the mail says.
        date: the Date header as written: evidence of nothing.
        marks: headers that show who or what wrote it: name in small letters → value.
        results: every Authentication-Results header, topmost first.
        report: text of a delivery report's machine part, "" when this is none.
        about_ids: Message-IDs found in the mail that came back inside a delivery report.
        body: the text; of an HTML mail the text only. `notes`: codes of what was left out or put right.
    """

    subject: str = ""
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    to: tuple[str, ...] = ()
    date: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    marks: dict[str, str] = field(default_factory=dict)
    results: tuple[str, ...] = ()
    report: str = ""
    about_ids: tuple[str, ...] = ()
    body: str = ""
    parts: tuple[Part, ...] = ()
    links: tuple[LargeLink, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> "Letter":
        """The letter a reading process wrote.

        Raises:
            TypeError, ValueError, KeyError: not what `to_json` gives; the process may have been taken over.
        """
        values = dict(found)
        parts = tuple(
            Part(**{key: _plain(key, one[key]) for key in Part.__dataclass_fields__}) for one in values["parts"]
        )
        links = tuple(
            LargeLink(**{key: str(one[key]) for key in LargeLink.__dataclass_fields__}) for one in values["links"]
        )
        kept: dict[str, Any] = {
            "parts": parts,
            "links": links,
            "marks": {str(k): str(v) for k, v in values["marks"].items()},
        }
        for name in ("to", "references", "results", "about_ids", "notes"):
            kept[name] = tuple(str(one) for one in values[name])
        for name in cls.__dataclass_fields__.keys() - kept.keys():
            kept[name] = str(values[name])
        return cls(**kept)


def _plain(key: str, value: Any) -> Any:
    if key in ("number", "size", "inside"):
        return int(value)
    return bool(value) if key == "inline" else str(value)
