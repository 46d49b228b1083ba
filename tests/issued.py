"""An issued campaign for tests of what comes after issuing: a notice, three clauses, two asks, units of our city.

Written straight into the tables, so that these tests do not depend on the reader or on the plan's pages.
"""

from datetime import datetime, timedelta

import pytest

from jinguo.campaigns.actions.delivery import send_circulations
from jinguo.campaigns.models import Ask, Campaign, Circulation, Clause, Obligation
from jinguo.campaigns.models.campaign import CampaignState, ClauseKind, DueOrigin, Reach
from jinguo.campaigns.models.obligation import AskKind
from jinguo.federation.models import Unit
from jinguo.files.actions import store_file
from jinguo.lib import clock
from jinguo.notices.models import Decision, Item, ItemKind, Notice, NoticeState, Reading
from tests.remembered import Remembered
from tests.world import BY, Cast

TITLE = "关于开展2024年“三八”国际妇女节系列活动的通知"
TEXT = "各县（区）妇联：\n　　要组织义诊，走进企业和医院。\n　　要在妇女之家讲一堂家庭教育课。\n　　开展活动的情况，请及时报送市妇联宣教部。\n"
UNITS = ("c.a", "c.b", "c.edu", "c.hos", "c.home")


def issue(
    cast: Cast, keys: tuple[str, ...] = UNITS, *, sign_due_at: datetime | None = None, title: str = TITLE
) -> Campaign:
    """A campaign of our city's office, issued yesterday to these units, nothing sent yet."""
    if sign_due_at is not None:
        return _issue(cast, keys, sign_due_at, title)
    return _remembered(cast, keys, None, title, about=(_whose(cast), keys, title, Notice.objects.count()))


def _whose(cast: Cast) -> tuple[int, ...]:
    """Which rows the cast stands in; another one's would be strangers to it."""
    return tuple(unit.pk for unit in cast.units.values())


def _issue(cast: Cast, keys: tuple[str, ...], sign_due_at: datetime | None, title: str) -> Campaign:
    issued_at = clock.now() - timedelta(days=1)
    notice = _notice(cast, title)
    campaign = Campaign.objects.create(
        office=cast.office, notice=notice, title=title, doc_number=notice.doc_number, state=CampaignState.ISSUED,
        created_at=issued_at, issued_at=issued_at, sign_due_at=sign_due_at,
        sign_due_origin=DueOrigin.CONFIRMED if sign_due_at else "",
    )  # fmt: skip
    _clauses(campaign)
    asks = _asks(campaign)
    units = [cast.units[key] for key in keys]
    Circulation.objects.bulk_create(Circulation(campaign=campaign, unit=unit) for unit in units)
    Obligation.objects.bulk_create(Obligation(ask=ask, unit=unit, due_at=ask.due_at) for ask in asks for unit in units)
    return campaign


_remembered = Remembered(_issue)


def _notice(cast: Cast, title: str) -> Notice:
    file = store_file(
        f"{title}\n{TEXT}".encode(), unit=cast.office.unit, name="通知.txt", media_type="text/plain", by=BY
    )
    number = Notice.objects.count() + 1
    notice = Notice.objects.create(
        office=cast.office, file=file, sha256=file.sha256, state=NoticeState.PLANNED, title=title,
        doc_number=f"泉妇发〔2024〕{number}号", received_at=clock.now(),
    )  # fmt: skip
    Reading.objects.create(
        notice=notice, raw_text=TEXT, extractor="text", extractor_version="1", record={}, made_at=clock.now()
    )
    return notice


def _clauses(campaign: Campaign) -> None:
    rows = [
        ("二(一)一", "“漾泉”义诊", "要组织义诊，走进企业和医院。", Reach.EACH, ClauseKind.MEASURE),
        ("二(一)二", "家庭教育课", "要在妇女之家讲一堂家庭教育课。", Reach.SUITED, ClauseKind.MEASURE),
        ("三(1)", "纪念大会", "召开纪念大会。", Reach.ISSUER, ClauseKind.OWN_EVENT),
    ]
    for position, (number, heading, sentence, reach, kind) in enumerate(rows, 1):
        item = Item.objects.create(
            notice=campaign.notice, position=position, kind=ItemKind.MEASURE, title=heading, quote=sentence,
            decision=Decision.CONFIRMED,
        )  # fmt: skip
        Clause.objects.create(
            campaign=campaign, item=item, position=position, number=number, kind=kind, heading=heading,
            sentence=sentence, force="要", reach=reach,
        )  # fmt: skip


def _asks(campaign: Campaign) -> list[Ask]:
    return [
        Ask.objects.create(
            campaign=campaign, kind=AskKind.EACH_ACTIVITY, title="每次活动的情况", soft_word="及时",
            sentence="开展活动的情况，请及时报送市妇联宣教部。",
        ),
        Ask.objects.create(
            campaign=campaign, kind=AskKind.CLOSING, title="活动总结", due_at=clock.end_of(clock.today() + timedelta(10)),
            due_origin=DueOrigin.CONFIRMED,
        ),
    ]  # fmt: skip


def copy_of(campaign: Campaign, unit: Unit) -> Circulation:
    """The unit's circulation of a campaign, freshly read."""
    return Circulation.objects.select_related("campaign__office__unit", "unit").get(campaign=campaign, unit=unit)


def _issue_and_send(cast: Cast) -> Campaign:
    campaign = issue(cast)
    send_circulations()
    return campaign


_sent = Remembered(_issue_and_send)


@pytest.fixture
def campaign(cast: Cast, request: pytest.FixtureRequest) -> Campaign:
    """Issued to five units; nothing sent yet, unless the test asks for the `letters` too."""
    if "letters" in request.fixturenames:
        return _sent(cast, about=_whose(cast))
    return issue(cast)
