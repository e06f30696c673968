"""Out to work: where I go and how it was, what we ask a company about, where I am placed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.actions import answer_match, say_visit
from stegvis.journey.placements.models import Match, Placement, Visit
from stegvis.journey.placements.words import FAULTS, PAYS, VISITS
from stegvis.journey.voices.models import FACES
from stegvis.journey.voices.words import FACES as FACE_WORDS
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.models import StaleRow
from stegvis.portals.participant.own import Own, own, shown
from stegvis.portals.participant.words import LONGEST, REFUSED

GONE = (Visit.State.CALLED_OFF,)


@page(Role.PARTICIPANT, shows=FieldClass.WORK, purpose=Purpose.OWN)
def my_places(request: HttpRequest) -> HttpResponse:
    """My own view of a visit and my own answer to a match are mine: nobody else changes them."""
    mine = own(request, FieldClass.VOICE if request.method == "POST" else FieldClass.WORK)
    if mine.latest is None:
        return shown(request, "refused", mine, words=REFUSED["not_enrolled"])
    fault = _said(request, mine) if request.method == "POST" else None
    if fault == "":
        return redirect("my_places")
    return shown(request, "places", mine, fault=fault or "", **_shown(mine))


def _said(request: HttpRequest, mine: Own) -> str:
    """What was pressed. Gives the sentence for what cannot be now."""
    try:
        if "visit" in request.POST:
            _visit(request, mine)
        else:
            _match(request, mine)
    except NotNow as refused:
        return str(FAULTS[refused.code])
    except StaleRow:
        return str(FAULTS["match_over"])
    return ""


def _visit(request: HttpRequest, mine: Own) -> None:
    rows = {str(one.pk): one for one in Visit.visits.filter(enrolment=mine.latest).order_by("id")}
    row = rows.get(request.POST.get("visit", ""))
    faces = {str(n): n for n in range(1, FACES + 1)}
    if row is not None:
        words = request.POST.get("words", "")[:LONGEST]
        rating = faces.get(request.POST.get("face", ""))
        say_visit(row, by=mine.visit.actor, rating=rating, words=words)


def _match(request: HttpRequest, mine: Own) -> None:
    rows = Match.matches.going().filter(enrolment=mine.latest).order_by("id")
    row = {str(one.pk): one for one in rows}.get(request.POST.get("match", ""))
    said = "yes" if "yes" in request.POST else "no"
    if row is not None:
        answer_match(row, by=mine.visit.actor, said=said, seen=row.version)


def _shown(mine: Own) -> dict[str, Any]:
    on = mine.visit.scope.on
    visits = Visit.visits.filter(enrolment=mine.latest).exclude(state__in=GONE)
    visits = visits.select_related("site", "company").order_by("-on", "-id")
    matches = Match.matches.going().filter(enrolment=mine.latest, placements__isnull=True)
    placed = Placement.placements.standing(on).filter(enrolment=mine.latest)
    placed = placed.select_related("site", "contact").prefetch_related("lines")
    return {
        "placed": [(one, [(PAYS[x.pay], x) for x in one.lines.all()])
                   for one in placed.order_by("since", "id")],
        "matches": list(matches.select_related("site", "opening").order_by("-on", "-id")),
        "visits": [
            {"row": one, "what": VISITS[one.kind][0], "been": one.on <= on}
            for one in visits
        ],
        "faces": [(n, f"mood-{n}", FACE_WORDS[n]) for n in range(1, FACES + 1)],
        "asks": mine.enrolment is not None,
        "today": on,
    }  # fmt: skip
