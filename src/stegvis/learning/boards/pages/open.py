"""The screen on the wall and the idea box: open without sign-in, the screen by its own device's
cookie, the box by its address."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth import logout
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from stegvis.journey.workplaces.models import Symbol
from stegvis.journey.workplaces.pages.symbols import picture_of
from stegvis.learning.boards import actions, facts
from stegvis.learning.boards.actions import Idea
from stegvis.learning.boards.forms import IdeaForm
from stegvis.learning.boards.models import Board, Screen
from stegvis.learning.boards.pages.parts import one
from stegvis.platform.access.pages import everyone, page
from stegvis.platform.accounts import doors
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current, scope
from stegvis.platform.tenancy.speech import speaking

SCREEN, YEAR = "wall", 365 * 24 * 3600


# The screen on the wall


@page(Role.WORK_SUPERVISOR)
def hang(request: HttpRequest, board: uuid.UUID) -> HttpResponse:
    """The screen in one's hands becomes the board's: one is signed out of it."""
    row = one(Board, board)
    if request.method != "POST":
        return render(request, "boards/hang.html", {"board": row})
    token = actions.hang(row, row.name, by=visit_of(request).actor)
    logout(request)
    response = redirect("wall")
    response.set_cookie(
        SCREEN,
        token,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@everyone
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Read alone, by the screen's own token; it is asked again every half minute. Where there is
    no such screen it is said, in the same words whatever was wrong."""
    token = request.COOKIES.get(SCREEN, "")[: doors.LONGEST]
    tenant = doors.tenant_of(token)
    with scope(tenant, service="wall"):
        device = doors.device_of(token)
        screen = Screen.objects.filter(device=device).select_related("board").first()
        if device is None or screen is None:
            return render(request, "boards/no_wall.html", status=404)
        town = Tenant.objects.get(pk=tenant)
        with speaking(town.language, town.words):
            context = {"wall": facts.shown(screen.board, current().on, localtime())}
            return render(request, "boards/wall.html", context)


@everyone
@require_safe
def wall_symbol(request: HttpRequest, symbol: uuid.UUID) -> HttpResponse:
    """A picture of the unit whose board the screen shows, and no other."""
    token = request.COOKIES.get(SCREEN, "")[: doors.LONGEST]
    with scope(doors.tenant_of(token), service="wall"):
        device = doors.device_of(token)
        screen = Screen.objects.filter(device=device).select_related("board").first()
        if device is None or screen is None:
            raise Http404
        return picture_of(one(Symbol, symbol, unit=screen.board.unit_id))


# The idea box


@everyone
def box(request: HttpRequest, token: str) -> HttpResponse:
    """No session is read and nothing is journalled: see actions.drop."""
    with scope(doors.tenant_of(token), service="idea_box"):
        found = Board.objects.filter(box=token[: doors.LONGEST]).order_by("id").first()
        form = IdeaForm(request.POST if request.method == "POST" else None)
        key = _chance(request.POST.get("key", ""))
        if found is not None and form.is_valid() and key and not _full(token):
            actions.drop(found, Idea(**form.cleaned_data), key)
            return render(request, "boards/box.html", {"told": True})
        context = {"form": form, "key": key or uuid.uuid4()}
        return render(request, "boards/box.html", context)


def _chance(typed: str) -> uuid.UUID | None:
    try:
        key = uuid.UUID(typed)
    except ValueError:
        return None
    return key if key.version == 4 else None  # noqa: PLR2004


def _full(token: str) -> bool:
    """Counted by the box, not by who writes."""
    key = f"idea-box:{token[: doors.LONGEST]}:{timezone.now():%Y%m%d%H%M}"
    cache.add(key, 0, 120)
    return int(cache.incr(key)) > actions.BOX_A_MINUTE
