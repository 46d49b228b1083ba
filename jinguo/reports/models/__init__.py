"""What comes back, and what is made of it: returns with their versions, snapshots, summaries."""

from jinguo.reports.models.deed import Deed
from jinguo.reports.models.held import Held
from jinguo.reports.models.joint import Adoption, Apart, JointEvent
from jinguo.reports.models.mark import Mark
from jinguo.reports.models.returned import Return, ReturnClause, ReturnPhoto, ReturnVersion, ReviewNote
from jinguo.reports.models.summary import Sentence, Snapshot, Summary, Supplement
from jinguo.reports.models.told import Told

__all__ = [
    "Adoption",
    "Apart",
    "Deed",
    "Held",
    "JointEvent",
    "Mark",
    "Return",
    "ReturnClause",
    "ReturnPhoto",
    "ReturnVersion",
    "ReviewNote",
    "Sentence",
    "Snapshot",
    "Summary",
    "Supplement",
    "Told",
]
