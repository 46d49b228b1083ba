"""Standing places as a sheet: taken away, changed, sent back, looked at, written."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.federation.actions.kept_books import sheets_of
from jinguo.federation.models import Unit
from jinguo.federation.queries import called, home_of
from jinguo.journal.queries import just_did
from jinguo.lib.errors import Invalid, NotThere, Problem, Stale
from jinguo.lib.sheets import read_workbook, write_workbook
from jinguo.stations import queries
from jinguo.stations.actions import importing as actions
from jinguo.stations.forms import SheetForm, StationForm
from jinguo.stations.models import OnHolidays, Station, StationImport
from jinguo.stations.ways import frame, way
from jinguo.stations.workbook import (
    Fault,
    StationLine,
    StationPlan,
    cell_at,
    facts_of,
    rows_of,
    said_of,
    table_of,
    typed_of,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100
NEW: dict[str, Any] = {"holidays": OnHolidays.REST, "shown": True, "slot_seats": 1, "days_ahead": 14}


@require_GET
def stations_export(request: HttpRequest) -> HttpResponse:
    """The places an officer keeps, and those below, as a sheet; `?empty=1` only its heads."""
    rows = [] if request.GET.get("empty") == "1" else list(queries.kept_by(request.user))
    actions.note_export(_home(request), len(rows), by=request.user)
    answer = HttpResponse(write_workbook([table_of(rows)]), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="stations.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


def stations_import(request: HttpRequest) -> HttpResponse:
    """Send a sheet in; no place changes yet."""
    home = _home(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = actions.keep_sheet(home, read_workbook(file.read(), file.name), name=file.name, by=request.user)
        except Invalid as problem:
            form.add_error("file", str(problem.sentence))
        else:
            return redirect("stations:import_view", row.code)
    context = {"form": form, "home": home, **frame(request)}
    return render(request, "stations/import.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def import_view(request: HttpRequest, station_import: str) -> HttpResponse:
    """What would be added and changed, or which cells are wrong."""
    return _preview(request, _seen(request, station_import))


@require_POST
def import_write(request: HttpRequest, station_import: str) -> HttpResponse:
    """Write exactly what was shown."""
    row = _seen(request, station_import)
    if not row.waits:
        return _over(request, row)
    plan = plan_of(request, row)
    try:
        actions.write_sheet(row, plan, shown=request.POST.get("shown", ""), by=request.user)
    except (Invalid, Stale) as problem:
        fresh = _seen(request, station_import)
        return _preview(request, fresh, problem) if fresh.waits else _over(request, fresh, problem)
    return _written(request, {"added": plan.added, "changed": len(plan.lines) - plan.added})


def _over(request: HttpRequest, row: StationImport, problem: Problem | None = None) -> HttpResponse:
    """It was written or dropped before: by her own press a moment sooner, or by somebody else."""
    if just_did(request.user, "station.write_sheet", kind=row.called, code=row.code):
        return _written(request, row.counts)
    return _preview(request, row, problem)


def _written(request: HttpRequest, counts: dict[str, int]) -> HttpResponse:
    said = _("写好了：新登记 %(new)s 处，改了 %(old)s 处。") % {"new": counts["added"], "old": counts["changed"]}
    messages.success(request, said)
    return redirect("stations:list")


@require_POST
def import_drop(request: HttpRequest, station_import: str) -> HttpResponse:
    """Do nothing with it."""
    actions.drop_sheet(_seen(request, station_import), by=request.user)
    messages.success(request, _("没有采用，服务点一处也没有动。"))
    return redirect("stations:import")


def _preview(request: HttpRequest, row: StationImport, problem: Problem | None = None) -> HttpResponse:
    plan = plan_of(request, row) if row.waits else None
    context = {
        "import": row,
        "plan": plan,
        "lines": plan.lines[:SHOWN] if plan else (),
        "more_lines": max(len(plan.lines) - SHOWN, 0) if plan else 0,
        "faults": plan.faults[:SHOWN] if plan else (),
        "problem": problem,
        **frame(request, (_("用表格登记服务点"), way(request, "import"))),
    }
    return render(request, "stations/import_preview.html", context, status=problem.status if problem else 200)


def plan_of(request: HttpRequest, row: StationImport) -> StationPlan:
    """What a sheet would do now: each row goes through the same form as a place typed by hand."""
    sheets = sheets_of(row)
    at, rows, faults = rows_of(sheets[0]) if sheets else ({}, [], [Fault("", _("表里一行也没有。"))])
    lines: list[StationLine] = []
    same, met = 0, set[tuple[int, str]]()
    known = {(one.unit_id, one.name): one for one in queries.kept_by(request.user)}
    by_code = {one.code: one for one in known.values()}
    for number, said in rows:
        station, wrong = _station(request, said, known, by_code)
        line = None if wrong else _line(request, number, said, station)
        if isinstance(line, StationLine):
            key = (line.unit.pk, line.draft.name)
            if key in met:
                wrong = {"name": _("表里有两行是同一个单位的同一个名字。")}
            elif line.says:
                lines.append(line)
            else:
                same += 1
            met.add(key)
        elif line is not None:
            wrong = line
        faults += [Fault(cell_at(at, column, number), sentence) for column, sentence in wrong.items()]
    return StationPlan(tuple(lines), tuple(faults), same)


def _station(
    request: HttpRequest, said: dict[str, str], known: dict[tuple[int, str], Station], by_code: dict[str, Station]
) -> tuple[Station | None, dict[str, str]]:
    """The place a row is about: by its number, else by unit and name; None: a new one."""
    code = said.get("code", "")
    if code and code not in by_code:
        return None, {"code": _("没有这个编号，或不归您管，或已经撤了。新登记的把编号空着。")}
    if code:
        station = by_code[code]
        other = said.get("unit") not in (None, "", station.unit.name, station.unit.short_name)
        return station, {"unit": _("服务点不能换单位。请撤掉这一处，再给那个单位登记一处。")} if other else {}
    units = list(called(request.user, said.get("unit", ""), act="station.create"))
    return known.get((units[0].pk, said.get("name", ""))) if len(units) == 1 else None, {}


def _line(
    request: HttpRequest, number: int, said: dict[str, str], station: Station | None
) -> StationLine | dict[str, str]:
    """What a row would do, or what is wrong in it by column."""
    standing = facts_of(station) if station else NEW
    typed, wrong = typed_of(said, standing)
    unit = station.unit if station else None
    form = StationForm(
        {**typed, "unit": said.get("unit", ""), "code": ""}, unit=unit,
        units=lambda words: called(request.user, words, act="station.create"),
    )  # fmt: skip
    if wrong or not form.is_valid():
        return wrong | {name: str(errors[0]) for name, errors in form.errors.items() if name not in wrong}
    draft = form.draft()
    return StationLine(number, form.keeper(), station, draft, said_of(draft, standing if station else {}, said))


def _home(request: HttpRequest) -> Unit:
    """The highest unit whose places the reader keeps."""
    home = home_of(request.user, "station.edit")
    if home is None:
        raise NotThere(_("没有您能登记服务点的单位。"))
    return home


def _seen(request: HttpRequest, code: str) -> StationImport:
    return get_object_or_404(queries.imports_seen(request.user), code=code)
