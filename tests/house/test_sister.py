"""A sister county sees nothing of another, not even that it exists.

Two counties of one city, each with everything of its own. Whoever holds every post of the one, and whoever holds its links,
goes through every address of the house with the codes of the other: what comes back (status, redirect, headers and each
byte of the body) is what comes back for a code that names nothing. And what the one county sees of its own, in every list,
count, search, feed and export, is the same whether the other one has done anything or not.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.test import Client
from django.urls import resolve

from jinguo.campaigns.models import Campaign
from jinguo.federation import gate, policy
from jinguo.federation.models import User
from jinguo.lib import ids
from tests.house.counties import MARK, County, all_posts, county_of, village_under
from tests.house.forms import PICKED, WRITTEN, forms_of
from tests.house.test_doors import addresses, answer, fill
from tests.house.things import NOTHING
from tests.issued import issue

pytestmark = pytest.mark.slow

METHODS = ("get", "post")
NAMES_NOTHING = {"link", "form", "paper", "number"}  # parts of an address that are one's own, or name no thing
LINKS = tuple(who for who in policy.OUTSIDERS if who not in (policy.VISITOR, policy.MAIL_ROBOT))
ENOUGH = 20
OWN_LINKS = ("link", "signlink", "hostlink")
NOWHERE = "紫薇县妇联"
CODE = re.compile(r"[2-9a-hjkmnp-z]{12}")
# What is drawn or counted anew for each answer, whoever asks for what. Codes among it: the other county's own are looked for
# by themselves.
DRAWN = re.compile(
    rb'csrf-token" content="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|nonce-[\w+/=-]+|nonce="[^"]*"'
    rb'|\b[2-9a-hjkmnp-z]{12}\b|\d{1,2}:\d\d(:\d\d)?|data-made="\d+"|<path d="M4 4[^"]*"'
    rb"|<code>(?:[A-Z2-7]{4} ?){8}</code>|otpauth://[^\"]*"
)
# Marks a page draws for what is about to be made, so that pressing twice makes it once; and a first password, which must be
# unlike the account's own name.
NOT_A_THING = {"code", "token", "password", "csrfmiddlewaretoken"}


@dataclass
class Looking:
    """The county that looks, and people who hold all its posts between them."""

    county: County
    people: list[tuple[User, Client]]

    def through(self, act: str, to: str) -> Client:
        """Somebody the table lets through this door; where nobody may, somebody it refuses."""
        if to != gate.STAFF:
            return Client(raise_request_exception=False)
        return next((client for user, client in self.people if policy.may_anywhere(user, act)), self.people[0][1])

    def codes(self) -> list[dict[str, str]]:
        """Its own codes: of its copy of the city's notice, and of the notice it issued itself."""
        links = {name: self.county.below[name] for name in OWN_LINKS}
        return [links | self.county.above, self.county.below]

    def pages(self) -> Iterator[tuple[Client, str]]:
        """Every address it may ask for by its own codes, each once, and who asks."""
        known = set()
        for codes in self.codes():
            for path, view in addresses():
                act, to = view.door
                names = {match.split(":")[-1] for match in re.findall(r"<([^>]+)>", path)}
                if (to == gate.STAFF or to in LINKS) and names <= {*codes}:
                    address = fill(path, codes)
                    if address not in known:
                        known.add(address)
                        yield self.through(act, to), address


@pytest.fixture
def campaign(cast: Any) -> Campaign:
    village_under(cast, "c.b.t", "石榴村")
    return issue(cast, ("c.a", "c.b"))


@pytest.fixture
def looking(cast: Any, campaign: Campaign) -> Looking:
    county = county_of(cast, campaign, "c.b")
    people = [(user, Client(raise_request_exception=False)) for user in all_posts(county.unit, "sister")]
    for user, client in people:
        client.force_login(user)
    return Looking(county, people)


