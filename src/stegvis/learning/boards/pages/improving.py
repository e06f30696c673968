"""Ideas and areas to get better at: what they are, where they stand, where they were taken up."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stegvis.learning.boards import actions, facts
from stegvis.learning.boards.actions import Idea
from stegvis.learning.boards.forms import AnswerForm, IdeaForm, TurnForm
from stegvis.learning.boards.models import Board, Improvement, Meeting
from stegvis.learning.boards.pages.parts import KEEPERS, MOST, one, tried
from stegvis.learning.boards.words import MEETINGS, SOURCES, STATES
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*KEEPERS)
def improvements(request: HttpRequest, board: uuid.UUID) -> HttpResponse:
    row = one(Board, board)
    form = IdeaForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.propose_as_staff(row, Idea(**form.cleaned_data), by=visit_of(request).actor)
        return redirect("improvements", board=board)
    found = Improvement.objects.filter(board=row).select_related("by").order_by("-week", "id")
    context = {
        "board": row,
        "form": form,
        **_sorted(list(found[:MOST])),
        "sources": SOURCES,
        "box": request.build_absolute_uri(f"/box/{row.box}/"),
    }
    return render(request, "boards/improvements.html", context)


def _sorted(found: list[Improvement]) -> dict[str, Any]:
    """Areas apart from ideas, each with the workplace meeting that last worked on it."""
    had = facts.taken_up({row.pk for row in found})
    rows = facts.with_names(found)
    for shown in rows:
        meetings = [item.meeting for item in had.get(shown["row"].pk, [])]
        shown["taken_up"] = next((row for row in meetings if row.kind == Meeting.Kind.APT), None)
    return {
        "areas": [shown for shown in rows if shown["row"].kind == Improvement.Kind.AREA],
        "rows": [shown for shown in rows if shown["row"].kind == Improvement.Kind.IDEA],
    }


@page(*KEEPERS)
def improvement(request: HttpRequest, board: uuid.UUID, improvement: uuid.UUID) -> HttpResponse:
    row = one(Improvement, improvement, board_id=board)
    do, by = request.POST.get("do", ""), visit_of(request).actor
    answering = AnswerForm(request.POST if do == "answer" else None)
    turning = TurnForm(request.POST if do == "turn" else None, initial={"state": row.state})
    fault = ""
    if answering.is_valid():
        said = answering.cleaned_data["answer"]
        fault = tried(answering, lambda: actions.answer(row, said, by=by))
    elif turning.is_valid():
        new = turning.cleaned_data
        fault = tried(turning, lambda: actions.turn(row, new["state"], new["words"], by=by))
    if (answering.is_valid() or turning.is_valid()) and not fault:
        return redirect("improvement", board=board, improvement=improvement)
    context = {
        "board": row.board,
        "one": facts.with_names([row])[0],
        "source": SOURCES[row.source],
        "answering": answering,
        "turning": turning,
        "taken_up": [
            (item, MEETINGS[item.meeting.kind]) for item in facts.taken_up({row.pk}).get(row.pk, [])
        ],
        "turns": [(turn, STATES[turn.state]) for turn in row.turns.select_related("by")],
    }
    return render(request, "boards/improvement.html", context)
