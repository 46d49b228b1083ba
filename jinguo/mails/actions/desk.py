"""What a person says about a mail: whose it is, what it is, that she has looked, that it goes back, that it is a letter for
help. What she says is kept beside what the machine read, and the mail goes through once more with it.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Obligation
from jinguo.federation.actions.contacts import add_address
from jinguo.federation.models import Unit
from jinguo.files.actions import read_file
from jinguo.journal import actions as journal
from jinguo.journal.queries import just_did
from jinguo.lib import clock, ids
from jinguo.lib.errors import Invalid, Stale
from jinguo.lib.hold import differing, hold
from jinguo.lib.mail import Letter
from jinguo.lib.mail.sandbox import Unread, read_mail
from jinguo.lib.rulings import require
from jinguo.mails import rules
from jinguo.mails.actions.settling import of_case, settle
from jinguo.mails.letters import personal_reply
from jinguo.mails.models import Fate, Kind, Mail, State, UnitHow
from jinguo.messages.actions import queue_message, withhold_messages
from jinguo.messages.models import OutMessage
from jinguo.reports.actions.releasing import empty_return
from jinguo.reports.models.returned import STANDING
from jinguo.reports.understanding.own import bare_subject
from jinguo.search.actions import drop_thing

ANSWER = 2_000  # characters
_FASTER = _("这封信刚刚有人办过了。请刷新页面看看现在的样子。")
_NOT_READ = _("这封信没有读出来，不能登记。请下载原件看，或请对方换个格式再发。")


def claim_mail(
    mail: Mail,
    *,
    unit: Unit,
    by: journal.Actor,
    kind: str = "",
    obligation: Obligation | None = None,
    remember: bool = False,
) -> Mail:
    """Say whose mail it is, and what; it is registered at once as far as its words go.

    Args:
        kind: one of `Kind`, or "" to leave it to the reader.
        obligation: which duty it meets, where more than one would do.
        remember: register the sender's address for the unit, so that the next mail needs no person.

    Raises:
        Invalid: the duty is another unit's.
    """
    if obligation is not None and obligation.unit_id != unit.pk:
        raise Invalid(_("选的报送要求不是这个单位的。"), "obligation")
    decided: dict[str, Any] = dict(mail.decided)
    if kind in Kind.values and kind not in (Kind.BOUNCE, Kind.AUTO, Kind.CASE):
        decided["kind"] = kind
    if obligation is not None:
        decided["obligation"] = obligation.code
    facts: dict[str, Any] = {"unit": unit, "unit_how": UnitHow.PERSON, "decided": decided}
    with transaction.atomic():
        said = just_said(mail, "mail.claim", by, **facts)
        if said is not None:
            return said
        require(rules.may_settle_again(mail, by))
        say(mail, **facts)
        if remember and mail.sender:
            add_address(unit, mail.sender, by=by)
        journal.record("mail.claim", by=by, kind="mail", code=mail.code, owner=mail.office.unit.code, unit=unit.code)
        return settle_again(mail, by)


def look_at(mail: Mail, *, by: journal.Actor) -> Mail:
    """She has looked at the names and numbers, or has asked the sender by telephone; it may go on."""
    with transaction.atomic():
        said = just_said(mail, "mail.look_at", by, looked_at=True)
        if said is not None:
            return said
        if mail.fate != Fate.FORGED:
            require(rules.may_settle_again(mail, by))
        require(rules.may_decide(mail, by))
        say(mail, looked_at=True)
        journal.record(
            "mail.look_at", by=by, kind="mail", code=mail.code, owner=mail.office.unit.code, fate=str(mail.fate)
        )
        return settle_again(mail, by)


def is_another(mail: Mail, *, by: journal.Actor) -> Mail:
    """It looks like one already reported, and is another indeed."""
    decided = mail.decided | {"again": True}
    with transaction.atomic():
        said = just_said(mail, "mail.is_another", by, decided=decided)
        if said is not None:
            return said
        require(rules.may_settle_again(mail, by))
        say(mail, decided=decided)
        journal.record("mail.is_another", by=by, kind="mail", code=mail.code, owner=mail.office.unit.code)
        return settle_again(mail, by)


def close_mail(mail: Mail, *, by: journal.Actor) -> None:
    """Nothing is to be done about it."""
    with transaction.atomic():
        if just_said(mail, "mail.close", by, state=State.DONE) is not None:
            return
        require(rules.may_settle_again(mail, by) if mail.fate != Fate.FORGED else rules.may_decide(mail, by))
        say(mail, state=State.DONE)
        journal.record("mail.close", by=by, kind="mail", code=mail.code, owner=mail.office.unit.code)


def answer_mail(mail: Mail, *, text: str, by: journal.Actor, give_back: bool = False, code: str = "") -> None:
    """Write back by hand: an answer, or what has to be mended before it can be registered.

    Args:
        code: drawn when the form was made: a form sent twice is one letter.

    Raises:
        Invalid: nothing said, too long, or no address to write to.
    """
    require(rules.may_decide(mail, by))
    if not text.strip():
        raise Invalid(_("请写几句话。"), "text")
    if len(text) > ANSWER:
        raise Invalid(_("最多写 2000 个字。"), "text")
    if not mail.sender or mail.vouched == "fail":
        raise Invalid(_("这封信不能回：没有发件地址，或者发件人没有通过验证。请打电话。"), "text")
    token = ids.short_token()
    key = f"answer:{mail.code}:{code or token}"
    state = State.RETURNED if give_back else State.DONE
    with transaction.atomic():
        hold(mail)
        if OutMessage.objects.filter(key=key).exists():
            return
        say(mail, state=state if mail.state == State.TRAY else mail.state)
        queue_message(
            mail.office, key=key, to=mail.sender, subject=f"回复：{bare_subject(mail.subject)[:80]} [{token}]",
            body=personal_reply(mail, text), about=("mail", mail.code), token=token,
        )  # fmt: skip
        journal.record("mail.answer", by=by, kind="mail", code=mail.code, owner=mail.office.unit.code, back=give_back)


def hand_to_case_worker(mail: Mail, *, by: journal.Actor) -> None:
    """The officer sees that it is a letter for help: everything readable of it leaves her desk at once, with the returns it
    became and what we wrote back."""
    require(rules.may_hand_on(mail, by))
    wiped = of_case(mail.sender)
    with transaction.atomic():
        if just_said(mail, "mail.case", by, state=State.CASE) is not None:
            return
        for link in list(mail.return_links.select_related("given__campaign__office__unit", "given__unit")):
            if link.given.state in STANDING:
                empty_return(link.given, by=by)
            link.delete()
        say(
            mail,
            state=State.CASE,
            kind=Kind.CASE,
            fate=Fate.HELP,
            unit=None,
            unit_how="",
            obligation=None,
            given=None,
            answers=None,
            decided={},
            **wiped,
        )
        drop_thing("mail", mail.code)
        withhold_messages(("mail", mail.code), "case_mail", by=by)  # what we wrote back names her and quotes her
        for copy in Mail.objects.filter(twin=mail).exclude(state=State.CASE).filter(destroyed_at=None):
            hand_to_case_worker(copy, by=by)
        journal.record("mail.case", by=by, kind="mail", code=mail.code, owner=mail.office.unit.code)


def read_case(mail: Mail, *, by: journal.Actor) -> Letter | None:
    """The letter for the case worker's eyes, read afresh from the raw mail; every reading is on the record."""
    require(rules.may_read_case(mail, by))
    journal.record("case_mail.read", by=by, kind="mail", code=mail.code, owner=mail.office.unit.code)
    try:
        return read_mail(read_file(mail.file))
    except Unread:
        return None


