"""摆示意图: the office's counties on a grid, as they lie. A press picks one, the next says where it goes; works without scripts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jinguo.federation import rules
from jinguo.federation.actions import map as actions
from jinguo.federation.forms.units import MapForm
from jinguo.federation.models import Office
from jinguo.federation.models.map_place import HIGH, WIDE
from jinguo.federation.queries.map import Place, as_sheet, grid_of, office_arranged, office_fits
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require


def map_page(request: HttpRequest) -> HttpResponse:
    """The grid; a POST puts one county into a cell, lays all of them out anew, or forgets it all."""
    office = _office(request)
    require(rules.may_edit_unit(office.unit, request.user))
    form, picked = MapForm(request.POST if "sheet" in request.POST else None), request.GET.get("pick", "")[:12]
    if request.method == "POST":
        said = _posted(request, office, form)
        if said:
            messages.success(request, said)
            return redirect("federation:map")
    places = grid_of(office)
    chosen = next((place for place in places if place.unit.code == picked), None)
    if not form.is_bound:
        form = MapForm(initial={"sheet": as_sheet(places)})
    context = {
        "office": office, "rows": _rows(places), "chosen": chosen, "form": form, "fits": office_fits(office),
        "arranged": office.map_places.exists(), "anybody": bool(places),
    }  # fmt: skip
    return render(request, "federation/map.html", context, status=422 if request.method == "POST" else 200)


def _posted(request: HttpRequest, office: Office, form: MapForm) -> str:
    """Do what the pressed button says; "" when something has to be mended."""
    if "forget" in request.POST:
        actions.forget_map(office, by=request.user)
        return _("改回按区划顺序排了。")
    if "cell" in request.POST:
        actions.put_on_map(office, request.POST.get("unit", ""), _cell(request.POST["cell"]), by=request.user)
        return _("摆好了。")
    if form.is_bound and form.is_valid():
        try:
            actions.lay_out_map(office, form.cleaned_data["sheet"], by=request.user)
            return _("摆好了。")
        except Invalid as problem:
            form.add_error(problem.field, str(problem.sentence))
    return ""


def _cell(said: str) -> tuple[int, int]:
    """Column and row of "3-0"; a cell off the grid for anything else."""
    column, _dash, row = said.partition("-")
    inside = all(part.isascii() and part.isdigit() and len(part) < 3 for part in (column, row))
    return (int(column), int(row)) if inside else (-1, -1)


def _rows(places: list[Place]) -> list[list[dict[str, Any]]]:
    """The grid line by line; each cell knows who stands there and how it is called aloud."""
    there = {(place.column, place.row): place for place in places}
    return [[_shown(there.get((column, row)), column, row) for column in range(WIDE)] for row in range(HIGH)]


def _shown(place: Place | None, column: int, row: int) -> dict[str, Any]:
    where = {"row": row + 1, "column": column + 1, "name": place.name if place else _("空")}
    spoken = _("第 %(row)s 行第 %(column)s 列：%(name)s") % where
    return {"place": place, "value": f"{column}-{row}", "spoken": spoken}


def _office(request: HttpRequest) -> Office:
    office = office_arranged(request.user)
    if office is None:
        raise NotThere(_("您的单位没有设发文办公室，还没有示意图可摆。"))
    return office
