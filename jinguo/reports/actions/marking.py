"""Remembering by what a version's photographs and paragraphs are known again, as it is sent."""

from jinguo.reports.models import Mark, ReturnVersion
from jinguo.reports.prints import paragraph_marks, paragraphs, picture_marks
from jinguo.reports.queries.used import print_of


def mark_version(version: ReturnVersion) -> None:
    """Called in the transaction that sends it."""
    rows = []
    for link in version.photo_links.select_related("photo__small"):
        bits = print_of(link.photo)
        if bits is not None:
            rows += [
                Mark(version=version, photo=link.photo, mark=one, print=f"{bits:016x}") for one in picture_marks(bits)
            ]
    words = {one for text in paragraphs(version.summary, version.body, version.story) for one in paragraph_marks(text)}
    rows += [Mark(version=version, mark=one) for one in sorted(words)]
    Mark.objects.bulk_create(rows)
