"""The pages of one campaign's board, in the order of their tabs. They stand in two rooms; each shows all of them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.campaigns.models import Campaign


def board_tabs(campaign: Campaign, here: str) -> list[dict[str, Any]]:
    """The tabs, the one that is open marked."""
    code = campaign.code
    tabs = [
        ("overview", _("总览"), reverse("workspace:board", args=[code])),
        ("places", _("各处"), reverse("workspace:board_places", args=[code])),
        ("signing", _("签收"), reverse("workspace:board_signing", args=[code])),
        ("reporting", _("报送"), reverse("workspace:board_reporting", args=[code])),
        ("layers", _("下一层"), reverse("workspace:board_layers", args=[code])),
        ("events", _("自办活动"), reverse("workspace:board_events", args=[code])),
        ("clauses", _("条款"), reverse("reports:coverage", args=[code])),
        ("figures", _("数字"), reverse("reports:figures", args=[code])),
    ]
    return [{"label": label, "url": url, "current": name == here} for name, label, url in tabs]


def board_crumbs(campaign: Campaign, *more: dict[str, str]) -> list[dict[str, str]]:
    """督办看板 / this campaign, and what lies deeper."""
    first = {"label": _("督办看板"), "url": reverse("workspace:boards")}
    own = {"label": campaign.title, "url": reverse("workspace:board", args=[campaign.code])}
    return [first, own, *more] if more else [first, {"label": campaign.title}]
