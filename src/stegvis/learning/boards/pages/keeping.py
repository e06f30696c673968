"""The boards, and one of them kept by hand."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from stegvis.learning.boards import actions, facts
from stegvis.learning.boards.forms import BoardForm, DeviationForm, LineForm, Pictured
from stegvis.learning.boards.models import Board, BoardDeviation, BoardGoal, TodayLine
from stegvis.learning.boards.pages.parts import KEEPERS, one, tried
from stegvis.learning.boards.words import MARKS, ZONE_PICTURES, ZONES
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of


@page(*KEEPERS)
def boards(request: HttpRequest) -> HttpResponse:
    form = BoardForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        if not tried(form, lambda: actions.new_board(said["name"], said["unit"].pk)):
            return redirect("boards")
    rows = Board.objects.select_related("unit").order_by("name", "id")
    return render(request, "boards/boards.html", {"form": form, "rows": rows})


FORMS = {"goal": Pictured, "deviation": DeviationForm, "line": LineForm}
ADD = {"goal": actions.add_goal, "deviation": actions.add_deviation, "line": actions.add_line}


@page(*KEEPERS)
def board(request: HttpRequest, board: uuid.UUID) -> HttpResponse:
    """Kept by hand: marks, deviations, today's lines."""
    row, do, fault = one(Board, board), request.POST.get("do", ""), ""
    own = list(facts.symbols(row))
    made = {
        name: form(request.POST if do == name else None, symbols=own)
        for name, form in FORMS.items()
    }
    if request.method == "POST":
        form = made.get(do)
        if form is None:
            fault = tried(None, lambda: _pressed(row, do))
        elif form.is_valid():
            fault = tried(form, lambda: ADD[do](row, **form.cleaned_data))
        if not fault and (form is None or form.is_valid()):
            return redirect("board", board=board)
    on = visit_of(request).scope.on
    context = {
        "board": row,
        "wall": facts.shown(row, on, localtime(), whole=True),
        "forms": made,
        "faulty": next((form for form in made.values() if form.errors), None),
        "fault": fault,
        "marks": list(MARKS.items()),
        "may_hang": visit_of(request).actor.holds(Role.WORK_SUPERVISOR),
    }
    return render(request, "boards/board.html", context)


@page(*KEEPERS)
@require_safe
def show(request: HttpRequest, board: uuid.UUID, column: int) -> HttpResponse:
    """The board in a meeting: one column after the other in large type. Each is a page of its own,
    so that it works where no script runs."""
    row = one(Board, board)
    if not 1 <= column <= len(ZONES):
        raise Http404
    code = list(ZONES)[column - 1]
    whole = facts.shown(row, visit_of(request).scope.on, localtime(), whole=True)
    context = {
        "board": row,
        "wall": whole,
        "code": code,
        "zone": getattr(whole, code),
        "title": ZONES[code],
        "sign": ZONE_PICTURES[code],
        "column": column,
        "columns": list(enumerate(ZONES.values(), 1)),
        "before": column - 1 or None,
        "after": column + 1 if column < len(ZONES) else None,
    }
    return render(request, "boards/show.html", context)


def _pressed(board: Board, do: str) -> None:
    """`do` is a verb, a key and perhaps a word, with colons between."""
    verb, _colon, rest = do.partition(":")
    key, _colon, word = rest.partition(":")
    if verb == "mark" and word in MARKS:
        actions.mark(one(BoardGoal, key, board=board), word)
    elif verb == "end":
        actions.end_goal(one(BoardGoal, key, board=board))
    elif verb == "solve":
        actions.solve(one(BoardDeviation, key, board=board))
    elif verb == "again":
        actions.once_more(one(BoardDeviation, key, board=board))
    elif verb == "remove":
        actions.remove_line(one(TodayLine, key, board=board))
    elif verb == "before":
        actions.as_before(board)
