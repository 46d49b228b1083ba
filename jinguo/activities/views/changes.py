"""What may still be changed of a sign-up, as forms: on her own page, and at the desk where she telephones."""

from datetime import datetime
from typing import Any

from jinguo.activities import rules
from jinguo.activities.actions.changing import change_seats
from jinguo.activities.forms import MoveForm, SeatsForm
from jinguo.activities.joining import pools_of_activity
from jinguo.activities.models import SignUp
from jinguo.activities.queries.desk import stands_elsewhere
from jinguo.lib.errors import Invalid


def seats_form(row: SignUp, by: Any, now: datetime, *, for_her: bool = False) -> SeatsForm | None:
    """How many come with her, where more than one may and it can still be changed."""
    if row.pool.each < 2 or not rules.may_change_seats(row, by, 1, now):
        return None
    return SeatsForm(row=row, for_her=for_her)


def move_form(row: SignUp, by: Any, now: datetime, sent: Any = None) -> MoveForm | None:
    """Where she may change to; None where there is nothing else, which costs no query."""
    pools = [] if row.pool.session.activity.is_book else pools_of_activity(row.activity_id)
    others = [pool for pool in pools if pool.pk != row.pool_id and rules.may_move(row, pool, by, now)]
    if not others:
        return None
    taken = stands_elsewhere(row)
    others = [pool for pool in others if pool.session_id not in taken]
    several = len({pool.session_id for pool in pools}) > 1
    return MoveForm(sent, pools=others, seats=row.seats, several_sessions=several) if others else None


def changed_seats(row: SignUp, form: SeatsForm, *, by: Any) -> bool:
    """Change them as a valid form says; False when it does not fit, which the form then says."""
    typed = form.cleaned_data
    minors, guardian = typed.get("minors") or 0, bool(typed.get("guardian"))
    try:
        change_seats(row, seats=typed["seats"], minors=minors, guardian=guardian, by=by)
    except Invalid as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        return False
    return True
