"""The staff's pages of the board, the screen on the wall, and the idea box.

A board tells nothing of a person, so every worker of the municipality may keep it. The screen and
the box are open without sign-in: the screen by its own device's cookie, the box by its address.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from stegvis.journey.intake.actions import NotNow
from stegvis.learning.boards import actions, facts
from stegvis.learning.boards.actions import Idea
from stegvis.learning.boards.forms import (
    AnswerForm,
    BoardForm,
    DeviationForm,
    IdeaForm,
    ItemForm,
    LineForm,
    MeetingForm,
    Pictured,
    TurnForm,
)
from stegvis.learning.boards.models import (
    Board,
    BoardDeviation,
    BoardGoal,
    Improvement,
    Meeting,
    MeetingItem,
    Screen,
    TodayLine,
)
from stegvis.learning.boards.words import (
    FAULTS,
    HEADINGS,
    MARKS,
    MEETINGS,
    SOURCES,
    STATES,
)
from stegvis.platform.access.pages import everyone, page
from stegvis.platform.accounts import doors
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current, scope

KEEPERS = (Role.WORK_SUPERVISOR, Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.UNIT_MANAGER)
SCREEN, YEAR = "wall", 365 * 24 * 3600
MOST = 60


def _one(model: Any, key: Any, **more: Any) -> Any:
    try:
        found = model.objects.filter(pk=uuid.UUID(str(key)), **more).order_by("id").first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _tried(form: forms.Form | None, verb: Callable[[], Any]) -> str:
    """What the verb refused, in a sentence; at the form where there is one."""
    try:
        verb()
    except NotNow as refused:
        said = str(FAULTS[refused.code])
        if form is not None:
            form.add_error(None, said)
        return said
    return ""


@page(*KEEPERS)
def boards(request: HttpRequest) -> HttpResponse:
    form = BoardForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        if not _tried(form, lambda: actions.new_board(said["name"], said["unit"].pk)):
            return redirect("boards")
    rows = Board.objects.select_related("unit").order_by("name", "id")
    return render(request, "boards/boards.html", {"form": form, "rows": rows})


FORMS = {"goal": Pictured, "deviation": DeviationForm, "line": LineForm}
ADD = {"goal": actions.add_goal, "deviation": actions.add_deviation, "line": actions.add_line}


@page(*KEEPERS)
def board(request: HttpRequest, board: uuid.UUID) -> HttpResponse:
    """Kept by hand: marks, deviations, today's lines."""
    row, do, fault = _one(Board, board), request.POST.get("do", ""), ""
    made = {name: form(request.POST if do == name else None) for name, form in FORMS.items()}
    if request.method == "POST":
        form = made.get(do)
        if form is None:
            fault = _tried(None, lambda: _pressed(row, do))
        elif form.is_valid():
            fault = _tried(form, lambda: ADD[do](row, **form.cleaned_data))
        if not fault and (form is None or form.is_valid()):
            return redirect("board", board=board)
    on = visit_of(request).scope.on
    context = {
        "board": row,
        "wall": facts.shown(row, on, localtime(), whole=True),
        "forms": made,
        "faulty": next((one for one in made.values() if one.errors), None),
        "fault": fault,
        "marks": list(MARKS.items()),
        "may_hang": visit_of(request).actor.holds(Role.WORK_SUPERVISOR),
    }
    return render(request, "boards/board.html", context)


def _pressed(board: Board, do: str) -> None:
    """`do` is a verb, a key and perhaps a word, with colons between."""
    verb, _colon, rest = do.partition(":")
    key, _colon, word = rest.partition(":")
    if verb == "mark" and word in MARKS:
        actions.mark(_one(BoardGoal, key, board=board), word)
    elif verb == "end":
        actions.end_goal(_one(BoardGoal, key, board=board))
    elif verb == "solve":
        actions.solve(_one(BoardDeviation, key, board=board))
    elif verb == "again":
        actions.once_more(_one(BoardDeviation, key, board=board))
    elif verb == "remove":
        actions.remove_line(_one(TodayLine, key, board=board))
    elif verb == "before":
        actions.as_before(board)


