"""Official papers as .docx after GB/T 9704-2012: values in, bytes out. No Django, no database, no clock.

    import datetime
    from jinguo.gongwen.writing import Document, Heading, Paragraph, Profile, SourceRow, SourceTable, Span, write_docx

    lead = Paragraph((Span("全市共举办活动12场。", source_refs=(1,)),))
    paper = Document(
        profile=Profile(signature="清河市妇女联合会"),
        title="清河市妇女联合会关于“书香三月”活动开展情况的汇总",
        blocks=(lead, Heading(1, "活动开展情况"), Paragraph.of("各县（区）均已报送。", 2)),
        date=datetime.date(2024, 3, 29),
        sources=SourceTable((SourceRow(1, "活动12场", ("报送件12件",)), SourceRow(2, "均已报送", ("义务清单",)))),
    )
    data = write_docx(paper)

The file is written with the standard library alone: python-docx's template brings its own styles, theme and author,
and 22 lines a page, byte-for-byte repeatable, need every one of them replaced. The tests read it with python-docx.
"""

from jinguo.gongwen.writing.document import (
    Attachment,
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Imprint,
    Measure,
    Paragraph,
    SourceRow,
    SourceTable,
    Span,
    Table,
)
from jinguo.gongwen.writing.docx import write_docx
from jinguo.gongwen.writing.problems import problems
from jinguo.gongwen.writing.profile import (
    Deviation,
    Face,
    Faces,
    Margins,
    PageNumber,
    Profile,
    Strength,
    WritingError,
)

__all__ = [
    "Attachment",
    "Block",
    "Cell",
    "Column",
    "Deviation",
    "Document",
    "Face",
    "Faces",
    "Figure",
    "Heading",
    "Imprint",
    "Margins",
    "Measure",
    "PageNumber",
    "Paragraph",
    "Profile",
    "SourceRow",
    "SourceTable",
    "Span",
    "Strength",
    "Table",
    "WritingError",
    "problems",
    "write_docx",
]
