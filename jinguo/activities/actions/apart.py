"""A visitor's plea typed into a sign-up, a feedback or a host's sentence: for the duty case worker alone.

What else the form was for is done at once: her seat does not wait for anybody's reading. Only the sentence is taken out, so
that no list, export, paper or message of the host holds it; a false alarm puts it back where it was typed.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.activities.models import Feedback, Saying, SignUp
from jinguo.activities.wishes import ANSWER, NOBODY, Wish
from jinguo.campaigns.actions.words import Door, Said
from jinguo.files.actions import store_file
from jinguo.journal import actions as journal
from jinguo.lib.errors import Stale
from jinguo.lib.pleas import pleads
from jinguo.people.actions import seal_words
from jinguo.people.beside import PICTURE, to_bytes
from jinguo.people.models import HeldWords
from jinguo.questions.actions import keep_answers
from jinguo.questions.models import Answer, Question
from jinguo.questions.wishes import Given

_GONE = _("这个报名已经不在了。")


def keep_words(row: SignUp, wish: Wish, *, by: journal.Actor) -> None:
    """Seal what was taken out of a wish, with how she can be reached; in the transaction that decides her seat."""
    activity = row.pool.session.activity
    said = dict(wish.apart) | {"phone": wish.phone, "event": activity.title}
    seal_words(activity.office, activity.unit, "sign_up", row.code, said, by=by)


def say_more(hers: SignUp, texts: Iterable[str], *, by: journal.Actor) -> bool:
    """Somebody who stands already sends the form again: its answers change nothing, a plea among them is kept. True if so.

    Args:
        hers: what stands; its code is enough.
    """
    words = "\n".join(text for text in texts if pleads(text))
    if not words:
        return False
    row = SignUp.objects.select_related("person", "activity__unit", "activity__office").get(code=hers.code)
    activity = row.activity
    said = {"words": words, "called": row.name, "phone": row.person.phone, "event": activity.title}
    seal_words(activity.office, activity.unit, "sign_up", row.code, said, by=by)
    return True


def keep_feedback(row: Feedback, words: str, *, by: journal.Actor) -> None:
    """Seal the sentence beside the one question; in the transaction that keeps the answer."""
    activity, guest = row.session.activity, row.sign_up
    said = {"words": words, "event": activity.title}
    if guest is not None:
        said |= {"called": guest.name, "phone": guest.person.phone}
    seal_words(activity.office, activity.unit, "useful", row.code, said, by=by)


def _sign_up(held: HeldWords, said: Said, by: journal.Actor) -> None:
    """Her answers stand with her sign-up again, and her name as she typed it."""
    row = SignUp.objects.filter(code=held.about, forgotten_at=None).select_related("activity__unit").first()
    if row is None:
        raise Stale(_GONE)
    if row.name == NOBODY:
        row.name = said["called"]
        SignUp.objects.filter(pk=row.pk).update(name_sealed=row.name_sealed)
    codes = {name.removeprefix(ANSWER): text for name, text in said.items() if name.startswith(ANSWER)}
    there = Answer.objects.filter(about_kind="sign_up", about_code=row.code).values_list("question_id", flat=True)
    asked = Question.objects.filter(code__in=codes).exclude(pk__in=list(there))
    given = [Given(question, codes[question.code]) for question in asked]
    keep_answers(given, kind="sign_up", code=row.code, unit=row.activity.unit, by=by)


def _useful(held: HeldWords, said: Said, _by: journal.Actor) -> None:
    row = Feedback.objects.filter(code=held.about, words_sealed="").first()
    if row is None:
        raise Stale(_GONE)
    row.words = said["words"]
    Feedback.objects.filter(pk=row.pk).update(words_sealed=row.words_sealed)


def _saying(held: HeldWords, said: Said, by: journal.Actor) -> None:
    """The host finds her sentence on her page and goes on from it, with the picture she sent."""
    row = Saying(code=held.about, unit=held.unit, said_at=held.held_at, actor=held.actor)
    row.words = said["words"]
    if PICTURE in said:
        picture = to_bytes(said[PICTURE])
        row.picture = store_file(picture, unit=held.unit, name=f"{held.about}.jpg", media_type="image/jpeg", by=by)
    row.save(force_insert=True)


DOORS: dict[str, Door] = {
    "sign_up": Door(_("报名"), _sign_up),
    "useful": Door(_("有没有用"), _useful),
    "saying": Door(_("办一场活动"), _saying),
}
SAID: dict[str, Any] = {"words": _("写的话"), "called": _("称呼"), "phone": _("手机号"), "event": _("活动")}