@page(*KEEPERS)
def improvements(request: HttpRequest, board: uuid.UUID) -> HttpResponse:
    row = _one(Board, board)
    form = IdeaForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.propose_as_staff(row, Idea(**form.cleaned_data), by=visit_of(request).actor)
        return redirect("improvements", board=board)
    found = Improvement.objects.filter(board=row).select_related("by").order_by("-week", "id")
    context = {
        "board": row,
        "form": form,
        "rows": facts.with_names(list(found[:MOST])),
        "sources": SOURCES,
        "box": request.build_absolute_uri(f"/box/{row.box}/"),
    }
    return render(request, "boards/improvements.html", context)


@page(*KEEPERS)
def improvement(request: HttpRequest, board: uuid.UUID, improvement: uuid.UUID) -> HttpResponse:
    row = _one(Improvement, improvement, board_id=board)
    do, by = request.POST.get("do", ""), visit_of(request).actor
    answering = AnswerForm(request.POST if do == "answer" else None)
    turning = TurnForm(request.POST if do == "turn" else None, initial={"state": row.state})
    fault = ""
    if answering.is_valid():
        said = answering.cleaned_data["answer"]
        fault = _tried(answering, lambda: actions.answer(row, said, by=by))
    elif turning.is_valid():
        new = turning.cleaned_data
        fault = _tried(turning, lambda: actions.turn(row, new["state"], new["words"], by=by))
    if (answering.is_valid() or turning.is_valid()) and not fault:
        return redirect("improvement", board=board, improvement=improvement)
    context = {
        "board": row.board,
        "one": facts.with_names([row])[0],
        "source": SOURCES[row.source],
        "answering": answering,
        "turning": turning,
        "turns": [(turn, STATES[turn.state]) for turn in row.turns.select_related("by")],
    }
    return render(request, "boards/improvement.html", context)


@page(*KEEPERS)
def meetings(request: HttpRequest, board: uuid.UUID) -> HttpResponse:
    row, visit = _one(Board, board), visit_of(request)
    form = MeetingForm(
        request.POST if request.method == "POST" else None, initial={"on": visit.scope.on}
    )
    if form.is_valid() and not _tried(
        form, lambda: actions.hold(row, by=visit.actor, **form.cleaned_data)
    ):
        return redirect("meetings", board=board)
    found = Meeting.objects.filter(board=row).order_by("-on", "-id")[:MOST]
    left = MeetingItem.objects.filter(meeting__board=row, decision=True, done_on__isnull=True)
    context = {
        "board": row,
        "form": form,
        "rows": [(one, MEETINGS[one.kind]) for one in found],
        "missed": facts.missed_apt(row, visit.scope.on),
        "ours": row.apt_months is None,
        "left": left.select_related("doer", "meeting").order_by("created_at", "id"),
    }
    return render(request, "boards/meetings.html", context)


@page(*KEEPERS)
def meeting(request: HttpRequest, board: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    row, do = _one(Meeting, meeting, board_id=board), request.POST.get("do", "")
    form, fault = ItemForm(request.POST if do == "item" else None), ""
    if form.is_valid():
        fault = _tried(form, lambda: actions.add_item(row, **form.cleaned_data))
    elif do.startswith("done:"):
        item = _one(MeetingItem, do[5:], meeting=row)
        fault = _tried(None, lambda: actions.done(item, request.POST.get("outcome", "")[:200]))
    if do and not fault and not form.errors:
        return redirect("meeting", board=board, meeting=meeting)
    items = row.items.select_related("doer").order_by("created_at", "id")
    context = {
        "board": row.board,
        "meeting": row,
        "kind": MEETINGS[row.kind],
        "form": form,
        "fault": fault,
        "items": [(item, HEADINGS.get(item.heading, "")) for item in items],
    }
    return render(request, "boards/meeting.html", context)


# The screen on the wall


@page(Role.WORK_SUPERVISOR)
def hang(request: HttpRequest, board: uuid.UUID) -> HttpResponse:
    """The screen in one's hands becomes the board's: one is signed out of it."""
    row = _one(Board, board)
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
        language = Tenant.objects.get(pk=tenant).language
        with translation.override(language):
            context = {"wall": facts.shown(screen.board, current().on, localtime())}
            return render(request, "boards/wall.html", context)


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
