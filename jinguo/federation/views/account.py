"""One's own account: posts, password, second factor, other sessions."""

import pyotp
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jinguo.federation.actions import sign_in as actions
from jinguo.federation.forms.accounts import CodeForm, PasswordForm
from jinguo.federation.models import User
from jinguo.journal.queries import just_did
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused, TooMuch
from jinguo.lib.qr import qr_path

_ON, _OFF = _lazy("动态码已打开，下次登录起要填。"), _lazy("动态码已关掉。")
SECRET = "second-factor-secret"  # noqa: S105 - the session key under which the unproven secret waits


@sensitive_post_parameters("old", "new")
def account(request: HttpRequest) -> HttpResponse:
    """Show the account; a POST changes the password."""
    form, status = PasswordForm(request.POST or None, user=request.user), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change_password(request.user, form.cleaned_data["old"], form.cleaned_data["new"])
            except Refused as refusal:
                form.add_error("old", str(refusal.sentence))
            else:
                update_session_auth_hash(request, User.objects.get(pk=request.user.pk))
                messages.success(request, _("密码改好了，别处的登录都已退出。"))
                return redirect("federation:account")
    posts = request.user.posts.held(clock.today()).select_related("unit")
    context = {"form": form, "posts": posts, "code_form": CodeForm()}
    return render(request, "federation/account.html", context, status=status)


def second_factor(request: HttpRequest) -> HttpResponse:
    """Show a fresh secret; a POST proves that the phone has it and turns the second factor on.

    Where it is on already it is turned off first, with a code: an open screen must not be enough to replace it.
    """
    if request.user.second_factor_sealed:
        if request.method == "POST" and just_did(request.user, "account.second_factor_on", **_own(request)):
            messages.success(request, _ON)
            return redirect("federation:account")
        messages.info(request, _("动态码已经打开。要换手机，请先关掉，再重新打开。"))
        return redirect("federation:account")
    secret = request.session.setdefault(SECRET, pyotp.random_base32())
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.set_second_factor(request.user, secret, form.cleaned_data["code"])
            except Invalid as problem:
                form.add_error("code", str(problem.sentence))
            else:
                request.session.pop(SECRET, None)
                messages.success(request, _ON)
                return redirect("federation:account")
    address = pyotp.TOTP(secret).provisioning_uri(name=request.user.username, issuer_name="Jinguo")
    size, path = qr_path(address)
    typed = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context = {"form": form, "secret": typed, "address": address, "size": size, "path": path}
    return render(request, "federation/second_factor.html", context, status=status)


def _own(request: HttpRequest) -> dict[str, str]:
    return {"kind": "user", "code": request.user.code}


@require_POST
def second_factor_off(request: HttpRequest) -> HttpResponse:
    """Turn the second factor off after a fresh code."""
    form = CodeForm(request.POST)
    if not request.user.second_factor_sealed:  # pressed twice
        messages.success(request, _OFF)
        return redirect("federation:account")
    try:
        actions.check_code(request.user, form.data.get("code", ""))
    except (Invalid, TooMuch) as problem:
        messages.error(request, str(problem.sentence))
    else:
        actions.drop_second_factor(request.user, by=request.user)
        messages.success(request, _OFF)
    return redirect("federation:account")


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    actions.end_sessions(request.user, by=request.user)
    update_session_auth_hash(request, User.objects.get(pk=request.user.pk))
    messages.success(request, _("别处的登录都已退出，这里还登录着。"))
    return redirect("federation:account")
