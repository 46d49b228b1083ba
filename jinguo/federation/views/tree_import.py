"""The tree as a workbook: taken away, mended, sent back, looked at, written."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jinguo.federation import queries, rules
from jinguo.federation.actions import tree_import as actions
from jinguo.federation.actions.export import note_export
from jinguo.federation.forms.units import ImportForm
from jinguo.federation.models import TreeImport, Unit
from jinguo.federation.queries.import_plan import Kind, Plan, plan_of
from jinguo.federation.queries.workbook import MOST, tables_of
from jinguo.journal.queries import just_did
from jinguo.lib.errors import Invalid, NotThere, Problem, Stale
from jinguo.lib.rulings import require
from jinguo.lib.sheets import read_workbook, write_workbook

PAGE = 100
FAULTS = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def kind_words() -> dict[str, str]:
    """What each kind is called, and in which order they are shown."""
    return {
        Kind.ADD: _("新增"), Kind.CHANGE: _("资料有改动"), Kind.MOVE: _("换上级"), Kind.MERGE: _("合并"), Kind.CLOSE: _("单位撤销"),
        Kind.REOPEN: _("恢复"),
    }  # fmt: skip


@require_GET
def units_export(request: HttpRequest) -> HttpResponse:
    """The units an officer may change, as a workbook; with names and mobiles only when she asks for them."""
    private, empty = request.GET.get("with") == "people", request.GET.get("empty") == "1"
    above = queries.units_seen(request.user).filter(code=request.GET.get("under", "")).first()
    ended = request.GET.get("ended") == "1"
    tables = tables_of(request.user, under=above, private=private, empty=empty, ended=ended)
    if len(tables[0].rows) > MOST:
        raise Invalid(_("单位太多，一次装不下一张表。请打开某个单位的“下级单位”，在那里分别下载。"))
    note_export(above or _home(request), units=len(tables[0].rows), private=private, by=request.user)
    answer = HttpResponse(write_workbook(tables), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="units.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


def units_import(request: HttpRequest) -> HttpResponse:
    """Send a workbook in; nothing in the tree changes yet."""
    home = _home(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = actions.keep_workbook(home, read_workbook(file.read(), file.name), name=file.name, by=request.user)
        except Invalid as problem:
            form.add_error("file", str(problem.sentence))
        else:
            return redirect("federation:import_view", row.code)
    before = queries.imports_seen(request.user).order_by("-came_at")[:5]
    context = {"form": form, "home": home, "before": [_told(row) for row in before]}
    return render(request, "federation/import.html", context, status=422 if request.method == "POST" else 200)


def _told(row: TreeImport) -> dict[str, Any]:
    words = kind_words()
    counts = [f"{words[kind]} {row.counts[kind]}" for kind in words if row.counts.get(kind)]
    return {"row": row, "state": row.get_state_display(), "counts": "、".join(counts)}


@require_GET
def import_view(request: HttpRequest, tree_import: str) -> HttpResponse:
    """What would be added, changed, closed and merged."""
    row = _seen(request, tree_import)
    if not row.waits:
        return render(request, "federation/import_done.html", _told(row))
    return _preview(request, row)


@require_POST
def import_write(request: HttpRequest, tree_import: str) -> HttpResponse:
    """Write exactly what was shown."""
    row = _seen(request, tree_import)
    try:
        plan = actions.write_workbook(row, shown=request.POST.get("shown", ""), by=request.user)
    except (Invalid, Stale) as problem:
        fresh = _seen(request, tree_import)
        if fresh.waits:
            return _preview(request, fresh, problem)
        if just_did(request.user, "unit.write_workbook", kind=fresh.called, code=fresh.code) is None:
            raise
        return _written(request, fresh.counts)
    return _written(request, plan.counts())


def _written(request: HttpRequest, written: dict[str, int]) -> HttpResponse:
    words = kind_words()
    counts = "、".join(f"{words[kind]} {n}" for kind, n in written.items())
    messages.success(request, _("写好了：%(counts)s。") % {"counts": counts or _("没有要改的")})
    return redirect("federation:units")


@require_POST
def import_drop(request: HttpRequest, tree_import: str) -> HttpResponse:
    """Do nothing with it."""
    actions.drop_workbook(_seen(request, tree_import), by=request.user)
    messages.success(request, _("没有采用，单位一家也没有动；表里的联系人也删掉了。"))
    return redirect("federation:units_import")


def _preview(request: HttpRequest, row: TreeImport, problem: Problem | None = None) -> HttpResponse:
    plan = plan_of(request.user, actions.book_of(row))
    counts, words = plan.counts(), kind_words()
    asked = request.GET.get("kind", "")
    lines = [line for line in plan.lines if not asked or line.kinds[0] == asked]
    for line in lines:
        line.labels = [words[kind] for kind in line.kinds]  # type: ignore[attr-defined]
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    context = {
        "import": row,
        "plan": plan,
        "faults": plan.faults[:FAULTS],
        "more_faults": max(len(plan.faults) - FAULTS, 0),
        "page": page,
        "pager": _pager(page, asked),
        "chips": _chips(counts, words, asked, plan),
        "chips_label": _("看哪些改动"),
        "problem": problem,
        "figures": [(words[kind], counts[kind]) for kind in words if kind in counts],
    }
    status = problem.status if problem else 200
    return render(request, "federation/import_preview.html", context, status=status)


def _chips(counts: dict[str, int], words: dict[str, str], asked: str, plan: Plan) -> list[dict[str, Any]]:
    every = [("", _("全部"), len(plan.lines))] + [(kind, words[kind], counts[kind]) for kind in words if kind in counts]
    return [
        {"label": label, "count": n, "url": f"?kind={kind}" if kind else "?", "current": kind == asked}
        for kind, label, n in every
    ]


def _pager(page: Any, asked: str) -> dict[str, str]:
    def url(number: int) -> str:
        return "?" + urlencode({"kind": asked, "page": number} if asked else {"page": number})

    return {
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
        "text": _("第 %(n)s 页，共 %(all)s 页") % {"n": page.number, "all": page.paginator.num_pages}
        if page.paginator.num_pages > 1
        else "",
    }


def _home(request: HttpRequest) -> Unit:
    """The highest unit in whose name the reader may change units; the door lets nobody in without one."""
    home = queries.home_of(request.user, "unit.edit")
    if home is None:
        raise NotThere(_("没有您能改的单位。"))
    return home


def _seen(request: HttpRequest, code: str) -> TreeImport:
    row = get_object_or_404(queries.imports_seen(request.user), code=code)
    require(rules.may_edit_unit(row.unit, request.user))
    return row
