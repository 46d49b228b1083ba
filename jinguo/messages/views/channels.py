"""发信渠道: the office's group robots and its SMS gateway. What was typed as a secret is never shown again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jinguo.federation.models import Office
from jinguo.federation.queries import office_for
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from jinguo.messages import actions
from jinguo.messages.forms import GatewayForm, RobotForm
from jinguo.messages.models import Gateway, Robot


@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """Everything the office sends by beside mail."""
    return _page(request, _office(request))


@require_POST
def add_robot(request: HttpRequest) -> HttpResponse:
    """One more group."""
    office, form = _office(request), RobotForm(request.POST)
    if form.is_valid():
        try:
            row = actions.add_robot(office, by=request.user, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field, str(problem.sentence))
        else:
            messages.success(request, _("加好了：%(name)s。试发一条看看群里收没收到。") % {"name": row.name})
            return redirect("messages:channels")
    return _page(request, office, robot=form)


@require_POST
def try_robot(request: HttpRequest, robot: str) -> HttpResponse:
    """Post a line that says it is a test; at most one a minute."""
    row = _robot(request, robot)
    minute = f"{clock.now():%Y%m%d%H%M}"
    text = _("这是%(office)s的一条测试消息，收到了就说明群机器人设好了。") % {"office": row.office.unit.name}
    actions.post_to_group(row, key=f"robot-test:{row.code}:{minute}", text=text, about=("robot", row.code))
    messages.success(request, _("测试消息在发信箱里了，一会儿看看群里。"))
    return redirect("messages:channels")


@require_POST
def end_robot(request: HttpRequest, robot: str) -> HttpResponse:
    """Post into this group no more."""
    actions.end_robot(_robot(request, robot), by=request.user)
    messages.success(request, _("停用了，地址和密钥已经抹掉。"))
    return redirect("messages:channels")


@require_POST
def gateway(request: HttpRequest) -> HttpResponse:
    """Set the SMS gateway, or end it."""
    office = _office(request)
    if "end" in request.POST:
        actions.end_gateway(office, by=request.user)
        messages.success(request, _("短信网关停用了，地址已经抹掉。"))
        return redirect("messages:channels")
    form = GatewayForm(request.POST)
    if form.is_valid():
        try:
            actions.set_gateway(office, by=request.user, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field, str(problem.sentence))
        else:
            messages.success(request, _("短信网关设好了。"))
            return redirect("messages:channels")
    return _page(request, office, gateway_form=form)


def _office(request: HttpRequest) -> Office:
    office = office_for(request.user, "message.edit")
    if office is None:
        raise Refused(_("群机器人和短信网关由发文单位的经办人设置。"))
    return office


def _robot(request: HttpRequest, code: str) -> Robot:
    rows = Robot.objects.visible_to(request.user).working().select_related("office__unit")
    return get_object_or_404(rows, code=code)


def _page(
    request: HttpRequest, office: Office, robot: RobotForm | None = None, gateway_form: GatewayForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "robots": office.robots.working(),
        "robot_form": robot or RobotForm(),
        "robot_open": robot is not None,
        "gateway": Gateway.objects.filter(office=office, is_active=True).first(),
        "gateway_form": gateway_form or GatewayForm(),
        "gateway_open": gateway_form is not None,
        "crumbs": [{"label": _("发信箱"), "url": reverse("messages:outbox")}, {"label": _("发信渠道")}],
    }
    return render(request, "messages/channels.html", context, status=422 if robot or gateway_form else 200)
