"""The visitor's own choices of language and colours, and the gallery of components."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from stegvis.platform.access.pages import everyone, page
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.scope import today
from stegvis.platform.ui.gallery import showcase
from stegvis.platform.ui.language import KNOWN

THEMES = frozenset({"light", "dark", "system"})
_YEAR = 365 * 24 * 3600


@everyone
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    return _kept(request, settings.LANGUAGE_COOKIE_NAME, request.POST.get("language", ""), KNOWN)


@everyone
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    return _kept(request, "theme", request.POST.get("theme", ""), THEMES)


def _kept(request: HttpRequest, name: str, value: str, known: frozenset[str]) -> HttpResponse:
    """Back to where one was; a value or an address that is not ours changes nothing."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None) or target[:1] != "/":
        target = "/"
    response = HttpResponseRedirect(target)
    if value in known:
        response.set_cookie(
            name, value, max_age=_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response


@page(Role.ADMINISTRATOR)
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", showcase(today()))
