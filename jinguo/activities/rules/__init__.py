"""May this person do this, now? Yes, or no with the sentence she reads: `plan` (the activity and its day), `sign_up` (seats).

Who (post, link, unit) is said by the policy table; when (states, times, seats) is said here.
"""

from jinguo.activities.rules.plan import (
    may_add_photo,
    may_cancel,
    may_check_in,
    may_create,
    may_edit,
    may_export,
    may_finish,
    may_publish,
    may_remove_session,
    may_reveal,
    may_run,
    may_see_names,
    permit_by,
)
from jinguo.activities.rules.sign_up import (
    LAST_CALL,
    awake,
    consents_needed,
    has_room,
    is_open,
    list_runs,
    may_accept,
    may_come_again,
    may_leave,
    may_remove_pool,
    may_set_seats,
    may_sign_up,
    offer_until,
)

__all__ = [
    "LAST_CALL",
    "awake",
    "consents_needed",
    "has_room",
    "is_open",
    "list_runs",
    "may_accept",
    "may_add_photo",
    "may_cancel",
    "may_check_in",
    "may_come_again",
    "may_create",
    "may_edit",
    "may_export",
    "may_finish",
    "may_leave",
    "may_publish",
    "may_remove_pool",
    "may_remove_session",
    "may_reveal",
    "may_run",
    "may_see_names",
    "may_set_seats",
    "may_sign_up",
    "offer_until",
    "permit_by",
]
