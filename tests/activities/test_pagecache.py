"""A page in a rush: made by one request at a time, shown to everybody, and gone at once when it is taken down."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from jinguo.activities.pagecache import AtTheDoor, kept
from jinguo.lib import ids
from jinguo.lib.errors import NotThere


@pytest.fixture
def request_for_page():
    path = f"/a/{ids.new_code()}/"
    return lambda: RequestFactory().get(path)


def test_while_one_makes_it_anew_the_others_are_shown_the_old_copy(request_for_page):
    made, going_on = [], Event()

    @kept(0)  # old as soon as it is made
    def page(request):
        made.append(len(made))
        if len(made) == 2:
            going_on.wait(timeout=20)
        return HttpResponse(f"page {made[-1]}")

    assert page(request_for_page()).content == b"page 0"
    with ThreadPoolExecutor(1) as maker:
        slow = maker.submit(page, request_for_page())
        while len(made) < 2:
            Event().wait(0.001)
        assert [page(request_for_page()).content for _each in range(3)] == [b"page 0"] * 3
        going_on.set()
        assert slow.result(timeout=20).content == b"page 1"
    assert page(request_for_page()).content == b"page 2", "nobody makes it any more: the next one does"


def test_a_page_that_is_taken_down_is_not_shown_again(request_for_page):
    answers = [HttpResponse("here"), NotThere("gone"), NotThere("gone")]

    @kept(0)
    def page(request):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert page(request_for_page()).content == b"here"
    for _each in range(2):
        with pytest.raises(NotThere):
            page(request_for_page())


def test_a_fresh_page_is_made_once(request_for_page):
    made = []

    @kept(60)
    def page(request):
        made.append(1)
        return HttpResponse("page")

    assert {page(request_for_page()).content for _each in range(5)} == {b"page"} and len(made) == 1


@pytest.fixture
def door(request_for_page):
    """A house whose page says how often it was made; asked as a browser would, by headers."""
    made = []

    @kept(60)
    def page(request):
        made.append(1)
        return HttpResponse(f"made {len(made)}" + " and more" * 200)

    inside = []

    def house(request):
        inside.append(1)
        return page(request)

    middleware, path = AtTheDoor(house), request_for_page().path

    def ask(**sent):
        heads = {f"HTTP_{name.upper()}": value for name, value in sent.items()}
        return middleware(RequestFactory().get(path, **heads))

    return ask, inside


def test_a_visitor_is_answered_at_the_door_with_the_same_page(door):
    ask, inside = door
    first = ask(accept_language="zh-CN")
    again = [ask(accept_language="zh-CN") for _each in range(3)]
    assert len(inside) == 1 and {answer.content for answer in again} == {first.content}
    assert all(answer.headers == first.headers for answer in again)
    assert ask(accept_language="zh-CN", if_none_match=first["ETag"]).status_code == 304


@pytest.mark.parametrize("other", [{"cookie": "theme=dark"}, {"accept_language": "en"}, {"host": "other.example.org"}])
def test_whoever_asks_otherwise_is_let_in(door, other, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ask, inside = door
    ask()
    ask(**other)
    assert len(inside) == 2


def test_who_is_signed_in_is_always_let_in(door, settings):
    ask, inside = door
    contents = {ask(cookie=f"{settings.SESSION_COOKIE_NAME}=abc").content for _each in range(3)}
    assert len(inside) == len(contents) == 3


def test_the_page_is_packed_for_who_can_unpack_it(door):
    ask, _inside = door
    plain, packed = ask(), ask(accept_encoding="gzip, br")
    assert gzip.decompress(packed.content) == plain.content and len(packed.content) < len(plain.content) / 4
    assert int(packed["Content-Length"]) == len(packed.content) and "Content-Encoding" not in plain
    assert "Accept-Encoding" in packed["Vary"]
