"""The day's page without network: what it sends later, and the small worker that shows its kept copy again."""

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from jinguo.activities.actions.presses import take_press
from jinguo.activities.forms.presses import read_presses
from jinguo.activities.queries import desk
from jinguo.activities.views.day import fetch
from jinguo.activities.ways import way
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import Problem

WORKER = Path(__file__).parent.parent / "static" / "activities" / "js" / "day-worker.js"


@never_cache
def presses(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponseBase:
    """Do what was pressed, each once, in its order; each that cannot be done says why and stops no other."""
    found = fetch(request, activity, session)
    if request.method != "POST":
        return redirect(way(request, "day", activity=activity, session=session))
    try:
        sent = read_presses(request.body)
    except Problem as problem:
        return JsonResponse({"said": str(problem.sentence)}, status=problem.status)
    answers = []
    for pressed in sent:
        try:
            take_press(found, pressed, by=actor_of(request))
            answers.append({"code": pressed.code, "done": True, "said": ""})
        except Problem as problem:
            answers.append({"code": pressed.code, "done": False, "said": str(problem.sentence)})
    tally = desk.tally(found, list(desk.sign_ups_of(found, actor_of(request))))
    return JsonResponse({
        "made": int(clock.now().timestamp() * 1000),
        "answers": answers,
        "tally": {"came": tally.came, "walked_in": tally.walked_in},
    })  # fmt: skip


@never_cache
def worker(request: HttpRequest, session: str, activity: str = "", link: Any = None) -> HttpResponse:
    """The worker's script. It stands beside the page, since a worker may only look after what lies below its own address."""
    if activity:
        fetch(request, activity, session)
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response
