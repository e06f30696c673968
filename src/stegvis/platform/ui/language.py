"""The language of a page: what the visitor chose, else what their browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from stegvis.platform.tenancy.speech import NONE, speak

KNOWN = frozenset(code for code, _ in settings.LANGUAGES)


class Language:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen not in KNOWN:
            chosen = translation.get_language_from_request(request)[:2]
        # Ours until it is known which municipality the visitor comes to (journal.gate).
        speak(chosen if chosen in KNOWN else settings.LANGUAGE_CODE, NONE)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response
