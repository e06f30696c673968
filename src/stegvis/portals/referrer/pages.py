"""A link that opens once. Whatever link one has, the same form asks for the code; whatever is wrong
with link or code, the same page answers. Nothing here says that a person or a report exists."""

from __future__ import annotations

import base64
import binascii
import secrets
import uuid

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from stegvis.journey.reports.actions import opened
from stegvis.journey.workplaces.facts import offer
from stegvis.platform.access.decision import Purpose
from stegvis.platform.access.pages import everyone
from stegvis.platform.accounts.doors import digits
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current, scope
from stegvis.platform.tenancy.speech import speaking

PLACE = 22  # letters of a municipality's key at the beginning of the link
PER_MINUTE = 30  # ours: codes tried from one address; an agency sits behind one
MARK = "report"  # the browser's mark: by it the same browser may fetch it again for a while
MARK_SECONDS = 3600


@everyone
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET never looks the link up: asking costs nothing and tells nothing. The browser has its mark
    before the code: a second press while the first is on its way comes from the same browser."""
    browser = request.COOKIES.get(MARK) or secrets.token_urlsafe(24)
    if request.method != "POST":
        return _sealed(
            _marked(request, render(request, "referrer/code.html", {"token": token}), browser)
        )
    if _too_many(request):
        return _sealed(render(request, "referrer/neutral.html", status=404))
    made = _fetched(token, digits(request.POST.get("code", "")), browser)
    if made is None:
        return _sealed(render(request, "referrer/neutral.html", status=404))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="report.pdf"'
    return _sealed(_marked(request, answer, browser))


@everyone
@require_safe
def offered(request: HttpRequest, token: str) -> HttpResponse:
    """What the municipality the link names delivers, and what not (KN-59). Its key alone is read;
    the link itself is not looked up here either, so the page is the same for every link."""
    place = _place(token)
    town = Tenant.objects.filter(pk=place).first() if place else None
    if town is None:
        return _sealed(render(request, "referrer/neutral.html", status=404))
    with scope(town.pk, service="referrer_link"):
        found = offer(on=current().on)
    context = {"town": town.name, "offer": found, "token": token}
    with speaking(get_language() or town.language, town.words):
        return _sealed(render(request, "referrer/offered.html", context))


def _marked(request: HttpRequest, answer: HttpResponse, browser: str) -> HttpResponse:
    answer.set_cookie(
        MARK,
        browser,
        max_age=MARK_SECONDS,
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return answer


def _sealed(answer: HttpResponse) -> HttpResponse:
    """The referrer policy stays the house's "same-origin": with "no-referrer" a browser sends the
    form with an origin of "null", which is refused as a forgery, and no report is ever fetched."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _too_many(request: HttpRequest) -> bool:
    key = f"referrer-link:{get_client_ip(request)}:{timezone.now():%Y%m%d%H%M}"
    cache.add(key, 0, 120)
    return int(cache.incr(key)) > PER_MINUTE


def _place(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(f"{token[:PLACE]}=="))
    except (ValueError, binascii.Error):
        return None


def _fetched(token: str, code: str, browser: str) -> bytes | None:
    """In the municipality the link names, as its service: there is nobody signed in."""
    place = _place(token)
    if place is None or not Tenant.objects.filter(pk=place).exists():
        return None
    page = Page(what="referrer_link", purpose=Purpose.JOB)
    with scope(place, service="referrer_link"), keeping(page):
        return opened(token[PLACE:], code, browser, at=timezone.now())
