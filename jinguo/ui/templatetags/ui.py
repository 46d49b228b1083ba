"""`{% load ui %}`: icons, page plumbing, states, buttons, blocks with a body, dates and numbers.

Components that only need data are includes under `ui/components/`; here live those with arguments or memory.
"""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.base import TemplateSyntaxError
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from jinguo.lib.texts import inner
from jinguo.ui import charts, dates, drawing, words
from jinguo.ui.icons import ICONS
from jinguo.ui.problems import Problem, problem_for
from jinguo.ui.status import state_of

register = template.Library()

_SHEET = "ui icon sheet"


def _page(context: Context) -> dict[Any, Any]:
    """One dictionary for the whole rendering, shared by includes and tags: the floor of the render context."""
    return context.render_context.dicts[0]


# --- icons -----------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def collect_icons(context: Context) -> str:
    """Put once, at the top of a whole page: from here on icons are references into one sheet."""
    _page(context)[_SHEET] = []
    return ""


@register.simple_tag(takes_context=True)
def icon_symbols(context: Context) -> SafeString:
    """Put once, at the end of the body: prints each symbol the page used, once."""
    names = _page(context).pop(_SHEET, None) or []
    symbols = mark_safe("".join(f'<symbol id="i-{n}" viewBox="0 0 24 24">{ICONS[n]}</symbol>' for n in names))
    return format_html("<svg hidden>{}</svg>", symbols) if names else SafeString("")


def draw_icon(context: Context, name: str, label: str = "") -> SafeString:
    """A reference on a whole page, the full drawing in a fragment, which has no sheet to refer to."""
    if name not in ICONS:
        raise TemplateSyntaxError(f"no icon {name!r} in jinguo.ui.icons")
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(drawing.icon(name, _noted(context, name)), spoken)


def _noted(context: Context, *names: str) -> bool:
    """Whether icons are references here; then the page's sheet will hold these."""
    sheet = _page(context).get(_SHEET)
    if sheet is None:
        return False
    sheet += (name for name in names if name not in sheet)
    return True


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str, label: str = "") -> SafeString:
    """{% icon "clock" %}; give a label only where no word stands beside it."""
    return draw_icon(context, name, label)


# --- page plumbing ---------------------------------------------------------------------------------------------------


@register.simple_tag
def page_language() -> str:
    """The BCP 47 code for <html lang>: zh-Hans or en."""
    return "en" if (get_language() or "").startswith("en") else "zh-Hans"


@register.simple_tag(takes_context=True)
def theme_attribute(context: Context) -> SafeString:
    """` data-theme="dark" data-type="large"`: what the reader has chosen in this browser; nothing where she has not."""
    cookies = context["request"].COOKIES if context.get("request") else {}
    known = {"theme": ("light", "dark"), "type": ("large",)}
    chosen = ((name, cookies[name]) for name, values in known.items() if cookies.get(name) in values)
    return format_html_join("", ' data-{}="{}"', chosen)


def _block_text(context: Context, name: str) -> str:
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.pop(name) if blocks is not None else None
    if block is None:
        return ""
    try:
        again = type(block)(block.name, block.nodelist)
        again.context = context
        with context.push(block=again):
            return strip_tags(block.nodelist.render(context)).strip()
    finally:
        blocks.push(name, block)


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> SafeString:
    """The words of a block once more, without markup: the heading in <title> and in the phone's top bar."""
    return mark_safe(_block_text(context, name))


@register.simple_block_tag
def behaviours(content: str) -> SafeString:
    """{% behaviours %}toast activities/day{% endbehaviours %}: the script of each, of this room unless another is named.
    All have started before the page is loaded, so the first key a fast officer presses is not lost."""
    script = '<script type="module" src="{}"></script>'
    named = (name.rpartition("/") for name in content.split())
    return format_html_join("", script, ((static(f"{room or 'ui'}/js/{name}.js"),) for room, _slash, name in named))


@register.simple_tag
def problem(code: str | int) -> Problem:
    """{% problem "409" as told %}: what to say in a fragment; {{ told.title }}, {{ told.sentence }}, {{ told.next_step }}"""
    return problem_for(code)


@register.simple_tag(takes_context=True)
def page_problem(context: Context) -> Problem:
    """{% page_problem as told %}: the problem an error page names in its block `code`."""
    return problem_for(_block_text(context, "code"))


# --- states ----------------------------------------------------------------------------------------------------------


def draw_tag(context: Context, text: Any, css: str = "", icon: str = "", gloss: str = "") -> SafeString:
    """One tag: icon and word, and for an English reader the gloss of a name that is never translated."""
    return drawing.tag(text, css, draw_icon(context, icon) if icon else "", gloss)


@register.simple_tag(takes_context=True)
def status_tag(context: Context, kind: str, label: str, count: int | None = None) -> SafeString:
    """{% status_tag "obligation" "临期" %}; kind circulation | obligation, label the Chinese name or the code."""
    state = state_of(kind, label)
    return drawing.state_tag(state, count, page_language() == "en", _noted(context, state.icon))


