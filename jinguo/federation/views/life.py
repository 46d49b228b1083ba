"""Ending, merging, moving and splitting a unit, and the hand-over of its posts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jinguo.federation import queries, rules
from jinguo.federation.actions import life, links, posts
from jinguo.federation.actions.units import NewUnit
from jinguo.federation.forms.units import CloseForm, MoveForm, SplitForm, TermForm
from jinguo.federation.models import Unit
from jinguo.federation.models.user import BEARERS, Role
from jinguo.federation.views.units import seen, terms_of
from jinguo.lib import clock
from jinguo.lib.errors import Invalid
from jinguo.lib.rulings import require


def unit_close(request: HttpRequest, unit: str) -> HttpResponse:
    """Let a unit end, or be merged into another one."""
    found = _writable(request, unit)
    into = request.GET.get("into", "")
    form = CloseForm(request.POST or None, initial={"last_day": clock.today(), "into": into})

    def close(given: dict[str, Any]) -> str:
        facts = {"last_day": given["last_day"], "basis": given["basis"], "by": request.user}
        if not given["into"].strip():
            life.close_unit(found, **facts)
            return _("已记下撤销的日子，过去办的都留着。")
        heir = _named(request, given["into"], "into")
        life.merge_unit(found, heir, with_below=given["with_below"], **facts)
        return _("已并入%(unit)s，过去办的都留着。") % {"unit": heir.short_name}

    return _answer(request, found, form, close, "federation/unit_close.html")


def unit_move(request: HttpRequest, unit: str) -> HttpResponse:
    """Put a unit below another one."""
    found = _writable(request, unit)
    form = MoveForm(request.POST or None)

    def move(given: dict[str, Any]) -> str:
        to = _named(request, given["to"], "to")
        life.move_unit(found, to, day=given["day"], basis=given["basis"], by=request.user)
        return _("移到%(unit)s下面了，下级单位也一起移了。") % {"unit": to.short_name}

    return _answer(request, found, form, move, "federation/unit_move.html")


def unit_split(request: HttpRequest, unit: str) -> HttpResponse:
    """Let new units come out of one."""
    found = _writable(request, unit)
    form = SplitForm(request.POST or None, initial={"first_day": clock.today()})

    def split(given: dict[str, Any]) -> str:
        news = [NewUnit(name, name, short, found.unit_class, found.level) for name, short in given["names"]]
        made = life.split_unit(
            found, news, first_day=given["first_day"], ends=given["ends"], basis=given["basis"], by=request.user
        )
        return _("分设好了：%(units)s。") % {"units": "、".join(each.short_name for each in made)}

    return _answer(request, found, form, split, "federation/unit_split.html")


@require_POST
def unit_reopen(request: HttpRequest, unit: str) -> HttpResponse:
    """Take an ending back."""
    found = _writable(request, unit)
    life.reopen_unit(found, by=request.user)
    messages.success(request, _("已恢复。当时移走的下级单位还在原处，需要的话请移回来。"))
    return redirect("federation:unit", found.code)


def unit_term(request: HttpRequest, unit: str) -> HttpResponse:
    """A new term of a post, and the end of the old one, in one act."""
    found = _writable(request, unit)
    asked = request.GET.get("role", "")
    role = asked if asked in BEARERS else Role.LIAISON
    form = TermForm(request.POST or None, initial={"role": role, "first_day": clock.today()})

    def begin(given: dict[str, Any]) -> str:
        posts.hand_over(
            found, given["role"], given["names"], first_day=given["first_day"], until=given["until"], by=request.user
        )
        if given["end_links"]:
            links.end_unit_links(found, by=request.user)
        told = {"role": given["role"].label}
        if found.contacts.exists() or found.mail_addresses.exists():
            return _("%(role)s换届记好了。联系人、手机和邮箱还是原来登记的，换了人请在这一页一起改。") % told
        return _("%(role)s换届记好了：上一任到前一天为止，新一任从这天起。") % told

    return _answer(request, found, form, begin, "federation/unit_term.html", terms=terms_of(found))


def _answer(
    request: HttpRequest,
    unit: Unit,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    template: str,
    **more: Any,
) -> HttpResponse:
    """Show the form, or do it and go to the unit's page; what the action finds wrong stands beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            told = act(form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem.sentence))
        else:
            messages.success(request, told)
            return redirect("federation:unit", unit.code)
    context = {"unit": unit, "form": form, **more}
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _writable(request: HttpRequest, code: str) -> Unit:
    found = seen(request, code)
    require(rules.may_edit_unit(found, request.user))
    return found


def _named(request: HttpRequest, words: str, field: str) -> Unit:
    """The one unit somebody typed. Raises Invalid beside the field."""
    found = queries.called(request.user, words)
    if not found:
        raise Invalid(_("没有找到这个单位。请写全称或简称，一字不差。"), field)
    if len(found) > 1:
        raise Invalid(_("有不止一家叫这个名字，请写单位编号（在单位页的“基本情况”里）。"), field)
    return found[0]
