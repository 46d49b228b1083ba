"""查找: one box over what this user may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jinguo.workspace import links, queries


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Things by words, pinyin or initials."""
    words = request.GET.get("q", "").strip()
    found = queries.found_by(request.user, words)
    rows = [(row, queries.KIND_NAMES[row.kind], links.of_thing(row.kind, row.object_code)) for row in found]
    return render(request, "workspace/search.html", {"words": words, "rows": rows, "most": queries.MOST_FOUND})
