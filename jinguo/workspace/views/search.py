"""查找: one box over what this user may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jinguo.workspace import links, queries


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Things by words, pinyin or initials."""
    words = request.GET.get("q", "").strip()
    found = queries.found_by(request.user, words)
    rows = [(row, queries.KIND_NAMES[row.kind], links.of_thing(row.kind, row.object_code)) for row in found]
    mails = [
        (mail.subject or _("（没有主题）"), str(mail.unit or mail.sender), mail.received_at, links.mail(mail.code))
        for mail in queries.mails_by(request.user, words)
    ]
    context = {"words": words, "rows": rows, "mails": mails, "most": queries.MOST_FOUND}
    return render(request, "workspace/search.html", context)
