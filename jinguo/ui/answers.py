"""Turns expected problems into pages a person can act on, in one place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jinguo.lib.errors import KeptApart, Problem


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page for an expected problem: its own sentence under the heading of its status."""
    if isinstance(problem, KeptApart):
        return kept_apart_page(request, problem.sentence)
    return error_page(request, problem.status, problem.sentence)


def kept_apart_page(request: HttpRequest, said: object, *, onward: str = "") -> HttpResponse:
    """After a plea was typed into a form: that it has come, and whom to call.

    Args:
        onward: where what else the form was for can be seen; "" where nothing else was done.
    """
    response = render(request, "ui/kept_apart.html", {"said": said, "onward": onward}, status=KeptApart.status)
    response["Cache-Control"] = "no-store"
    return response


def error_page(request: HttpRequest, status: int, detail: object = "", page: str = "") -> HttpResponse:
    """The page of a status, with a sentence of its own where one is known; `page` names a more exact page."""
    response = render(request, f"ui/errors/{page or status}.html", {"detail": detail}, status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "5"
    return response
