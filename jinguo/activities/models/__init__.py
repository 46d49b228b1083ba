"""The engine of everything people attend: activity → session → sign-up → check-in → head-count."""

from jinguo.activities.models.activity import Activity, ActivityAudience, ActivityClause, CoHost, Series
from jinguo.activities.models.afterwards import Feedback, HandOut
from jinguo.activities.models.attendance import CheckIn, Headcount, Photo, Press, WalkIn
from jinguo.activities.models.checklist import CheckAnswer, CheckPoint
from jinguo.activities.models.host import HostDoor, Saying
from jinguo.activities.models.session import SeatPool, Session
from jinguo.activities.models.sign_up import SignUp

__all__ = [
    "Activity",
    "ActivityAudience",
    "ActivityClause",
    "CheckAnswer",
    "CheckIn",
    "CheckPoint",
    "CoHost",
    "Feedback",
    "HandOut",
    "Headcount",
    "HostDoor",
    "Photo",
    "Press",
    "Saying",
    "SeatPool",
    "Series",
    "Session",
    "SignUp",
    "WalkIn",
]