@dataclass(frozen=True)
class Seen:
    """All of an answer that a person or a program could tell from another."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @classmethod
    def at(cls, client: Client, method: str, path: str, codes: dict[str, str], **more: Any) -> "Seen":
        """Ask, with the codes that were asked for themselves taken out of what comes back."""
        came = answer(client, method, path, **more)
        asked = sorted({code for code in codes.values() if len(code) > 2}, key=len, reverse=True)

        def plain(text: bytes) -> bytes:
            for code in asked:
                for spelt in (code, quote(code), quote_plus(code)):
                    text = text.replace(spelt.encode(), NOTHING.encode())
            return text

        body = _unzipped(came.getvalue() if came.streaming else came.content)
        told = {name: value for name, value in came.headers.items() if name not in {"Content-Length", "Server-Timing"}}
        heads = tuple(sorted((name, plain(value.encode()).decode()) for name, value in told.items()))
        return cls(came.status_code, heads, plain(body))

    def told_by(self, other: "Seen") -> str:
        """By what the two can be told apart; "" where they cannot."""
        if self.status != other.status:
            return f"{self.status}, not {other.status}"
        mine, others = dict(self.headers), dict(other.headers)
        for name in sorted({*mine, *others}):
            one, two = (DRAWN.sub(b"", heads.get(name, "").encode()) for heads in (mine, others))
            if one != two:
                return f"{name}: {one!r}, not {two!r}"
        return _first_difference(DRAWN.sub(b"", self.body), DRAWN.sub(b"", other.body))


def _unzipped(body: bytes) -> bytes:
    """A workbook as its parts, without the moment it was written."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(BytesIO(body)) as parts:
        return b"".join(parts.read(name) for name in sorted(parts.namelist()) if name != "docProps/core.xml")


def _first_difference(one: bytes, other: bytes) -> str:
    if one == other:
        return ""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return "…".join(text[max(at - 60, 0) : at + 60].decode(errors="replace") for text in (one, other))


