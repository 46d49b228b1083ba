"""Slips (签收单) of many units as one PDF, made by the worker: a city's take a minute, and no request waits so long.

The rows are the truth: a run names its copies, each part that is made stands beside it, and a worker killed at any moment
goes on with the part that is missing. Links of a part nobody ever saw stay unknown to everybody and run out by themselves.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jinguo.campaigns import rules
from jinguo.campaigns.actions.group import paper_links
from jinguo.campaigns.models import Campaign, Circulation, SlipPart, SlipRun
from jinguo.campaigns.queries.circulation import to_be_signed
from jinguo.campaigns.slip_words import slip_words
from jinguo.campaigns.slips import PER_PAGE, NotPrinted, Slip, joined_pdf, slips_pdf
from jinguo.files import actions as files
from jinguo.journal import actions as journal
from jinguo.lib import clock, limits
from jinguo.lib.claim import MAX_ATTEMPTS, back_off, claim
from jinguo.lib.errors import Refused
from jinguo.lib.registry import due_work
from jinguo.lib.rulings import require

logger = logging.getLogger(__name__)
PRINTER = journal.System("slips")
PART = 100  # units: some four seconds of the worker, which then sees to everything else before the next part
LEASE = timedelta(minutes=3)  # longer than Typst may take
KEPT = timedelta(days=7)  # every slip opens a unit's page: the file is not ours to keep
MOST = 20 * limits.UPLOAD_BYTES


def copies_to_print(campaign: Campaign) -> list[int]:
    """Row numbers of the copies nobody has signed for, of units in being, in the order of the tree."""
    return list(to_be_signed(campaign).values_list("pk", flat=True))


def ask_slips(campaign: Campaign, *, by: journal.Actor) -> SlipRun:
    """Have the slips of everybody who has not signed made. While some are being made, those.

    Raises:
        Refused: not this person's to do, or everybody has signed.
    """
    require(rules.circulation.may_spread(campaign, by))
    moment, copies = clock.now(), copies_to_print(campaign)
    if not copies:
        raise Refused(_("都签收了，没有要打印的。"))
    try:
        with transaction.atomic():
            run = SlipRun.objects.create(
                campaign=campaign, copies=copies, asked_at=moment, asked_by=by.actor_code, next_at=moment
            )
            journal.record(
                "campaign.ask_slips", by=by, kind="campaign", code=campaign.code, owner=campaign.office.unit.code,
                units=len(copies),
            )  # fmt: skip
    except IntegrityError:
        return campaign.slip_runs.get(ended_at=None)
    return run


@due_work.register("campaigns.slips")
def print_slips() -> int:
    """Make the next part of one run that waits, or join the parts when all are there; returns how many it moved."""
    taken = claim(SlipRun.objects.waiting().order_by("next_at", "pk"), lease=LEASE, most=1)
    for run in taken:
        if run.attempts >= MAX_ATTEMPTS:
            _set_aside(run)
            continue
        try:
            _join(run) if run.done >= run.total else _make_part(run)
        except NotPrinted as problem:
            logger.error("sign-for slips of %s: %s", run.campaign.code, problem)
            later = clock.now() + back_off(run.attempts + 1)
            _give_back(run, attempts=run.attempts + 1, next_at=later)
    return len(taken)


def print_now(campaign: Campaign, *, by: journal.Actor) -> bytes:
    """The slips of a few units, at once.

    Raises:
        NotPrinted: Typst refused, or took too long.
    """
    require(rules.circulation.may_spread(campaign, by))
    copies = copies_to_print(campaign)[:PART]
    return _printed(campaign, copies, first=0, total=len(copies), by=by)


def _printed(campaign: Campaign, copies: list[int], *, first: int, total: int, by: journal.Actor) -> bytes:
    found = Circulation.objects.filter(pk__in=copies).select_related("unit", "campaign__office__unit").in_bulk()
    rows = [found[pk] for pk in copies if pk in found]
    slips = [Slip(row.unit.name, address) for row, address in zip(rows, paper_links(rows, by=by), strict=True)]
    pages = -(-total // PER_PAGE)
    return slips_pdf(
        slips, slip_words(campaign), own_fonts=settings.FONTS, first_page=first // PER_PAGE + 1, pages=pages
    )


def _make_part(run: SlipRun) -> None:
    first = run.done
    made = _printed(
        run.campaign, run.copies[first : first + PART], first=first, total=run.total, by=PRINTER
    )  # fmt: skip
    with transaction.atomic():
        kept = files.store_file(
            made, unit=run.campaign.office.unit, name=f"slips-{first}.pdf", media_type="application/pdf", by=PRINTER,
            most=MOST,
        )  # fmt: skip
        if not _give_back(run, done=min(first + PART, run.total), attempts=0):
            files.destroy_file(kept, reason="made twice", by=PRINTER)
            return
        SlipPart.objects.create(run=run, first=first, file=kept)


def _join(run: SlipRun) -> None:
    """One PDF of all parts; the parts are destroyed."""
    parts = list(run.parts.select_related("file__unit"))
    whole = joined_pdf([files.read_file(part.file) for part in parts])
    campaign = run.campaign
    name = f"{campaign.doc_number or campaign.title}-slips.pdf"
    with transaction.atomic():
        kept = files.store_file(
            whole, unit=campaign.office.unit, name=name, media_type="application/pdf", by=PRINTER, most=MOST
        )
        if not _give_back(run, file=kept, ended_at=clock.now()):
            files.destroy_file(kept, reason="made twice", by=PRINTER)
            return
        run.parts.all().delete()
        for part in parts:
            files.destroy_file(part.file, reason="joined", by=PRINTER)


def _give_back(run: SlipRun, **facts: object) -> int:
    """Write what became of a claimed run, where the claim still holds."""
    own = SlipRun.objects.filter(pk=run.pk, lease_token=run.lease_token, done=run.done, ended_at=None)
    return own.update(lease_until=None, lease_token="", **facts)


def _set_aside(run: SlipRun) -> None:
    with transaction.atomic():
        if _give_back(run, ended_at=clock.now()):
            _drop_parts(run, "set aside")
            journal.record("campaign.slips_failed", by=PRINTER, kind="campaign", code=run.campaign.code,
                           owner=run.campaign.office.unit.code)  # fmt: skip


def _drop_parts(run: SlipRun, reason: str) -> None:
    parts = list(run.parts.select_related("file__unit"))
    run.parts.all().delete()
    for part in parts:
        files.destroy_file(part.file, reason=reason, by=PRINTER)


@due_work.register("campaigns.forget_slips", every=3600)
def forget_slips(most: int = 20) -> int:
    """Destroy the PDFs made a week ago."""
    old = SlipRun.objects.filter(ended_at__lt=clock.now() - KEPT, file__deleted_at=None).exclude(file=None)
    rows = list(old.select_related("file__unit")[:most])
    for run in rows:
        files.destroy_file(run.file, reason="kept a week", by=PRINTER)
    return len(rows)
