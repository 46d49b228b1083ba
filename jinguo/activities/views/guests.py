"""One guest at the desk: what she answered, her number in full, and what she asks for on the telephone done for her.

The address of a press, opened as a page (reload, language switch), leads back to the guest.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jinguo.activities import rules
from jinguo.activities.actions import day as actions
from jinguo.activities.actions.moving import move_sign_up
from jinguo.activities.actions.sign_up import accept, leave, sign_up
from jinguo.activities.forms import MoveForm, SeatsForm, SignUpForm
from jinguo.activities.joining import joining_at_desk
from jinguo.activities.models import Session, SignUp
from jinguo.activities.models.sign_up import Reach, SignUpState
from jinguo.activities.queries.desk import place_in_line
from jinguo.activities.roll import Line, token_text
from jinguo.activities.views.changes import changed_seats, move_form, seats_form
from jinguo.activities.views.day import back, fetch, fetch_sign_up
from jinguo.activities.ways import frame, way
from jinguo.activities.wishes import sifted
from jinguo.federation.gate import actor_of
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere, Refused, Stale
from jinguo.people.actions import KEPT_APART
from jinguo.questions.forms import AnswerForm
from jinguo.questions.models import Answer
from jinguo.questions.queries import answer_text, answers_of

Press = Callable[[HttpRequest, SignUp], HttpResponse | None]


@never_cache
def guest(request: HttpRequest, activity: str, session: str, signup: str, link: Any = None) -> HttpResponse:
    """Where she stands and what can be changed for her."""
    row = fetch_sign_up(request, activity, session, signup, moved_too=True)
    return _page(request, row) if row.session.code == session else redirect(_here(request, row))


def _page(request: HttpRequest, row: SignUp, status: int = 200, sent: Any = None, **more: Any) -> HttpResponse:
    """Her page at the desk; `sent` is a form of it with what is in its way."""
    actor, now, session = actor_of(request), clock.now(), row.pool.session
    activity = session.activity
    day_url = way(request, "day", activity=activity.code, session=session.code)
    context = {
        "activity": activity,
        "session": session,
        "sign_up": row,
        "line": Line.of(row, neutral=activity.is_sensitive and "phone" not in more),
        "place": place_in_line(row),
        "reached": row.reach != Reach.NONE,
        "may_accept": rules.may_accept(row, actor, now),
        "may_leave": rules.may_leave(row, actor, now),
        "seats_form": sent if isinstance(sent, SeatsForm) else seats_form(row, actor, now, for_her=True),
        "move_form": sent if isinstance(sent, MoveForm) else move_form(row, actor, now),
        "now": now,
        **frame(request, (activity.title, way(request, "page", activity=activity.code)), (_("现场"), day_url)),
        **more,
    }
    response = render(request, "activities/guest.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@never_cache
def reveal(request: HttpRequest, activity: str, session: str, signup: str, link: Any = None) -> HttpResponse:
    """Her telephone in full and what she answered, on this page only; the journal says who asked."""
    row = fetch_sign_up(request, activity, session, signup)
    if request.method != "POST":
        return redirect(_here(request, row))
    phone = actions.reveal_phone(row, by=actor_of(request))
    told = answers_of("sign_up", [row.code])[row.code].values()
    return _page(request, row, phone=phone, answers=[(answer, answer_text(answer)) for answer in told])


@never_cache
def answer_file(
    request: HttpRequest, activity: str, session: str, signup: str, answer: str, link: Any = None
) -> HttpResponse:
    """A file she sent in; the journal says who opened it."""
    row = fetch_sign_up(request, activity, session, signup)
    found = Answer.objects.filter(about_kind="sign_up", about_code=row.code, code=answer).select_related("file").first()
    if found is None or found.file is None:
        raise NotThere(_("没有这个文件，或已经按规定销毁。"))
    response = HttpResponse(
        actions.reveal_file(row, found, by=actor_of(request)), content_type="application/octet-stream"
    )
    response["Content-Disposition"] = f'attachment; filename="{found.code}"'
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@never_cache
def add_guest(request: HttpRequest, activity: str, session: str, link: Any = None) -> HttpResponse:
    """Somebody telephones, or stands at the desk without a telephone of her own in hand: she is signed up by the same rules."""
    found = fetch(request, activity, session)
    ways_in = joining_at_desk(found)
    if ways_in is None:
        raise Refused(_("这一场现在没有可报的席位。请到“席位”里开放报名，或在现场记“没报名、直接来的”。"))
    sent, status = request.POST or None, 200
    form = SignUpForm(sent, joining=ways_in, for_her=True)
    sheet = AnswerForm(sent, request.FILES or None, questions=list(ways_in.questions))
    if request.method == "POST":
        status = 422
        if form.is_valid() & sheet.is_valid():
            try:
                wish = sifted(replace(form.wish(), answers=tuple(sheet.given())))
                row = sign_up(form.chosen(), wish, by=actor_of(request))
            except Invalid as problem:
                form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
            except (Refused, Stale) as problem:
                form.add_error(None, str(problem.sentence))
            else:
                messages.success(request, _added(row))
                if wish.apart:
                    messages.info(request, KEPT_APART)
                return redirect(_here(request, row))
    return _add_page(request, found, form, sheet, status)


def _add_page(request: HttpRequest, session: Session, form: SignUpForm, sheet: AnswerForm, status: int) -> HttpResponse:
    activity = session.activity
    day_url = way(request, "day", activity=activity.code, session=session.code)
    context = {
        "activity": activity,
        "session": session,
        "form": form,
        "sheet": sheet,
        "days": activity.office.public_days,
        "now": clock.now(),
        **frame(request, (activity.title, way(request, "page", activity=activity.code)), (_("现场"), day_url)),
    }
    response = render(request, "activities/guest_add.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _added(row: SignUp) -> str:
    """What to tell her on the telephone."""
    if row.state == SignUpState.CONFIRMED:
        return _("报上了。请把入场的六位码念给她：%(code)s。") % {"code": token_text(row.token)}
    return _("现在没有空席，给她排上了候补。轮到她时，没有留短信和邮箱的请打电话。")


def _here(request: HttpRequest, row: SignUp) -> str:
    session = row.pool.session
    return way(request, "guest", activity=session.activity.code, session=session.code, signup=row.code)


def press(act: Press) -> Callable[..., HttpResponse]:
    """One press for her: it leads back to her page, and what is in its way is said there."""

    @wraps(act)
    def answer(request: HttpRequest, activity: str, session: str, signup: str, link: Any = None) -> HttpResponse:
        row = fetch_sign_up(request, activity, session, signup, moved_too=True)
        if request.method == "POST" and row.session.code == session:  # else it was pressed twice: she has moved
            try:
                response = act(request, row)
            except (Refused, Stale) as problem:
                messages.warning(request, str(problem.sentence))
            else:
                if response is not None:
                    return response
        return redirect(_here(request, row))

    return answer


@press
def seat_guest(request: HttpRequest, row: SignUp) -> HttpResponse | None:
    """More or fewer come with her."""
    form = SeatsForm(request.POST, row=row, for_her=True)
    if not (form.is_valid() and changed_seats(row, form, by=actor_of(request))):
        return _page(request, row, 422, form)
    messages.success(request, _("改好了。") + _told(row))
    return None


@press
def move_guest(request: HttpRequest, row: SignUp) -> HttpResponse | None:
    """Another session, slot or group for her; she is then on the list of that session."""
    form = move_form(row, actor_of(request), clock.now(), request.POST)
    if form is None:
        raise Refused(_("现在没有别的场可以改，原来的还在。"))
    if not form.is_valid():
        return _page(request, row, 422, form)
    wait, to = bool(form.cleaned_data.get("wait")), form.chosen()
    if move_sign_up(row, to, wait=wait, by=actor_of(request)):
        messages.success(request, _("改好了。") + _told(row))
    codes = {"activity": to.session.activity.code, "session": to.session.code, "signup": row.code}
    return redirect(way(request, "guest", **codes))


@press
def accept_guest(request: HttpRequest, row: SignUp) -> None:
    """She says on the telephone that she comes: the seat that is kept for her is hers."""
    if accept(row, by=actor_of(request)):
        messages.success(request, _("替她回话了：她来。"))


@press
def remove_guest(request: HttpRequest, row: SignUp) -> HttpResponse:
    """She said she is not coming: her seats go to the next in line."""
    if leave(row, by=actor_of(request)):
        messages.success(request, _("取消了她的报名，席位让给了下一位。她的报名页会写明。"))
    return back(request, row.pool.session, "roll")


def _told(row: SignUp) -> str:
    """Whether she hears of it by herself."""
    if row.reach == Reach.NONE:
        return _("她没有留短信和邮箱，请在电话里说一声。")
    return _("她会收到通知。")
