"""Downloading a stored file that the reader may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from jinguo.federation.gate import actor_of
from jinguo.federation.models import Link
from jinguo.files.answers import attachment
from jinguo.files.models import StoredFile


@require_safe
def download(request: HttpRequest, file: str, link: Link | None = None) -> HttpResponse:
    """One file of the reader's own units, or of those below them."""
    return attachment(get_object_or_404(StoredFile.objects.visible_to(actor_of(request)), code=file))
