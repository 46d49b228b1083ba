"""The policy table, enforced over every address of the house, for every role, on things of one's own and of another city.

What the table does not allow is refused; what is another city's or is not there is 404, the same for both. `make test`
walks one telling role, `make test-all` every role.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from jinguo.federation import gate, policy
from jinguo.federation.models.user import Role
from tests.house.things import Things, make_things

REFUSED = {403, 404, 405, 410}
TELLING = Role.LIAISON  # allowed a little, refused most
OTHERS = tuple(role for role in Role if role != TELLING)


def addresses(resolver: Any = None, lead: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the house: the path as written, and its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, lead + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield lead + str(entry.pattern), entry.callback


def behind(*doors: str) -> list[tuple[str, str]]:
    """(path, act) of the addresses behind these doors."""
    return [(path, view.door[0]) for path, view in addresses() if view.door[1] in doors]


def fill(path: str, codes: dict[str, str]) -> str:
    """An address with the codes put in; a sign-up's link stands under /s/, a host's under /h/."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1).split(":")[-1]
        if name == "link":
            name = {"s/": "signlink", "h/": "hostlink"}.get(path[:2], "link")
        return codes[name]

    return "/" + re.sub(r"<([^>]+)>", value, path)


def answer(client: Client, method: str, path: str, data: Any = None) -> Any:
    """The answer to one request; whatever it changed is undone, the session's cookie too."""
    session = client.cookies.output(header="", sep=";")
    around = transaction.atomic()
    around._from_testcase = True  # as Django's own TestCase says it: what must be durable may run inside
    with around:
        came = getattr(client, method)(path, data)
        transaction.set_rollback(True)
    client.cookies.load(session)
    return came


def ask(client: Client, method: str, path: str) -> int:
    """Only the status of it."""
    return int(answer(client, method, path).status_code)


@pytest.fixture
def things(cast: Any, settings: Any) -> Things:
    """One of everything; a fault in a view is an answer here, not a raised exception."""
    return make_things(cast)


def as_role(cast: Any, role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.users[role])
    return client


def test_every_address_has_a_door_the_table_knows() -> None:
    assert [path for path, view in addresses() if not getattr(view, "door", None)] == [], "declare these with @door"
    for path, view in addresses():
        act, to = view.door
        roles = {cell[0] for cell in policy.cells() if cell[2:] == tuple(act.split("."))}
        assert roles & (set(Role.values) if to == gate.STAFF else {to}), f"nobody may go through {path} ({act}, {to})"


def test_without_an_account_every_staff_address_asks_to_sign_in(cast: Any, things: Things) -> None:
    stranger = Client()
    open_doors = [
        f"{method} {path}"
        for path, _act in behind(gate.STAFF)
        for method in ("get", "post")
        if "/sign-in/" not in getattr(stranger, method)(fill(path, things.own)).headers.get("Location", "")
    ]
    assert open_doors == []


def walk(cast: Any, things: Things, role: Role) -> list[str]:
    """Every staff address as this role: what went through that should not, what broke, what told two cases apart."""
    wrong, client, user = [], as_role(cast, role), cast.users[role]
    for path, act in behind(gate.STAFF):
        allowed = policy.may_anywhere(user, act)
        for method in ("get", "post"):
            status = ask(client, method, fill(path, things.own))
            if status >= 500 or (not allowed and status != 403):
                wrong.append(f"{method} {path} as {role}: {status}, the table says {'yes' if allowed else 'no'}")
            if not allowed or "<" not in path:
                continue
            foreign, none = (ask(client, method, fill(path, codes)) for codes in (things.foreign, things.nothing))
            if foreign == 200 or foreign != none:
                wrong.append(f"{method} {path} as {role}: another city's {foreign}, nothing {none}")
    return wrong


def test_the_table_holds_for_a_telling_role(cast: Any, things: Things) -> None:
    assert walk(cast, things, TELLING) == []


@pytest.mark.slow
@pytest.mark.parametrize("role", OTHERS)
def test_the_table_holds_for_every_role(cast: Any, things: Things, role: Role) -> None:
    assert walk(cast, things, role) == []


@pytest.mark.slow
def test_a_sister_county_finds_nothing_of_another(cast: Any, things: Things) -> None:
    client = as_role(cast, "sister")
    named = [(path, act) for path, act in behind(gate.STAFF) if "<" in path]
    reached = [
        f"{method} {path}: {status}"
        for path, _act in named
        for method in ("get", "post")
        if (status := ask(client, method, fill(path, things.own))) not in REFUSED
        and status != ask(client, method, fill(path, things.nothing))
    ]
    assert reached == []


@pytest.mark.slow
def test_a_link_opens_its_own_units_things_only(cast: Any, things: Things) -> None:
    client, wrong = Client(raise_request_exception=False), []
    own = {name: things.own[name] for name in ("link", "signlink", "hostlink")}
    for path, _act in behind(*policy.OUTSIDERS):
        for method in ("get", "post"):
            for codes in (things.own, things.nothing):
                if ask(client, method, fill(path, codes)) >= 500:
                    wrong.append(f"{method} {path} breaks")
            if "<str:link>" in path and path.count("<") > 1:
                status = ask(client, method, fill(path, things.foreign | own))
                if status not in REFUSED and status != ask(client, method, fill(path, things.nothing | own)):
                    wrong.append(f"{method} {path}: a link of ours reached another city's thing ({status})")
    assert wrong == []
