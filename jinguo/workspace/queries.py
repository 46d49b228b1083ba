"""What waits for one person, counted: the lines of 今日待办 and the figures beside the navigation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from jinguo.activities.models import Activity, ActivityClause, Session
from jinguo.activities.models.activity import EVENTS, ActivityState
from jinguo.campaigns import dues
from jinguo.campaigns.models import Burden, Campaign, Circulation, ExtensionRequest, Feed, Obligation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.queries.circulation import URGENCY, in_being, urgency_of
from jinguo.campaigns.queries.reminders import signing_by_phone
from jinguo.federation import policy
from jinguo.federation.models import Link, Office, Unit, User
from jinguo.federation.models.unit import subtree_range
from jinguo.lib import clock
from jinguo.lib.capped import Counted
from jinguo.lib.sealed import lookup_hash
from jinguo.mails.models import Mail
from jinguo.mails.queries import finding
from jinguo.mails.queries import tray as mails
from jinguo.messages.models import Delivery, OutMessage
from jinguo.notices.models import Notice, NoticeState
from jinguo.reports.models import Return, Summary
from jinguo.reports.models.summary import SummaryState
from jinguo.search.models import IndexRow
from jinguo.search.queries import find


@dataclass(frozen=True)
class CampaignWait:
    """What a campaign waits for from its officer."""

    campaign: Campaign
    to_phone: int
    sent_back: int
    burdens: int
    extensions: int = 0


@dataclass(frozen=True)
class Waiting:
    """Everything that waits for one person; empty lists and zeros where nothing does, or where it is not hers."""

    notices: list[Notice]
    drafts: list[Campaign]
    campaigns: list[CampaignWait]
    returns: int
    summaries: list[Summary]
    letters: int
    mails: int
    cases: int
    received: list[Circulation]
    obligations: list[Obligation]

    def __bool__(self) -> bool:
        return bool(
            self.notices or self.drafts or self.campaigns or self.returns or self.summaries or self.letters
            or self.mails or self.cases or self.received or self.obligations
        )  # fmt: skip


def waiting_for(user: User) -> Waiting:
    """What waits for this user by the posts she holds today; a fixed number of queries."""
    mine = Campaign.objects.filter(policy.sight(user, "campaign.edit", "office__unit"))
    notices = Notice.objects.filter(policy.sight(user, "notice.confirm", "office__unit"))
    letters = OutMessage.objects.filter(policy.sight(user, "message.edit", "office__unit"))
    return Waiting(
        notices=list(notices.filter(state__in=[NoticeState.READ, NoticeState.UNREADABLE])[:20]),
        drafts=list(mine.filter(state=CampaignState.DRAFT)[:20]),
        campaigns=_campaigns(mine),
        returns=returns_to_review(user).count(),
        summaries=_summaries(user),
        letters=letters.filter(state__in=[Delivery.ASIDE, Delivery.UNKNOWN]).count(),
        mails=mails.waiting(user).count(),
        cases=sum(rows.count() for rows in mails.case_piles(user)),
        received=_received(user),
        obligations=_obligations(user),
    )


def _campaigns(mine: Any) -> list[CampaignWait]:
    """Campaigns with units to telephone, copies sent back, or something said about burden that nobody heard yet."""
    late = signing_by_phone(clock.now())
    unsigned = Q(signed_at=None, sent_back_at=None)
    copies = Circulation.objects.filter(campaign__in=mine.filter(state=CampaignState.ISSUED)).order_by()
    late_ones = unsigned & in_being(clock.today()) & (late | ~Q(undeliverable_at=None))
    counted = copies.values("campaign_id").annotate(to_phone=Count("pk", filter=late_ones), back=Count("sent_back_at"))
    said = Burden.objects.filter(heard_at=None, circulation__campaign__in=mine.filter(state=CampaignState.ISSUED))
    burdens = dict(said.order_by().values_list("circulation__campaign").annotate(n=Count("pk")))
    asked = ExtensionRequest.objects.owed().filter(obligation__ask__campaign__in=mine).order_by()
    extensions = dict(asked.values_list("obligation__ask__campaign").annotate(n=Count("pk")))
    found = {row["campaign_id"]: row for row in counted if row["to_phone"] or row["back"]}
    waiting = Campaign.objects.filter(pk__in=[*found, *burdens, *extensions])[:20]
    nothing = {"to_phone": 0, "back": 0}
    return [
        CampaignWait(
            row, found.get(row.pk, nothing)["to_phone"], found.get(row.pk, nothing)["back"], burdens.get(row.pk, 0),
            extensions.get(row.pk, 0),
        )
        for row in waiting
    ]  # fmt: skip


def own_units(user: Any) -> Q:
    """Circulations and obligations of the very units an actor answers for: by her posts, or by the unit's link."""
    paths = [
        path for role, path in policy.positions(user) if (str(role), "own", "obligation", "report") in policy.cells()
    ]
    return Q(unit__path__in=paths)