def with_codes(
    path: str, own: dict[str, str], hidden: dict[str, str]
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Ways of putting the hidden county's codes into an address, each beside the same with codes of nothing: all of them,
    and, where an address names several things, one at a time among one's own."""
    names = [match.split(":")[-1] for match in re.findall(r"<([^>]+)>", path)]
    theirs = [name for name in names if name in hidden and name not in NAMES_NOTHING]
    if not theirs or not {*names} - {"link"} <= {*own, *hidden}:
        return
    for chosen in (theirs, *([name] for name in theirs if len(theirs) > 1 and {*theirs} - {name} <= {*own})):
        rest = {name: own[name] for name in names if name not in chosen and name in own}
        rest |= {name: own[name] for name in OWN_LINKS} if "link" in names else {}
        yield rest | {name: hidden[name] for name in chosen}, rest | dict.fromkeys(chosen, NOTHING)


@pytest.mark.parametrize("level", ["above", "below"])
def test_no_address_tells_another_countys_thing_from_nothing(
    cast: Any, campaign: Campaign, looking: Looking, level: str
) -> None:
    """`above`: what hangs on the other county's copy of the city's notice; `below`: what it issued itself."""
    hidden, told, opened = county_of(cast, campaign, "c.a", MARK), [], set()
    owner = Client(raise_request_exception=False)
    owner.force_login(hidden.officer)
    own, theirs = looking.codes()[level == "below"], getattr(hidden, level)
    for path, view in addresses():
        act, to = view.door
        if to == policy.MAIL_ROBOT or (to == policy.VISITOR and "<str:circulation>" not in path):
            continue  # what is open to everybody hides nothing; of the group links, each unit's page is the unit's
        for codes, nothing in with_codes(path, own, theirs):
            if to == policy.VISITOR and codes["group"] != own.get("group"):
                continue  # whoever holds the other county's group link stands in its chat group
            for method in METHODS:
                one = Seen.at(looking.through(act, to), method, fill(path, codes), codes)
                other = Seen.at(looking.through(act, to), method, fill(path, nothing), nothing)
                if by := one.told_by(other):
                    told.append(f"{method} {fill(path, codes)} ({path}, {act}): {by}")
            if (
                to == gate.STAFF
                and len(opened) <= ENOUGH
                and answer(owner, "get", fill(path, codes)).status_code == 200
            ):
                opened.add(path)
    assert not told, "\n".join(told)
    assert len(opened) > ENOUGH, "the other county's own officer opens them: the codes are of things that are there"


def test_what_a_county_sees_is_the_same_whatever_another_one_does(
    cast: Any, campaign: Campaign, looking: Looking
) -> None:
    pages = list(looking.pages())
    before = {path: Seen.at(client, "get", path, {}) for client, path in pages}
    hidden = county_of(cast, campaign, "c.a", MARK)
    told = []
    for client, path in pages:
        seen = Seen.at(client, "get", path, {})
        if by := seen.told_by(before[path]):
            told.append(f"{path}: {by}")
        told += [f"{path} names {word}" for word in hidden.words() if word.encode() in seen.body]
        told += [f"{path}: {by}" for by in _searched(client, path, seen, hidden)]
    assert not told, "\n".join(told)
    assert sum(seen.status == 200 for seen in before.values()) > 80, "most of its own pages open"


def _searched(client: Client, path: str, seen: Seen, hidden: County) -> Iterator[str]:
    """A page's searches and filters, asked for the other county and for what is nowhere: by what the two differ."""
    if seen.status != 200 or b"<form" not in seen.body:
        return
    for form in forms_of(seen.body.decode(), path):
        if form.method != "get":
            continue
        for name in dict.fromkeys(field.name for field in form.fields if field.kind in WRITTEN | {"select", "hidden"}):
            for word in (hidden.unit.short_name, hidden.unit.code, hidden.below["campaign"], MARK):
                nowhere = ids.new_code() if CODE.fullmatch(word) else NOWHERE
                one, other = (
                    Seen.at(client, "get", form.action, {"asked": asked}, data=form.sent() | {name: asked})
                    for asked in (word, nowhere)
                )
                if by := one.told_by(other):
                    yield f"?{name}={word}: {by}"


def test_no_form_takes_another_countys_thing(cast: Any, campaign: Campaign, looking: Looking) -> None:
    hidden, told, known = county_of(cast, campaign, "c.a", MARK), [], set()
    kinds = {code: name for codes in looking.codes() for name, code in codes.items() if len(code) >= len(NOTHING)}
    theirs = hidden.above | hidden.below
    written = (hidden.unit.name, hidden.unit.code, hidden.officer.username)
    for client, path in looking.pages():
        page = answer(client, "get", path)
        if page.status_code != 200 or page.streaming or b"<form" not in page.content:
            continue
        for form in forms_of(page.content.decode(), path):
            view = resolve(form.action.split("?")[0])
            for field in form.fields:
                mark = (view.view_name, field.name, field.kind, kinds.get(field.value, ""))
                if form.method != "post" or field.name in NOT_A_THING or mark in known:
                    continue
                known.add(mark)
                tried = written if field.kind in WRITTEN else ()
                if field.kind in PICKED and field.value in kinds:
                    tried = (theirs[kinds[field.value]],) if kinds[field.value] in theirs else ()
                elif field.kind in PICKED and CODE.fullmatch(field.value):
                    tried = tuple(
                        theirs[kind] for kind in ("unit", "activity", "circulation", "obligation", "report", "file")
                    )
                for word in tried:
                    nowhere = ids.new_code() if CODE.fullmatch(word) else NOWHERE
                    one, other = (
                        Seen.at(client, "post", form.action, {"said": said}, data=form.sent() | {field.name: said})
                        for said in (word, nowhere)
                    )
                    if by := one.told_by(other):
                        told.append(f"post {form.action} with {field.name}={word}: {by}")
    assert not told, "\n".join(told)
    assert len(known) > 60, "forms were found and filled in"
