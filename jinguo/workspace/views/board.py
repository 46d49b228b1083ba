"""督办看板: who has signed, who has reported, whom to telephone. Shares of a set, never a ranking."""

from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jinguo.campaigns import dues, rules
from jinguo.campaigns.board import board_crumbs, board_tabs
from jinguo.campaigns.models import Ask, Campaign
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.models.circulation import CirculationState
from jinguo.campaigns.models.obligation import ObligationState
from jinguo.campaigns.queries import circulation as queries
from jinguo.campaigns.queries.circulation import Choice, Tally
from jinguo.campaigns.queries.forwarding import asks_answered_below, layers_of
from jinguo.campaigns.queries.rollup import board_of
from jinguo.campaigns.rules.plan import may_end
from jinguo.federation.models.unit import UnitClass
from jinguo.lib import clock
from jinguo.lib.rulings import require
from jinguo.reports.queries.clocks import signing_hours
from jinguo.reports.queries.coverage import untouched
from jinguo.workspace import links
from jinguo.workspace.board import schematic, whole_of
from jinguo.workspace.tables import table_names

PAGE = 50
LISTS = {"done": "done", "force": "in_force", "on_time": "on_time"}  # figures of a bar and the lists they open
BARS = 6  # asks drawn at once; the others are fetched when wanted

