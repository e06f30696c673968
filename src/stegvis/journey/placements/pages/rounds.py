"""Many people beside few openings: a proposal to read, to try things on, to change by hand, and to
take over line by line. Its asker's own (0046)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stegvis.journey.employers.models import Opening
from stegvis.journey.placements.actions import rounds as verbs
from stegvis.journey.placements.facts.fitting import open_openings
from stegvis.journey.placements.facts.rounds import MOST, seekers
from stegvis.journey.placements.models import MatchRound, RoundOpening, RoundPerson
from stegvis.journey.placements.pages.finding import WRITERS, sent, whole, written
from stegvis.journey.placements.pages.spread import Board
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen

ASKERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.UNIT_MANAGER)
WORK = FieldClass.WORK
WAIT = "wait"
PLACES = 99


@page(*ASKERS, shows=WORK, writes=True)
def match_rounds(request: HttpRequest) -> HttpResponse:
    """Who looks for a place and what is open, to choose among; and the proposal one has open."""
    visit = visit_of(request)
    form = forms.Form(request.POST if request.method == "POST" else None)
    openings = open_openings(on=visit.scope.on)
    if request.method == "POST" and form.is_valid():
        new = verbs.NewRound(_chosen(request.POST), _room(request.POST, openings))
        made: list[MatchRound] = []
        if written(form, lambda: made.append(
            verbs.begin_round(new, by=visit.actor, submission=sent(request))
        )):  # fmt: skip
            return redirect("match_round")
    rows = seekers(visit.actor, on=visit.scope.on)
    seen([row.enrolment.person_id for row in rows], shows=WORK)
    chosen = _chosen(request.POST) if request.method == "POST" else None
    context = {
        "form": form,
        "before": _own(visit),
        "people": [
            (row.enrolment, len(rows) <= MOST if chosen is None else row.enrolment.pk in chosen)
            for row in rows
        ],
        "openings": [(one, _number(request, one, vars(one)["taken"])) for one in openings],
        "most": MOST,
        "places": PLACES,
    }
    return render(request, "placements/rounds.html", context)


def _own(visit: Visit) -> MatchRound | None:
    """The one that is open; it is its asker's alone."""
    rows = MatchRound.rounds.filter(by=visit.actor.member, state=MatchRound.State.OPEN)
    room = RoundOpening.objects.filter(round=OuterRef("pk")).order_by("id")
    said = JSONObject(key="opening", places="places")
    rows = rows.annotate(room=ArraySubquery(room.values(one=said)))
    row: MatchRound | None = rows.first()
    return row


def _number(request: HttpRequest, one: Opening, there: int) -> str:
    """As typed, else how many it has left; blank where nobody has said how many it offers."""
    typed = request.POST.get(f"room-{one.pk}")
    if typed is not None:
        return typed
    return "" if one.places is None else str(max(0, one.places - there))


def _chosen(sent_in: QueryDict) -> frozenset[uuid.UUID]:
    return frozenset(key for one in sent_in.getlist("who") if (key := _key(one)))


def _key(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said)
    except ValueError:
        return None


def _room(sent_in: QueryDict, openings: list[Opening]) -> dict[uuid.UUID, int]:
    """Numbers of places that were written, of openings that are there; 0 leaves one out."""
    found = {}
    for one in openings:
        number = whole(sent_in.get(f"room-{one.pk}", ""))
        if number and number <= PLACES:
            found[one.pk] = number
    return found


@page(*ASKERS, shows=WORK, writes=True)
def match_round(request: HttpRequest) -> HttpResponse:
    """Who could go where, with why; who waits and what is in the way. `?who=…&at=…` tries
    somebody elsewhere and `?room-…=…` another number of places, without keeping it."""
    visit = visit_of(request)
    row = _own(visit)
    if row is None:
        return redirect("match_rounds")
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        over = _pressed(request, visit, row, form)
        if over is not None:
            return over
        row = _own(visit) or row
    board = Board(row, visit.actor, request.POST if request.method == "POST" else request.GET)
    seen([one.person_id for one in board.lines], shows=WORK)
    context = board.told() | {"form": form, "writes": visit.actor.holds(*WRITERS)}
    return render(request, "placements/round.html", context)


def _pressed(
    request: HttpRequest, visit: Visit, row: MatchRound, form: forms.Form
) -> HttpResponse | None:
    """What was pressed; None where it could not be, which then stands on the form."""
    do, by = request.POST.get("do", ""), visit.actor
    at = whole(request.POST.get("seen", "")) or 0
    if do == "take":
        done: list[tuple[int, int]] = []
        only = _key(request.POST.get("only", ""))
        if written(form, lambda: done.append(verbs.take_over(row, by=by, seen=at, only=only))):
            _say(request, *done[0])
            return redirect("match_round")
        return None
    if do == "throw":
        if written(form, lambda: verbs.throw_round(row, by=by, seen=at)):
            return redirect("match_rounds")
        return None
    verb = _change(request, visit, row, at)
    if written(form, verb):
        messages.success(request, _("Saved. The others were worked out around it."))
        return redirect("match_round")
    return None


def _change(request: HttpRequest, visit: Visit, row: MatchRound, at: int) -> Callable[[], Any]:
    do, by = request.POST.get("do", ""), visit.actor
    if do in {"hand", "free"}:
        line = _line(row, request.POST.get("who", ""))
        if do == "free":
            return lambda: verbs.let_go(row, line, by=by, seen=at)
        opening, why = _opening(request.POST.get("at", "")), request.POST.get("why", "")[:300]
        return lambda: verbs.set_by_hand(row, line, opening, why, by=by, seen=at)
    room = _asked_room(request.POST, row) if do == "room" else None
    return lambda: verbs.work_again(row, by=by, seen=at, room=room)


def _asked_room(sent_in: QueryDict, row: MatchRound) -> dict[uuid.UUID, int]:
    """As written for the round's openings; 0 closes one in this proposal."""
    found = {}
    for key in verbs.room_of(row):
        number = whole(sent_in.get(f"room-{key}", ""))
        if number is not None and number <= PLACES:
            found[key] = number
    return found


def _line(row: MatchRound, who: str) -> RoundPerson:
    key = _key(who)
    rows = RoundPerson.lines.filter(round=row, enrolment=key)
    line: RoundPerson | None = rows.first() if key else None
    if line is None:
        raise Http404
    return line


def _opening(said: str) -> Opening | None:
    if said == WAIT:
        return None
    key = _key(said)
    opening: Opening | None = Opening.openings.filter(pk=key).first() if key else None
    if opening is None:
        raise Http404
    return opening


def _say(request: HttpRequest, made: int, left: int) -> None:
    if made:
        messages.success(
            request,
            ngettext(
                "One match was proposed. Ask both about it.",
                "%(n)s matches were proposed. Ask both about each.",
                made,
            )
            % {"n": made},
        )
    if left:
        messages.warning(
            request,
            ngettext(
                "One line was left: something has changed, or it is not yours to propose.",
                "%(n)s lines were left: something has changed, or they are not yours to propose.",
                left,
            )
            % {"n": left},
        )
