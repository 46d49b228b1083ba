"""The outermost middleware of our own: refuses what is too large before it is read, answers what went wrong, and says on every
answer what a page may load."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from jinguo.lib import limits
from jinguo.lib.errors import Problem
from jinguo.ui.answers import error_page, problem_response

log = logging.getLogger("jinguo")


class Guard:
    """Expected problems become pages; a database that is away or locked becomes 503 with Retry-After, never 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = settings.CONTENT_SECURITY_POLICY

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-cache, private")
        return response

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The house's answer, or what is in the way."""
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if not declared.isdigit() or int(declared) > limits.REQUEST_BYTES:
            return error_page(request, 413)
        if "\x00" in request.path_info:
            return error_page(request, 404)
        # No person types a NUL; PostgreSQL refuses a text with one (an error, where SQLite finds nothing).
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:  # an address that only takes presses, opened by itself
            allowed, response = response.headers.get("Allow", ""), error_page(request, 405)
            response.headers["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Problem):
            return problem_response(request, error)
        if isinstance(error, RequestDataTooBig):
            return error_page(request, 413)
        if isinstance(error, OperationalError | InterfaceError):
            log.error("the database did not answer: %s", error)
            return error_page(request, 503)
        return None
