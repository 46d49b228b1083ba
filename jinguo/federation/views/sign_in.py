"""Signing in and out."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jinguo.federation.actions import sign_in as actions
from jinguo.federation.forms.accounts import CodeForm, SignInForm
from jinguo.federation.models import User
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, TooMuch

PENDING = "sign-in-pending"  # session key: who gave the right password and still owes a code
PATIENCE = 600  # seconds


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; go on to the code where a second factor is set."""
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.check_password(**form.cleaned_data, address=request.META.get("REMOTE_ADDR", ""))
        except (Invalid, TooMuch) as problem:
            form.add_error(None, str(problem.sentence))
            status = problem.status
        else:
            if user.second_factor:
                request.session[PENDING] = [user.pk, clock.now().timestamp()]
                return redirect(_with_next(request, "federation:code"))
            return _enter(request, user)
    context = {"form": form, "next": _next(request), "undone": "undone" in request.GET}
    return render(request, "federation/sign_in.html", context, status=status)


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the one-time code of whoever just gave her password."""
    pending = request.session.get(PENDING)
    if not pending and request.user.is_authenticated:  # pressed twice: the first press signed her in
        return redirect(_next(request) or "workspace:today")
    if not pending or clock.now().timestamp() - pending[1] > PATIENCE:
        return redirect(_with_next(request, "federation:sign_in"))
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        user = User.objects.filter(pk=pending[0], is_active=True).first()
        if user is None:
            return redirect("federation:sign_in")
        try:
            actions.check_code(user, form.cleaned_data["code"])
        except (Invalid, TooMuch) as problem:
            form.add_error("code", str(problem.sentence))
            status = problem.status
        else:
            del request.session[PENDING]
            return _enter(request, user)
    return render(request, "federation/code.html", {"form": form, "next": _next(request)}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return redirect("federation:sign_in")


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    actions.record_sign_in(user)
    return redirect(_next(request) or "workspace:today")


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else ""


def _with_next(request: HttpRequest, view: str) -> str:
    target = _next(request)
    return reverse(view) + (f"?{urlencode({'next': target})}" if target else "")
