"""The user council: whether I sit there, and what it decided and what came of it (KN-41)."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stegvis.journey.intake.actions import NotNow
from stegvis.learning.boards import actions
from stegvis.learning.boards.facts import first
from stegvis.learning.boards.models import Board, CouncilSeat, CouncilStaff, Meeting
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import Own, own, shown
from stegvis.portals.participant.words import REFUSED

MEETINGS = 6  # the latest of a council


@page(Role.PARTICIPANT, shows=FieldClass.DISCLOSURE, purpose=Purpose.OWN)
def my_council(request: HttpRequest) -> HttpResponse:
    """By my own press I sit there, and by another I leave. Only who sits reads the minutes."""
    mine, do = own(request, FieldClass.DISCLOSURE), request.POST.get("do", "")
    board = _board(request.POST.get("board", ""))
    try:
        if board and do == "join":
            actions.take_seat(board, mine.person, by=mine.visit.actor)
        elif board and do == "leave":
            actions.leave_seat(board, mine.person, by=mine.visit.actor)
    except NotNow:
        return shown(request, "refused", mine, words=REFUSED["not_enrolled"])
    if do:
        return redirect("my_council")
    return shown(
        request,
        "council",
        mine,
        councils=_councils(mine),
        may_join=mine.enrolment is not None and not is_shielded(mine.person),
        on=mine.visit.scope.on,
    )


def _board(typed: str) -> Board | None:
    try:
        return Board.objects.filter(pk=uuid.UUID(typed)).order_by("id").first()
    except ValueError:
        return None


def _councils(mine: Own) -> list[dict[str, Any]]:
    """The councils there are; of those I sit in also their latest meetings. Four queries."""
    staff = CouncilStaff.objects.filter(until__isnull=True).select_related("board", "member")
    boards: dict[Board, list[str]] = {}
    for row in staff.order_by("board__name", "board", "since", "id"):
        boards.setdefault(row.board, []).append(first(row.member.name))
    rows = CouncilSeat.objects.filter(person=mine.person, left_on__isnull=True)
    seats = {row.board_id: row for row in rows.filter(enrolment__until__isnull=True).order_by("id")}
    held: dict[uuid.UUID, list[Meeting]] = {key: [] for key in seats}
    found = Meeting.objects.filter(board__in=seats, kind=Meeting.Kind.COUNCIL)
    for meeting in found.prefetch_related("items__doer").order_by("-on", "-id")[:60]:
        if len(held[meeting.board_id]) < MEETINGS:
            held[meeting.board_id].append(meeting)
    return [
        {
            "board": board,
            "staff": names,
            "seat": seats.get(board.pk),
            "meetings": held.get(board.pk, []),
        }
        for board, names in boards.items()
    ]
