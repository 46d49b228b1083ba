"""What may be done with a question, now. Who may, the room says whose sheet it is."""

from django.utils.translation import gettext_lazy as _

from jinguo.lib.rulings import YES, Ruling, no
from jinguo.questions.models import Question

MOST_QUESTIONS = 20


def may_add(standing: int) -> Ruling:
    """One more question on a sheet."""
    if standing >= MOST_QUESTIONS:
        return no(_("一张表最多问 %(most)s 个问题。问得越少，报的人越多。") % {"most": MOST_QUESTIONS})
    return YES


def may_reshape(question: Question, answered: bool) -> Ruling:
    """Change what kind of answer it wants, or what it offers; its words may be mended at any time."""
    if answered:
        return no(_("已经有人答了这个问题，只能改说法，不能改成别的问法。要另问，请去掉它再加一个。"))
    return YES


def may_retire(question: Question, opens: int) -> Ruling:
    """Ask it no more."""
    if opens:
        return no(_("别的问题要看这一个的回答才问。请先改那些问题。"))
    return YES
