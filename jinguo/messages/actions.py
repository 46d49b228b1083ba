"""Queueing messages, and the worker's sending of them. Nothing leaves inside a request.

`handed_at` is written before the data go out. Whoever finds a row handed over without an outcome (the worker was killed in
between) knows that nobody knows. A mail is then `unknown` and a person decides: it is handed over at most once by itself.
A group or a phone cannot be asked, and nothing shall be lost: those messages are handed over once more, and the row says
so; after that a person decides too.
"""

import ipaddress
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.models import Office
from jinguo.journal import actions as journal
from jinguo.lib import clock, ids
from jinguo.lib.claim import MAX_ATTEMPTS, back_off, claim
from jinguo.lib.errors import Invalid, Refused
from jinguo.lib.hold import differing, hold
from jinguo.lib.registry import due_work
from jinguo.lib.rulings import require
from jinguo.messages import rules
from jinguo.messages.faults import CUT_SHORT, KILLS, REPEATED, NotSent, Uncertain
from jinguo.messages.models import UNSENT, Channel, Delivery, Gateway, OutMessage, Robot, RobotKind
from jinguo.messages.transport import carry

LEASE = timedelta(minutes=5)  # far longer than one conversation with a server; renewed at the hand-over
AGAIN = (Delivery.ASIDE, Delivery.UNKNOWN)  # what a person may send again


class LeaseLost(Exception):
    """Another worker has this row, or nobody wants it sent any more."""


def queue_message(
    office: Office,
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    about: tuple[str, str],
    token: str = "",
    channel: str = Channel.EMAIL,
    next_at: datetime | None = None,
) -> OutMessage:
    """Put one message into the outbox, in the caller's transaction. The same key gives the row already there.

    Args:
        to: an e-mail address, a mobile number, or the code of a group robot, as the channel needs.
        next_at: not before this instant; None for at once.
    """
    existing = OutMessage.objects.filter(key=key).first()
    if existing:
        return existing
    code = ids.new_code()
    domain = (office.mail_from or "no-reply@example.org").rsplit("@", 1)[-1]
    row = OutMessage(
        code=code, office=office, key=key, channel=channel, about_kind=about[0], about_code=about[1], token=token,
        message_id=f"<{code}@{domain}>", created_at=clock.now(), next_at=next_at or clock.now(),
    )  # fmt: skip
    row.to, row.subject, row.body = one_line(to), one_line(subject), body
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return OutMessage.objects.get(key=key)  # another process queued it between our look and our insert
    return row


@due_work.register("messages.send")
def send_waiting(most: int = 20) -> int:
    """Send up to `most` waiting messages; each outcome is its own transaction."""
    done = set_doubtful(most)
    while done < most:
        rows = claim(OutMessage.objects.waiting(), lease=LEASE, most=1)
        if not rows:
            break
        _send_one(rows[0])
        done += 1
    return done


def set_doubtful(most: int = 20) -> int:
    """Rows handed to a server by a worker that died before it heard the answer: nobody knows, a person decides."""
    gone = OutMessage.objects.filter(state=Delivery.WAITING, lease_until__lt=clock.now()).exclude(handed_at=None)
    rows = list(gone.select_related("office__unit")[:most])
    for row in rows:
        _doubt(row, row.attempts + 1, CUT_SHORT)
    return len(rows)


def _doubt(row: OutMessage, attempts: int, failure: str) -> None:
    """Nobody knows whether it arrived: once more where the channel cannot tell, else a person decides."""
    if row.channel == Channel.EMAIL or row.repeats:
        return _settle(row, Delivery.UNKNOWN, attempts, failure)
    OutMessage.objects.filter(pk=row.pk, lease_token=row.lease_token, state=Delivery.WAITING, repeats=0).update(
        repeats=1, handed_at=None, lease_until=None, attempts=attempts, failure=f"{REPEATED} ({failure})"[:300],
        next_at=clock.now() + back_off(attempts),
    )  # fmt: skip


