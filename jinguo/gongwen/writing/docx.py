"""``write_docx``: a document in, the bytes of a .docx out."""

from jinguo.gongwen.writing.body import document_part
from jinguo.gongwen.writing.document import Document
from jinguo.gongwen.writing.package import package
from jinguo.gongwen.writing.page import footer_parts, settings_part
from jinguo.gongwen.writing.problems import problems
from jinguo.gongwen.writing.profile import WritingError
from jinguo.gongwen.writing.runs import Draft
from jinguo.gongwen.writing.styles import fonts_part, styles_part


def write_docx(document: Document, *, with_sources: bool = True) -> bytes:
    """The .docx of ``document``; the same document always gives the same bytes.

    ``with_sources=False`` leaves out the source numbers and the 依据表, and nothing else: the paper that goes out.
    Raises ``WritingError`` with every reason when the document cannot be written.
    """
    if found := problems(document):
        raise WritingError("".join(found))
    profile = document.profile
    parts = {
        "document": document_part(Draft(document, with_sources)),
        "styles": styles_part(profile),
        "settings": settings_part(profile),
        "fontTable": fonts_part(profile),
        **footer_parts(profile),
    }
    title = "".join(document.title.split("\n"))
    return package(parts, title=title, author=document.signed_by, date=document.date)
