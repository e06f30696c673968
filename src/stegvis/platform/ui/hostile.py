"""Input no person types: refused before any page sees it, so that no page has to think of it."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict


def _hostile(text: str) -> bool:
    """NUL (PostgreSQL refuses it) and lone surrogates (no encoding has them)."""
    return "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)


def _refuse(data: QueryDict) -> None:
    for name, values in data.lists():
        if _hostile(name) or any(_hostile(str(value)) for value in values):
            raise BadRequest("characters that cannot be stored")


class RefuseHostileInput:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if _hostile(request.path):
            raise BadRequest("characters that cannot be stored")
        _refuse(request.GET)
        if request.method == "POST":
            _refuse(request.POST)
        return None
