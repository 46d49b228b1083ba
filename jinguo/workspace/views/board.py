"""督办看板: who has signed, who has reported, whom to telephone. Shares of a set, never a ranking."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jinguo.campaigns import dues, rules
from jinguo.campaigns.models import Ask, Burden, Campaign, ExtensionRequest
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.circulation import CirculationState
from jinguo.campaigns.models.obligation import ObligationState
from jinguo.campaigns.queries import circulation as queries
from jinguo.campaigns.queries.circulation import Choice, Tally
from jinguo.campaigns.queries.forwarding import layers_of
from jinguo.federation.models.unit import UnitClass
from jinguo.lib import clock
from jinguo.lib.rulings import require
from jinguo.workspace import links

PAGE = 50
TO_PHONE = 30


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The campaigns a user follows."""
    mine = Campaign.objects.visible_to(request.user).exclude(state=CampaignState.DRAFT)
    page = Paginator(mine.select_related("office__unit").order_by("-issued_at"), PAGE).get_page(_number(request))
    tallies = queries.sign_tallies([campaign.pk for campaign in page])
    rows = [(campaign, tallies[campaign.pk]) for campaign in page]
    context = {"page": page, "rows": rows, "pager": _pager(request, page), "notices_url": links.notices()}
    return render(request, "workspace/boards.html", context)


@require_safe
def overview(request: HttpRequest, campaign: str) -> HttpResponse:
    """总览: one bar for signing, one for each ask, and whom to telephone."""
    found, now = seen(request, campaign), clock.now()
    signed = queries.sign_tally(found)
    reported = queries.report_tallies(found, now)
    unsigned = queries.unsigned_to_phone(found, now)
    silent = queries.reports_to_phone(found, now)
    to_phone, long_silent = list(unsigned[:TO_PHONE]), list(silent[:TO_PHONE])
    contacts = queries.first_contacts({row.unit_id for row in [*to_phone, *long_silent]})
    unsigned_total = unsigned.count()
    context = {
        **frame(found, "overview"),
        "sign_due": dues.sign_due(found.sign_due_at, found.sign_due_origin),
        "may_spread": rules.circulation.may_spread(found, request.user),
        "sign_overdue": queries.sign_is_overdue(found, now),
        "sign": _bar(signed, reverse("workspace:board_signing", args=[found.code]), CirculationState),
        "asks": [_ask_bar(found, ask, tally) for ask, tally in reported],
        "to_phone": [(row, contacts.get(row.unit_id)) for row in to_phone],
        "to_phone_total": unsigned_total,
        "phone_total": unsigned_total + sum(tally.counts.get("long_overdue", 0) for _ask, tally in reported),
        "long_silent": [(row, contacts.get(row.unit_id)) for row in long_silent],
        "burdens": Burden.objects.filter(circulation__campaign=found, heard_at=None).select_related(
            "circulation__unit", "ask"
        ),
        "extensions": ExtensionRequest.objects.waiting()
        .filter(obligation__ask__campaign=found)
        .select_related("obligation__unit", "obligation__ask"),
    }
    return render(request, "workspace/board.html", context)


@require_safe
def signing(request: HttpRequest, campaign: str) -> HttpResponse:
    """签收: every unit with its evidence."""
    found = seen(request, campaign)
    choice = _choice(request)
    page = Paginator(queries.circulation_list(found, choice), PAGE).get_page(_number(request))
    contacts = queries.first_contacts(row.unit_id for row in page)
    letters = queries.messages_about(page)
    layers = layers_of(page)
    rows = [(row, letters[row.code][:1], contacts.get(row.unit_id), layers.get(row.pk)) for row in page]
    context = {**frame(found, "signing"), **_list(request, found, page, choice, CirculationState), "rows": rows}
    return render(request, "workspace/board_signing.html", context)