def is_no_case(mail: Mail, *, by: journal.Actor) -> None:
    """A false alarm: one click, and the mail goes the way of all others."""
    require(rules.may_read_case(mail, by))
    with transaction.atomic():
        moved = Mail.objects.filter(pk=mail.pk, state=State.CASE).update(
            state=State.WAITING, kind="", fate="", not_case=True, next_at=clock.now(), lease_until=None
        )
        if not moved and just_did(by, "case_mail.release", kind="mail", code=mail.code) is None:
            raise Stale(_FASTER)
        if not moved:
            return
        journal.record("case_mail.release", by=by, kind="mail", code=mail.code, owner=mail.office.unit.code)


def just_said(mail: Mail, act: str, by: journal.Actor, **facts: Any) -> Mail | None:
    """The mail as the same person's same press left it a moment sooner; None: nobody said so yet. In the transaction."""
    now = hold(mail)
    if now is None or differing(now, facts) or just_did(by, act, kind="mail", code=mail.code) is None:
        return None
    mail.refresh_from_db()
    return mail


def say(mail: Mail, **facts: Any) -> None:
    """Write what she said, if the mail is still as she saw it."""
    if (
        Mail.objects.filter(pk=mail.pk, state=mail.state, fate=mail.fate, settled_at=mail.settled_at).update(**facts)
        != 1
    ):
        raise Stale(_FASTER)
    mail.refresh_from_db()


def settle_again(mail: Mail, by: journal.Actor) -> Mail:
    """Let the mail go through once more with what was said."""
    settle(mail, letter_of(mail), by=by)
    mail.refresh_from_db()
    return mail


def letter_of(mail: Mail) -> Letter:
    """The mail as it was decoded.

    Raises:
        Invalid: it was never read.
    """
    letter = mail.letter
    if letter is None:
        raise Invalid(_NOT_READ)
    return letter
