"""A page in a rush: made by one request at a time, shown to everybody, and gone at once when it is taken down."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from jinguo.activities.pagecache import kept
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