@require_safe
def reporting(request: HttpRequest, campaign: str) -> HttpResponse:
    """报送: every obligation with its computed state."""
    found, now = seen(request, campaign), clock.now()
    choice = _choice(request)
    asks = list(found.asks.order_by("pk"))
    ask = next((ask for ask in asks if ask.code == request.GET.get("ask")), None)
    page = Paginator(queries.obligation_list(found, choice, now, ask), PAGE).get_page(_number(request))
    contacts = queries.first_contacts(row.unit_id for row in page)
    rows = [(row, dues.ask_due(row.ask, row.due_at, row.extended_to), contacts.get(row.unit_id)) for row in page]
    context = {
        **frame(found, "reporting"),
        **_list(request, found, page, choice, ObligationState),
        "rows": [(row, row.state_at(now).label, due, contact) for row, due, contact in rows],
        "asks": asks,
        "ask": ask,
    }
    return render(request, "workspace/board_reporting.html", context)


def seen(request: HttpRequest, code: str) -> Campaign:
    """The issued campaign at an address, if this person follows it."""
    rows = Campaign.objects.visible_to(request.user).select_related("office__unit")
    found = get_object_or_404(rows, code=code)
    require(rules.circulation.may_follow(found, request.user))
    return found


def frame(campaign: Campaign, here: str) -> dict[str, Any]:
    """What every tab of one board shows."""
    code = campaign.code
    tabs = [
        ("overview", _("总览"), reverse("workspace:board", args=[code])),
        ("signing", _("签收"), reverse("workspace:board_signing", args=[code])),
        ("reporting", _("报送"), reverse("workspace:board_reporting", args=[code])),
        ("clauses", _("条款"), links.coverage(code)),
        ("layers", _("下一层"), reverse("workspace:board_layers", args=[code])),
        ("events", _("自办活动"), reverse("workspace:board_events", args=[code])),
    ]
    return {
        "campaign": campaign,
        "now": clock.now(),
        "tabs": [{"label": label, "url": url, "current": name == here} for name, label, url in tabs],
        "crumbs": [{"label": _("督办看板"), "url": reverse("workspace:boards")}, {"label": campaign.title}],
        "summaries_url": links.summaries(),
    }


def _bar(tally: Tally, list_url: str, states: Any, extra: str = "") -> dict[str, Any]:
    """A tally with each share leading to the list it counts."""
    counts = {str(states(word).label): number for word, number in tally.counts.items()}
    urls = {str(states(word).label): f"{list_url}?state={word}{extra}" for word in tally.counts}
    return {"tally": tally, "counts": counts, "urls": urls}


def _ask_bar(campaign: Campaign, ask: Ask, tally: Tally) -> dict[str, Any]:
    url = reverse("workspace:board_reporting", args=[campaign.code])
    bar = _bar(tally, url, ObligationState, f"&ask={ask.code}")
    on_time = None if tally.on_time is None else queries.percent(tally.on_time, tally.total)
    raw = None if tally.on_time_raw in (None, tally.on_time) else queries.percent(tally.on_time_raw, tally.total)
    return {**bar, "ask": ask, "due": dues.ask_due(ask), "on_time": on_time, "on_time_raw": raw}


def _choice(request: HttpRequest) -> Choice:
    asked: QueryDict = request.GET
    names = ("state", "unit_class", "county", "words")
    return Choice(**{name: asked.get(name, "").strip()[:40] for name in names})


def _list(request: HttpRequest, campaign: Campaign, page: Page, choice: Choice, states: Any) -> dict[str, Any]:
    return {
        "page": page,
        "choice": choice,
        "states": states.choices,
        "classes": UnitClass.choices,
        "counties": queries.counties(campaign),
        "pager": _pager(request, page),
    }


def _pager(request: HttpRequest, page: Page) -> dict[str, str]:
    """Addresses of the pages beside this one, filters kept."""
    if page.paginator.num_pages < 2:
        return {}

    def address(number: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    return {
        "text": _("第 %(n)s 页，共 %(all)s 页") % {"n": page.number, "all": page.paginator.num_pages},
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