_TONES = {"", "plain", "sent", "info", "ok", "warn", "danger", "call", "aside"}


@register.simple_tag(takes_context=True)
def tag(context: Context, text: str, tone: str = "", icon: str = "") -> SafeString:
    """{% tag "余 6 席" "info" "ticket" %}; tones: plain sent info ok warn danger call aside, two joined by a space."""
    tones = tone.split()
    if not _TONES.issuperset(tones):
        raise TemplateSyntaxError(f"no tone {tone!r} for a tag")
    return draw_tag(context, text, " ".join(f"tag--{t}" for t in tones), icon)


@register.simple_tag(takes_context=True)
def seats_tag(
    context: Context, free: int | str | None = None, total: int | str | None = None, waitlist: bool = True
) -> SafeString:
    """{% seats_tag free total %}: 直接来 without a total, 余 n 席, 名额充足 while half is free, 已满 · 可候补."""
    if total is None or total == "":
        return draw_tag(context, _("直接来，不用报名"), "tag--plain")
    left, total = max(int(free or 0), 0), int(total)
    if left == 0:
        return draw_tag(context, _("已满 · 可候补") if waitlist else _("已满"), "tag--warn", "clock")
    if left * 2 >= total:
        return draw_tag(context, _("名额充足"), "tag--ok", "done")
    return draw_tag(context, ngettext("余 %(n)s 席", "余 %(n)s 席", left) % {"n": left}, "tag--info", "ticket")


@register.simple_tag
def stacked_bar(label: str, segments: list[charts.Segment]) -> SafeString:
    """{% stacked_bar "41 句" segments %}; a segment is (fill, count, word), fill as `State.bar`."""
    return charts.stacked_bar(label, segments)


@register.simple_tag
def squares(done: list[bool]) -> SafeString:
    """{% squares covered %}: one square a clause, inside `.tile`."""
    return charts.squares(done)


@register.simple_tag
def tile_map(label: str, tiles: list[charts.MapTile]) -> SafeString:
    """{% tile_map "各处覆盖几条" tiles %}: places as tiles; a table with the same figures stands beside it."""
    return charts.tile_map(label, tiles)


@register.simple_tag
def seats_grid(taken: int, total: int) -> SafeString:
    """{% seats_grid taken total %}: every seat a square."""
    label = _("%(total)s 席，已报 %(taken)s 席，余 %(left)s 席")
    return charts.seats(taken, total, label % {"total": total, "taken": taken, "left": max(total - taken, 0)})


@register.simple_tag(takes_context=True)
def state_bar(context: Context, kind: str, label: str, counts: Any, urls: Any = None) -> SafeString:
    """{% state_bar "obligation" "首报" counts urls %}: the bar and, in the same order, a counted tag for each share.

    `counts` maps state (name or code) → number, in the order to draw; `urls` maps the same keys → address, if any.
    """
    rows = [(state_of(kind, key), number, (urls or {}).get(key) or "") for key, number in counts.items() if number]
    refers = _noted(context, *(state.icon for state, _number, _url in rows))
    return drawing.shares(
        f"{label}", tuple((state, number, f"{url}") for state, number, url in rows), get_language(), refers
    )


# --- acting ----------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def button(context: Context, label: str, tone: str = "", **options: Any) -> SafeString:
    """{% button "签收" "primary big" icon="stamp" %}; tones primary quiet danger big wide dense.

    url= makes a link; name=, value=, formaction=, form=, type= as in HTML; key= a single-key shortcut;
    why= the id of the sentence that says why it cannot be pressed now (the button stays readable and focusable).
    """
    said = {"type": "submit", **options}
    value = "" if said.get("value") is None else said["value"]
    attributes = _LINK if said.get("url") else _BUTTON
    return format_html(
        '<{0} class="{1}"{2}>{3}{4}{5}</{0}>',
        "a" if attributes is _LINK else "button",
        " ".join(["btn", *(f"btn--{t}" for t in tone.split())]),
        mark_safe("".join(format_html(form, said[word], value) for word, form in attributes if said.get(word))),
        draw_icon(context, said["icon"]) if said.get("icon") else "",
        label,
        format_html(" <kbd>{}</kbd>", said["key"]) if said.get("key") else "",
    )


_KEYS = (("key", ' data-key="{}"'), ("dialog", ' data-dialog="{}"'))
_LINK = (("url", ' href="{}"'), *_KEYS, ("download", " download"))
_BUTTON = (
    ("type", ' type="{}"'), ("name", ' name="{}" value="{}"'), ("form", ' form="{}"'), ("formaction", ' formaction="{}"'),
    ("formnovalidate", " formnovalidate"), *_KEYS, ("why", ' aria-disabled="true" aria-describedby="{}"'),
)  # fmt: skip


