"""Photographs of a mail: fetched from it by the reading process, shrunk, and kept with the return they came with."""

from typing import Any

from jinguo.activities.actions.photos import keep_sent_photo
from jinguo.activities.models import Photo
from jinguo.federation.models import Unit
from jinguo.files.actions import read_file
from jinguo.journal import actions as journal
from jinguo.lib.mail import Letter, Part
from jinguo.lib.mail.sandbox import Unread, photos_of_parts
from jinguo.lib.pictures import Picture
from jinguo.mails.actions.deciding import Decision
from jinguo.mails.models import Fate, Mail
from jinguo.reports.sheet import PHOTOS, Sheet
from jinguo.reports.understanding.pictures import looks_like_photo, of_each, photo_parts

CASE_PICTURES = 12  # shown in one page
Opened = dict[int, Picture | None]  # part → picture; None where it is none


class Album:
    """The pictures of one mail, ready to be kept. `left`: how many of its photographs went with no return."""

    def __init__(self, mail: Mail, each: list[list[tuple[Part, Picture]]], left: int) -> None:
        self._mail, self._each, self.left = mail, each, left

    @property
    def many(self) -> int:
        return sum(len(one) for one in self._each)

    def put(self, sheet: Sheet, number: int, unit: Unit, by: journal.Actor) -> None:
        """Keep those of the activity with this number, and lay them into its sheet beside what is there."""
        mine = self._each[number - 1] if number <= len(self._each) else []
        kept: list[Photo] = list(sheet.photos)
        for part, picture in mine[: PHOTOS - len(kept)]:
            photo = keep_sent_photo(unit, picture=picture, digest=part.sha256, by=by)
            kept += [photo] if photo.pk not in {one.pk for one in kept} else []
        if len(kept) > len(sheet.photos):
            sheet.photos = kept
            sheet.sources["photos"] = {"from": f"mail:{self._mail.code}.{mine[0][0].number}[0:0]"}


def album_of(mail: Mail, letter: Letter, decision: Decision, opened: Opened) -> Album:
    """Open the photographs a decision will register, before anything is written. A picture that cannot be opened is only
    missing: no report waits for it.

    Args:
        opened: those opened already.
    """
    if decision.fate not in (Fate.REPORTED, Fate.CORRECTED):
        return Album(mail, [], 0)
    each: Any = of_each(letter, decision.told)
    wanted = [part.number for mine in each for part in mine]
    if not wanted:
        return Album(mail, [], len(photo_parts(letter)))
    pictures = opened | _open(mail, [number for number in wanted if number not in opened])
    chosen = [
        [(part, picture) for part in mine if (picture := pictures.get(part.number)) and _shows(picture)]
        for mine in each
    ]
    return Album(mail, chosen, max(0, len(photo_parts(letter)) - len(wanted)))


def pictures_of_case(mail: Mail, letter: Letter) -> dict[int, Picture]:
    """Part → picture of a letter for help: what she shows may be all she says. For whoever has opened the letter by `read_case`;
    nothing is kept. A part that cannot be opened is left out, and so is what comes after the first `CASE_PICTURES`."""
    numbers = [part.number for part in letter.parts if part.kind == "picture"]
    return {number: one for number, one in _open(mail, numbers[:CASE_PICTURES]).items() if one is not None}


def _shows(picture: Picture) -> bool:
    return looks_like_photo(picture.width, picture.height)


def _open(mail: Mail, numbers: list[int]) -> Opened:
    if not numbers:
        return {}
    try:
        return {**photos_of_parts(read_file(mail.file), numbers)}
    except (Unread, FileNotFoundError):
        return {}
