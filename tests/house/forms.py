"""The forms of a page as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

WRITTEN = {"text", "search", "", "tel", "email"}  # a person writes something in
PICKED = {"hidden", "radio", "checkbox", "select", "submit"}  # stands there already, and a program may send another


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""


@dataclass
class Form:
    """Where it goes, how, and what it sends."""

    method: str
    action: str
    fields: list[Field] = field(default_factory=list)

    def sent(self) -> dict[str, str]:
        """What pressing its first button sends; the first of several choices is taken."""
        found: dict[str, str] = {}
        for one in self.fields:
            if one.name != "csrfmiddlewaretoken":
                found.setdefault(one.name, one.value)
        return found


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.forms, self.open, self.select = here, [], None, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = given.get("method", "get").lower()
            self.open = Form(method, given.get("action") or self.here)
            self.forms.append(self.open)
        if self.open is None:
            return
        if tag == "select":
            self.select = given.get("name", "")
        elif tag == "option" and self.select:
            self.open.fields.append(Field(self.select, "select", given.get("value", "")))
        elif tag in {"input", "button", "textarea"} and given.get("name"):
            kind = {"button": "submit", "textarea": "textarea"}.get(tag, given.get("type", ""))
            self.open.fields.append(Field(given["name"], kind, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""


def forms_of(page: str, here: str) -> list[Form]:
    """All forms of a page at the address `here`."""
    reader = _Reader(here)
    reader.feed(page)
    return reader.forms
