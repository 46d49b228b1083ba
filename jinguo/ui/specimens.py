"""Sample contents of the component gallery: invented facts, shown as they are in every language, like stored data."""

import datetime as dt
from typing import Any

from django import forms

from jinguo.ui.forms import ChipSelect
from jinguo.ui.icons import ICONS
from jinguo.ui.status import KINDS

_EAST8 = dt.timezone(dt.timedelta(hours=8))
NOW = dt.datetime(2023, 3, 4, 9, 0, tzinfo=_EAST8)


class SampleForm(forms.Form):
    """One field of each kind."""

    called = forms.CharField(
        label="怎么称呼您", required=False, widget=forms.TextInput(attrs={"placeholder": "如：李女士"})
    )
    phone = forms.RegexField(
        r"^1\d{10}$",
        label="手机号",
        help_text="只用来通知这一场",
        error_messages={"invalid": "这里是 10 位，手机号应为 11 位，请再看一眼"},
    )
    county = forms.ChoiceField(label="县区", choices=[("pd", "平定县"), ("yx", "盂县")])
    clause = forms.CharField(
        label="对应条款（机器提议）",
        widget=forms.TextInput(attrs={"class": "input--proposed"}),
        initial="二(一)一 巾帼大宣讲",
    )
    heads = forms.IntegerField(label="人次（要核）", widget=forms.NumberInput(attrs={"class": "input--ask"}))
    trouble = forms.CharField(label="困难和建议", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    photo = forms.FileField(label="照片", required=False, help_text="非必需")
    about = forms.BooleanField(label="这是大概的数", required=False)
    when = forms.ChoiceField(label="什么时候方便", choices=[("a", "周末"), ("b", "下周")], widget=ChipSelect)
    how = forms.ChoiceField(
        label="怎么报", choices=[("web", "网页上报"), ("mail", "回一封邮件")], widget=forms.RadioSelect
    )


def _form(theme: str) -> SampleForm:
    typed = {
        "phone": "1380013800",
        "county": "pd",
        "clause": "二(一)一 巾帼大宣讲",
        "heads": "126",
        "trouble": "约检查要用手机，老人不会",
        "about": "on",
        "when": "a",
        "how": "mail",
    }
    return SampleForm(typed, auto_id=f"{theme}-%s", prefix=None)


def _programme() -> list[dict[str, Any]]:
    at = lambda day, hour, minute=0: dt.datetime(2023, 3, day, hour, minute, tzinfo=_EAST8)  # noqa: E731
    reading = {
        "start": at(4, 15, 30),
        "end": at(4, 17),
        "title": "亲子诵读启动",
        "place": "城区 · 市图书馆",
        "kind": "亲子家庭",
    }
    clinic = {
        "start": at(4, 14),
        "end": at(4, 16, 30),
        "title": "社区义诊",
        "place": "城区 · 北山社区妇女之家",
        "kind": "志愿服务",
    }
    show = {
        "start": at(8, 9, 30),
        "end": at(20, 17),
        "title": "女画家作品展",
        "place": "城区 · 市美术馆",
        "kind": "展览",
    }
    meal = {
        "start": at(11, 14),
        "end": at(11, 17),
        "title": "一起做一顿饭",
        "place": "高新区 · 青年中心",
        "kind": "联谊",
    }
    return [
        {
            "day": dt.date(2023, 3, 4),
            "entries": [clinic | {"url": "#"}, reading | {"url": "#", "free": 6, "total": 60}],
        },
        {"day": dt.date(2023, 3, 8), "note": "妇女节", "entries": [show | {"url": "#", "free": 90, "total": 120}]},
        {"day": dt.date(2023, 3, 11), "entries": [meal | {"url": "#", "free": 0, "total": 30, "waitlist": True}]},
    ]


def _parts() -> dict[str, Any]:
    return {
        "steps": [
            {"label": "收文", "state": "done"},
            {"label": "读文", "state": "done"},
            {"label": "确认", "state": "now", "note": "还剩 5 条"},
            {"label": "圈定"},
            {"label": "发出"},
        ],
        "tabs": [{"label": "总览", "url": "#", "current": True}, {"label": "签收", "url": "#", "count": 5}],
        "chips": [{"label": "全部", "url": "#", "current": True}, {"label": "周末", "url": "#"}],
        "pagers": [
            {"theme": theme, "label": f"{theme} 翻页", "text": "第 1 封，共 6 封", "previous_url": "#", "next_url": "#"}
            for theme in ("light", "dark")
        ],
        "facts": [("签收人", "女工委信息员"), ("方式", "回邮件“收到”")],
        "events": [
            {"when": dt.datetime(2023, 2, 16, 8, 40, tzinfo=_EAST8), "text": "已送达，对方邮箱收下", "state": "done"},
            {"time": "3月9日 17:30", "text": "首报到期，没有来", "state": "late"},
            {"time": "3月14日 10:05", "text": "电话：答应周五报", "state": "now"},
            {"text": "等她报来"},
        ],
        "calls": [
            {"number": "12338", "text": "妇女维权热线"},
            {"label": "做一名巾帼志愿者", "text": "按时间和特长挑服务", "icon": "heart", "url": "#"},
        ],
        "legend": [{"fill": "ok", "label": "已确认", "count": 27}, {"fill": "info", "label": "待确认", "count": 5}],
        "columns": [{"label": "单位"}, {"label": "件", "numeric": True}],
        "rows": [["城区妇联", 11], ["盂县妇联", 3]],
        "foot": ["合计", 14],
    }


def specimens() -> dict[str, Any]:
    """The context of `ui/gallery.html`."""
    return _parts() | {
        "themes": [(theme, _form(theme)) for theme in ("light", "dark")],
        "icons": list(ICONS),
        "kinds": [(kind, [state.name for state in states]) for kind, states in KINDS.items()],
        "days": _programme(),
        "now": NOW,
        "stamped": dt.datetime(2023, 2, 16, 9, 12, tzinfo=_EAST8),
        "received": {"已接收": 52, "已报": 9, "零报告": 6, "代报": 2, "延期中": 2, "退回补正": 3, "逾期": 6, "久逾": 3},
        "read": [("ok", 27, "已确认"), ("aside", 7, "看过，无任务"), ("info", 5, "待确认"), ("quiet", 2, "待看")],
        "cells": [("城", 0), ("矿", 2), ("郊", 4), ("平", 7), ("盂", 12), ("高", None)],
        "clause": ("二（一）一", "巾帼大宣讲"),
        "county": "郊区",
        "covered": [i not in (6, 8) for i in range(12)],
        "swatches": [
            "paper",
            "surface",
            "sunken",
            "ink",
            "ink-2",
            "red",
            "accent",
            "mark",
            "ok",
            "info",
            "warn",
            "danger",
        ],
    }
