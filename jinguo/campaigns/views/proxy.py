"""上级代签收: a county signs for a unit below that cannot."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jinguo.campaigns import rules
from jinguo.campaigns.actions.proxy import sign_for_unit
from jinguo.campaigns.forms import SignForForm
from jinguo.campaigns.views.circulation import copy_or_404
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require
from jinguo.notices.forms import put_error


@require_http_methods(["GET", "POST"])
def sign_for(request: HttpRequest, circulation: str) -> HttpResponse:
    """Who at the unit knows of it, why it cannot sign itself; the unit is told."""
    copy, form = copy_or_404(request, circulation), SignForForm(request.POST if request.method == "POST" else None)
    if not copy.signed_at:
        require(rules.circulation.may_sign_for(copy, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            sign_for_unit(copy, by=request.user, **form.cleaned_data)
        except Invalid as problem:
            problem.field = "whom" if problem.field == "signer" else problem.field
            put_error(form, problem)
        else:
            messages.success(request, _("替%(unit)s签收了，记作代签收，也告诉它了。") % {"unit": copy.unit})
            return redirect("campaigns:circulation", copy.code)
    crumbs = [
        {"label": str(copy.unit), "url": reverse("campaigns:circulation", args=[copy.code])},
        {"label": _("代签收")},
    ]
    context = {"copy": copy, "form": form, "crumbs": crumbs}
    return render(request, "campaigns/sign_for.html", context, status=422 if form.errors else 200)
