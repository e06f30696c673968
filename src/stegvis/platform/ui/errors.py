"""Error pages. They say what to do and nothing else: no cause, no path, no name, and the page for
what one may not see is the page for what is not there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def _page(status: int) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status}.html"), status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(404)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(500)