def _send_one(row: OutMessage) -> None:
    if row.attempts >= MAX_ATTEMPTS:
        return _settle(row, Delivery.ASIDE, row.attempts, KILLS)
    attempts, failure = row.attempts + 1, ""
    state: Any = Delivery.SENT
    try:
        carry(row, lambda: _note_hand_over(row))
    except LeaseLost:
        return
    except Uncertain as doubt:
        return _doubt(row, attempts, str(doubt))
    except NotSent as reason:
        given_up = reason.final or attempts >= MAX_ATTEMPTS
        state, failure = (Delivery.ASIDE if given_up else Delivery.WAITING), str(reason)
    if row.repeats and not failure:
        failure = REPEATED
    _settle(row, state, attempts, failure)


def _note_hand_over(row: OutMessage) -> None:
    """Written before the data go out, so that a second hand-over by itself is impossible.

    Raises:
        LeaseLost: the row is not ours any more; nothing may be sent.
    """
    moment = clock.now()
    mine = OutMessage.objects.filter(
        pk=row.pk, state=Delivery.WAITING, handed_at=None, lease_token=row.lease_token, lease_until__gt=moment
    ).update(handed_at=moment, lease_until=moment + LEASE)
    if not mine:
        raise LeaseLost


def _settle(row: OutMessage, state: Any, attempts: int, failure: str) -> None:
    """Write one outcome, if the row is still ours."""
    changes = {"state": state, "attempts": attempts, "failure": failure[:300], "lease_until": None}
    if state != Delivery.UNKNOWN:
        changes["handed_at"] = None
    if state == Delivery.SENT:
        changes |= {"sent_at": clock.now(), "body_sealed": ""}
    elif state == Delivery.WAITING:
        changes["next_at"] = clock.now() + back_off(attempts)
    with transaction.atomic():
        ours = OutMessage.objects.filter(pk=row.pk, lease_token=row.lease_token, state=Delivery.WAITING)
        if ours.update(**changes) and state != Delivery.WAITING:
            journal.record(
                f"message.{state}", by=journal.System("outbox"), kind="message", code=row.code,
                owner=row.office.unit.code, about=f"{row.about_kind}:{row.about_code}", attempts=attempts,
            )  # fmt: skip


def note_bounce(row: OutMessage, *, said: str, by: journal.Actor) -> bool:
    """A delivery report came for a message that had left; false when its end was known before. In the caller's transaction.

    It is not sent again from here: the address has to be mended first.
    """
    moved = OutMessage.objects.filter(pk=row.pk, state__in=[Delivery.SENT, Delivery.UNKNOWN]).update(
        state=Delivery.BOUNCED, failure=one_line(said)[:300], handed_at=None
    )
    if moved:
        journal.record(
            "message.bounce", by=by, kind="message", code=row.code, owner=row.office.unit.code,
            about=f"{row.about_kind}:{row.about_code}",
        )  # fmt: skip
    return bool(moved)


def retry_message(row: OutMessage, *, by: journal.Actor) -> bool:
    """Send a set-aside or uncertain message again, on a person's word; false where it is on its way or has gone already."""
    if not policy.may(by, "message.edit", row.office.unit):
        raise Refused(_("只有本单位的经办人可以重发。"))
    with transaction.atomic():
        moved = OutMessage.objects.filter(pk=row.pk, state__in=AGAIN).update(**_afresh())
        if moved:
            journal.record("message.retry", by=by, kind="message", code=row.code, owner=row.office.unit.code)
    return bool(moved)


def retry_aside(office: Office, *, by: journal.Actor) -> int:
    """Send everything again that was set aside, after the mailbox was mended; returns how many."""
    if not policy.may(by, "message.edit", office.unit):
        raise Refused(_("只有本单位的经办人可以重发。"))
    with transaction.atomic():
        moved = OutMessage.objects.filter(office=office, state=Delivery.ASIDE).update(**_afresh())
        if moved:
            journal.record(
                "message.retry_all", by=by, kind="office", code=office.code, owner=office.unit.code, messages=moved
            )
    return moved


