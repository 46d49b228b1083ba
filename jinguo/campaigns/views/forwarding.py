"""转发: passing a notice on, behind the unit's link or at its desk; the local notice made from it; the layer it makes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinguo.campaigns import local_paper
from jinguo.campaigns.actions import forwarding as actions
from jinguo.campaigns.forwarding_forms import LocalForm, PassOnForm
from jinguo.campaigns.hours import opens_words
from jinguo.campaigns.models import Campaign, Circulation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.queries import forwarding as queries
from jinguo.campaigns.rules import forwarding as rules
from jinguo.campaigns.views.circulation import copy_or_404
from jinguo.campaigns.views.link import page_of, received_copy
from jinguo.campaigns.views.plan import campaign_at, steps_of
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Link
from jinguo.journal.queries import just_did
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require
from jinguo.notices.forms import put_error
from jinguo.ui import dates


def labels() -> dict[str, tuple[str, str, str]]:
    """State of a line → its name in the reader's language, tone and icon."""
    return {
        queries.KEPT: (_("保留"), "ok", "check"), queries.CHANGED: (_("改写"), "warn", "edit"),
        queries.DROPPED: (_("没有写进"), "danger", "x"), queries.ADDED: (_("本级新增"), "info", "right"),
    }  # fmt: skip


def said(lines: list[queries.Line]) -> list[tuple[queries.Line, str, str, str]]:
    """Lines with what their tags say."""
    words = labels()
    return [(line, *words[line.state]) for line in lines]


@require_http_methods(["GET", "POST"])
def forward(request: HttpRequest, link: Link | None = None, circulation: str = "") -> HttpResponse:
    """原样转发 in one press. Behind a link only the usual sentence to those below; her own words need an account."""
    copy, actor = received_copy(request, circulation), actor_of(request)
    may_write = rules.may_write(copy, actor)
    form = PassOnForm(
        request.POST if request.method == "POST" and may_write else None,
        initial={"cover": local_paper.cover_for(copy.campaign)},
    )
    if request.method == "POST":
        require(rules.may_forward(copy, actor))
        if (not may_write or form.is_valid()) and _passed_on(request, copy, form, own=bool(may_write)):
            return redirect(page_of(request, copy))
    context = {
        "base": "ui/link.html" if link else "ui/workspace.html",
        "copy": copy,
        "form": form,
        "told": queries.told_of(copy),
        "onward": queries.onward_of(copy),
        "usual": local_paper.cover_for(copy.campaign),
        "may_forward": rules.may_forward(copy, actor),
        "may_write": may_write,
        "page_url": page_of(request, copy),
        "opens": opens_words(),
    }
    return render(request, "campaigns/forward.html", context, status=422 if form.errors else 200)


def _passed_on(request: HttpRequest, copy: Circulation, form: PassOnForm, *, own: bool) -> bool:
    cover, until = (form.cleaned_data["cover"], form.until()) if own else ("", None)
    try:
        made = actions.pass_on(
            copy, by=actor_of(request), cover=cover, sign_due_at=until, at_once="now" in request.POST
        )
    except Invalid as problem:
        put_error(form, problem)
        return False
    told = made.circulations.count()
    if made.letters_at and made.letters_at > clock.now():
        words = {"n": told, "when": dates.moment_text(made.letters_at, clock.now())}
        messages.success(request, _("转发了，上级看得到。%(n)s 个单位的邮件 %(when)s 寄出。") % words)
    else:
        messages.success(request, _("转发了，%(n)s 个单位会收到邮件和自己的链接。上级也看得到。") % {"n": told})
    return True


@require_POST
def begin(request: HttpRequest, circulation: str) -> HttpResponse:
    """Begin a local notice, or go on with the one begun."""
    made = actions.begin_local(received_copy(request, circulation), by=actor_of(request))
    return redirect("campaigns:local", made.code)


