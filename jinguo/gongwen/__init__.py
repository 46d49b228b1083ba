"""Official documents (公文): read a notice into a record, write papers, check them.

Pure: values in, values out. Imports nothing of the house and no Django, so it is usable alone as a library and, through
`command`, as a program. Importing it is cheap: the reader and the formats are loaded when first used.
"""

from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinguo.gongwen.lexicon import Lexicon
    from jinguo.gongwen.record import SCHEMA_VERSION, Record
    from jinguo.gongwen.refusals import Unreadable

__all__ = ["SCHEMA_VERSION", "Lexicon", "Record", "Unreadable", "read"]

_HOMES = {"SCHEMA_VERSION": "record", "Record": "record", "Lexicon": "lexicon", "Unreadable": "refusals"}


def read(
    data: bytes | str, name: str = "", *, document_date: date | None = None, lexicon: "Lexicon | None" = None
) -> "Record":
    """Read a notice: a file's bytes (any kind an office sends, told by content) or text already at hand.

    Args:
        data: .docx, .pdf with text, .ofd, .html, .mht, plain text in UTF-8, GB18030 or UTF-16; .doc, .wps, .rtf and .odt
            where LibreOffice is installed. At most 20 MB and 200,000 characters.
        name: kept in the record; it decides nothing.
        document_date: the 成文日期 where the caller knows it and the paper does not say it; missing years are reckoned
            from it.
        lexicon: the words the reader knows; ours when none is given (`Lexicon.with_words` adds an office's own).

    Raises:
        Unreadable: with a sentence in Chinese and in English for the person who sent the file.
    """
    from jinguo.gongwen.extract import extract, pasted
    from jinguo.gongwen.reading.reader import read_extraction

    found = pasted(data) if isinstance(data, str) else extract(data)
    return read_extraction(found, name=name, document_date=document_date, lexicon=lexicon)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"jinguo.gongwen.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