@register.simple_block_tag(takes_context=True)
def note(context: Context, content: str, tone: str = "", title: str = "") -> SafeString:
    """{% note "warn" title="要核" %}信里 126，表里 162。{% endnote %}; tones ok warn danger quiet, none informs."""
    icons = {"": "info", "ok": "done", "warn": "alert", "danger": "xring", "quiet": "info"}
    return format_html(
        '<div class="{}">{}{}<div>{}</div></div>',
        f"note note--{tone}" if tone else "note",
        draw_icon(context, icons[tone]),
        format_html("<p><strong>{}</strong></p>", title) if title else "",
        content,
    )


@register.simple_block_tag(takes_context=True)
def fold(context: Context, content: str, title: str, icon: str = "", open: bool = False) -> SafeString:
    """{% fold "来不了怎么办" icon="help" %}<p>…</p>{% endfold %}"""
    drawn = draw_icon(context, icon) if icon else ""
    state = mark_safe(" open") if open else ""
    return format_html('<details class="fold"{}><summary>{}{}</summary>{}</details>', state, drawn, title, content)


@register.simple_block_tag
def card(content: str, title: str = "", on: bool = False, level: int = 2) -> SafeString:
    """{% card "报名" on=True level=3 %}…{% endcard %}"""
    head = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    return format_html('<div class="{}">{}{}</div>', "card card--on" if on else "card", head, content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str, page: bool = False) -> SafeString:
    """{% dialog "return" "退回这一件？" %}…{% enddialog %}; page=True is the same question as a page of its own."""
    shut = "" if page else mark_safe(" data-dialog-box")
    return format_html(
        '<{0} class="dialog" id="{1}" aria-labelledby="{1}-title"{2}><h2 id="{1}-title">{3}</h2>{4}</{0}>',
        "section" if page else "dialog",
        id,
        shut,
        title,
        content,
    )


# --- forms -----------------------------------------------------------------------------------------------------------


@register.simple_tag
def control_kind(field: BoundField) -> str:
    """How the widget of a field is laid out: input, check (one box), choices (a list of them), chips."""
    widget = field.field.widget
    if getattr(widget, "look", ""):
        return str(widget.look)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "input"


@register.simple_tag
def control(field: BoundField, **attrs: str) -> SafeString:
    """{% control form.phone %}: the widget with its class, beside any class the form gave it."""
    if control_kind(field) == "input":
        attrs["class"] = " ".join(filter(None, ["input", field.field.widget.attrs.get("class", "")]))
    return SafeString(field.as_widget(attrs={name.replace("_", "-"): value for name, value in attrs.items()}))


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """{% form_errors form %}: how many places to mend, each linked to its field. Forms drawn whole have it already."""
    colon = pgettext("punctuation", "：")
    general = list(form.non_field_errors())
    fields = [field for field in form if field.errors and not field.is_hidden]
    general += [f"{field.label}{colon}{error}" for field in form.hidden_fields() for error in field.errors]
    return {"general": general, "fields": fields, "total": len(general) + len(fields)}


# --- source thread ---------------------------------------------------------------------------------------------------


@register.simple_block_tag
def src(content: str, ref: Any, state: str = "", to: str = "", n: Any = None) -> SafeString:
    """{% src 7 %}the sentence{% endsrc %}: highlighter and numbered box, tied to every element with data-thread="7".

    state: "" has an item, doubt unclear in the source, idle read and no task. `to` is the id of the twin (item-7),
    `n` the number in the box when it is not the reference itself.
    """
    if state == "idle":
        return format_html('<span class="src is-idle" id="src-{}">{}</span>', ref, content)
    target, number = to or f"item-{ref}", ref if n is None else n
    return format_html(
        '<a class="{}" id="src-{}" href="#{}" data-thread="{}">{}</a>&NoBreak;'
        '<a class="ref" href="#{}" data-thread="{}" aria-label="{}">{}</a>',
        f"src is-{state}" if state else "src",
        ref,
        target,
        ref,
        content,
        target,
        ref,
        _("对应条目 %(n)s") % {"n": number},
        number,
    )


@register.simple_tag
def ref(ref: Any, n: Any = None, to: str = "") -> SafeString:
    """{% ref 7 %}: the twin's numbered box, leading back to the sentence."""
    number = ref if n is None else n
    spoken = _("看原句 %(n)s") % {"n": number}
    return format_html(
        '<a class="ref" href="#{}" data-thread="{}" aria-label="{}">{}</a>', to or f"src-{ref}", ref, spoken, number
    )


@register.filter
def thread_id(value: Any) -> str:
    """The id of an item on the other side of the thread: {{ item.n|thread_id }} → item-7."""
    return f"item-{conditional_escape(value)}"


# --- dates and numbers -----------------------------------------------------------------------------------------------

for _filter in (words.people_date, words.people_day, words.people_time, words.near_word, words.number, words.heat):
    register.filter(_filter)
register.filter("inner", lambda value: inner(str(value)))  # {{ title|inner }} between “ and ”: its own marks become ‘’
register.filter("hour", words.hour)
register.filter("until", words.until)
register.filter("machine_time", dates.machine_text)
register.simple_tag(words.people_range)
register.simple_tag(words.quantity)
