"""Renders small templates for the tests of ui. No test lives here."""

from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory


def render(source: str, request: HttpRequest | None = None, **context: Any) -> str:
    """A template written in the test, rendered with the house's own tags."""
    load = "" if source.startswith("{% extends") else "{% load ui %}"
    return engines["django"].from_string(load + source).render(context, request)


def visit(path: str = "/", **cookies: str) -> HttpRequest:
    """A request of a visitor, for templates that look at cookies and addresses."""
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    return request
