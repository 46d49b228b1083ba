"""What a process remembers from one request to the next is of no test but the one it was remembered in.

Which tests share a process, and how soon one follows the other, is chance: whoever is free takes the next.
"""

import pytest
from django.core.cache import cache
from django.utils import translation

from jinguo.activities import joining


@pytest.fixture(autouse=True)
def nothing_left_behind() -> None:
    """No kept page, no counted press, no ways into an activity, and not the language of the page that was shown last."""
    cache.clear()
    joining._kept.clear()
    translation.deactivate()
