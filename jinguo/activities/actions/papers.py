"""Taking names out on paper: the journal says who did, before the paper is there."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.models import Session, SignUp
from jinguo.activities.papers import OPENLY
from jinguo.activities.queries.desk import sign_ups_of
from jinguo.journal import actions as journal
from jinguo.lib.errors import Refused
from jinguo.lib.rulings import require


def take_names(session: Session, paper: str, *, by: journal.Actor) -> list[SignUp]:
    """Those who stand on a session's list, to be printed on this paper.

    Raises:
        Refused: not hers to take out, nobody is on the list, or a paper that shows names of a kind that shows none.
    """
    activity = session.activity
    require(rules.may_export(activity, by))
    if activity.is_sensitive and paper in OPENLY:
        raise Refused(_("这类活动不做胸牌和桌签，免得让来的人为难。可以打印签到表，名字只印姓。"))
    rows = list(sign_ups_of(session, by).confirmed())
    if not rows and paper != "sheet":
        raise Refused(_("还没有人报上，没有可印的名字。空白签到表随时可以印。"))
    with transaction.atomic():
        journal.record(
            "signup.export", by=by, kind="session", code=session.code, owner=activity.unit.code, rows=len(rows),
            paper=paper,
        )  # fmt: skip
    return rows
