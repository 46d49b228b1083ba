"""The cast, a campaign issued to five units and sent, and the way a unit comes in: by the link of its letter."""

import re

import pytest
from django.test import Client

from jinguo.campaigns.actions.delivery import send_circulations
from jinguo.campaigns.models import Campaign
from jinguo.messages.models import OutMessage
from tests.issued import campaign, copy_of  # noqa: F401
from tests.world import Cast


class Letters:
    """The addresses units were sent."""

    def __init__(self, cast: Cast, campaign: Campaign) -> None:  # noqa: F811
        self.cast, self.campaign = cast, campaign

    def page(self, key: str, campaign: Campaign | None = None) -> str:  # noqa: F811
        """The path of the page in the newest letter of one unit."""
        copy = copy_of(campaign or self.campaign, self.cast.units[key])
        letter = OutMessage.objects.filter(about_code=copy.code, about_kind="circulation").latest("pk")
        return re.search(r"/l/[^/\s]+/", letter.body).group()


@pytest.fixture
def letters(cast, campaign) -> Letters:  # noqa: F811
    """Everything is sent; `letters.page("c.edu")` is what the education bureau clicks."""
    send_circulations()
    return Letters(cast, campaign)


@pytest.fixture
def signed_in(cast):
    """`signed_in("officer")`: a browser with that person's session."""

    def browser(who: str) -> Client:
        client = Client()
        client.force_login(cast.users[who])
        return client

    return browser
