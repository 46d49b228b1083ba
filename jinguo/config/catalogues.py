"""The English catalogues: `python -m jinguo.config.catalogues update | check | compile`.

Chinese is the message id; each room keeps its English in locale/en/LC_MESSAGES/django.po. `update` brings the lists of
strings up to date and keeps every translation; `check` says what is missing or wrong; `compile` writes what gettext reads.
Files are written the same way whoever runs it: sorted, without dates and line numbers. Finding strings is in `strings`.
"""

import os
import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from jinguo.config.strings import CHINESE, Text, Unreadable, rooms, texts_of_room

HEADER = """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
NAMED = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|\{(\w*)(?:[!:][^{}]*)?\}")
POSITIONAL = re.compile(r"(?<!%)(?:%%)*(%[#0\- +]*\d*(?:\.\d+)?[sdifrgxc])(?!\w)")


def catalogue_path(room: Path) -> Path:
    """Where a room keeps its English."""
    return room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path) -> Catalog:
    """The catalogue in this file; an empty one when there is none. Raises PoFileError for a broken file."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def entries(catalogue: Catalog) -> dict[tuple[str, str], Message]:
    """(context, singular) → message, without the header."""
    return {(message.context or "", singular_of(message)): message for message in catalogue if message.id}


def singular_of(message: Message) -> str:
    """The Chinese text of a message."""
    return message.id[0] if isinstance(message.id, list | tuple) else message.id


def english_of(message: Message) -> tuple[str, ...]:
    """The English of a message: one text, or singular and plural."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def write_whole(path: Path, content: bytes) -> bool:
    """Replace a file at once, or leave it alone when nothing changes; says whether it changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
    return True


def merged(texts: set[Text], old: Catalog, elsewhere: dict[tuple[str, str], Message]) -> bytes:
    """A catalogue file for exactly these strings, with the English that this room or another one already has."""
    known = entries(old)
    new = Catalog(locale="en")
    for text in sorted(texts):
        key = (text.context, text.singular)
        before = known.get(key) or elsewhere.get(key)
        english = english_of(before) if before else ("",)
        comments = known[key].user_comments if key in known else []
        flags = {"fuzzy"} if key in known and known[key].fuzzy else set()
        if text.plural:
            string: str | tuple[str, ...] = english if len(english) == 2 else (english[0], english[0])
        else:
            string = english[-1]
        new.add(text.id, string, context=text.context or None, user_comments=comments, flags=flags)
    body = BytesIO()
    write_po(body, new, width=120, no_location=True, omit_header=True, sort_output=True)
    return HEADER.encode() + body.getvalue().lstrip(b"\n")


def update() -> int:
    """Bring every room's list of strings up to date; says which files changed and what waits for English."""
    catalogues = {room: read_catalogue(catalogue_path(room)) for room in rooms()}
    elsewhere: dict[tuple[str, str], Message] = {}
    for catalogue in catalogues.values():
        elsewhere |= {key: message for key, message in entries(catalogue).items() if all(english_of(message))}
    for room, old in catalogues.items():
        texts = texts_of_room(room)
        path = catalogue_path(room)
        if not texts and not path.exists():
            continue
        if not texts:
            path.unlink()
            print(f"removed {room.name}: it has no strings")
        elif write_whole(path, merged(texts, old, elsewhere)):
            print(f"updated {room.name}: {len(texts)} strings")
    waiting = [problem for room in rooms() for problem in problems_of(room)]
    if waiting:
        print(f"{len(waiting)} to look at: python -m jinguo.config.catalogues check")
    return 0


def problems_of(room: Path) -> list[str]:
    """What is wrong with a room's English, one sentence each; [] when it is complete."""
    try:
        texts = texts_of_room(room)
        known = entries(read_catalogue(catalogue_path(room)))
    except (Unreadable, PoFileError) as error:
        return [f"{room.name}: {error}"]
    found, absent = [], []
    for text in sorted(texts):
        message = known.pop((text.context, text.singular), None)
        if message is None or (isinstance(message.id, list | tuple) != bool(text.plural)):
            absent.append(text.singular)
        else:
            found += [f"{room.name}: “{text.singular}” {problem}" for problem in problems_of_message(text, message)]
    if absent:
        found.append(f"{room.name}: not in the catalogue, so run update: {some_of(absent)}")
    if known:
        found.append(f"{room.name}: no longer used, so run update: {some_of([key[1] for key in known])}")
    return found


def some_of(texts: list[str]) -> str:
    """The first three of these texts, and how many more there are."""
    shown = "".join(f"“{' '.join(text.split())[:40]}”" for text in sorted(texts)[:3])
    return f"{shown} and {len(texts) - 3} more" if len(texts) > 3 else shown


def problems_of_message(text: Text, message: Message) -> list[str]:
    """What is wrong with the English of one string."""
    english = english_of(message)
    if not all(english):
        return ["has no English"]
    if message.fuzzy:
        return ["is marked fuzzy: look at its English, then take the mark off"]
    if CHINESE.search(text.singular) and text.singular in english:
        return ["is still Chinese in the English catalogue"]
    found = []
    for number, translation in enumerate(english):
        wanted, given = placeholders(text.plural or text.singular), placeholders(translation)
        # “one unit” may leave out the number that “%(count)s units” needs.
        fits = given <= wanted if text.plural and number == 0 else given == wanted
        if not fits:
            found.append(f"has other placeholders in English: {sorted(wanted)} against {sorted(given)}")
    return found


def placeholders(text: str) -> set[str]:
    """The named placeholders of a text, and how many nameless ones it has."""
    names = {f"{{{match[2]}}}" if match[1] is None else f"%({match[1]})" for match in NAMED.finditer(text)}
    nameless = len(POSITIONAL.findall(NAMED.sub("", text)))
    return names | ({f"{nameless} × %s"} if nameless else set())


def check() -> int:
    """Print what is wrong; 1 when anything is."""
    found = [problem for room in rooms() for problem in problems_of(room)]
    print("\n".join(found) or "Every string of the interface has its English.")
    return 1 if found else 0


def compile_all() -> int:
    """Write the .mo file beside every .po file."""
    for room in rooms():
        path = catalogue_path(room)
        if path.exists():
            body = BytesIO()
            write_mo(body, read_catalogue(path))
            target = path.with_suffix(".mo")
            if not write_whole(target, body.getvalue()):
                target.touch()
    return 0


def main(words: list[str]) -> int:
    """One word: update, check or compile."""
    commands = {"update": update, "check": check, "compile": compile_all}
    if len(words) != 1 or words[0] not in commands:
        print("Usage: python -m jinguo.config.catalogues update | check | compile", file=sys.stderr)
        return 2
    return commands[words[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
