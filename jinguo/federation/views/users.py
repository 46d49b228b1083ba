"""Accounts (the system administrator's) and posts (the security administrator's)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jinguo.federation import policy, queries, rules
from jinguo.federation.actions import posts as actions
from jinguo.federation.actions import sign_in
from jinguo.federation.forms import PostForm, UserForm
from jinguo.federation.models import Post, Unit, User
from jinguo.federation.models.user import Role
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.rulings import require


def user_list(request: HttpRequest) -> HttpResponse:
    """Accounts with their posts."""
    context = {
        "users": queries.users_seen(request.user),
        "may_create": policy.may_anywhere(request.user, "user.create"),
        "may_assign": policy.may_anywhere(request.user, "post.assign"),
    }
    return render(request, "federation/user_list.html", context)


@sensitive_post_parameters("password")
def user_new(request: HttpRequest) -> HttpResponse:
    """Open an account; posts are given by the security administrator."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.create_user(by=request.user, **form.cleaned_data)
        messages.success(request, _("账号开好了。接下来请安全管理员指定岗位，没有岗位什么也看不到。"))
        return redirect("federation:users")
    return render(request, "federation/user_new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_POST
def user_switch(request: HttpRequest, user: str) -> HttpResponse:
    """Enable or disable an account, or drop a lost phone's second factor."""
    row = _seen(request, user)
    what = request.POST.get("what", "")
    if what == "second_factor":
        require(rules.may_edit_user(row, request.user))
        sign_in.drop_second_factor(row, by=request.user)
        messages.success(request, _("动态码已关掉，请提醒本人重新设置。"))
    else:
        actions.switch_user(row, active=what == "enable", by=request.user)
        messages.success(request, _("账号已启用。") if what == "enable" else _("账号已停用，登录都已退出。"))
    return redirect("federation:users")


def post_new(request: HttpRequest, user: str) -> HttpResponse:
    """Appoint a user to a post."""
    row = _seen(request, user)
    form, status = PostForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            unit = _unit_named(request, form.cleaned_data["unit"])
            if unit is None:
                form.add_error("unit", _("没有找到这个单位。请写全称或简称，一字不差。"))
            else:
                require(rules.may_assign_post(unit, request.user))
                try:
                    actions.appoint(
                        row, unit, Role(form.cleaned_data["role"]), by=request.user, starts=form.cleaned_data["starts"]
                    )
                except Invalid as problem:
                    form.add_error("role", str(problem.sentence))
                else:
                    messages.success(request, _("岗位已指定。"))
                    return redirect("federation:users")
    return render(request, "federation/post_new.html", {"form": form, "who": row}, status=status)


@require_POST
def post_end(request: HttpRequest, user: str, post: int) -> HttpResponse:
    """End a post."""
    row = Post.objects.filter(pk=post, user__code=user).select_related("unit", "user").first()
    if row is None:
        raise NotThere(_("没有这个岗位，可能已经结束。"))
    actions.end_post(row, by=request.user)
    messages.success(request, _("岗位已结束。"))
    return redirect("federation:users")


def _seen(request: HttpRequest, code: str) -> User:
    return get_object_or_404(User, code=code, pk__in=[user.pk for user in queries.users_seen(request.user)])


def _unit_named(request: HttpRequest, name: str) -> Unit | None:
    seen = Unit.objects.filter(policy.sight(request.user, "post.assign", ""))
    return seen.filter(name=name).first() or seen.filter(short_name=name).first()
