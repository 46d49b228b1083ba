"""What a visitor's QR code opens: to her a line saying whom to show it, to the host's staff one button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jinguo.activities import rules
from jinguo.activities.actions.day import check_in
from jinguo.activities.models import SignUp
from jinguo.activities.roll import Line, came, normal_token, token_text
from jinguo.activities.ways import frame, site_frame, way
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import Problem
from jinguo.lib.rulings import require


@never_cache
def arrive(request: HttpRequest, session: str, token: str) -> HttpResponse:
    """Nothing personal to a visitor, whether the code is right or not; to the host's staff the sign-up it stands for."""
    code = normal_token(token)[:8]
    rows = SignUp.objects.visible_to(actor_of(request)).filter(pool__session__code=session, token=code)
    row = rows.select_related(
        "pool__session__activity__unit", "pool__session__activity__office__unit", "person"
    ).first()
    if row is None:
        return render(request, "activities/arrive_visitor.html", {"token": token_text(code), **site_frame(None)})
    activity = row.pool.session.activity
    require(rules.may_run(activity, actor_of(request)))
    if request.method == "POST":
        return _marked(request, row)
    context: dict[str, Any] = {
        "line": Line.of(row, neutral=activity.is_sensitive),
        "activity": activity,
        "session": row.pool.session,
        "may_check_in": rules.may_check_in(row, actor_of(request)),
        "came": came(row),
        "token": token_text(code),
        "now": clock.now(),
        **frame(request, (activity.title, way(request, "day", activity=activity.code, session=row.pool.session.code))),
    }
    return render(request, "activities/arrive.html", context)


def _marked(request: HttpRequest, row: SignUp) -> HttpResponse:
    try:
        made = check_in(row, by=actor_of(request))
        said = _("记下了：来了 %(n)s 位。") if made else _("刚才已经记过了，没有重复。")
        messages.success(request, said % {"n": row.seats} if made else said)
    except Problem as problem:
        messages.warning(request, str(problem.sentence))
    return redirect(request.path)
