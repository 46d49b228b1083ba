"""Papers to print: the poster, and what shows names (sign-in sheet, list, badges, name plates, code cards); the share picture."""

import json
import logging
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jinguo.activities.actions.papers import take_names
from jinguo.activities.papers import NAMED, SOURCE, ask_words, named_words, poster_words, share_words
from jinguo.activities.queries import site
from jinguo.activities.views import day, unit
from jinguo.activities.views.public import shown
from jinguo.activities.ways import public_address, public_of
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import NotThere, Refused, Stale
from jinguo.lib.lanes import Lane
from jinguo.lib.typesetting import STARTS, NotPrinted, typeset

logger = logging.getLogger(__name__)
ONE_AT_A_TIME = Lane(1, patience=10)
DAY_LONG = 86_400  # seconds a share picture is remembered
TYPES = {"pdf": "application/pdf", "png": "image/png"}


@never_cache
def poster(request: HttpRequest, activity: str, form: str, link: Any = None) -> HttpResponse:
    """The poster, once there is a public page for its code to lead to."""
    found = unit.fetch(request, activity)
    _known(form)
    if not found.on_site:
        raise Refused(_("海报上的码通向公开页：请先发布，并选“公开”。"))
    words = poster_words(found, site.coming(list(found.sessions.all()), clock.now()), public_address(request, found))
    return answer_paper(request, words, form, f"poster-{found.code}")


@never_cache
def named(request: HttpRequest, activity: str, session: str, paper: str, form: str, link: Any = None) -> HttpResponse:
    """A paper with names; it is written down who took it out."""
    found = day.fetch(request, activity, session)
    _known(form)
    if paper == "ask" and found.activity.on_site:
        where = public_of(request, "activities:useful", activity=found.activity.code)
        return answer_paper(request, ask_words(found.activity, where), form, f"ask-{found.code}")
    if paper not in NAMED:
        raise NotThere(_("没有这种纸。请从现场页的“打印”里选。"))
    rows = take_names(found, paper, by=actor_of(request))
    at_the_door = reverse("activities:arrive", kwargs={"session": found.code, "token": "x"}).removesuffix("x/")
    words = named_words(paper, found, rows, request.build_absolute_uri(at_the_door))
    return answer_paper(request, words, form, f"{paper}-{found.code}")


def share(request: HttpRequest, activity: str) -> HttpResponse:
    """The small picture of a public page. Made once for the same words, one at a time: anybody may ask for it."""
    found = shown(activity)
    if found.is_sensitive:
        raise NotThere(_("这场活动没有分享图。"))
    with translation.override(settings.LANGUAGE_CODE):
        words = share_words(found, site.coming(list(found.sessions.all()), clock.now()))
    name = "share:" + sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
    picture = cache.get(name)
    if picture is None:
        with ONE_AT_A_TIME.entered(_("这会儿看的人多，图还没做好。请过一会儿再看。")):
            picture = cache.get(name) or _typeset(words, "png", f"share-{found.code}")
            cache.set(name, picture, DAY_LONG)
    response = HttpResponse(picture, content_type=TYPES["png"])
    response["Cache-Control"] = "public, max-age=3600"
    response["ETag"] = f'"{name[6:30]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _known(form: str) -> None:
    if form not in STARTS:
        raise NotThere(_("没有这种格式。可以存成 pdf 或 png。"))


def answer_paper(
    request: HttpRequest, words: dict[str, Any], form: str, name: str, source: Path = SOURCE
) -> HttpResponse:
    """A paper to print or to show, never kept on the way."""
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and 1 <= len(number) <= 3 else 1
    response = HttpResponse(_typeset(words, form, name, max(page, 1), source), content_type=TYPES[form])
    response["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _typeset(words: dict[str, Any], form: str, name: str, page: int = 1, source: Path = SOURCE) -> bytes:
    try:
        return typeset(source, words, own_fonts=settings.FONTS, form=form, page=page)
    except NotPrinted as problem:
        logger.error("%s was not printed: %s", name, problem)
        raise Stale(_("这张纸没有做成。请过一会儿再试；还不行，请告诉系统管理员。")) from problem