def copies_of_own(actor: Any) -> list[Circulation]:
    """Every notice the actor's own units were sent, newest first."""
    rows = Circulation.objects.filter(own_units(actor)).exclude(campaign__state=CampaignState.DRAFT)
    return list(rows.select_related("campaign__office__unit", "unit").order_by("-campaign__issued_at", "pk"))


def obligations_of_own(actor: Any, moment: datetime) -> list[Obligation]:
    """Everything the actor's own units are asked, with `state_word` (`closed` for what a unit's end settled) and `asked_to`:
    until when more time was asked."""
    asked = ExtensionRequest.objects.owed().filter(obligation=OuterRef("pk")).values("to")[:1]
    rows = Obligation.objects.filter(own_units(actor)).exclude(ask__campaign__state=CampaignState.DRAFT)
    rows = rows.with_state(moment, _ended_own(actor)).annotate(asked_to=Subquery(asked))
    return list(rows.select_related("ask__campaign", "unit", "proxy_unit").order_by("due_now", "pk"))


def _ended_own(actor: Any) -> list[date]:
    """The days on which the actor's own units ended, if any."""
    units = [actor.unit] if isinstance(actor, Link) else [post.unit for post in policy.held_posts(actor)]
    return [unit.valid_to for unit in units if unit is not None and unit.valid_to is not None]


def _received(user: User) -> list[Circulation]:
    rows = Circulation.objects.filter(own_units(user), campaign__state=CampaignState.ISSUED, signed_at=None)
    rows = rows.filter(in_being(clock.today()), sent_back_at=None).select_related("campaign__office__unit", "unit")
    return list(rows.order_by("campaign__sign_due_at", "-campaign__issued_at")[:20])


def _obligations(user: User) -> list[Obligation]:
    rows = Obligation.objects.filter(own_units(user), ask__campaign__state=CampaignState.ISSUED)
    rows = rows.with_state(clock.now(), _ended_own(user)).filter(state_word__in=URGENCY).exclude(state_word="reported")
    return sorted(rows.select_related("ask__campaign", "unit").order_by("-pk")[:30], key=urgency_of)


def notices_to_confirm(user: User) -> Any:
    """The notices that wait for this user's confirmation; their number stands beside the navigation."""
    rows = Notice.objects.filter(policy.sight(user, "notice.confirm", "office__unit"))
    return rows.filter(state=NoticeState.READ)


def returns_to_review(user: User) -> Any:
    """The returns that wait for this user to accept them or send them back."""
    return Return.objects.filter(policy.sight(user, "return.accept")).asked_by(user).waiting()


def how_many(user: User, piles: Sequence[Any]) -> list[int]:
    """How many rows each of some querysets has, whatever they are of, `capped.MOST` at the most; all of them in one query."""
    if not piles:
        return []
    row = User.objects.filter(pk=user.pk).values_list(*(Counted(rows) for rows in piles)).first()
    return list(row or [0] * len(piles))


def _summaries(user: User) -> list[Summary]:
    rows = Summary.objects.filter(policy.sight(user, "summary.approve", "campaign__office__unit"))
    return list(rows.filter(state=SummaryState.SUBMITTED).select_related("campaign")[:20])


def office_shown(host: str) -> Office | None:
    """The office whose public face this host name is; else the first one of the installation."""
    name = host.split(":")[0]
    offices = Office.objects.select_related("unit").order_by("unit__path")
    return (
        offices.filter(Q(public_host=name) | Q(parent=None)).order_by("parent", "unit__path").first() or offices.first()
    )


