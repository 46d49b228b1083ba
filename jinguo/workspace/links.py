"""Addresses of other rooms' pages, in one place: what the desk, the board and a unit's page lead to."""

from urllib.parse import urlencode

from django.urls import reverse

from jinguo.federation.models import Link


def _with(address: str, **asked: str) -> str:
    """The address with what it is asked for, where anything is."""
    said = {name: value for name, value in asked.items() if value}
    return f"{address}?{urlencode(said)}" if said else address


def _page(room: str, link: Link | None, by_link: str, at_desk: str, **more: str) -> str:
    """A page that stands at two doors: behind the unit's link, and at its desk."""
    if link is not None:
        return reverse(f"{room}:{by_link}", kwargs={"link": link.secret, **more})
    return reverse(f"{room}:{at_desk}", kwargs=more)


def new_activity(link: Link | None, clause_code: str = "") -> str:
    """Where a unit makes an activity, from a clause when one is named."""
    return _with(_page("activities", link, "create_from_link", "create"), clause=clause_code)


def activities(link: Link | None) -> str:
    """The unit's activities."""
    return _page("activities", link, "link_list", "list")


def reports(link: Link | None) -> str:
    """What the unit has reported."""
    return _page("reports", link, "link_list", "our_list")


def new_report(link: Link | None, obligation_code: str) -> str:
    """A sheet for one thing the unit is asked to report."""
    return _with(_page("reports", link, "from_link", "our_new"), obligation=obligation_code)


def zero_report(link: Link | None, obligation_code: str) -> str:
    """没有，报“无”: nothing to report, said in one press."""
    return _page("reports", link, "link_zero", "our_zero", obligation=obligation_code)


def extension(link: Link | None, obligation_code: str) -> str:
    """申请延期 for one thing the unit is asked to report."""
    return _page("campaigns", link, "link_extension", "extension", obligation=obligation_code)


def duties(link: Link | None) -> str:
    """The unit's one list: what is due, late, returned, done."""
    return _page("workspace", link, "link_duties", "duties")


def burden(link: Link | None, circulation_code: str, ask_code: str) -> str:
    """这项负担重, beside one thing asked. Behind a link of whatever its unit is asked."""
    if link is not None:
        return _with(reverse("campaigns:link_burden", kwargs={"link": link.secret}), ask=ask_code)
    return _with(reverse("campaigns:received_burden", kwargs={"circulation": circulation_code}), ask=ask_code)


def notices() -> str:
    """The notices of the office."""
    return reverse("notices:list")


def notice(code: str) -> str:
    """A notice's own page."""
    return reverse("notices:view", args=[code])


def campaign(code: str) -> str:
    """Where a campaign's units are chosen and it is issued."""
    return reverse("campaigns:view", args=[code])


def summaries() -> str:
    """Summaries, begun and finished."""
    return reverse("reports:summaries")


def summary(code: str) -> str:
    """One summary's page."""
    return reverse("reports:summary", args=[code])


def tray(campaign_code: str = "") -> str:
    """What units sent and nobody has looked at yet, of every campaign or of one."""
    return _with(reverse("reports:tray"), campaign=campaign_code)


def coverage(campaign_code: str) -> str:
    """Clause × unit of a campaign."""
    return reverse("reports:coverage", args=[campaign_code])


def mail(code: str) -> str:
    """One mail beside what was understood of it."""
    return reverse("mails:show", kwargs={"mail": code})


def of_thing(kind: str, code: str) -> str:
    """The page of a thing that was found."""
    pages = {
        "campaign": "workspace:board",
        "unit": "federation:unit",
        "activity": "activities:page",
        "return": "reports:review",
    }
    return notice(code) if kind == "notice" else reverse(pages[kind], args=[code])
