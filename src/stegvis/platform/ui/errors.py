"""Error pages. They say what to do and nothing else: no cause, no path, no name, and the page for
what one may not see is the page for what is not there."""

from __future__ import annotations

import sys
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = structlog.get_logger()


def _page(status: int) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status}.html"), status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(404)


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(413)


def broken(request: HttpRequest) -> HttpResponse:
    """The page says that it has been noted, so it is noted here, also where no page was reached."""
    fault = sys.exception()
    log.error("answer_failed", fault=type(fault).__name__)
    if not isinstance(fault, OperationalError | InterfaceError):
        return _page(500)
    response = _page(503)  # the database is away: whoever stands in front may ask again
    response.headers["Retry-After"] = "10"
    return response
