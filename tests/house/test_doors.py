"""The policy table, enforced over every address of the house, for every role, on things of one's own and of another city.

The walk opens each address as each role with the code of a thing of our city, of the other city, and of nothing. What
the table does not allow is refused; what is another city's or not there is 404, the same for both.
"""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from jinguo.federation import gate, policy
from jinguo.federation.models.user import Role

REFUSED = {403, 404, 405, 410}


def patterns(resolver=None, lead=""):
    """Every address of the house: (path as written, view name, view)."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, lead + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield lead + str(entry.pattern), entry.name, entry.callback


ADDRESSES = list(patterns())
STAFF_DOORS = [(path, view) for path, _name, view in ADDRESSES if getattr(view, "door", (0, 0))[1] == gate.STAFF]
LINK_DOORS = [(path, view) for path, _name, view in ADDRESSES if getattr(view, "door", (0, 0))[1] in policy.OUTSIDERS]


def test_every_address_has_a_door_the_table_knows():
    missing = [path for path, _name, view in ADDRESSES if not getattr(view, "door", None)]
    assert missing == [], "declare these with @door"
    for path, _name, view in ADDRESSES:
        act, to = view.door
        thing, action = act.split(".")
        roles = {cell[0] for cell in policy.cells() if cell[2:] == (thing, action)}
        assert roles & (set(Role.values) if to == gate.STAFF else {to}), f"nobody may go through {path} ({act}, {to})"


@pytest.mark.parametrize(("path", "view"), STAFF_DOORS, ids=[path for path, _ in STAFF_DOORS])
def test_only_roles_of_the_table_pass(cast, things, path, view):
    act = view.door[0]
    for method in ("get", "post"):
        stranger = getattr(Client(), method)(fill(path, things.own))
        assert stranger.status_code == 302 and "/sign-in/" in stranger.url, f"{path} is open to anybody"
        for role in Role:
            user = cast.users[role]
            client = Client()
            client.force_login(user)
            answer = getattr(client, method)(fill(path, things.own))
            assert answer.status_code < 500, f"{method} {path} as {role}: {answer.status_code}"
            if not policy.may_anywhere(user, act):
                assert answer.status_code == 403, f"{method} {path} as {role}: {answer.status_code}, the table says no"


@pytest.mark.parametrize(
    ("path", "view"),
    [pair for pair in STAFF_DOORS if "<" in pair[0]],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_another_citys_things_are_not_there(cast, things, path, view):
    act = view.door[0]
    for role in Role:
        user = cast.users[role]
        if not policy.may_anywhere(user, act):
            continue
        client = Client()
        client.force_login(user)
        for method in ("get", "post"):
            foreign = getattr(client, method)(fill(path, things.foreign))
            nothing = getattr(client, method)(fill(path, things.nothing))
            assert foreign.status_code in REFUSED, (
                f"{method} {path} as {role} reached another city: {foreign.status_code}"
            )
            assert nothing.status_code in REFUSED, f"{method} {path} as {role}: {nothing.status_code} for nothing"
            assert foreign.status_code == nothing.status_code, f"{method} {path} as {role} tells them apart"


@pytest.mark.parametrize(("path", "view"), LINK_DOORS, ids=[path for path, _ in LINK_DOORS])
def test_doors_without_account_never_break(cast, things, path, view):
    for method in ("get", "post"):
        for codes in (things.own, things.foreign, things.nothing):
            answer = getattr(Client(), method)(fill(path, codes))
            assert answer.status_code < 500, f"{method} {path}: {answer.status_code}"
        if "<str:link>" in path:
            wrong_thing = dict(things.foreign, link=things.own["link"], signlink=things.own.get("signlink", ""))
            answer = getattr(Client(), method)(fill(path, wrong_thing))
            if any(f":{name}>" in path for name in things.own if name != "link"):
                assert answer.status_code in REFUSED, f"{method} {path}: a link of ours opened another city's thing"


def fill(path, codes):
    """An address with the codes put in; a link's kind follows from its door's purpose."""
    import re

    def value(match):
        name = match.group(1).split(":")[-1]
        if name == "link" and path.startswith("s/"):
            name = "signlink"
        return str(codes.get(name, "nothing00000"))

    return "/" + re.sub(r"<([^>]+)>", value, path)