# Calendar feeds ---------------------------------------------------------------------------------------------------------

FEED_BACK = timedelta(days=60)  # how far a feed looks back
FEED_MOST = 300


def feed_of(secret: str) -> Feed | None:
    """The live feed behind a secret, with its unit."""
    rows = Feed.objects.filter(secret_hash=lookup_hash(Feed, "secret", secret), revoked_at=None)
    return rows.select_related("unit").first()


def feed_sessions(unit: Unit, moment: datetime) -> list[Session]:
    """The unit's activities that are or were announced, with their activity."""
    shown = [ActivityState.PUBLISHED, ActivityState.DONE, ActivityState.CANCELLED]
    rows = Session.objects.filter(activity__unit=unit, activity__state__in=shown, ends_at__gt=moment - FEED_BACK)
    rows = rows.filter(activity__visibility__in=EVENTS)
    return list(rows.select_related("activity").order_by("starts_at")[:FEED_MOST])


def feed_duties(unit: Unit, moment: datetime) -> list[Obligation]:
    """Dated things the unit has not answered, with `due_now`; none once it has ended."""
    rows = Obligation.objects.filter(in_being(clock.local(moment).date()), unit=unit, returns=0, zero_at=None)
    rows = rows.filter(exempt_at=None)
    rows = (
        rows.filter(ask__campaign__state=CampaignState.ISSUED).with_state(moment).filter(due_now__gt=moment - FEED_BACK)
    )
    return list(rows.select_related("ask__campaign").order_by("due_now")[:FEED_MOST])


def feed_copies(unit: Unit, moment: datetime) -> list[Circulation]:
    """Notices with a date that the unit has not signed for; none once it has ended."""
    rows = Circulation.objects.filter(
        in_being(clock.local(moment).date()), unit=unit, signed_at=None, sent_back_at=None, campaign__state=CampaignState.ISSUED,
        campaign__sign_due_at__gt=moment - FEED_BACK, campaign__sign_due_origin__in=dues.DRIVES,
    )  # fmt: skip
    return list(rows.select_related("campaign").order_by("campaign__sign_due_at")[:FEED_MOST])


# Search ---------------------------------------------------------------------------------------------------------------

MOST_FOUND, MOST_MAILS = 50, 20
KIND_NAMES = {
    "unit": _("单位"),
    "notice": _("通知"),
    "campaign": _("督办看板"),
    "activity": _("活动"),
    "return": _("报送"),
}


def found_by(user: User, words: str) -> list[IndexRow]:
    """What this user may find by these words: things she may view, by the same table as everywhere."""
    where = Q(pk__in=[])
    for kind in KIND_NAMES:
        where |= Q(kind=kind) & _owned_where(user, f"{kind}.view")
    return find(words, where=where, most=MOST_FOUND)


def mails_by(user: User, words: str) -> list[Mail]:
    """The mails among it, newest first: their words lie sealed and are looked up apart."""
    return finding.found(user, words, where=_owned_where(user, "mail.view"), most=MOST_MAILS)


def _owned_where(user: User, act: str) -> Q:
    """Index rows owned by units on which this user may do `object.action`; ranges on `owner_path`."""
    thing, action = act.split(".")
    allowed = Q(pk__in=[])
    for role, path in policy.positions(user):
        low, high = subtree_range(path)
        if (str(role), "own", thing, action) in policy.cells():
            allowed |= Q(owner_path=path)
        if (str(role), "child", thing, action) in policy.cells():
            allowed |= Q(owner_path__gt=low, owner_path__lt=high)
    return allowed


# Own events -----------------------------------------------------------------------------------------------------------


def activities_of_clauses(clauses: list[int]) -> dict[int, list[Activity]]:
    """Row number of a clause → the activities that serve it, the issuer's own among them; one query."""
    links = ActivityClause.objects.filter(clause__in=clauses).exclude(activity__state=ActivityState.CANCELLED)
    found: dict[int, list[Activity]] = {}
    for link in links.select_related("activity__unit").order_by("activity_id"):
        found.setdefault(link.clause_id, []).append(link.activity)
    return found
