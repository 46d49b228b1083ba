"""Whom to ask at a unit, and its e-mail addresses."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinguo.federation import rules
from jinguo.federation.actions import contacts as actions
from jinguo.federation.forms.units import AddressForm, ContactForm, contact_values
from jinguo.federation.models import Contact
from jinguo.federation.views.units import page_of, seen
from jinguo.journal.queries import just_did
from jinguo.lib.rulings import require


def contact_new(request: HttpRequest, unit: str) -> HttpResponse:
    """Add a contact to a unit."""
    found = seen(request, unit)
    require(rules.may_edit_unit(found, request.user))
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_contact(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("联系人加好了。"))
        return redirect("federation:unit", found.code)
    context = {"unit": found, "form": form}
    return render(request, "federation/contact.html", context, status=422 if request.method == "POST" else 200)


def contact_edit(request: HttpRequest, unit: str, contact: str) -> HttpResponse:
    """Change a contact."""
    found = seen(request, unit)
    require(rules.may_edit_unit(found, request.user))
    row = get_object_or_404(Contact.objects.select_related("unit"), unit=found, code=contact)
    form = ContactForm(request.POST or None, initial=contact_values(row))
    if request.method == "POST" and form.is_valid():
        actions.edit_contact(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("联系人改好了。"))
        return redirect("federation:unit", found.code)
    context = {"unit": found, "form": form, "contact": row}
    return render(request, "federation/contact.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def contact_remove(request: HttpRequest, unit: str, contact: str) -> HttpResponse:
    """Take a contact off."""
    found = seen(request, unit)
    if just_did(request.user, "contact.remove", kind="contact", code=contact) is None:
        row = get_object_or_404(Contact.objects.select_related("unit"), unit=found, code=contact)
        actions.remove_contact(row, by=request.user)
    messages.success(request, _("联系人已去掉。"))
    return redirect("federation:unit", found.code)


@require_POST
def contact_raise(request: HttpRequest, unit: str, contact: str) -> HttpResponse:
    """Call this one earlier."""
    found = seen(request, unit)
    row = get_object_or_404(Contact.objects.select_related("unit"), unit=found, code=contact)
    place = request.POST.get("seen", "")
    actions.raise_contact(row, by=request.user, seen=int(place) if place.isdecimal() and len(place) < 6 else None)
    return redirect("federation:unit", found.code)


@require_POST
def address_new(request: HttpRequest, unit: str) -> HttpResponse:
    """Register one more e-mail address."""
    found = seen(request, unit)
    require(rules.may_edit_unit(found, request.user))
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render(request, "federation/unit_page.html", page_of(request, found, address_form=form), status=422)
    actions.add_address(found, form.cleaned_data["address"], by=request.user)
    messages.success(request, _("邮箱登记好了，以后的通知也发到这里。"))
    return redirect("federation:unit", found.code)


@require_POST
def address_remove(request: HttpRequest, unit: str) -> HttpResponse:
    """Write to an address no more."""
    found = seen(request, unit)
    actions.remove_address(found, request.POST.get("address", ""), by=request.user)
    messages.success(request, _("这个邮箱去掉了，不再往那里发信。"))
    return redirect("federation:unit", found.code)
