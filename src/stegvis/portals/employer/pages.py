"""A company's page: one link, one placement. Before the code every link shows the same form; for
whatever is wrong with link, code or browser the same page answers. What is shown is the document
of the agreement and nothing else of the person's record.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from stegvis.journey.agreements import actions
from stegvis.journey.agreements.models import EmployerLink
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import everyone
from stegvis.platform.accounts.doors import digits, tenant_of
from stegvis.platform.journal.writing import Page, keeping, seen, so_far, unsay
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import scope
from stegvis.platform.tenancy.speech import speaking
from stegvis.portals.employer.desk import Desk

PER_MINUTE = 30  # ours: what one address may send in a minute; a company sits behind one
MARK = "company"  # the browser's mark: by it the browser that opened the link keeps it
SERVICE = "employer_link"


@everyone
@require_http_methods(["GET", "HEAD", "POST"])
def company(request: HttpRequest, token: str) -> HttpResponse:
    """The browser has its mark before the code: a second press while the first is on its way comes
    from the same browser. Without a mark a link is not looked up: asking tells nothing."""
    browser = request.COOKIES.get(MARK, "")
    posts = request.method == "POST"
    if posts and _too_many(request):
        return _sealed(_neutral(request))
    town = Tenant.objects.filter(pk=tenant_of(token)).first() if posts or browser else None
    if town is None:
        return _sealed(_neutral(request) if posts else _asked(request, browser))
    with _speaking(request, town), scope(town.pk, service=SERVICE):
        page = Page(what=SERVICE, purpose=Purpose.JOB, shows=str(FieldClass.WORK))
        with keeping(page):
            answer = _answer(request, token, browser, town)
    return _sealed(answer or (_neutral(request) if posts else _asked(request, browser)))


def _answer(request: HttpRequest, token: str, browser: str, town: Tenant) -> HttpResponse | None:
    """For whoever has the link, its code or the browser that had it; None for all else."""
    at = timezone.now()
    if request.method == "POST" and "code" in request.POST:
        code = digits(request.POST["code"])
        opened = actions.opened(token, code, browser, at=at) if browser else None
        return _marked(request, redirect(request.path), browser, opened) if opened else None
    link = actions.held(token, browser, at=at)
    if link is None:
        return None
    seen([link.person_id], shows=FieldClass.WORK)
    desk = Desk(request, link, town)
    if request.method == "POST":
        before = so_far()
        if (done := desk.done(_submission(request))) is not None:
            return redirect(f"{request.path}?{done}")
        unsay(before)
    return render(request, "employer/page.html", desk.context())


def _submission(request: HttpRequest) -> uuid.UUID:
    """The form's own key, so that what is sent twice is written once; without one it is new."""
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid.uuid4()


# The answers that tell nothing


def _asked(request: HttpRequest, browser: str) -> HttpResponse:
    browser = browser or secrets.token_urlsafe(24)
    return _marked(request, render(request, "employer/code.html"), browser, None)


def _neutral(request: HttpRequest) -> HttpResponse:
    return render(request, "employer/neutral.html", status=404)


def _marked(
    request: HttpRequest, answer: HttpResponse, browser: str, link: EmployerLink | None
) -> HttpResponse:
    """As long as the link, once it is open; an hour until then. Lax: it is opened from a mail."""
    lasts = link.expires_at - timezone.now() if link else dt.timedelta(hours=1)
    answer.set_cookie(
        MARK, browser, max_age=int(lasts.total_seconds()), path=request.path,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return answer


def _sealed(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _too_many(request: HttpRequest) -> bool:
    key = f"employer-link:{get_client_ip(request)}:{timezone.now():%Y%m%d%H%M}"
    cache.add(key, 0, 120)
    return int(cache.incr(key)) > PER_MINUTE


def _speaking(request: HttpRequest, town: Tenant) -> Any:
    """What the visitor has chosen, else the municipality's own language."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    known = {code for code, _name in settings.LANGUAGES}
    return speaking(chosen if chosen in known else town.language, town.words)
