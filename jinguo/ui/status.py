"""The two tables of states as they are shown: Chinese name, English gloss, tag class, icon, key of the stacked bar.

State names are never translated; an English reader gets the gloss beside the name. What a state means and
when it holds is the business of `campaigns` and `reports`, never of this file.

Rule of the look: pale ground = the normal course, outline = an agreed exception, solid = somebody must phone.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """How one state is shown. `css` are modifiers of `.tag`, `bar` is the fill of its share in a stacked bar."""

    code: str
    name: str
    gloss: str
    css: str
    icon: str
    bar: str
    aliases: tuple[str, ...] = ()


CIRCULATION = (
    State("waiting", "待发", "To be sent", "", "dashed", "quiet"),
    State("delivered", "已送达", "Delivered", "", "mail", "quiet"),
    State("read", "已读", "Read", "tag--info", "eye", "info"),
    State("signed", "已签收", "Signed for", "tag--ok", "stamp", "ok"),
    State("forwarded", "已转发", "Forwarded", "tag--ok tag--aside", "forward", "sent"),
    State("sent_back", "退回", "Returned", "tag--warn", "return", "warn"),
    State("proxy", "代签收", "Signed for by phone or proxy", "tag--ok tag--aside", "phone", "aside"),
    State("undeliverable", "无法送达", "Cannot be delivered", "tag--danger", "xring", "danger"),
)

OBLIGATION = (
    State("open_ended", "待报（未定期限）", "Open, no due date", "", "dashed", "quiet", ("待报",)),
    State("not_due", "未到期", "Not due yet", "", "ring", "quiet"),
    State("near_due", "临期", "Due soon", "tag--info", "clock", "info"),
    State("overdue", "逾期", "Overdue", "tag--warn", "alert", "warn"),
    State("long_overdue", "久逾", "Long overdue: please phone", "tag--call", "phone", "danger"),
    State("reported", "已报", "Reported", "tag--sent", "send", "sent"),
    State("sent_back", "退回补正", "Returned for completion", "tag--warn", "return", "warn"),
    State("accepted", "已接收", "Accepted", "tag--ok", "done", "ok"),
    State("zero", "零报告", "Zero report", "tag--ok tag--aside", "zero", "aside"),
    State("exempt", "免报", "Exempt", "tag--aside", "minus", "quiet"),
    State("extended", "延期中", "Extension granted", "tag--info tag--aside", "extend", "info"),
    State("proxy", "代报", "Reported by proxy", "tag--ok tag--aside", "proxy", "aside"),
)

KINDS: dict[str, tuple[State, ...]] = {"circulation": CIRCULATION, "obligation": OBLIGATION}

_INDEX: dict[str, dict[str, State]] = {
    kind: {key: state for state in states for key in (state.code, state.name, *state.aliases)}
    for kind, states in KINDS.items()
}


def state_of(kind: str, key: str) -> State:
    """The state with this code or Chinese name. KeyError names the kind and the key when there is none."""
    try:
        return _INDEX[kind][str(key)]
    except KeyError:
        raise KeyError(f"no {kind} state {key!r} in jinguo.ui.status") from None
