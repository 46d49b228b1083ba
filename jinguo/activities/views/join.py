"""Signing up: one POST, one transaction, one durable answer: the private page of her sign-up.

Hot: thousands may press at once. A few at a time are read (`lib.lanes`); a second press is answered by one small query;
the others wait for the pool together and are decided in one transaction (`actions.deciding`).
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from jinguo.activities import formkey, throttle
from jinguo.activities.actions.apart import say_more
from jinguo.activities.actions.seats import CROWDED
from jinguo.activities.actions.sign_up import same_name
from jinguo.activities.actions.sign_up import sign_up as sign_her_up
from jinguo.activities.forms import SignUpForm, pool_named
from jinguo.activities.joining import Joining, joining, joining_by
from jinguo.activities.models import Activity, SeatPool
from jinguo.activities.queries import site
from jinguo.activities.queries.desk import hers_at
from jinguo.activities.views.public import open_ones, page, shown
from jinguo.activities.wishes import Wish, sifted
from jinguo.federation.gate import Visitor
from jinguo.lib.errors import Invalid, NotThere, Refused, Stale, TooMuch
from jinguo.lib.lanes import Lane
from jinguo.people.actions import KEPT_APART
from jinguo.questions.forms import AnswerForm
from jinguo.ui.answers import kept_apart_page

LANE = Lane(3, patience=25)
GONE = gettext_lazy("没有这个报名地址，或已经不用了。请向给您地址的单位要一个新的。")


# No session and no cookie stands behind this form, so there is nothing for another site to abuse: see formkey.
@csrf_exempt
def sign_up(request: HttpRequest, activity: str) -> HttpResponse:
    """A press on a public page."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("activities:public", kwargs={"activity": shown(activity).code}))
    formkey.refuse_other_sites(request)
    return Press(request, activity, joining(activity)).answer()


def unit_page(request: HttpRequest, door: str) -> HttpResponse:
    """The page of an activity for the people of one unit, or for members, by the address its host has given them."""
    ways_in = joining_by(door)
    found = _read(_through(door)) if ways_in else site.with_its_page(Activity.objects.by_door(door)).first()
    if found is None:
        raise NotThere(GONE)
    return page(request, found, open_ones(ways_in), door=door)


@csrf_exempt
def unit_sign_up(request: HttpRequest, door: str) -> HttpResponse:
    """A press on such a page."""
    ways_in = _through(door)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("activities:unit_page", kwargs={"door": door}))
    formkey.refuse_other_sites(request)
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


class Unfit(Exception):
    """What was sent cannot be answered with a sign-up: a status, and a sentence unless the fields say it themselves."""

    def __init__(self, status: int, said: str = "") -> None:
        self.status, self.said = status, said


class Press:
    """One press: what was sent, and the answer to it."""

    def __init__(self, request: HttpRequest, code: str, ways_in: Joining | None) -> None:
        self.request, self.code, self.found = request, code, ways_in
        self.ways_in = open_ones(ways_in)
        self.form: SignUpForm | None = None
        self.sheet: AnswerForm | None = None
        self.heard = False  # something she typed is a plea, and lies apart

    def answer(self) -> HttpResponse:
        """The private page of her sign-up, or the form again with what is in the way; what she typed stays."""
        if self.ways_in is None:
            return self.again(409)
        try:
            with LANE.entered(
                CROWDED
            ):  # left before the wait for the pool: whoever decides has the interpreter to herself
                throttle.count(self.request, "press", throttle.PRESSES)
                secret = self.pressed_before()
                asked = None if secret else self.asked()
            if asked is not None:
                secret = str(sign_her_up(*asked, by=Visitor()).link_secret)
                self.heard = bool(asked[1].apart)
        except Invalid as problem:
            throttle.note(self.request, "name", throttle.MISTAKES)
            form = self.read()[0]
            form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
            return self.again(422)
        except (Refused, Stale) as problem:
            return self.again(409, problem.sentence)
        except TooMuch as problem:
            return self.again(429, problem.sentence)
        except Unfit as problem:
            return self.again(problem.status, problem.said)
        hers = reverse("activities:sign_up_page", kwargs={"link": secret})
        if self.heard:
            return kept_apart_page(self.request, KEPT_APART, onward=hers)
        response = HttpResponseRedirect(hers, status=303)
        response["Cache-Control"] = "no-store"
        return response

    def pressed_before(self) -> str:
        """The secret of her private link when she stands already, read before anything else of the form; else "".

        In a rush two presses of three are such: they cost no form, no lock and no second query.
        """
        sent = self.request.POST
        who = SignUpForm.who(sent)
        if who is None or self.ways_in is None or not self.key_is_good() or self.is_guessing():
            return ""
        row = hers_at(pool_named(self.ways_in.pools, sent.get("pool")).session, who[1])
        if row is None or same_name(row.name) != same_name(who[0]):
            return ""
        throttle.count_person(self.request, who[1])
        if self.ways_in.questions:  # what she says more the second time is heard too
            self.heard = say_more(row, sent.values(), by=Visitor())
        return str(row.link_secret)

    def asked(self) -> tuple[SeatPool, Wish]:
        """What she asks for, and of which pool."""
        if not self.key_is_good():
            raise Unfit(422, _("页面开得久了。填好的还在，请再点一次报名。"))
        form, sheet = self.read()
        if not (form.is_valid() & sheet.is_valid()):  # both speak, whichever is wrong
            raise Unfit(422)
        if self.is_guessing():
            raise Unfit(429, _("试得太多了，请过十分钟再试，或打电话问主办单位。"))
        throttle.count_person(self.request, form.cleaned_data["phone"])
        return form.chosen(), sifted(replace(form.wish(), answers=tuple(sheet.given())))

    def key_is_good(self) -> bool:
        """Whether the form was opened here, today."""
        return formkey.is_good(self.request.POST.get("key", ""), self.code)

    def is_guessing(self) -> bool:
        """Whether too many names were tried from here that fit no telephone."""
        return throttle.is_over(self.request, "name", throttle.MISTAKES)

    def read(self) -> tuple[SignUpForm, AnswerForm]:
        """What was sent, bound to its forms."""
        if self.ways_in is None:
            raise NotThere(GONE)
        if self.form is None or self.sheet is None:
            sent, questions = self.request.POST, list(self.ways_in.questions)
            self.form = SignUpForm(sent, joining=self.ways_in)
            self.sheet = AnswerForm(sent, self.request.FILES, questions=questions)
        return self.form, self.sheet

    def again(self, status: int, said: Any = "") -> HttpResponse:
        """The page with her words still in it."""
        if self.ways_in is not None:
            self.read()
        door = self.found.door if self.found else ""
        activity = _read(self.found) if door and self.found else shown(self.code)
        answer = page(self.request, activity, self.ways_in, self.form, self.sheet, status, said, door)
        answer["Cache-Control"] = "no-store"
        if status == 429:
            answer["Retry-After"] = "60"
        return answer
