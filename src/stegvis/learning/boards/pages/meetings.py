"""Meetings of the workplace and of the user council, and who sits in the council."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stegvis.learning.boards import actions, facts
from stegvis.learning.boards.forms import ItemForm, MeetingForm, SeatForm
from stegvis.learning.boards.models import Board, CouncilStaff, Meeting, MeetingItem
from stegvis.learning.boards.pages.parts import KEEPERS, MOST, one, tried
from stegvis.learning.boards.words import HEADINGS, MEETINGS
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.tenancy.scope import scope


@page(*KEEPERS)
def meetings(request: HttpRequest, board: uuid.UUID) -> HttpResponse:
    row, visit = one(Board, board), visit_of(request)
    form = MeetingForm(
        request.POST if request.method == "POST" else None, initial={"on": visit.scope.on}
    )
    if form.is_valid() and not tried(
        form, lambda: actions.hold(row, by=visit.actor, **form.cleaned_data)
    ):
        return redirect("meetings", board=board)
    found = Meeting.objects.filter(board=row).order_by("-on", "-id")[:MOST]
    context = {
        "board": row,
        "form": form,
        "rows": [(held, MEETINGS[held.kind]) for held in found],
        "missed": facts.missed_apt(row, visit.scope.on),
        "ours": row.apt_months is None,
        "left": facts.decisions(row)[:MOST],
        "waiting": facts.not_taken_up(row),
        "on": visit.scope.on,
    }
    return render(request, "boards/meetings.html", context)


@page(*KEEPERS)
def meeting(request: HttpRequest, board: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """With ?about= an idea or area is put into the form."""
    row, do = one(Meeting, meeting, board_id=board), request.POST.get("do", "")
    form = ItemForm(
        request.POST if do == "item" else None,
        improvements=facts.open_improvements(row.board),
        initial={"improvement": request.GET.get("about", "")},
    )
    fault = ""
    if form.is_valid():
        fault = tried(form, lambda: actions.add_item(row, **form.cleaned_data))
    elif do.startswith("done:"):
        item = one(MeetingItem, do[5:], meeting=row)
        fault = tried(None, lambda: actions.done(item, request.POST.get("outcome", "")[:200]))
    if do and not fault and not form.errors:
        return redirect("meeting", board=board, meeting=meeting)
    items = row.items.select_related("doer", "improvement").order_by("created_at", "id")
    context = {
        "board": row.board,
        "meeting": row,
        "kind": MEETINGS[row.kind],
        "form": form,
        "fault": fault,
        "items": [(item, HEADINGS.get(item.heading, "")) for item in items],
        "waiting": facts.not_taken_up(row.board) if row.kind == Meeting.Kind.APT else [],
        "on": visit_of(request).scope.on,
    }
    return render(request, "boards/meeting.html", context)


@page(*KEEPERS)
def council(request: HttpRequest, board: uuid.UUID) -> HttpResponse:
    """The user council: who sits there, what it has decided, and what came of it (KN-41)."""
    row, visit = one(Board, board), visit_of(request)
    do, fault = request.POST.get("do", ""), ""
    form = SeatForm(request.POST if do == "seat" else None)
    if form.is_valid():
        fault = tried(form, lambda: actions.seat(row, form.cleaned_data["member"].pk))
    elif do.startswith("unseat:"):
        actions.unseat(one(CouncilStaff, do[7:], board=row))
    if do and not fault and not form.errors:
        return redirect("council", board=board)
    with scope(visit.actor.tenant, member=visit.actor.member, service="council"):
        sitting = facts.council(row)
    seen(sitting.persons)
    kind = Meeting.Kind.COUNCIL
    past = MeetingItem.objects.filter(meeting__board=row, meeting__kind=kind, decision=True)
    context = {
        "board": row,
        "form": form,
        "sitting": sitting,
        "left": facts.decisions(row, kind=kind)[:MOST],
        "done": past.filter(done_on__isnull=False)
        .select_related("doer", "meeting")
        .order_by("-done_on", "-id")[:MOST],
        "meetings": Meeting.objects.filter(board=row, kind=kind).order_by("-on", "-id")[:MOST],
        "on": visit.scope.on,
    }
    return render(request, "boards/council.html", context)
