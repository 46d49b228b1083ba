"""What an office decides for itself: mailbox, paper profile, public face, how long things are kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jinguo.federation import queries, rules
from jinguo.federation.actions import units as actions
from jinguo.federation.forms.accounts import OfficeForm
from jinguo.federation.models import Office
from jinguo.lib.errors import NotThere
from jinguo.lib.rulings import require


def office(request: HttpRequest) -> HttpResponse:
    """Show the settings to whoever may see them; a POST by the administrator changes them."""
    found = queries.office_for(request.user, "office.view")
    if found is None:
        raise NotThere(_("您的单位没有设发文办公室。"))
    ruling = rules.may_edit_office(found, request.user)
    shown = Office.objects.get(pk=found.pk)  # the form writes what was typed into its row, right or wrong
    form = OfficeForm(request.POST or None, instance=shown, may_edit=bool(ruling))
    if request.method == "POST":
        require(ruling)
        if form.is_valid():
            actions.edit_office(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("设置已保存。"))
            return redirect("federation:office")
    context = {"office": found, "form": form, "ruling": ruling, "groups": form.groups()}
    return render(request, "federation/office.html", context, status=422 if request.method == "POST" else 200)
