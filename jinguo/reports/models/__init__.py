"""What comes back, and what is made of it: returns with their versions, snapshots, summaries."""

from jinguo.reports.models.joint import Adoption, Apart, JointEvent
from jinguo.reports.models.returned import Return, ReturnClause, ReturnPhoto, ReturnVersion, ReviewNote
from jinguo.reports.models.summary import Sentence, Snapshot, Summary

__all__ = [
    "Adoption",
    "Apart",
    "JointEvent",
    "Return",
    "ReturnClause",
    "ReturnPhoto",
    "ReturnVersion",
    "ReviewNote",
    "Sentence",
    "Snapshot",
    "Summary",
]
