"""Icons, tags and counted shares as markup. A page draws hundreds of them, so what is always the same is put together once."""

from functools import cache, lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from jinguo.ui import charts
from jinguo.ui.icons import ICONS
from jinguo.ui.status import State


@cache
def icon(name: str, refers: bool) -> str:
    """An icon as a form for `format_html`, with a place for what is spoken of it.

    Args:
        refers: a reference into the sheet of a whole page; else the full drawing.
    """
    if refers:
        return f'<svg class="icon" {{}}><use href="#i-{name}"/></svg>'
    return f'<svg class="icon" viewBox="0 0 24 24" {{}}>{ICONS[name]}</svg>'


def tag(text: Any, css: str, drawn: str, gloss: str) -> SafeString:
    """One tag: its icon, if any, and word; `gloss` beside a name that is never translated."""
    title = format_html(' title="{}"', gloss) if gloss else ""
    name = format_html('<span lang="zh-Hans">{}</span><span class="sr"> {}</span>', text, gloss) if gloss else text
    return format_html('<span class="{}"{}>{}{}</span>', f"tag {css}".strip(), title, drawn, name)


@lru_cache(maxsize=4096)
def state_tag(state: State, count: int | None, english: bool, refers: bool) -> SafeString:
    """The tag of a state, with how many when it stands under a bar."""
    text = state.name if count is None else f"{state.name} {count:,}"
    drawn = format_html(icon(state.icon, refers), mark_safe('aria-hidden="true"'))
    return tag(text, state.css, drawn, state.gloss if english else "")


@lru_cache(maxsize=1024)
def shares(label: str, rows: tuple[tuple[State, int, str], ...], language: str | None, refers: bool) -> SafeString:
    """A bar and, in the same order, a counted tag for each share; (state, how many, where it leads) of each.

    Everything that is drawn stands in the arguments: what was drawn once is drawn again only while it says the same.
    """
    english = (language or "").startswith("en")
    tags = [(url, state_tag(state, number, english, refers)) for state, number, url in rows]
    drawn = [(format_html('<a href="{}">{}</a>', url, one) if url else one,) for url, one in tags]
    bar = charts.stacked_bar(label, [(state.bar, number, state.name) for state, number, _url in rows])
    return format_html('<div class="shares">{}<div class="row">{}</div></div>', bar, format_html_join("", "{}", drawn))
