"""Units that look like one: merged, or told apart."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.federation import policy, queries
from jinguo.federation.actions import duplicates as actions
from jinguo.federation.models import Unit
from jinguo.federation.queries.duplicates import MOST, look_alikes
from jinguo.lib.errors import NotThere

PAGE = 30


@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that look like one unit, below the reader's own unit or the one asked for."""
    writable = Unit.objects.filter(policy.sight(request.user, "unit.edit", ""))
    asked = request.GET.get("under", "")
    scope = get_object_or_404(writable, code=asked) if asked else queries.home_of(request.user, "unit.edit")
    if scope is None:
        raise NotThere(_("没有您能改的单位。"))
    pairs = look_alikes(scope)
    page = Paginator(pairs or [], PAGE).get_page(request.GET.get("page"))
    kept = f"under={asked}&" if asked else ""
    pager = {
        "previous_url": f"?{kept}page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?{kept}page={page.next_page_number()}" if page.has_next() else "",
    }
    context = {
        "scope": scope, "too_many": pairs is None, "most": MOST, "page": page, "pager": pager, "asked": asked,
        "below": queries.find_units(request.user, under=scope.code).lines if pairs is None else [],
    }  # fmt: skip
    return render(request, "federation/duplicates.html", context)


@require_POST
def tell_apart(request: HttpRequest) -> HttpResponse:
    """Two units that look alike are two."""
    writable = Unit.objects.filter(policy.sight(request.user, "unit.edit", ""))
    one, other = (get_object_or_404(writable, code=request.POST.get(name, "")) for name in ("one", "other"))
    actions.tell_apart(one, other, by=request.user)
    messages.success(request, _("记下了：这是两家，以后不再提示。"))
    under = request.POST.get("under", "")
    address = reverse("federation:duplicates")
    return redirect(f"{address}?under={under}" if under.isalnum() else address)
