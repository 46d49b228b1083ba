"""Lists and look-ups of notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from jinguo.federation import policy
from jinguo.federation.models import Office, User
from jinguo.notices.models import Decision, Notice, NoticeState


@dataclass(frozen=True)
class NoticeRow:
    """A notice in the list: who brought it in, and how many of its items still wait for a decision."""

    notice: Notice
    who: str
    waiting: int


def same_file(office: Office, digest: str) -> Notice | None:
    """The living notice of an office that holds exactly these bytes."""
    rows = Notice.objects.select_related("file", "office__unit")
    return rows.filter(office=office, sha256=digest).exclude(state=NoticeState.VOID).first()


def read_since(notice: Notice, when: datetime) -> bool:
    """Whether the notice was read at this instant or later: a file that came before may have been tried again."""
    return notice.readings.filter(made_at__gte=when).exists()


def offices_of(actor: Any) -> list[Office]:
    """The offices for which a person may bring in notices."""
    rows = Office.objects.filter(policy.sight(actor, "notice.create", "unit")).select_related("unit")
    return list(rows.order_by("unit__path"))


def visible_notices(actor: Any) -> QuerySet[Notice]:
    """The notices a person may see, newest first, with what a row shows."""
    return Notice.objects.visible_to(actor).select_related("file", "office__unit")


def notice_list(notices: Iterable[Notice]) -> list[NoticeRow]:
    """The rows of one page of the list: two queries, however many rows."""
    page = list(notices)
    names = decider_names(notice.received_by for notice in page)
    waiting = dict(
        Notice.objects.filter(pk__in=[notice.pk for notice in page])
        .annotate(waiting=Count("items", filter=Q(items__decision=Decision.PROPOSED)))
        .values_list("pk", "waiting")
    )
    return [NoticeRow(notice, names.get(notice.received_by, ""), waiting[notice.pk]) for notice in page]


def decider_names(actors: Iterable[str]) -> dict[str, str]:
    """Actor codes → the names people know them by; links and jobs of the house have none here."""
    codes = {actor.removeprefix("user:") for actor in actors if actor.startswith("user:")}
    if not codes:
        return {}
    return {
        f"user:{code}": name for code, name in User.objects.filter(code__in=codes).values_list("code", "display_name")
    }