def drop_messages(about: tuple[str, str], *, by: journal.Actor) -> int:
    """Unsent messages about a thing need not go any more (their link was replaced); returns how many.

    One already handed to a server, with its outcome still open, stays: it may have left.
    """
    kind, code = about
    with transaction.atomic():
        rows = OutMessage.objects.filter(about_kind=kind, about_code=code, handed_at=None)
        dropped = rows.filter(state__in=UNSENT).update(state=Delivery.DROPPED, body_sealed="", lease_until=None)
        if dropped:
            journal.record("message.drop", by=by, kind=kind, code=code, messages=dropped)
    return dropped


def withdraw_messages(kind: str, codes: Iterable[str]) -> int:
    """Unsent messages about many things need not go any more, in the transaction and the record of the caller, who says why;
    returns how many. What was handed to a server already stays: it may have left."""
    rows = OutMessage.objects.filter(about_kind=kind, about_code__in=codes, handed_at=None, state__in=UNSENT)
    return rows.update(state=Delivery.DROPPED, body_sealed="", lease_until=None)


def withhold_messages(about: tuple[str, str], kind: str, *, by: journal.Actor) -> None:
    """Messages about a thing stand under another kind from now on, which is on nobody's list; those not gone do not go."""
    drop_messages(about, by=by)
    OutMessage.objects.filter(about_kind=about[0], about_code=about[1]).update(about_kind=kind)


def forget_messages(about: tuple[str, str], *, by: journal.Actor) -> int:
    """Whom messages about a thing went to, and what they said, is destroyed; that they went, and when, stays.

    What has not left by now never will. Returns how many were forgotten.
    """
    kind, code = about
    with transaction.atomic():
        rows = OutMessage.objects.filter(about_kind=kind, about_code=code)
        rows.filter(state__in=[Delivery.WAITING, *AGAIN]).update(state=Delivery.DROPPED, lease_until=None)
        gone = rows.exclude(to_sealed="").update(to_sealed="", subject_sealed="", body_sealed="", failure="")
        if gone:
            journal.record("message.forget", by=by, kind=kind, code=code, messages=gone)
    return gone


def _afresh() -> dict[str, object]:
    return {
        "state": Delivery.WAITING, "attempts": 0, "next_at": clock.now(), "failure": "", "handed_at": None,
        "lease_until": None,
    }  # fmt: skip


def one_line(value: str) -> str:
    """Header text without anything a reader takes for a line break: nobody smuggles a header in."""
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", value).strip()


# Channels beside mail ---------------------------------------------------------------------------------------------------

MOST_ROBOTS = 10
_NOT_AN_ADDRESS = _("请把机器人的 Webhook 地址整个粘贴过来，以 https:// 开头。")


def add_robot(office: Office, *, kind: str, name: str, url: str, secret: str, by: journal.Actor) -> Robot:
    """Let the office post into a group. The address and the signing secret are sealed and never shown again.

    Raises:
        Invalid: not an address, no name, or more than `MOST_ROBOTS`.
    """
    require(rules.may_set_channels(office, by))
    name = " ".join(name.split())[:40]
    if not name:
        raise Invalid(_("请写一下是哪个群，比如“县区妇联工作群”。"), "name")
    check_address(url.strip(), _NOT_AN_ADDRESS)
    row = Robot(code=ids.new_code(), office=office, kind=RobotKind(kind), name=name, added_at=clock.now())
    row.url, row.secret = url.strip(), secret.strip()
    facts = {"kind": row.kind, "name": name, "url": row.url, "secret": row.secret}
    with transaction.atomic():
        hold(office)
        working = list(office.robots.working())
        same = next((robot for robot in working if not differing(robot, facts)), None)
        if same is not None:
            return same
        if len(working) >= MOST_ROBOTS:
            raise Invalid(_("群机器人最多设 10 个。请先停用不用的。"), "name")
        row.save()
        journal.record("robot.add", by=by, kind="office", code=office.code, owner=office.unit.code, robot=row.code)
    return row


