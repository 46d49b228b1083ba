"""Signing up: one POST, one transaction, one durable answer: the private page of her sign-up.

Hot: thousands may press at once. A few at a time are let in (`lib.lanes`); a second press is answered by one small read.
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from jinguo.activities import formkey, throttle
from jinguo.activities.actions.seats import CROWDED
from jinguo.activities.actions.sign_up import sign_up as sign_her_up
from jinguo.activities.forms import SignUpForm
from jinguo.activities.joining import Joining, joining, joining_by
from jinguo.activities.models import Activity
from jinguo.activities.queries import site
from jinguo.activities.views.public import open_ones, page, shown
from jinguo.federation.gate import Visitor
from jinguo.lib.errors import Invalid, NotThere, Refused, Stale, TooMuch
from jinguo.lib.lanes import Lane
from jinguo.questions.forms import AnswerForm

LANE = Lane(3, patience=25)
GONE = gettext_lazy("没有这个报名地址，或已经不用了。请向给您地址的单位要一个新的。")


# No session and no cookie stands behind this form, so there is nothing for another site to abuse: see formkey.
@csrf_exempt
def sign_up(request: HttpRequest, activity: str) -> HttpResponse:
    """A press on a public page."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("activities:public", kwargs={"activity": shown(activity).code}))
    formkey.refuse_other_sites(request)
    with LANE.entered(CROWDED):
        return Press(request, activity, joining(activity)).answer()


def unit_page(request: HttpRequest, door: str) -> HttpResponse:
    """The page of an activity for the people of one unit, by the address its host has given them."""
    ways_in = _through(door)
    return page(request, _read(ways_in), open_ones(ways_in), door=door)


@csrf_exempt
def unit_sign_up(request: HttpRequest, door: str) -> HttpResponse:
    """A press on such a page."""
    ways_in = _through(door)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("activities:unit_page", kwargs={"door": door}))
    formkey.refuse_other_sites(request)
    with LANE.entered(CROWDED):
        return Press(request, ways_in.activity.code, ways_in).answer()


def _through(door: str) -> Joining:
    found = joining_by(door)
    if found is None or found.activity.state == "draft":
        raise NotThere(GONE)
    return found


def _read(ways_in: Joining) -> Activity:
    """The activity with what its page shows, public or not."""
    found = site.with_its_page(Activity.objects.filter(pk=ways_in.activity.pk)).first()
    if found is None:
        raise NotThere(GONE)
    return found


class Press:
    """One press: what was sent, and the answer to it."""

    def __init__(self, request: HttpRequest, code: str, ways_in: Joining | None) -> None:
        self.request, self.code, self.found = request, code, ways_in
        self.ways_in = open_ones(ways_in)
        self.form: SignUpForm | None = None
        self.sheet: AnswerForm | None = None

    def answer(self) -> HttpResponse:
        """The private page of her sign-up, or the form again with what is in the way; what she typed stays."""
        if self.ways_in is None:
            return self.again(409)
        sent = self.request.POST
        self.form = form = SignUpForm(sent, joining=self.ways_in)
        self.sheet = sheet = AnswerForm(sent, self.request.FILES, questions=list(self.ways_in.questions))
        try:
            throttle.count(self.request, "press", throttle.PRESSES)
            if not formkey.is_good(self.request.POST.get("key", ""), self.code):
                return self.again(422, _("页面开得久了。填好的还在，请再点一次报名。"))
            if not (form.is_valid() & sheet.is_valid()):  # both speak, whichever is wrong
                return self.again(422)
            if throttle.is_over(self.request, "name", throttle.MISTAKES):
                return self.again(429, _("试得太多了，请过十分钟再试，或打电话问主办单位。"))
            throttle.count_person(self.request, form.cleaned_data["phone"])
            row = sign_her_up(form.chosen(), replace(form.wish(), answers=tuple(sheet.given())), by=Visitor())
        except Invalid as problem:
            throttle.note(self.request, "name", throttle.MISTAKES)
            form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
            return self.again(422)
        except (Refused, Stale) as problem:
            return self.again(409, problem.sentence)
        except TooMuch as problem:
            return self.again(429, problem.sentence)
        to = reverse("activities:sign_up_page", kwargs={"link": row.link_secret})
        response = HttpResponseRedirect(to, status=303)
        response["Cache-Control"] = "no-store"
        return response

    def again(self, status: int, said: Any = "") -> HttpResponse:
        """The page with her words still in it."""
        door = self.found.door if self.found else ""
        activity = _read(self.found) if door and self.found else shown(self.code)
        answer = page(self.request, activity, self.ways_in, self.form, self.sheet, status, said, door)
        answer["Cache-Control"] = "no-store"
        if status == 429:
            answer["Retry-After"] = "60"
        return answer
