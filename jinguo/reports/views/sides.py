"""A unit comes in by its link or signs in at its desk; the pages are the same, the shell and the addresses are not."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from jinguo.campaigns.models import Campaign, Circulation
from jinguo.federation.gate import actor_of
from jinguo.federation.models import Link

_BY_LINK = {"new": "from_link"}


@dataclass(frozen=True)
class Side:
    """By which side a request came. `campaign`: the one its link belongs to; at a desk none in particular."""

    link: Link | None
    actor: Any
    campaign: Campaign | None

    @property
    def base(self) -> str:
        """The template this side's pages extend."""
        return "ui/link.html" if self.link else "ui/workspace.html"

    def url(self, name: str, **kwargs: str) -> str:
        """The address of a unit's page on this side: list, new, show, edit, withdraw, discard, zero."""
        if self.link:
            view = _BY_LINK.get(name, f"link_{name}")
            return reverse(f"reports:{view}", kwargs={"link": self.link.secret, **kwargs})
        return reverse(f"reports:our_{name}", kwargs=kwargs)


def side_of(request: HttpRequest) -> Side:
    """The side of this request."""
    link = getattr(request, "link", None)
    campaign = None
    if link is not None and link.object_kind == "circulation":
        copies = Circulation.objects.filter(code=link.object_code, unit=link.unit)
        copy = copies.select_related("campaign__office__unit").first()
        campaign = copy.campaign if copy else None
    return Side(link, actor_of(request), campaign)
