"""How many queries a page needs, to compare one row with three."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, address: str) -> int:
    """Queries of one GET that answers 200; a first GET warms what is made once a process."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def signed_in(user: object) -> Client:
    """A browser in which this user is signed in."""
    client = Client()
    client.force_login(user)
    return client