def end_robot(robot: Robot, *, by: journal.Actor) -> None:
    """Post into this group no more; what waits for it is dropped, its secrets are forgotten."""
    require(rules.may_set_channels(robot.office, by))
    with transaction.atomic():
        ended = Robot.objects.filter(pk=robot.pk, ended_at=None).update(
            ended_at=clock.now(), url_sealed="", secret_sealed=""
        )
        if ended:
            office = robot.office
            journal.record(
                "robot.end", by=by, kind="office", code=office.code, owner=office.unit.code, robot=robot.code
            )


def set_gateway(office: Office, *, url: str, body: str, media_type: str, ok_text: str, by: journal.Actor) -> Gateway:
    """The SMS gateway's address and body as templates; set again it replaces the former one.

    Raises:
        Invalid: not an address, or {phone} and {text} are nowhere put in.
    """
    require(rules.may_set_channels(office, by))
    url, body = url.strip(), body.strip()
    check_address(url, _("请写网关的完整地址，以 http:// 或 https:// 开头。"))
    if any(place not in url + body for place in ("{phone}", "{text}")):
        raise Invalid(_("地址和正文里要有 {phone} 和 {text}，发送时会换成号码和内容。"), "body")
    facts = {"url": url, "body": body, "media_type": media_type, "ok_text": ok_text.strip()[:60], "is_active": True}
    with transaction.atomic():
        hold(office)
        row = Gateway.objects.filter(office=office).first() or Gateway(code=ids.new_code(), office=office)
        if row.pk and not differing(row, facts):
            return row
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()
        journal.record("gateway.set", by=by, kind="office", code=office.code, owner=office.unit.code)
    return row


def end_gateway(office: Office, *, by: journal.Actor) -> None:
    """Send no SMS any more; the address and its password are forgotten."""
    require(rules.may_set_channels(office, by))
    with transaction.atomic():
        if Gateway.objects.filter(office=office, is_active=True).update(is_active=False, url_sealed="", body_sealed=""):
            journal.record("gateway.end", by=by, kind="office", code=office.code, owner=office.unit.code)


def check_address(url: str, sentence: object) -> None:
    """An http(s) address with a host; plain http only to a private network, where a robot or gateway of one's own stands.

    Raises:
        Invalid: anything else.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise Invalid(sentence, "url") from None
    if parts.scheme not in ("http", "https") or not host or any(mark.isspace() for mark in url):
        raise Invalid(sentence, "url")
    if parts.scheme == "http" and not _is_inside(host):
        raise Invalid(_("公网上的地址要用 https://，内网的才可以用 http://。"), "url")


def _is_inside(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".internal"))


def post_to_group(
    robot: Robot, *, key: str, text: str, about: tuple[str, str], next_at: datetime | None = None
) -> OutMessage:
    """Queue one text for a group, in the caller's transaction; the same key is posted once.

    Args:
        next_at: not before; None: at once.
    """
    return queue_message(
        robot.office, key=key, to=robot.code, subject=robot.name, body=text, about=about, channel=robot.kind,
        next_at=next_at,
    )  # fmt: skip


def hurry_message(key: str) -> bool:
    """What waits for its hour goes now, in the caller's transaction; false where nothing waits under this key."""
    moment = clock.now()
    waiting = OutMessage.objects.waiting().filter(key=key, attempts=0, next_at__gt=moment)
    return bool(waiting.order_by().update(next_at=moment))


def send_sms(
    office: Office, *, key: str, phone: str, text: str, about: tuple[str, str], next_at: datetime | None = None
) -> OutMessage:
    """Queue one SMS, in the caller's transaction; the same key is sent once.

    Args:
        next_at: not before; None: at once, for what somebody waits for on her screen.
    """
    return queue_message(
        office, key=key, to=phone, subject="", body=text, about=about, channel=Channel.SMS, next_at=next_at
    )
