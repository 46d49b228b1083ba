"""What people send in about activities, as clean values; saving is the actions'. `plan`, `sign_up`, `pools`, `day`."""

from jinguo.activities.forms.checklist import ChecklistForm, PointForm
from jinguo.activities.forms.day import (
    CancelForm,
    HandOutForm,
    HeadcountForm,
    PhotoForm,
    StoryForm,
    UsefulForm,
    WalkInForm,
)
from jinguo.activities.forms.plan import ActivityForm, check_code, moment_fields
from jinguo.activities.forms.pools import GatesForm, PoolForm
from jinguo.activities.forms.sign_up import MoveForm, SeatsForm, SignUpForm, pool_named

__all__ = [
    "ActivityForm",
    "CancelForm",
    "ChecklistForm",
    "GatesForm",
    "HandOutForm",
    "HeadcountForm",
    "MoveForm",
    "PhotoForm",
    "PointForm",
    "PoolForm",
    "SeatsForm",
    "SignUpForm",
    "StoryForm",
    "UsefulForm",
    "WalkInForm",
    "check_code",
    "moment_fields",
    "pool_named",
]
