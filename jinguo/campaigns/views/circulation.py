"""The officer's page of one unit's copy: its evidence, and what she can do when the unit does not sign."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jinguo.campaigns import rules
from jinguo.campaigns.actions import circulation as actions
from jinguo.campaigns.actions import delivery
from jinguo.campaigns.forms import PhoneForm, ReissueForm
from jinguo.campaigns.models import Burden, Circulation
from jinguo.campaigns.queries import circulation as queries
from jinguo.campaigns.queries import evidence
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere


@require_safe
def circulation_page(request: HttpRequest, circulation: str) -> HttpResponse:
    """Everything known about one copy."""
    return _page(request, copy_or_404(request, circulation))


@require_POST
def sign_by_phone(request: HttpRequest, circulation: str) -> HttpResponse:
    """代签收: note a telephone call."""
    copy, form = copy_or_404(request, circulation), PhoneForm(request.POST)
    if form.is_valid():
        try:
            actions.sign_by_phone(copy, by=request.user, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("记下了，%(unit)s算代签收。") % {"unit": copy.unit})
            return redirect("campaigns:circulation", copy.code)
    return _page(request, copy, phone=form)


@require_POST
def reissue(request: HttpRequest, circulation: str) -> HttpResponse:
    """End the link and send a new one, after adding an address where one was typed."""
    copy, form = copy_or_404(request, circulation), ReissueForm(request.POST)
    if form.is_valid():
        try:
            sent = delivery.reissue_link(copy, by=request.user, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            if sent:
                messages.success(request, _("新链接在发信箱里了，一两分钟内发出；旧链接已作废。"))
            else:
                messages.warning(
                    request, _("您看这一页的时候，这个单位刚得了一个新链接，所以没有再发。还要换，请再按一次。")
                )
            return redirect("campaigns:circulation", copy.code)
    return _page(request, copy, reissue=form)


@require_POST
def revoke(request: HttpRequest, circulation: str) -> HttpResponse:
    """End the link without another."""
    copy = copy_or_404(request, circulation)
    delivery.revoke_link(copy, by=request.user)
    messages.success(request, _("链接作废了，打开它只会看到一句说明。需要时可以再发新的。"))
    return redirect("campaigns:circulation", copy.code)


@require_POST
def hear(request: HttpRequest, burden: str) -> HttpResponse:
    """The officer has read what a unit said about burden."""
    mine = Circulation.objects.visible_to(request.user)
    said = get_object_or_404(
        Burden.objects.filter(circulation__in=mine).select_related("circulation__campaign__office__unit"), code=burden
    )
    actions.hear_burden(said, by=request.user)
    return redirect("workspace:board", said.circulation.campaign.code)


def copy_or_404(request: HttpRequest, code: str) -> Circulation:
    """The issued copy with this code, if this user may see it."""
    copy = queries.copy_seen(request.user, code)
    if copy is None:
        raise NotThere(_("没有找到这份通知。"))
    return copy


def _page(
    request: HttpRequest, copy: Circulation, phone: PhoneForm | None = None, reissue: ReissueForm | None = None
) -> HttpResponse:
    links = evidence.links_of(copy)
    last = links[0].code if links else ""
    now = clock.now()
    context: dict[str, Any] = {
        "copy": copy,
        "now": now,
        "crumbs": _crumbs(copy, request.user),
        "link": next((link for link in links if link.revoked_at is None and link.expires_at > now), None),
        "devices": evidence.devices_of(links),
        "may_take_back": rules.circulation.may_take_signature_back(copy, request.user),
        "events": evidence.timeline(copy, links),
        "letters": queries.messages_about([copy])[copy.code],
        "contacts": copy.unit.contacts.all(),
        "lines": evidence.journal_lines(copy),
        "phone_form": phone or PhoneForm(),
        "phone_open": phone is not None,
        "reissue_form": reissue or ReissueForm(initial={"instead_of": last}),
        "reissue_open": reissue is not None,
        "may_sign_for": rules.circulation.may_sign_for(copy, request.user),
        "may_phone": rules.circulation.may_sign_by_phone(copy, request.user),
        "may_reissue": rules.circulation.may_reissue(copy, request.user),
        "may_revoke": rules.circulation.may_revoke(copy, request.user),
    }
    return render(request, "campaigns/circulation.html", context, status=422 if phone or reissue else 200)


def _crumbs(copy: Circulation, by: Any) -> list[dict[str, str]]:
    campaign = copy.campaign
    if not rules.circulation.may_follow(
        campaign, by
    ):  # a federation between the issuer and the unit has no board of it
        return [{"label": _("打电话"), "url": reverse("campaigns:phone_list")}, {"label": str(copy.unit)}]
    return [
        {"label": _("督办看板"), "url": reverse("workspace:boards")},
        {"label": campaign.doc_number or campaign.title, "url": reverse("workspace:board", args=[campaign.code])},
        {"label": str(copy.unit)},
    ]
