"""What the tables of presses begin from, made when it is first asked for."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from jinguo.activities.models import Activity, SignUp
from jinguo.campaigns.actions import circulation
from jinguo.campaigns.models import Campaign, Circulation, Obligation
from jinguo.federation.models import Unit, User
from jinguo.lib import clock, ids
from jinguo.mails.actions.keeping import keep_mail
from jinguo.mails.actions.settling import read_mails
from jinguo.mails.models import Mail, Source
from jinguo.messages.actions import queue_message
from jinguo.messages.models import Delivery, OutMessage
from jinguo.notices.models import Item, Notice
from jinguo.reports.actions import returns, summaries
from jinguo.reports.models import Return, Summary
from tests import issued as issuing
from tests import planned
from tests.activities import stage
from tests.reports import builders
from tests.world import BY, Cast


class World:
    """One test's world."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.code = ids.new_code()
        self.soon = clock.end_of(clock.today() + timedelta(days=5))

    def unit(self, key: str) -> Unit:
        return Unit.objects.select_related("parent").get(pk=self.cast.units[key].pk)

    def user(self, role: str) -> User:
        return self.cast.users[role]

    @cached_property
    def officer(self) -> User:
        return self.user("officer")

    # A notice that was issued ------------------------------------------------------------------------------------------

    @cached_property
    def campaign(self) -> Campaign:
        return issuing.issue(self.cast, (*issuing.UNITS, "c.a.t"))

    @cached_property
    def above(self) -> Campaign:
        """Issued to counties alone: they pass it on."""
        return issuing.issue(self.cast)

    def copy(self, key: str = "c.edu") -> Circulation:
        return issuing.copy_of(self.campaign, self.cast.units[key])

    def received(self) -> Circulation:
        """The county's copy, signed for."""
        unit, county = self.cast.units["c.a"], self.user("county_officer")
        circulation.sign_circulation(issuing.copy_of(self.above, unit), by=county, signer="办公室")
        return issuing.copy_of(self.above, unit)

    def duty(self, key: str = "c.edu", kind: str = "closing") -> Obligation:
        rows = Obligation.objects.select_related("unit", "ask__campaign__office__unit")
        return rows.get(unit=self.cast.units[key], ask__campaign=self.campaign, ask__kind=kind)

    # One on its way ------------------------------------------------------------------------------------------------------

    @cached_property
    def notice(self) -> Notice:
        return planned.read_notice(self.cast)

    def item(self, **facts: Any) -> Item:
        return self.notice.items.filter(**facts).order_by("position").first()

    @cached_property
    def draft(self) -> Campaign:
        made = planned.draft_campaign(self.cast)
        return Campaign.objects.select_related("office__unit", "notice__office__unit").get(pk=made.pk)

    # Returns -------------------------------------------------------------------------------------------------------------

    @cached_property
    def issued(self) -> builders.Issued:
        return builders.issue(self.cast)

    def given(self, key: str = "c.a", title: str = "槐荫里故事会", **more: Any) -> Return:
        return self.as_given(builders.report(self.issued, key, title, **more))

    def as_given(self, given: Return) -> Return:
        read = ("unit", "campaign__office__unit", "obligation__ask", "obligation__unit", "current", "accepted", "joint")
        return Return.objects.select_related(*read).get(pk=given.pk)

    @cached_property
    def link(self) -> Any:
        return self.issued.link("c.a")

    def kept(self) -> Return:
        made = returns.keep_draft(
            self.issued.obligations["c.a"], builders.sheet(self.issued), token=ids.new_code(), by=self.link
        )
        return self.as_given(made)

    def summary(self, *, submitted: bool = False, approved: bool = False) -> Summary:
        self.given(accept=True)
        made = summaries.start_summary(self.issued.campaign, by=self.officer)
        if submitted or approved:
            summaries.submit_summary(self.as_summary(made), by=self.officer)
        if approved:
            summaries.approve_summary(self.as_summary(made), by=self.user("leader"))
        return self.as_summary(made)

    def as_summary(self, summary: Summary) -> Summary:
        return Summary.objects.select_related("campaign__office__unit", "snapshot").get(pk=summary.pk)

    # Activities ----------------------------------------------------------------------------------------------------------

    @cached_property
    def liaison(self) -> User:
        return self.user("liaison")

    @cached_property
    def activity(self) -> Activity:
        return stage.published(self.cast, seats=9)

    def guest(self, number: int = 1) -> SignUp:
        return stage.guest(self.activity, number)

    # Mails and messages ---------------------------------------------------------------------------------------------------

    def mail(self, raw: bytes) -> Mail:
        kept = keep_mail(self.cast.office, raw, received_at=clock.now(), source=Source.DROP, by=BY)
        read_mails()
        return Mail.objects.select_related("office__unit", "given", "unit", "file").get(pk=kept.pk)

    def aside(self) -> OutMessage:
        row = queue_message(
            self.cast.office, key="m", to="u@example.org", subject="通知", body="正文", about=("t", "1")
        )
        OutMessage.objects.filter(pk=row.pk).update(state=Delivery.ASIDE, attempts=5)
        return OutMessage.objects.select_related("office__unit").get(pk=row.pk)
