"""May this person do this to a return or a summary, now?"""

from django.utils.translation import gettext_lazy as _

from jinguo.campaigns.models import Campaign, Obligation
from jinguo.campaigns.models.campaign import CampaignState
from jinguo.campaigns.rules.obligations import may_report
from jinguo.federation import policy
from jinguo.federation.queries import reads_cases_of
from jinguo.lib.rulings import YES, Ruling, no
from jinguo.reports.models import Adoption, Held, Return, Summary, Supplement
from jinguo.reports.models.returned import STANDING, WAITING, ReturnState
from jinguo.reports.models.summary import SummaryState, SupplementState

_HELD = _("这一件正由专人看，看过再登记，现在不能改。有急事请打电话。")
_MERGED = _("这一件已经并入同一场的另一件，请看那一件。")


def may_write(obligation: Obligation, by: object) -> Ruling:
    """Write a return under this obligation."""
    if not policy.may(by, "return.create", obligation.unit):
        return no(_("只能替自己的单位报送。"))
    if obligation.exempt_at:
        return no(_("这一项已经免报。还想报的话，请打电话给发文单位。"))
    return may_report(obligation, by)


def may_change(given: Return, by: object) -> Ruling:
    """Write a newer version of this return."""
    if not policy.may(by, "return.edit", given.unit):
        return no(_("只能改自己单位的报送。"))
    if given.state == ReturnState.MERGED:
        return no(_MERGED)
    if is_held(given):
        return no(_HELD)
    return may_report(given.obligation, by)


def is_held(given: Return) -> bool:
    """Whether a newer version of it waits for the case worker."""
    return Held.objects.filter(version__given=given).exists()


def may_hand_on(given: Return, by: object) -> Ruling:
    """Give a report that is a plea to the duty case worker."""
    if not (_issued_it(given, by) and policy.may(by, "return.send_back", given.unit)):
        return no(_("转给个案工作者由发文单位的经办人办。"))
    if given.accepted_id:
        return no(_("已经接收了。请先撤销接收，再转给个案工作者。"))
    if given.state not in (ReturnState.REPORTED, ReturnState.SENT_BACK, ReturnState.RESENT):
        return no(_("这一件现在不在等您看，不能转。"))
    return YES


def may_release(held: Held, by: object) -> Ruling:
    """Read what was held back, or say that it is no letter for help."""
    if not reads_cases_of(by, held.version.given.campaign.office):
        return no(_("求助的内容只有值班的个案工作者能看。"))
    return YES


def may_withdraw(given: Return, by: object) -> Ruling:
    """Take it back before it is accepted, or take a correction back."""
    if not policy.may(by, "return.edit", given.unit):
        return no(_("只能撤回自己单位的报送。"))
    if given.state == ReturnState.ACCEPTED:
        return no(_("已经接收的不能撤回。有错，请点“更正”，旧的一版会留着。"))
    if given.state in (ReturnState.DRAFT, ReturnState.WITHDRAWN):
        return no(_("这一件没有报出去，不用撤回。"))
    return no(_MERGED) if given.state == ReturnState.MERGED else YES


def _issued_it(given: Return, by: object) -> bool:
    """Is this person of the office that asked? What townships report to their county is the county's to accept."""
    return any(path == given.campaign.office.unit.path for _role, path in policy.positions(by))


def may_accept(given: Return, by: object) -> Ruling:
    """Accept the newest version."""
    if not (_issued_it(given, by) and policy.may(by, "return.accept", given.unit)):
        return no(_("接收报送由发文单位的经办人办。"))
    if given.state == ReturnState.MERGED:
        return no(_MERGED)
    if given.state not in (*WAITING, ReturnState.ACCEPTED, ReturnState.SENT_BACK):
        return no(_("这一件单位已经撤回，等她再报。"))
    return YES


def may_send_back(given: Return, by: object) -> Ruling:
    """Ask the unit to mend the newest version."""
    if not (_issued_it(given, by) and policy.may(by, "return.send_back", given.unit)):
        return no(_("退回报送由发文单位的经办人办。"))
    if given.state == ReturnState.ACCEPTED:
        return no(_("已经接收的不再退回。接收错了，请先撤销接收。"))
    if given.state == ReturnState.MERGED:
        return no(_MERGED)
    if given.state not in (*WAITING, ReturnState.SENT_BACK):
        return no(_("这一件单位已经撤回，等她再报。"))
    return YES


def may_undo_accept(given: Return, by: object) -> Ruling:
    """Take an acceptance back, as long as no summary was signed off with it."""
    if not (_issued_it(given, by) and policy.may(by, "return.accept", given.unit)):
        return no(_("撤销接收由发文单位的经办人办。"))
    if given.deeds.standing().exists():
        return no(_("它的实事登记过了。请先从实事登记里拿掉，再撤销接收。"))
    if given.outcome and given.adoptions.filter(summary=None).exists():
        return no(_("它标过“采用”。请先取消采用，再撤销接收。"))
    if given.outcome:
        return no(_("它已经写进审签过的汇总，不能撤销接收。有变化，请单位更正。"))
    return YES


