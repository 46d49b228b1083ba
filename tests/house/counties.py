"""Two sister counties under one city, each with everything of its own, made by the house's own actions."""

from dataclasses import dataclass
from datetime import timedelta

from jinguo.campaigns.actions.circulation import say_burden, sign_circulation
from jinguo.campaigns.actions.delivery import send_circulations
from jinguo.campaigns.actions.extensions import ask_extension
from jinguo.campaigns.actions.feeds import open_feed
from jinguo.campaigns.actions.forwarding import begin_local
from jinguo.campaigns.actions.groups import save_group
from jinguo.campaigns.actions.issue import issue_campaign
from jinguo.campaigns.models import AddressGroup, Burden, Campaign, Circulation, Obligation
from jinguo.federation.actions.contacts import add_contact
from jinguo.federation.actions.posts import appoint, create_user
from jinguo.federation.actions.units import NewUnit, plant_units
from jinguo.federation.models import Unit, User
from jinguo.federation.models.user import EXCLUSIVE, Role
from jinguo.messages.models import OutMessage
from jinguo.notices.actions.receive import receive_notice
from tests.house.things import (
    TEXT,
    activity_of,
    circulated,
    link_of,
    mails_of,
    report_of,
    station_of,
    summary_of,
    unit_of,
    village_of,
)
from tests.issued import copy_of
from tests.world import BY, Cast

MARK = "隐泉山"  # stands in everything the hidden county names


@dataclass
class County:
    """One county: its officer, and the codes of what is its own (`above`: its copy of the city's notice) and of what it
    issued to its township (`below`)."""

    unit: Unit
    officer: User
    above: dict[str, str]
    below: dict[str, str]

    def words(self) -> set[str]:
        """What gives it away: every code and secret, the names of its units and what stands in its titles."""
        units = Unit.objects.under(self.unit, itself=True)
        plain = {"csv", "sheet", "1"}
        codes = {code for codes in (self.above, self.below) for code in codes.values()} - plain
        return codes | {unit.short_name for unit in units} | {MARK}


def everything_but(county: Unit, name: str, *barred: Role) -> User:
    """Somebody who holds every post of a county that can be held together."""
    user = create_user(name, display_name=name, password=None, by=BY)
    for role in Role:
        if role not in barred:
            appoint(user, county, role, by=BY)
    return User.objects.get(pk=user.pk)


def all_posts(county: Unit, name: str) -> list[User]:
    """Every post of a county in as few hands as may be: the three administrators exclude one another."""
    one, two, three = sorted(EXCLUSIVE)
    return [
        everything_but(county, f"{name}-{only}", *(EXCLUSIVE - {only})) for only in (Role(one), Role(two), Role(three))
    ]


def village_under(cast: Cast, key: str, name: str) -> Unit:
    """A village with a telephone, for the county that has none in the small world."""
    new = NewUnit(f"{key}.v", f"{name}妇女联合会", f"{name}妇联", "federation", "village")
    unit = plant_units([new], by=BY, under=cast.units[key])[new.key]
    add_contact(unit, title="信息员", phone="0353-000-0000", by=BY)
    cast.units[new.key] = unit
    return unit


def county_of(cast: Cast, campaign: Campaign, key: str, mark: str = "") -> County:
    """Everything of the county `key`: the city's notice signed for and made its own, issued to its township, answered
    there, with an activity, a station, reports, mails, channels and people.

    Args:
        mark: a word that stands in every name somebody of the county chose.
    """
    unit, township = cast.units[key], cast.units[f"{key}.t"]
    officer = everything_but(unit, f"{key}-all", Role.AUDITOR, Role.SECURITY_ADMIN)
    copy = copy_of(campaign, unit)
    sign_circulation(copy, by=officer, signer=f"办公室{mark}")
    local = _issue(copy, officer, mark)
    below = copy_of(local, township)
    return County(unit, officer, _above(copy, officer, mark), _below(cast, below, officer, mark))


def _issue(copy: Circulation, officer: User, mark: str) -> Campaign:
    local = begin_local(copy, by=officer)
    Campaign.objects.filter(pk=local.pk).update(
        title=f"{mark}关于做好庆三八活动的通知", doc_number=f"{mark}妇发〔2024〕1号"
    )
    local.refresh_from_db()
    save_group(local.addressees.get(), f"各乡镇{mark}", by=officer)
    issue_campaign(local, by=officer, at_once=True)  # also when the test runs at night
    while send_circulations():
        continue
    return local


def _above(copy: Circulation, officer: User, mark: str) -> dict[str, str]:
    """What hangs on the county's copy of the city's notice."""
    unit, campaign = copy.unit, copy.campaign
    link, secret = link_of(copy, officer)
    say_burden(copy, by=link, text=f"太多表{mark}")
    duty = Obligation.objects.exclude(due_at=None).get(unit=unit, ask__campaign=campaign)
    more_time = ask_extension(duty, to=duty.due_at + timedelta(days=3), reason=f"改期{mark}", by=link)
    told = report_of(link, _open_ended(copy), title=f"读书{mark}")
    return {
        **unit_of(unit, unit.office, officer),
        **activity_of(link, unit, officer, title=f"义诊{mark}"),
        **told,
        "circulation": copy.code,
        "burden": Burden.objects.get(circulation=copy).code,
        "obligation": duty.code,
        "extension": more_time.code,
        "feed": open_feed(unit, by=link).secret,
        "file": campaign.notice.file.code,
        "link": secret,
    }  # fmt: skip


def _below(cast: Cast, copy: Circulation, officer: User, mark: str) -> dict[str, str]:
    """What hangs on the notice the county issued to its township, and what the county's office has beside it."""
    unit, campaign, office = copy.unit, copy.campaign, copy.campaign.office
    link, secret = link_of(copy, officer)
    say_burden(copy, by=link, text=f"太多表{mark}")
    dated = Obligation.objects.exclude(due_at=None).filter(unit=unit, ask__campaign=campaign).first()
    spare = receive_notice(office, data=f"{TEXT}\n{mark}".encode(), name="notice.txt", by=officer)
    return {
        **unit_of(unit, office, officer),
        "notice": spare.code,
        "item": spare.items.first().code,
        "campaign": campaign.code,
        "address_group": AddressGroup.objects.get(office=office).code,
        "clause": campaign.clauses.first().code,
        "circulation": copy.code,
        "burden": Burden.objects.get(circulation=copy).code,
        "obligation": dated.code,
        "link": secret,
        "file": spare.file.code,
        "message": OutMessage.objects.filter(office=office).first().code,
        "user": officer.code,
        "post": officer.posts.first().code,
        **mails_of(office, officer),
        **circulated(dated, office, link, officer),
        **activity_of(link, unit, officer, title=f"读一晚书{mark}"),
        **village_of(cast.units[f"{_key_of(cast, unit)}.v"], officer, title=f"剪纸{mark}"),
        **report_of(link, _open_ended(copy), title=f"讲座{mark}"),
        **summary_of(campaign, officer),
        **station_of(link, unit, campaign, officer),
    }


def _open_ended(copy: Circulation) -> Obligation:
    return Obligation.objects.get(unit=copy.unit, ask__campaign=copy.campaign, due_at=None)


def _key_of(cast: Cast, unit: Unit) -> str:
    return next(key for key, one in cast.units.items() if one.pk == unit.pk)
