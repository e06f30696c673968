"""Input no person types: refused before any page sees it, so that no page has to think of it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

from stegvis.platform.ui.errors import too_large


def _hostile(text: str) -> bool:
    """NUL (PostgreSQL refuses it) and lone surrogates (no encoding has them)."""
    try:
        return b"\x00" in text.encode()
    except UnicodeEncodeError:
        return True


def _refuse(data: QueryDict) -> None:
    for name, values in data.lists():
        if _hostile(name) or any(_hostile(str(value)) for value in values):
            raise BadRequest("characters that cannot be stored")


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def _most(request: HttpRequest) -> int:
    """Bytes of one request. Files are written to disk while they come, long before anybody asks
    who sends them, so whoever shows no session may send a form and nothing more."""
    inside = settings.SESSION_COOKIE_NAME in request.COOKIES
    return settings.LARGEST_REQUEST if inside else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class RefuseHostileInput:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A quoted cookie may hold any byte, and the session's is looked up as it stands.
        request.COOKIES = {k: v for k, v in request.COOKIES.items() if not _hostile(v)}
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if _hostile(request.path):
            raise BadRequest("characters that cannot be stored")
        if _length(request) > _most(request):
            return too_large(request)
        _refuse(request.GET)
        if request.method == "POST":
            _refuse(request.POST)
        return None
