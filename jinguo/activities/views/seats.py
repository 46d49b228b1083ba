"""Seats of a session: who they are kept for, how many, when sign-up opens and closes. Every press may be sent twice."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.activities import rules
from jinguo.activities.actions import pools as actions
from jinguo.activities.forms import GatesForm, PoolForm
from jinguo.activities.models import SeatPool, Session
from jinguo.activities.models.session import PoolKind
from jinguo.activities.queries import desk, making
from jinguo.activities.ways import frame, way
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Problem, Refused
from jinguo.lib.rulings import require


def fetch(request: HttpRequest, activity: str, session: str) -> Session:
    """A session whose seats this actor may set.

    Raises:
        NotThere: none such, or not hers to see. Refused: hers to see, not to change.
    """
    found = desk.session_seen(actor_of(request), activity, session)
    if found is None:
        raise NotThere(_("没有这一场，或不归您管。请从活动列表里再找。"))
    require(rules.may_set_seats(found.activity, actor_of(request)))
    return found


def fetch_pool(request: HttpRequest, activity: str, session: str, pool: str) -> SeatPool:
    """One pool of such a session."""
    found = fetch(request, activity, session)
    row = SeatPool.objects.for_joining().filter(session=found, code=pool).first()
    if row is None:
        raise NotThere(_("没有这一组席位。请刷新再看。"))
    return row


def seats(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """All pools, and the gates."""
    return _page(request, fetch(request, activity, session))


def _page(request: HttpRequest, session: Session, status: int = 200, **more: Any) -> HttpResponse:
    activity = session.activity
    pools = list(SeatPool.objects.for_joining().filter(session=session).order_by("position", "pk"))
    for pool in pools:
        pool.address = _unit_address(request, pool) if pool.kind == PoolKind.UNIT else ""
    context = {
        "activity": activity,
        "session": session,
        "pools": pools,
        "uneven": _uneven(pools),
        "capacity": sum(pool.capacity for pool in pools),
        "taken": sum(pool.taken for pool in pools),
        "waiting": sum(pool.waiting for pool in pools),
        "unreached": desk.unreached(session),
        "gates_form": GatesForm(session=session, initial=_gates(session), auto_id="gates-%s"),
        "seats_url": way(request, "seats", activity=activity.code, session=session.code),
        "now": clock.now(),
        **frame(request, (activity.title, way(request, "page", activity=activity.code))),
        **more,
    }
    return render(request, "activities/seats.html", context, status=status)


def _uneven(pools: list[SeatPool]) -> str:
    """The name of seats that are open to everybody beside seats of groups, which are then uneven; "" for none."""
    grouped = any(pool.kind == PoolKind.GROUP and pool.is_open for pool in pools)
    return next((pool.name for pool in pools if grouped and pool.kind == PoolKind.PUBLIC and pool.is_open), "")


def _unit_address(request: HttpRequest, pool: SeatPool) -> str:
    return request.build_absolute_uri(reverse("activities:unit_page", kwargs={"door": pool.door}))


def _gates(session: Session) -> dict[str, Any]:
    values: dict[str, Any] = {"per_person": session.activity.per_person or None}
    for which, moment in (("opens", session.opens_at), ("closes", session.closes_at)):
        if moment:
            wall = clock.local(moment)
            values |= {f"{which}_day": wall.date(), f"{which}_hour": wall.time()}
    return values


def _back(request: HttpRequest, session: Session) -> HttpResponse:
    return redirect(way(request, "seats", activity=session.activity.code, session=session.code))


def gates(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """When sign-up opens and closes."""
    found = fetch(request, activity, session)
    if request.method != "POST":
        return _back(request, found)
    form = GatesForm(request.POST, session=found, auto_id="gates-%s")
    if not form.is_valid():
        return _page(request, found, 422, gates_form=form)
    typed = form.cleaned_data
    actions.set_gates(
        found, opens_at=typed["opens_at"], closes_at=typed["closes_at"], per_person=typed["per_person"] or 0,
        by=actor_of(request),
    )  # fmt: skip
    messages.success(request, _("报名的时间记好了。"))
    return _back(request, found)


def pool_add(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """One more pool."""
    found = fetch(request, activity, session)
    units = making.units_to_invite(found.activity)
    first = {"kind": "group", "each": 1, "offer_hours": 24}
    form = PoolForm(request.POST or None, session=found, units=units, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_pools(found, form.wishes(), by=actor_of(request))
        except Invalid as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            messages.success(request, _("加好了。"))
            return _back(request, found)
    return _pool_form(request, found, form)


def pool_edit(request: HttpRequest, activity: str, session: str, pool: str, link: Any = None) -> HttpResponse:
    """Other numbers for a pool."""
    row = fetch_pool(request, activity, session, pool)
    first = {name: getattr(row, name) for name in ("name", "capacity", "each", "waiting_cap", "offer_hours")}
    if row.slot_from and row.slot_until:
        first |= {"starts": clock.local(row.slot_from).time(), "ends": clock.local(row.slot_until).time()}
    form = PoolForm(request.POST or None, session=row.session, pool=row, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_pool(row, form.wish(), by=actor_of(request))
        except (Invalid, Refused) as problem:
            form.add_error(getattr(problem, "field", "") or "capacity", str(problem.sentence))
        else:
            messages.success(request, _("改好了。"))
            return _back(request, row.session)
    return _pool_form(request, row.session, form, row)


def _pool_form(request: HttpRequest, session: Session, form: PoolForm, pool: SeatPool | None = None) -> HttpResponse:
    activity = session.activity
    trail = (
        (activity.title, way(request, "page", activity=activity.code)),
        (_("席位"), way(request, "seats", activity=activity.code, session=session.code)),
    )
    context = {"activity": activity, "session": session, "form": form, "pool": pool, **frame(request, *trail)}
    return render(request, "activities/pool_form.html", context, status=422 if form.is_bound else 200)


def pool_open(request: HttpRequest, activity: str, session: str, pool: str, link: Any = None) -> HttpResponse:
    """Stop or resume sign-up in a pool."""
    row = fetch_pool(request, activity, session, pool)
    if request.method == "POST":
        actions.open_pool(row, open_it=request.POST.get("open") == "yes", by=actor_of(request))
    return _back(request, row.session)


def pool_remove(request: HttpRequest, activity: str, session: str, pool: str, link: Any = None) -> HttpResponse:
    """Take an untouched pool away."""
    found = fetch(request, activity, session)
    row = SeatPool.objects.for_joining().filter(session=found, code=pool).first()
    if request.method == "POST" and row is not None:  # pressed twice, it is gone already
        try:
            actions.remove_pool(row, by=actor_of(request))
            messages.success(request, _("去掉了。"))
        except Problem as problem:
            messages.warning(request, str(problem.sentence))
    return _back(request, found)
