"""The bytes of a picture, to whoever may see it; never by path."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from jinguo.activities.models import Photo
from jinguo.federation.gate import Visitor, actor_of
from jinguo.files.actions import read_file
from jinguo.lib.errors import NotThere

WEEK = 7 * 24 * 3600


def photo(request: HttpRequest, photo: str, activity: str = "", link: Any = None) -> HttpResponse:
    """A picture, or its thumbnail with `?small`. One that has left, or that she may not see, is not there."""
    rows = Photo.objects.select_related("file", "small").filter(code=photo)
    public = rows.filter(pk__in=Photo.objects.visible_to(Visitor()).values("pk")).first()
    row = public or rows.filter(pk__in=Photo.objects.visible_to(actor_of(request)).values("pk")).first()
    if row is None:
        raise NotThere(_("没有这张照片，或已经撤下。"))
    return answer_picture(request, row, public=public is not None)


def answer_picture(request: HttpRequest, row: Photo, *, public: bool) -> HttpResponse:
    """The bytes of a picture somebody may see; `public`: anybody may."""
    try:
        data = read_file(row.small if "small" in request.GET else row.file)
    except FileNotFoundError as error:
        raise NotThere(_("这张照片的文件不在了。请告诉主办单位。")) from error
    response = HttpResponse(data, content_type="image/jpeg")
    response["Content-Length"] = str(len(data))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={WEEK // 7}" if public else "private, no-store"
    return response