@require_http_methods(["GET", "POST"])
def local(request: HttpRequest, campaign: str) -> HttpResponse:
    """The local notice: clause by clause while it is a draft, afterwards what became of each."""
    row = _passing(request, campaign)
    lines, asks = queries.lines_of(row), queries.ask_lines_of(row)
    draft = row.state == CampaignState.DRAFT and not row.unchanged
    form = LocalForm(row, lines, asks, request.POST if request.method == "POST" else None) if draft else None
    if request.method == "POST":
        require(rules.may_shape(row, actor_of(request)))
        if form is not None and form.is_valid() and _shaped(request, row, form):
            target = "campaigns:recipients" if "next" in request.POST else "campaigns:local"
            return redirect(target, row.code)
    context = {
        "campaign": row,
        "above": row.passes_on.campaign,
        "copy": row.passes_on,
        "form": form,
        "may_shape": rules.may_shape(row, actor_of(request)),
        "lines": said(lines),
        "asks": said(asks),
        "steps": steps_of(row),
        "crumbs": [{"label": _("工作计划"), "url": reverse("campaigns:list")}, {"label": row.title}],
    }
    return render(request, "campaigns/local.html", context, status=422 if form is not None and form.errors else 200)


def _shaped(request: HttpRequest, row: Campaign, form: LocalForm) -> bool:
    try:
        actions.shape_local(row, form.shape(), by=actor_of(request))
    except Invalid as problem:
        put_error(form, problem)
        return False
    messages.success(request, _("存好了。还没有发出去。"))
    return True


@require_POST
def drop(request: HttpRequest, campaign: str) -> HttpResponse:
    """不写了: the draft goes."""
    line = just_did(actor_of(request), "campaign.drop", kind="campaign", code=campaign)
    if line is None:
        row = _passing(request, campaign)
        actions.drop_local(row, by=actor_of(request))
        code = row.passes_on.code
    else:  # her own press, a moment sooner
        code = line.facts["copy"]
    messages.success(request, _("草稿删掉了。随时可以重新写，或者原样转发。"))
    return redirect("workspace:received", code)


@require_safe
def layer(request: HttpRequest, circulation: str) -> HttpResponse:
    """What one unit made of the notice, and how far it got below: for the office that issued it, and for the unit."""
    copy = copy_or_404(request, circulation)
    require(rules.may_see_layer(copy, actor_of(request)))
    onward = queries.onward_of(copy)
    if onward is None or onward.state == CampaignState.DRAFT:
        raise NotThere(_("这个单位还没有转发这份通知。"))
    onward.passes_on = copy
    context = {
        "copy": copy,
        "onward": onward,
        "layer": queries.layers_of([copy])[copy.pk],
        "lines": said(queries.lines_of(onward)),
        "asks": said(queries.ask_lines_of(onward)),
        "rows": queries.layer_below(onward),
        "crumbs": [
            {"label": copy.campaign.doc_number or copy.campaign.title, "url": _board(copy.campaign)},
            {"label": str(copy.unit)},
        ],
    }
    return render(request, "campaigns/layer.html", context)


@require_safe
def below(request: HttpRequest, circulation: str) -> HttpResponse:
    """The units below a county that were sent the same notice, with what each signed and owes: where it may step in."""
    copy = received_copy(request, circulation)
    context = {"copy": copy, "rows": queries.reached_below(copy, actor_of(request)), "page_url": page_of(request, copy)}
    return render(request, "campaigns/below.html", context)


def _board(campaign: Campaign) -> str:
    return reverse("workspace:board_layers", args=[campaign.code])


def _passing(request: HttpRequest, code: str) -> Campaign:
    """A notice of one's own office that passes another on."""
    row = campaign_at(request, code)
    if row.passes_on_id is None:
        raise NotThere(_("这份通知不是转发上级的。"))
    copy = Circulation.objects.select_related("campaign__office__unit", "campaign__notice__file", "unit")
    row.passes_on = copy.get(pk=row.passes_on_id)
    return row
