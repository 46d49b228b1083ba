"""The WeChat groups of a unit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinguo.federation import rules
from jinguo.federation.actions import chat_groups as actions
from jinguo.federation.forms.units import ChatGroupForm, chat_group_values
from jinguo.federation.models import ChatGroup
from jinguo.federation.views.units import seen
from jinguo.journal.queries import just_did
from jinguo.lib.rulings import require


def chat_group_put(request: HttpRequest, unit: str, chat_group: str = "") -> HttpResponse:
    """Write a group down, or change what is known of it; its name stays once it is written."""
    found = seen(request, unit)
    require(rules.may_edit_unit(found, request.user))
    row = get_object_or_404(ChatGroup, unit=found, code=chat_group) if chat_group else None
    form = ChatGroupForm(request.POST or None, initial=chat_group_values(row) if row else None)
    if row:
        form.fields["name"].disabled = True
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.put_chat_group(
            found, row.name if row else given["name"], keeper=given["keeper"], about=given["about"], by=request.user
        )
        messages.success(request, _("微信群记好了。"))
        return redirect("federation:unit", found.code)
    context = {"unit": found, "form": form, "group": row}
    return render(request, "federation/chat_group.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def chat_group_remove(request: HttpRequest, unit: str, chat_group: str) -> HttpResponse:
    """The unit no longer looks after a group."""
    found = seen(request, unit)
    if just_did(request.user, "unit.remove_chat_group", kind="unit", code=found.code, group=chat_group) is None:
        row = get_object_or_404(ChatGroup.objects.select_related("unit"), unit=found, code=chat_group)
        actions.remove_chat_group(row, by=request.user)
    messages.success(request, _("这个群去掉了。"))
    return redirect("federation:unit", found.code)
