"""Accounts (the system administrator's) and posts (the security administrator's)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jinguo.federation import policy, queries, rules
from jinguo.federation.actions import posts as actions
from jinguo.federation.actions import sign_in
from jinguo.federation.forms.accounts import HandOverForm, NewPasswordForm, PostForm, UserForm
from jinguo.federation.models import Post, Unit, User
from jinguo.federation.models.user import Role
from jinguo.lib import clock
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require


def user_list(request: HttpRequest) -> HttpResponse:
    """Accounts with their posts."""
    today, me = clock.today(), request.user
    users = queries.users_with_posts(me)
    for user in users:
        user.posts_now = [post for post in user.posts.all() if post.ends is None or post.ends >= today]
        user.posts_before = [post for post in user.posts.all() if post not in user.posts_now]
    context = {
        "users": users,
        "may_create": policy.may_anywhere(me, "user.create"),
        "may_assign": policy.may_anywhere(me, "post.assign"),
    }
    return render(request, "federation/user_list.html", context)


@sensitive_post_parameters("password")
def user_new(request: HttpRequest) -> HttpResponse:
    """Open an account; posts are given by the security administrator."""
    form, status = UserForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _do(form, _create, request, form.cleaned_data):
            messages.success(request, _("账号开好了。接下来请安全管理员指定岗位，没有岗位什么也看不到。"))
            return redirect("federation:users")
    return render(request, "federation/user_new.html", {"form": form}, status=status)


def _create(request: HttpRequest, given: dict[str, Any]) -> None:
    actions.create_user(by=request.user, unit=queries.home_of(request.user, "user.create"), **given)


@require_POST
def user_switch(request: HttpRequest, user: str) -> HttpResponse:
    """Enable or disable an account, or drop a lost phone's second factor."""
    row = _seen(request, user)
    what = request.POST.get("what", "")
    if what == "second_factor":
        sign_in.drop_second_factor(row, by=request.user)
        messages.success(request, _("动态码已关掉，请提醒本人重新设置。"))
    elif what in {"enable", "disable"}:
        actions.switch_user(row, active=what == "enable", by=request.user)
        messages.success(request, _("账号已启用。") if what == "enable" else _("账号已停用，登录都已退出。"))
    else:
        require(rules.may_edit_user(row, request.user))
        raise Invalid(_("没有听懂要怎么办，账号没有动。请回到账号页再点一次。"))
    return redirect("federation:users")


@sensitive_post_parameters("password")
def user_password(request: HttpRequest, user: str) -> HttpResponse:
    """Give somebody who forgot her password a new first one."""
    row = _seen(request, user)
    require(rules.may_edit_user(row, request.user))
    form = NewPasswordForm(request.POST or None, user=row)
    if request.method == "POST" and form.is_valid():
        actions.reset_password(row, form.cleaned_data["password"], by=request.user)
        messages.success(request, _("密码重设好了，请告诉本人，登录后让她自己改。"))
        return redirect("federation:users")
    context = {"form": form, "who": row}
    return render(request, "federation/user_password.html", context, status=422 if request.method == "POST" else 200)


def post_new(request: HttpRequest, user: str) -> HttpResponse:
    """Appoint a user to a post."""
    row = _seen(request, user)
    form, status = PostForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            unit = _unit_named(request, form.cleaned_data["unit"].strip())
            if unit is None:
                form.add_error("unit", _("没有找到这个单位。请写全称或简称，一字不差。"))
            elif _do(form, _appoint, request, {"user": row, "unit": unit, **form.cleaned_data}):
                messages.success(request, _("岗位已指定。"))
                return redirect("federation:users")
    return render(request, "federation/post_new.html", {"form": form, "who": row}, status=status)


def _appoint(request: HttpRequest, given: dict[str, Any]) -> None:
    role = Role(given["role"])
    actions.appoint(given["user"], given["unit"], role, by=request.user, starts=given["starts"])


@require_POST
def post_end(request: HttpRequest, user: str, post: str) -> HttpResponse:
    """End a post."""
    row = get_object_or_404(
        Post.objects.filter(policy.sight(request.user, "post.list")).select_related("unit", "user"),
        code=post, user__code=user,
    )  # fmt: skip
    actions.end_post(row, by=request.user)
    messages.success(request, _("岗位已结束。"))
    return redirect("federation:users")


def post_hand_over(request: HttpRequest, user: str, post: str) -> HttpResponse:
    """Give a post to somebody else: one act ends the old term and starts the new one."""
    seen = Post.objects.filter(policy.sight(request.user, "post.assign")).select_related("unit", "user")
    row = get_object_or_404(seen, code=post, user__code=user)
    form, status = HandOverForm(request.POST or None, initial={"first_day": clock.today()}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _do(form, _hand_over, request, {"post": row, **form.cleaned_data}):
            messages.success(request, _("交接好了：上一任到前一天为止，新一任从这天起。"))
            return redirect("federation:users")
    return render(request, "federation/post_hand_over.html", {"form": form, "post": row}, status=status)


def _hand_over(request: HttpRequest, given: dict[str, Any]) -> None:
    post = given["post"]
    to = queries.users_seen(request.user).filter(username=given["to"].strip().lower()).first()
    if to is None:
        raise Invalid(_("没有这个用户名，请核对；没有账号的请系统管理员先开。"), "to")
    days = {"first_day": given["first_day"], "until": given["until"]}
    actions.hand_over(post.unit, Role(post.role), [to], by=request.user, **days)


def _do(form: Any, action: Any, request: HttpRequest, given: dict[str, Any]) -> bool:
    """Call an action; what it finds wrong with the values becomes the form's own error."""
    try:
        action(request, given)
    except Invalid as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        return False
    return True


def _seen(request: HttpRequest, code: str) -> User:
    return get_object_or_404(queries.users_seen(request.user).select_related("unit"), code=code)


def _unit_named(request: HttpRequest, name: str) -> Unit | None:
    alive = Unit.objects.alive(clock.today()).filter(policy.sight(request.user, "post.assign", ""))
    return alive.filter(name=name).first() or alive.filter(short_name=name).first()
