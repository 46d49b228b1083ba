"""The tree of units: the list, a unit's page, its contacts; and the office's own settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinguo.federation import queries, rules
from jinguo.federation.actions import units as actions
from jinguo.federation.forms import ContactForm, OfficeForm, contact_values
from jinguo.federation.models import Contact, Office, Unit
from jinguo.federation.models.unit import Level, UnitClass
from jinguo.lib import clock
from jinguo.lib.errors import NotThere
from jinguo.lib.rulings import require


def unit_list(request: HttpRequest) -> HttpResponse:
    """Units by name, class and level."""
    wanted = {name: request.GET.get(name, "").strip() for name in ("words", "unit_class", "level")}
    number = request.GET.get("page", "1")
    page = queries.find_units(request.user, **wanted, page=int(number) if number.isdigit() else 1)
    context = {"page": page, "wanted": wanted, "classes": UnitClass.choices, "levels": Level.choices}
    return render(request, "federation/unit_list.html", context)


def unit_page(request: HttpRequest, unit: str) -> HttpResponse:
    """Everything about one unit."""
    found = _seen(request, unit)
    context = {
        "unit": found,
        "above": Unit.objects.filter(path__in=found.ancestors_paths()).order_by("path"),
        "contacts": found.contacts.all(),
        "addresses": found.mail_addresses.all(),
        "aliases": found.aliases.all(),
        "below": found.children.alive(clock.today()).order_by("path")[:60],
        "posts": found.posts.held(clock.today()).select_related("user"),
        "ruling": rules.may_edit_unit(found, request.user),
    }
    return render(request, "federation/unit_page.html", context)


def contact_new(request: HttpRequest, unit: str) -> HttpResponse:
    """Add a contact to a unit."""
    found = _seen(request, unit)
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
    found = _seen(request, unit)
    require(rules.may_edit_unit(found, request.user))
    row = get_object_or_404(Contact, unit=found, code=contact)
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
    found = _seen(request, unit)
    row = Contact.objects.filter(unit=found, code=contact).first()
    if row:
        actions.remove_contact(row, by=request.user)
        messages.success(request, _("联系人已去掉。"))
    return redirect("federation:unit", found.code)


def office(request: HttpRequest) -> HttpResponse:
    """The office's mailbox, paper profile and public face."""
    found: Office | None = queries.office_for(request.user, "office.view")
    if found is None:
        raise NotThere(_("您的单位没有设发文办公室。"))
    ruling = rules.may_edit_office(found, request.user)
    form = OfficeForm(request.POST or None, instance=Office.objects.get(pk=found.pk))
    if request.method == "POST":
        require(ruling)
        if form.is_valid():
            actions.edit_office(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("设置已保存。"))
            return redirect("federation:office")
    context = {"office": found, "form": form, "ruling": ruling}
    return render(request, "federation/office.html", context, status=422 if request.method == "POST" else 200)


def _seen(request: HttpRequest, code: str) -> Unit:
    return get_object_or_404(queries.units_seen(request.user).select_related("parent"), code=code)
