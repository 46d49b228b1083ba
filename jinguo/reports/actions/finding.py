"""Keeping what units sent in the search index: by its words, its pinyin and initials, for those who may see its unit."""

from jinguo.reports.models import Return, ReturnVersion
from jinguo.reports.understanding.private import masked
from jinguo.search.actions import drop_thing, index_thing


def index_return(given: Return, version: ReturnVersion) -> None:
    """Let a return be found by what its newest version says. Called in the transaction that sends it."""
    said = (version.place, version.cohosts, version.summary, version.body, version.story, version.difficulties)
    title = version.title or given.obligation.ask.title
    index_thing(
        "return", given.code, title=masked(title), text=masked("\n".join(said)), owner_path=given.unit.path
    )  # nobody finds a woman by her number


def forget_return(given: Return) -> None:
    """It no longer stands, so it is no longer found."""
    drop_thing("return", given.code)
