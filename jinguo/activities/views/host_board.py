"""A village's month as an A3 board to print or to show."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jinguo.activities.board import SOURCE, board_words
from jinguo.activities.hostways import month_asked
from jinguo.activities.models import Photo
from jinguo.activities.queries.host import held_in, host_office
from jinguo.activities.views.host import fetch_village
from jinguo.activities.views.papers import answer_paper
from jinguo.federation.gate import actor_of
from jinguo.files.actions import read_file
from jinguo.lib import clock
from jinguo.lib.crypto import Tampered
from jinguo.lib.errors import Gone, NotThere
from jinguo.lib.typesetting import STARTS


@never_cache
def board(request: HttpRequest, village: str, form: str, link: Any = None) -> HttpResponse:
    """The board of one month, as PDF or picture."""
    unit, month = fetch_village(request, village), month_asked(request)
    if form not in STARTS:
        raise NotThere(_("没有这种格式。可以存成 pdf 或 png。"))
    office = host_office(unit)
    rows = held_in(unit, month, actor_of(request))
    phone = unit.duty_phone or (office.phone if office else "")
    words = board_words(unit, office.unit.name if office else "", phone, month, rows, clock.now(), _bytes_of)
    return answer_paper(request, words, form, f"board-{month:%Y-%m}-{unit.code}", SOURCE)


def _bytes_of(photo: Photo) -> bytes | None:
    """A picture whose bytes are gone leaves its place empty; the board is still made."""
    try:
        return read_file(photo.file)
    except (FileNotFoundError, Gone, Tampered):
        return None
