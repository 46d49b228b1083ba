"""The tree of units: the list, a unit's page, adding, changing and ending one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from jinguo.federation import queries, rules
from jinguo.federation.actions import units as actions
from jinguo.federation.forms import AddressForm, CloseForm, UnitForm, unit_values
from jinguo.federation.models import Unit
from jinguo.federation.models.unit import Level, UnitClass
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require

SHOWN_BELOW = 60  # units below, as chips on a unit's page; the list shows them all


def unit_list(request: HttpRequest) -> HttpResponse:
    """Units by name, class, level and the unit above."""
    wanted = {name: request.GET.get(name, "").strip() for name in ("words", "unit_class", "level", "under")}
    number = request.GET.get("page", "1")
    page = queries.find_units(request.user, **wanted, page=int(number) if number.isdecimal() else 1)
    above = queries.units_seen(request.user).filter(code=wanted["under"]).first() if wanted["under"] else None
    context = {"page": page, "wanted": wanted, "classes": UnitClass.choices, "levels": Level.choices, "above": above}
    return render(request, "federation/unit_list.html", context)


def unit_page(request: HttpRequest, unit: str) -> HttpResponse:
    """Everything about one unit."""
    found = seen(request, unit)
    return render(request, "federation/unit_page.html", page_of(request, found))


def page_of(request: HttpRequest, unit: Unit, **more: Any) -> dict[str, Any]:
    """What a unit's page shows."""
    below = list(unit.children.alive(clock.today()).order_by("path")[: SHOWN_BELOW + 1])
    context = {
        "unit": unit,
        "above": queries.units_seen(request.user).filter(path__in=unit.ancestors_paths()).order_by("path"),
        "contacts": unit.contacts.all(),
        "addresses": unit.mail_addresses.all(),
        "aliases": unit.aliases.all(),
        "below": below[:SHOWN_BELOW],
        "more_below": len(below) > SHOWN_BELOW,
        "posts": unit.posts.held(clock.today()).select_related("user").order_by("role", "pk"),
        "ruling": rules.may_edit_unit(unit, request.user),
        "address_form": AddressForm(),
    }
    return {**context, **more}


def unit_new(request: HttpRequest, unit: str) -> HttpResponse:
    """Add a unit below this one."""
    above = seen(request, unit)
    require(rules.may_edit_unit(above, request.user))
    form = UnitForm(request.POST or None, initial={"level": above.level})
    if request.method == "POST" and form.is_valid():
        new = actions.add_unit(above, actions.NewUnit(key=ids.new_code(), **form.cleaned_data), by=request.user)
        messages.success(request, _("%(unit)s加好了。") % {"unit": new.short_name})
        return redirect("federation:unit", new.code)
    context = {"above": above, "form": form}
    return render(request, "federation/unit_form.html", context, status=422 if request.method == "POST" else 200)


def unit_edit(request: HttpRequest, unit: str) -> HttpResponse:
    """Change what a unit is called and what it is."""
    found = seen(request, unit)
    require(rules.may_edit_unit(found, request.user))
    form = UnitForm(request.POST or None, initial=unit_values(found))
    if request.method == "POST" and form.is_valid():
        actions.edit_unit(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("单位资料改好了。"))
        return redirect("federation:unit", found.code)
    context = {"unit": found, "form": form, "close_form": CloseForm()}
    return render(request, "federation/unit_form.html", context, status=422 if request.method == "POST" else 200)


def unit_close(request: HttpRequest, unit: str) -> HttpResponse:
    """Let a unit end, or be merged into another one."""
    found = seen(request, unit)
    require(rules.may_edit_unit(found, request.user))
    form, status = CloseForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _close(request, found, form):
            messages.success(request, _("已记下撤并的日子，过去办的都留着。"))
            return redirect("federation:unit", found.code)
    return render(request, "federation/unit_close.html", {"unit": found, "form": form}, status=status)


def _close(request: HttpRequest, unit: Unit, form: CloseForm) -> bool:
    """Do it; False with the form's own error when it cannot be done."""
    name, into = form.cleaned_data["into"].strip(), None
    if name:
        named = queries.units_seen(request.user).alive(clock.today())
        into = named.filter(name=name).first() or named.filter(short_name=name).first()
        if into is None:
            form.add_error("into", _("没有找到这个单位。请写全称或简称，一字不差。"))
            return False
    try:
        actions.close_unit(unit, last_day=form.cleaned_data["last_day"], into=into, by=request.user)
    except Invalid as problem:
        form.add_error(problem.field or None, str(problem.sentence))
        return False
    return True


def seen(request: HttpRequest, code: str) -> Unit:
    """The unit with this code, if the reader may see it; else 404."""
    return get_object_or_404(queries.units_seen(request.user).select_related("parent", "merged_into"), code=code)
