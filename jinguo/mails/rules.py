"""May this person do this to the mailbox or to a mail, now?"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.federation.models import Office
from jinguo.federation.queries import reads_cases_of
from jinguo.lib.rulings import YES, Ruling, no
from jinguo.mails.models import Fate, Mail, State
from jinguo.reports.models.returned import ReturnState

UNTOUCHED = (ReturnState.REPORTED, ReturnState.RESENT)


def may_set_mailbox(office: Office, by: object) -> Ruling:
    """Set up the mailbox mails are fetched from, or drop mails by hand."""
    if not policy.may(by, "mail.edit", office.unit):
        return no(_("收信邮箱由发文单位的经办人设置。"))
    return YES


def may_decide(mail: Mail, by: object) -> Ruling:
    """Claim, change, send back or hold a mail."""
    if not policy.may(by, "mail.edit", mail.office.unit):
        return no(_("来信由本单位的经办人办理。"))
    return YES


def may_settle_again(mail: Mail, by: object) -> Ruling:
    """Let a mail go through once more with what the person has said: only while nothing was made of it."""
    if mail.destroyed_at:
        return no(_("这封信的原件已经按保存期限销毁，不能再办。"))
    if mail.given_id or mail.circulation_id or mail.state == State.DONE:
        return no(_("这封信已经登记过了。要改，请到那一件报送里改。"))
    if mail.fate == Fate.FORGED and not mail.looked_at:
        return no(_("发件人没有通过验证。请先打电话核实，再点“核实过，是本人”。"))
    return may_decide(mail, by)


def may_hand_on(mail: Mail, by: object) -> Ruling:
    """Say that it is a letter for help, also of one that was registered, answered or laid aside already."""
    if mail.destroyed_at:
        return no(_("这封信的原件已经按保存期限销毁，不能再办。"))
    return may_decide(mail, by)


def may_part(mail: Mail, by: object) -> Ruling:
    """Part a registered mail into several returns: as long as what it became waits to be accepted."""
    links = list(mail.return_links.select_related("given"))
    if mail.fate != Fate.REPORTED or len(links) != 1:
        return no(_("只有登记成一件的信还能分开。"))
    return _untouched(mail, links, by)


def may_join_up(mail: Mail, by: object) -> Ruling:
    """Make one return of the several a mail became."""
    links = list(mail.return_links.select_related("given"))
    if len(links) < 2:
        return no(_("这封信本来就只登记了一件。"))
    return _untouched(mail, links, by)


def _untouched(mail: Mail, links: list[Any], by: object) -> Ruling:
    if mail.destroyed_at:
        return no(_("这封信的原件已经按保存期限销毁，不能再办。"))
    if any(link.given.accepted_id or link.given.state not in UNTOUCHED for link in links):
        return no(_("登记成的报送已经接收、退回或撤回，不能再分再合。请到那一件里办。"))
    return may_decide(mail, by)


def may_read_case(mail: Mail, by: object) -> Ruling:
    """Read a letter for help, or say that it is none."""
    if not reads_cases_of(by, mail.office):
        return no(_("求助信只有值班的个案工作者能看。"))
    return YES
