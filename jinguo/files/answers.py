"""Handing stored bytes to a browser. Whoever calls this has already found the row through what the reader may see."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jinguo.files.actions import read_file
from jinguo.files.models import StoredFile
from jinguo.lib.errors import NotThere


def attachment(row: StoredFile) -> HttpResponse:
    """The file as something to save: never run, never shown inside our own pages, never guessed at.

    Raises:
        NotThere: the bytes are gone although the row is here.
    """
    try:
        data = read_file(row)
    except FileNotFoundError as error:
        raise NotThere(_("这份文件的内容找不到了。请告诉系统管理员。")) from error
    response = HttpResponse(data, content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(True, row.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
