"""The tree of units: the list, a unit's page, adding, changing and ending one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinguo.federation import policy, queries, rules
from jinguo.federation.actions import units as actions
from jinguo.federation.forms.units import AddressForm, UnitForm, unit_values
from jinguo.federation.models import Unit
from jinguo.federation.models.unit import Level, UnitClass
from jinguo.federation.models.user import BEARERS, Role
from jinguo.federation.queries.map import office_arranged
from jinguo.lib import clock, ids
from jinguo.lib.rulings import require

SHOWN_BELOW = 60  # units below, as chips on a unit's page; the list shows them all


def unit_list(request: HttpRequest) -> HttpResponse:
    """Units by name, class, level and the unit above."""
    wanted = {name: request.GET.get(name, "").strip()[:80] for name in ("words", "unit_class", "level", "under")}
    ended = request.GET.get("ended") == "1"
    places = {name: request.GET.get(name, "")[:12] for name in ("after", "before")}
    page = queries.find_units(request.user, **wanted, ended=ended, **places)
    above = queries.units_seen(request.user).filter(code=wanted["under"]).first() if wanted["under"] else None
    kept = {name: value for name, value in wanted.items() if value}
    context = {
        "page": page,
        "counted": _counted(page.count),
        "pager": _pager(page, kept | ({"ended": "1"} if ended else {})),
        "wanted": wanted,
        "ended": ended,
        "classes": UnitClass.choices,
        "levels": Level.choices,
        "above": above,
        "chips": _chips(kept, ended),
        "chips_label": _("在不在"),
        "may_edit": policy.may_anywhere(request.user, "unit.edit"),
        "may_arrange": office_arranged(request.user) is not None,
    }
    return render(request, "federation/unit_list.html", context)


def _pager(page: queries.UnitPage, kept: dict[str, str]) -> dict[str, str]:
    """Where the pages before and behind are; nothing when all stand on this one."""
    urls = {
        name: "?" + urlencode({**kept, key: code}) if code else ""
        for name, key, code in (("previous_url", "before", page.before), ("next_url", "after", page.after))
    }
    return {**urls, "text": _counted(page.count) if any(urls.values()) else ""}


def _counted(count: int | None) -> str:
    if count is None:
        return _("很多家，请用名称、类别或级别缩小范围")
    return ngettext("共 %(n)s 家", "共 %(n)s 家", count) % {"n": f"{count:,}"}


def _chips(kept: dict[str, str], ended: bool) -> list[dict[str, Any]]:
    return [
        {"label": _("现有的"), "url": "?" + urlencode(kept), "current": not ended},
        {"label": _("已撤并的"), "url": "?" + urlencode({**kept, "ended": "1"}), "current": ended},
    ]


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
        "levels": queries.levels_below(unit),
        "terms": terms_of(unit),
        "chat_groups": unit.chat_groups.all(),
        "history": queries.history_of(unit),
        "today": clock.today(),
        "bearers": [{"value": role.value, "label": role.label} for role in BEARERS],
        "lives": unit.is_in_being(clock.today()),
        "ruling": rules.may_edit_unit(unit, request.user),
        "address_form": AddressForm(),
    }
    return {**context, **more}


def terms_of(unit: Unit) -> list[dict[str, Any]]:
    """The posts of a unit by role in the order of the house, those now and those before."""
    today, rows = clock.today(), list(unit.posts.select_related("user").order_by("starts", "pk"))
    order = {role: n for n, role in enumerate((*BEARERS, *(role for role in Role if role not in BEARERS)))}
    found = []
    for role in sorted({row.role for row in rows}, key=lambda role: order[Role(role)]):
        own = [row for row in rows if row.role == role]
        now = [row for row in own if row.ends is None or row.ends >= today]
        before = [row for row in own if row not in now]
        found.append({"role": role, "label": Role(role).label, "now": now, "before": before[::-1]})
    return found


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
    context = {"unit": found, "form": form}
    return render(request, "federation/unit_form.html", context, status=422 if request.method == "POST" else 200)


def seen(request: HttpRequest, code: str) -> Unit:
    """The unit with this code, if the reader may see it; else 404."""
    return get_object_or_404(queries.units_seen(request.user).select_related("parent", "merged_into"), code=code)
