"""Whether a photograph or a paragraph of a sheet was reported before. For the reporter's eyes, before she sends."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from jinguo.activities.models import Photo
from jinguo.files.actions import read_file
from jinguo.lib import crypto
from jinguo.lib.errors import Gone
from jinguo.lib.texts import inner
from jinguo.reports.checks import Doubt
from jinguo.reports.models import Mark, Return, ReturnVersion
from jinguo.reports.models.returned import STANDING
from jinguo.reports.prints import is_near, is_same, paragraph_marks, paragraphs, picture_marks, picture_print
from jinguo.reports.sheet import Sheet

MOST = 60  # candidates looked at


def print_of(photo: Photo) -> int | None:
    """The print of a kept picture; None for one that was removed or cannot be read."""
    if photo.removed_at is not None:
        return None
    try:
        return picture_print(read_file(photo.small))
    except (Gone, crypto.Tampered, FileNotFoundError):  # a hint is never worth a report that cannot be sent
        return None


def used_before(sheet: Sheet, unit: Any, but: Return | None = None) -> list[Doubt]:
    """At most one question about the photographs and one about the words.

    Args:
        unit: who reports; what another unit reported is told without its name.
        but: the return a newer version is written of: its own earlier versions are no repetition.
    """
    found = []
    photo = _photo_used(sheet.photos, but)
    if photo is not None:
        found.append(Doubt("photo_used", "photos", _where(photo, unit)))
    for field in ("summary", "body", "story"):
        version = _words_used(str(sheet.values.get(field) or ""), but)
        if version is not None:
            found.append(Doubt("words_used", field, _where(version, unit)))
            break
    return found


def _rows(marks: Iterable[int], but: Return | None) -> Any:
    rows = Mark.objects.filter(mark__in=list(marks), version__given__state__in=STANDING)
    rows = rows.exclude(version__given=but.pk) if but else rows
    return rows.select_related("version__given__unit").order_by("-pk")


def _photo_used(photos: Iterable[Photo], but: Return | None) -> ReturnVersion | None:
    for photo in photos:
        bits = print_of(photo)
        if bits is None:
            continue
        for row in _rows(picture_marks(bits), but).exclude(photo=None)[:MOST]:
            if is_near(bits, int(row.print, 16)):
                return row.version
    return None


def _words_used(text: str, but: Return | None) -> ReturnVersion | None:
    for paragraph in paragraphs(text):
        for row in _rows(paragraph_marks(paragraph), but).filter(photo=None)[:MOST]:
            said = row.version
            if any(is_same(paragraph, other) for other in paragraphs(said.summary, said.body, said.story)):
                return said
    return None


def _where(version: ReturnVersion, unit: Any) -> str:
    """Her own report by day and name; another unit's only as that."""
    if version.given.unit_id != unit.pk:
        return _("别的单位报过的一件")
    day = version.held_on
    when = _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day} if day else ""
    return _("贵单位报过的%(when)s“%(title)s”") % {"when": when, "title": inner(version.title)}
