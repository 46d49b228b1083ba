"""Which pictures of a mail show the activity, and which only belong to a signature."""

import re
from collections.abc import Sequence

from jinguo.lib.mail import Letter, Part
from jinguo.reports.likeness import plain
from jinguo.reports.sheet import PHOTOS
from jinguo.reports.understanding.fields import value_of
from jinguo.reports.understanding.several import Told
from jinguo.reports.understanding.texts import is_decoration

LEAST = 240  # pixels of the shorter side
WIDEST = 4  # times as wide as high: a banner
_NOT_PHOTOS = re.compile(r"logo|sign|banner|icon|qr|二维码|签名|标志|图标|头像|印章|公章|红头", re.IGNORECASE)


def photo_parts(letter: Letter) -> list[Part]:
    """The pictures that may be photographs, in the order of the mail: no small inline ones, no signatures by their names, each
    once. How they look is only known when they are opened (`looks_like_photo`)."""
    found: dict[str, Part] = {}
    for part in letter.parts:
        if (
            part.kind == "picture"
            and not part.problem
            and not is_decoration(part)
            and not _NOT_PHOTOS.search(part.name)
        ):
            found.setdefault(part.sha256, part)
    return list(found.values())


def looks_like_photo(width: int, height: int) -> bool:
    """Large enough to show people, and no banner."""
    return min(width, height) >= LEAST and max(width, height) <= WIDEST * min(width, height)


def of_each(letter: Letter, told: Sequence[Told]) -> list[list[Part]]:
    """Whose photographs they are, where a mail tells of several activities: those in the paper itself, in the same archive or
    mail as its text, and those whose names say it. What none of it says stays with the mail."""
    parts = photo_parts(letter)
    if len(told) < 2:
        return [parts[:PHOTOS]]
    place = {part.number: part.inside for part in letter.parts}
    papers = [one.texts.main.part for one in told]
    rooms = [place.get(paper, 0) for paper in papers]
    titles = [plain(str(value_of(one.fields, "title") or "")) for one in told]
    found: list[list[Part]] = [[] for _one in told]
    for part in parts:
        at = _only([n for n, paper in enumerate(papers) if paper and paper == part.inside])
        if at is None:
            at = _only([n for n, room in enumerate(rooms) if room and room == part.inside])
        stem = plain(re.sub(r"\.\w{2,5}$", "", part.name)).rstrip("0123456789")
        if at is None and len(stem) > 1:
            at = _only([n for n, title in enumerate(titles) if stem in title or (title and title in stem)])
        if at is not None:
            found[at].append(part)
    return [mine[:PHOTOS] for mine in found]


def _only(places: list[int]) -> int | None:
    return places[0] if len(places) == 1 else None
