"""Official documents (公文): read a notice into a record, write papers, check them.

Pure: values in, values out. Imports nothing of the house and no Django, so it is usable alone as a library and, through
`command`, as a program.
"""

from datetime import date

from jinguo.gongwen.extract import extract, pasted
from jinguo.gongwen.lexicon import Lexicon
from jinguo.gongwen.reading.reader import read_extraction
from jinguo.gongwen.record import SCHEMA_VERSION, Record
from jinguo.gongwen.refusals import Unreadable

__all__ = ["SCHEMA_VERSION", "Lexicon", "Record", "Unreadable", "read"]


def read(
    data: bytes | str, name: str = "", *, document_date: date | None = None, lexicon: Lexicon | None = None
) -> Record:
    """Read a notice: a file's bytes (.docx or text, told by content) or text already at hand.

    name is kept in the record and decides nothing. document_date is the 成文日期 where the caller knows it and the paper
    does not say it. Raises Unreadable with a sentence for the person who sent the file.
    """
    found = pasted(data) if isinstance(data, str) else extract(data)
    return read_extraction(found, name=name, document_date=document_date, lexicon=lexicon)
