"""The engine of everything people attend: activity → session → sign-up → check-in → head-count."""

from jinguo.activities.models.activity import Activity, ActivityClause, CoHost
from jinguo.activities.models.attendance import CheckIn, Headcount, Photo
from jinguo.activities.models.session import SeatPool, Session, SignUp

__all__ = ["Activity", "ActivityClause", "CheckIn", "CoHost", "Headcount", "Photo", "SeatPool", "Session", "SignUp"]