Sums = list[tuple[str, str]]


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The campaigns a user follows."""
    mine = Campaign.objects.visible_to(request.user).exclude(state=CampaignState.DRAFT)
    page = Paginator(mine.select_related("office__unit").order_by("-issued_at"), PAGE).get_page(page_number(request))
    tallies = queries.sign_tallies([campaign.pk for campaign in page])
    rows = [(campaign, tallies[campaign.pk]) for campaign in page]
    context = {"page": page, "rows": rows, "pager": pager_of(request, page), "notices_url": links.notices()}
    return render(request, "workspace/boards.html", context)


@require_safe
def overview(request: HttpRequest, campaign: str) -> HttpResponse:
    """总览: signing and each ask as bars, the parts of the city, what nobody has acted on. What waits for a person here is read
    beside it (`waits`), so that neither waits for the other."""
    found, now = seen(request, campaign), clock.now()
    whole = whole_of(found, now)
    idle = untouched(found, now, whole.coverage)
    sent = whole.standing.sign.sent
    context = {
        **frame(found, "overview"),
        "whole": whole,
        "tiles": schematic(found, whole.parts),
        "sign_due": dues.sign_due(found.sign_due_at, found.sign_due_origin),
        "sign_hours": signing_hours(found),
        "may_spread": rules.circulation.may_spread(found, request.user),
        "may_end": may_end(found, request.user),
        "sign": _sign_bar(found, whole.standing.sign),
        "asks": [_ask_bar(found, ask, tally, sent) for ask, tally in whole.asks[:BARS]],
        "more_asks": len(whole.asks[BARS:]),
        "untouched": idle,
        "untouched_until": dues.instant_words(idle.until) if idle.until else "",
        "untouched_asks": _untouched_asks(found, whole.asks, now),
    }
    return render(request, "workspace/board.html", context)


@require_safe
def asks(request: HttpRequest, campaign: str) -> HttpResponse:
    """每项报送要求: all of them as bars; the one screen draws the first and fetches the others from here."""
    found = seen(request, campaign)
    board = board_of(found, clock.now())
    bars = [_ask_bar(found, ask, tally, board.whole.sign.sent) for ask, tally in board.asks]
    own = {"crumbs": board_crumbs(found, {"label": _("每项报送要求")}), "asks": bars[:BARS], "more_asks": bars[BARS:]}
    return render(request, "workspace/board_asks.html", {**frame(found, "overview"), **own})


def _untouched_asks(campaign: Campaign, asks: list[tuple[Ask, Tally]], now: datetime) -> list[dict[str, Any]]:
    """Asks nobody has answered, here or where they were passed on, and nobody was given more time for, while they are not
    due yet."""
    silent = [
        (ask, tally)
        for ask, tally in asks
        if tally.total and not tally.done and not tally.counts.get("extended")
        and ((due := dues.due_confirmed(ask)) is None or due > now)
    ]  # fmt: skip
    below = asks_answered_below(campaign) if silent else set()
    return [_ask_bar(campaign, ask, tally, 0) for ask, tally in silent if ask.pk not in below]


@require_safe
def signing(request: HttpRequest, campaign: str) -> HttpResponse:
    """签收: every unit with its evidence."""
    found = seen(request, campaign)
    choice = _choice(request)
    page = Paginator(queries.circulation_list(found, choice, clock.now()), PAGE).get_page(page_number(request))
    contacts = queries.first_contacts(row.unit_id for row in page)
    letters = queries.messages_about(page)
    layers = layers_of(page)
    rows = [(row, letters[row.code][:1], contacts.get(row.unit_id), layers.get(row.pk)) for row in page]
    listed = _list(request, found, page, choice, CirculationState, _sign_sums())
    context = {**frame(found, "signing"), **listed, "rows": rows}
    return render(request, "workspace/board_signing.html", context)


@require_safe
def reporting(request: HttpRequest, campaign: str) -> HttpResponse:
    """报送: every obligation with its computed state."""
    found, now = seen(request, campaign), clock.now()
    choice = _choice(request)
    asks = list(found.asks.order_by("pk"))
    ask = next((ask for ask in asks if ask.code == request.GET.get("ask")), None)
    page = Paginator(queries.obligation_list(found, choice, now, ask), PAGE).get_page(page_number(request))
    contacts = queries.first_contacts(row.unit_id for row in page)
    rows = [(row, dues.ask_due(row.ask, row.due_at, row.extended_to), contacts.get(row.unit_id)) for row in page]
    context = {
        **frame(found, "reporting"),
        **_list(request, found, page, choice, ObligationState, _report_sums()),
        "rows": [(row, row.state_at(now).label, due, contact) for row, due, contact in rows],
        "asks": asks,
        "ask": ask,
    }
    return render(request, "workspace/board_reporting.html", context)


def seen(request: HttpRequest, code: str) -> Campaign:
    """An issued campaign this user may follow; 404 where it is not hers to see."""
    rows = Campaign.objects.visible_to(request.user).select_related("office__unit")
    found = get_object_or_404(rows, code=code)
    require(rules.circulation.may_follow(found, request.user))
    return found


def frame(campaign: Campaign, here: str) -> dict[str, Any]:
    """What every tab of one board shows."""
    return {
        "campaign": campaign,
        "now": clock.now(),
        "tabs": board_tabs(campaign, here),
        "crumbs": board_crumbs(campaign),
        "summaries_url": links.summaries(),
        "downloads": table_names(),
    }


def _sign_sums() -> Sums:
    """Figures of signing that add several states, with the name of the list each opens."""
    return [
        ("all_signed", _("签了的，连代签收")), ("unsigned", _("还没签的")), ("in_force", _("该签的")), ("to_phone", _("该打电话的")),
        ("closed", _("没签就撤并、不算的")),
    ]  # fmt: skip


def _report_sums() -> Sums:
    """The same of reporting."""
    return [
        ("done", _("报了的，连零报告")), ("in_force", _("应报的")), ("late", _("过期没报的")), ("on_time", _("按时报的")),
        ("asked", _("申请了延期、等答复的")), ("closed", _("期限前撤并、不算的")),
    ]  # fmt: skip


def _bar(tally: Tally, list_url: str, states: Any, extra: str = "") -> dict[str, Any]:
    """A tally with each share leading to the list it counts."""
    counts = {str(states(word).label): number for word, number in tally.counts.items()}
    urls = {str(states(word).label): f"{list_url}?state={word}{extra}" for word in tally.counts}
    return {"tally": tally, "counts": counts, "urls": urls}


def _sign_bar(campaign: Campaign, tally: Tally) -> dict[str, Any]:
    url = reverse("workspace:board_signing", args=[campaign.code])
    return {
        **_bar(tally, url, CirculationState),
        "done_url": f"{url}?state=all_signed",
        "all_url": f"{url}?state=in_force",
    }


def _ask_bar(campaign: Campaign, ask: Ask, tally: Tally, sent: int) -> dict[str, Any]:
    url = reverse("workspace:board_reporting", args=[campaign.code])
    bar = _bar(tally, url, ObligationState, f"&ask={ask.code}")
    on_time = None if tally.on_time is None else queries.percent(tally.on_time, tally.total)
    raw = None if tally.on_time_raw in (None, tally.on_time) else queries.percent(tally.on_time_raw, tally.total)
    lists = {f"{name}_url": f"{url}?state={state}&ask={ask.code}" for name, state in LISTS.items()}
    return {**bar, **lists, "sent": sent, "ask": ask, "due": dues.ask_due(ask), "on_time": on_time, "on_time_raw": raw}


def _choice(request: HttpRequest) -> Choice:
    asked: QueryDict = request.GET
    names = ("state", "unit_class", "place", "words")
    return Choice(**{name: asked.get(name, "").strip()[:40] for name in names})


def _list(
    request: HttpRequest, campaign: Campaign, page: Page, choice: Choice, states: Any, sums: Sums
) -> dict[str, Any]:
    return {
        "page": page,
        "choice": choice,
        "states": states.choices,
        "sums": sums,
        "classes": UnitClass.choices,
        "parts": queries.places_to_choose(campaign, choice.place),
        "pager": pager_of(request, page),
    }


def pager_of(request: HttpRequest, page: Page) -> dict[str, str]:
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


def page_number(request: HttpRequest) -> int:
    """The page asked for; the first for anything odd."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