def may_compare(given: Return, by: object) -> Ruling:
    """Say of this return that it tells of the same event as another, or not."""
    if not (_issued_it(given, by) and policy.may(by, "return.accept", given.unit)):
        return no(_("是不是同一场，由发文单位的经办人定。"))
    return YES


def may_join(given: Return, other: Return, by: object) -> Ruling:
    """Say of two returns that they tell of one event, or of two."""
    for one in (given, other):
        ruling = may_compare(one, by)
        if not ruling:
            return ruling
        if one.state not in STANDING:
            return no(_("其中一件单位已经撤回或已经并入别的，不用再比。"))
    if given.pk == other.pk or given.campaign_id != other.campaign_id:
        return no(_("只有同一份通知下的两件报送才能算作同一场。"))
    return YES


def may_merge(given: Return, into: Return, by: object) -> Ruling:
    """Let another return of the same duty count for this one too."""
    ruling = may_join(given, into, by)
    if not ruling:
        return ruling
    if given.obligation_id != into.obligation_id:
        return no(_("两家单位报的不能并成一件，请选“是同一场”：两家都算报过，数字只计一次。"))
    if given.accepted_id or given.state not in (ReturnState.REPORTED, ReturnState.RESENT):
        return no(_("接收过或退回补正的不能并入别的。要并，请先撤销接收，或者把另一件并入它。"))
    return YES


def may_split(given: Return, by: object) -> Ruling:
    """Take a merging back, as long as the one it went into still stands."""
    ruling = may_compare(given, by)
    if not ruling:
        return ruling
    if given.merged_into is None or given.merged_into.state not in STANDING:
        return no(_("并入的那一件已经撤回，这一件请单位重新报。"))
    return YES


def may_adopt(given: Return, by: object) -> Ruling:
    """Say that an accepted return was used."""
    if not (_issued_it(given, by) and policy.may(by, "return.accept", given.unit)):
        return no(_("采用由发文单位的经办人标。"))
    if not given.accepted_id or given.state not in STANDING:
        return no(_("先接收，再标采用。"))
    return YES


def may_register(given: Return, by: object) -> Ruling:
    """Enter a deed of an accepted return into the register, or take one out."""
    if not (_issued_it(given, by) and policy.may(by, "return.accept", given.unit)):
        return no(_("实事登记由发文单位的经办人办。"))
    if not given.accepted_id or given.state not in STANDING:
        return no(_("先接收，再登记。"))
    return YES


def may_undo_adoption(adoption: Adoption, by: object) -> Ruling:
    """Take back that a return was used, where a person said so."""
    given = adoption.given
    if not (_issued_it(given, by) and policy.may(by, "return.accept", given.unit)):
        return no(_("采用由发文单位的经办人标。"))
    if adoption.summary_id:
        return no(_("审签过的汇总里引用了它，不能取消。"))
    return YES


def may_summarise(campaign: Campaign, by: object) -> Ruling:
    """Freeze a snapshot and write a summary from it."""
    if not policy.may(by, "summary.create", campaign.office.unit):
        return no(_("汇总由发文单位的经办人写。"))
    if campaign.state == CampaignState.DRAFT:
        return no(_("通知还没有发出去，没有可汇总的。"))
    return YES


def may_edit_summary(summary: Summary, by: object) -> Ruling:
    """Change sentences, or hand it to the leader."""
    if not policy.may(by, "summary.edit", summary.campaign.office.unit):
        return no(_("汇总稿由发文单位的经办人改。"))
    if summary.state != SummaryState.DRAFT:
        return no(_("已经送审或审签，不能再改。要改，请领导退回；审签后只写补充说明。"))
    return YES


def may_approve(summary: Summary, by: object) -> Ruling:
    """Sign a summary off, or give it back."""
    if not policy.may(by, "summary.approve", summary.campaign.office.unit):
        return no(_("审签由本单位的审签领导办。"))
    if summary.state not in (SummaryState.SUBMITTED, SummaryState.APPROVED):
        return no(_("这份汇总还没有送审。"))
    return YES


def may_supplement(summary: Summary, by: object) -> Ruling:
    """Say beside a signed summary what came later."""
    if not policy.may(by, "summary.edit", summary.campaign.office.unit):
        return no(_("补充说明由发文单位的经办人写。"))
    if summary.state != SummaryState.APPROVED:
        return no(_("汇总还没有审签，直接改稿或重新冻结就行，不用写补充说明。"))
    return YES


def may_approve_supplement(supplement: Supplement, by: object) -> Ruling:
    """Sign a supplement off."""
    if not policy.may(by, "summary.approve", supplement.summary.campaign.office.unit):
        return no(_("审签由本单位的审签领导办。"))
    if supplement.state == SupplementState.DROPPED:
        return no(_("这份补充说明没有用，请看后来写的。"))
    return YES
