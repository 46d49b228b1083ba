"""A city made up for measuring the board: its units, a campaign issued to all of them, and what has come back so far.

Rows are written in bulk, straight into the tables; chance is seeded, so every run measures the same city.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery

from jinguo.activities.models import Activity, ActivityClause
from jinguo.campaigns.models import Ask, Burden, Campaign, Circulation, Clause, ExtensionRequest, Obligation
from jinguo.federation.actions.posts import appoint, create_user
from jinguo.federation.actions.units import open_office
from jinguo.federation.models import Contact, Office, Unit, User
from jinguo.federation.models.user import Role
from jinguo.files.actions import store_file
from jinguo.journal.actions import System
from jinguo.lib import clock
from jinguo.notices.models import Item, ItemKind, Notice, NoticeState
from jinguo.reports.actions.telling import tell
from jinguo.reports.models import Return, ReturnVersion
from jinguo.reports.models.returned import ReturnClause
from tests.bench._nation import name_of

BY = System("bench")
COUNTIES, TOWNSHIPS, MUNICIPAL, CLAUSES = 8, 20, 400, 24
BATCH = 2_000


@dataclass
class City:
    """What was made: the office, its officer, the campaign, and everybody it was issued to."""

    office: Office
    officer: User
    campaign: Campaign
    units: list[Unit] = field(default_factory=list)


def build(units: int = 3_000, asks: int = 20, seed: int = 8) -> City:
    """A city of so many units below its federation, one campaign with so many asks, and a month of answers."""
    chance = random.Random(seed)
    root = _plant([Unit(name="清泉市妇女联合会", short_name="清泉市妇联", unit_class="federation", level="city")])[0]
    office = open_office(
        root, by=BY, department="宣教部", doc_code="泉妇发", doc_mark=root.name, brand=root.short_name,
        mail_from="quan@example.org", phone="0353-000-0100",
    )  # fmt: skip
    officer = create_user("officer", display_name="经办人", password=None, by=BY)
    appoint(officer, root, Role.OFFICER, by=BY)
    found = _tree(root, units)
    Contact.objects.bulk_create((Contact(unit=unit, title="信息员", phone="0353-000-0000") for unit in found), BATCH)
    city = City(office, officer, _campaign(office), found)
    clauses = _clauses(city.campaign)
    duties = _issue(city, _asks(city.campaign, asks, chance), chance)
    _answer(city, duties, clauses, chance)
    return city


def _plant(rows: list[Unit]) -> list[Unit]:
    Unit.objects.bulk_create(rows, BATCH)
    for row in rows:
        row.path = (row.parent.path if row.parent else "") + f"{row.pk:06x}/"
    Unit.objects.bulk_update(rows, ["path"], batch_size=400)
    return rows


def _tree(root: Unit, units: int) -> list[Unit]:
    """Counties, their townships, as many villages as are wanted, and the units of the city itself."""
    municipal = min(MUNICIPAL, units // 4)
    counties = _plant(_below([root] * COUNTIES, "county", "县", start=11))
    towns = _plant(
        _below([county for county in counties for _ in range(min(TOWNSHIPS, units // 40))], "township", "镇", start=101)
    )
    left = units - COUNTIES - len(towns) - municipal
    villages = _plant(_below([towns[n * len(towns) // left] for n in range(left)], "village", "村", start=1001))
    kinds = ["committee", "enterprise"]
    direct = [
        Unit(name=f"市{name_of(5000 + n)}妇委会", short_name=f"市{name_of(5000 + n)}妇委会", unit_class=kinds[n % 2],
             level="city", parent=root)
        for n in range(municipal)
    ]  # fmt: skip
    return [*counties, *towns, *villages, *_plant(direct)]


def _below(parents: list[Unit], level: str, word: str, start: int) -> list[Unit]:
    return [
        Unit(
            name=f"{name_of(start + n)}{word}妇女联合会", short_name=f"{name_of(start + n)}{word}妇联",
            unit_class="federation", level=level, parent=parent,
        )
        for n, parent in enumerate(parents)
    ]  # fmt: skip


def _campaign(office: Office) -> Campaign:
    issued = clock.now() - timedelta(days=30)
    file = store_file(b"bench", unit=office.unit, name="notice.txt", media_type="text/plain", by=BY)
    notice = Notice.objects.create(
        office=office,
        file=file,
        sha256=file.sha256,
        state=NoticeState.PLANNED,
        title="系列活动的通知",
        received_at=issued,
    )
    return Campaign.objects.create(
        office=office, notice=notice, title="关于开展“三八”国际妇女节系列活动的通知", doc_number="泉妇发〔2024〕6号",
        state="issued", created_at=issued, issued_at=issued, sign_due_at=issued + timedelta(days=5), sign_due_origin="confirmed",
    )  # fmt: skip


def _clauses(campaign: Campaign) -> list[Clause]:
    """The last two are clauses nobody acts on."""
    rows = []
    for n in range(CLAUSES):
        item = Item.objects.create(notice=campaign.notice, position=n, kind=ItemKind.MEASURE, title=f"措施{n}")
        rows.append(
            Clause.objects.create(
                campaign=campaign, item=item, position=n, number=f"二（{n // 6 + 1}）{n % 6 + 1}", kind="measure",
                heading=f"{name_of(n * 31)}巾帼行动", sentence="要组织。", reach="suited" if n % 4 == 3 else "each",
            )
        )  # fmt: skip
    return rows


def _asks(campaign: Campaign, asks: int, chance: random.Random) -> list[Ask]:
    """The first is open-ended, the others due from three weeks ago to two weeks ahead."""
    rows = [Ask(campaign=campaign, kind="each_activity", title="每次活动的情况", soft_word="及时")]
    for n in range(1, asks):
        due = clock.end_of(clock.today() + timedelta(days=-21 + n * 35 // asks))
        rows.append(
            Ask(
                campaign=campaign,
                kind="dated",
                title=f"第{n}张表",
                due_at=due,
                due_origin=chance.choice(["notice", "confirmed"]),
            )
        )
    return Ask.objects.bulk_create(rows)


def _issue(city: City, asks: list[Ask], chance: random.Random) -> list[Obligation]:
    """A copy and an obligation each; most are signed and answered, some are exempt, some late."""
    issued, now = city.campaign.issued_at, clock.now()
    copies = []
    for unit in city.units:
        signed = chance.random() < 0.93
        at = issued + timedelta(minutes=chance.randrange(20, 9000))
        copies.append(
            Circulation(
                campaign=city.campaign, unit=unit, queued_at=issued, delivered_at=issued, read_at=at if signed else None,
                signed_at=at if signed else None, signed_how=chance.choice(["link", "link", "phone"]) if signed else "",
            )
        )  # fmt: skip
    Circulation.objects.bulk_create(copies, BATCH)
    duties = [_duty(ask, unit, issued, now, chance) for ask in asks for unit in city.units]
    Obligation.objects.bulk_create(duties, BATCH)
    asked = (duty for duty in duties if duty.due_at and duty.due_at > now and chance.random() < 0.02)
    ExtensionRequest.objects.bulk_create(
        [_request(duty, now, chance) for duty in asked], BATCH
    )  # fmt: skip
    burdens = [
        Burden(circulation=copy, text_hash=f"{n}", at=now - timedelta(days=3)) for n, copy in enumerate(copies[:20])
    ]
    Burden.objects.bulk_create(burdens)
    gone = chance.sample(city.units, k=len(city.units) // 100)
    Unit.objects.filter(pk__in=[unit.pk for unit in gone]).update(valid_to=clock.today() - timedelta(days=10))
    return duties


def _duty(ask: Ask, unit: Unit, issued: datetime, now: datetime, chance: random.Random) -> Obligation:
    facts: dict[str, Any] = {}
    fate = chance.random()
    at = issued + timedelta(minutes=chance.randrange(1000, 40_000))
    if fate < 0.55:
        returns = chance.randint(1, 3)
        facts = {
            "returns": returns, "accepted": chance.randint(0, returns), "first_reported_at": at, "last_reported_at": at
        }  # fmt: skip
    elif fate < 0.65:
        facts = {"zero_at": at, "zero_reason": "没有开展"}
    elif fate < 0.70:
        facts = {"exempt_at": at, "exempt_reason": "不适合"}
    elif fate < 0.73:
        facts = {"returns": 1, "sent_back": 1, "first_reported_at": at, "last_reported_at": at}
    elif fate < 0.76 and ask.due_at:
        facts = {"extended_to": ask.due_at + timedelta(days=7), "extension_reason": "改期"}
    return Obligation(ask=ask, unit=unit, due_at=ask.due_at, **facts)


def _request(duty: Obligation, now: datetime, chance: random.Random) -> ExtensionRequest:
    answered = chance.random() < 0.7
    return ExtensionRequest(
        obligation=duty, due_at=duty.due_at, to=duty.due_at + timedelta(days=7), reason="改期",
        asked_at=now - timedelta(hours=90), asked_by="bench",
        answer="refused" if answered else "", answered_at=now - timedelta(hours=chance.randrange(1, 80)) if answered else None,
    )  # fmt: skip


def _answer(city: City, duties: list[Obligation], clauses: list[Clause], chance: random.Random) -> None:
    """For each unit the returns of its first ask; most accepted, each under one clause or two."""
    now = clock.now()
    given = [
        Return(
            obligation=duty, unit=duty.unit, campaign=city.campaign, key=f"form:{n}", state="reported", created_at=now,
            first_sent_at=now - timedelta(days=9), sent_at=now - timedelta(days=9),
        )
        for duty in duties[: len(city.units)] for n in range(4)
    ]  # fmt: skip
    Return.objects.bulk_create(given, BATCH)
    versions = [
        ReturnVersion(
            given=row, number=1, token=f"{row.pk}", title="活动", written_at=row.sent_at, sent_at=row.sent_at, actor="bench",
            answered_at=row.sent_at + timedelta(hours=chance.randrange(1, 90)) if chance.random() < 0.9 else None,
        )
        for row in given
    ]  # fmt: skip
    ReturnVersion.objects.bulk_create(versions, BATCH)
    ReturnClause.objects.bulk_create(_links(versions, clauses, chance), BATCH)
    newest = ReturnVersion.objects.filter(given=OuterRef("pk")).values("pk")[:1]
    Return.objects.update(current=Subquery(newest))
    answered = Return.objects.filter(current__in=ReturnVersion.objects.exclude(answered_at=None))
    answered.update(state="accepted", accepted=F("current"), accepted_at=F("sent_at"))
    tell(Return.objects.values_list("pk", flat=True))
    held = [
        Activity(office=city.office, unit=unit, campaign=city.campaign, title="活动", kind="lecture",
                 state="published", created_at=now, published_at=now)
        for unit in city.units[:600]
    ]  # fmt: skip
    Activity.objects.bulk_create(held, BATCH)
    ActivityClause.objects.bulk_create(
        [ActivityClause(activity=row, clause=chance.choice(clauses[:-2])) for row in held], BATCH
    )


def _links(versions: list[ReturnVersion], clauses: list[Clause], chance: random.Random) -> Iterable[ReturnClause]:
    for version in versions:
        for clause in chance.sample(clauses[:-2], k=chance.randint(1, 2)):
            yield ReturnClause(version=version, clause=clause)
