"""Where I can work: every area, which I would like, which I would rather not, and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.work.actions import NewChoice, choose_area, show_areas
from stegvis.journey.work.facts import Offer, offers
from stegvis.journey.work.models import AreaChoice
from stegvis.journey.work.words import FAULTS, why_left_out
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import Own, own, shown
from stegvis.portals.participant.words import REFUSED


@page(Role.PARTICIPANT, shows=FieldClass.VOICE, purpose=Purpose.OWN)
def my_areas(request: HttpRequest) -> HttpResponse:
    """Nobody is kept from any of them here; what would be hard is talked about (KN-97)."""
    mine = own(request, FieldClass.VOICE)
    if mine.enrolment is None:
        return shown(request, "refused", mine, words=REFUSED["not_enrolled"])
    found = [one for one in offers(mine.enrolment, on=mine.visit.scope.on) if one.is_open]
    fault, hard = "", []
    if request.method == "POST":
        try:
            hard = _said(request, mine, found)
        except NotNow as refused:
            fault = str(FAULTS[refused.code])
        if not fault and not hard:
            return redirect("my_areas")
        found = [one for one in offers(mine.enrolment, on=mine.visit.scope.on) if one.is_open]
    reasons = why_left_out()
    return shown(
        request,
        "areas",
        mine,
        rows=[_row(one, reasons) for one in found],
        reasons=[one for one in reasons.values() if not one.closed],
        seen=bool(found) and all(one.shown_on for one in found),
        fault=fault,
        hard=hard,
    )


def _said(request: HttpRequest, mine: Own, found: list[Offer]) -> list[str]:
    """What was pressed. Gives the names of what may be hard there, to talk about."""
    by, posted = mine.visit.actor, request.POST
    assert mine.enrolment is not None  # noqa: S101 -- the page asks
    if "all" in posted:
        show_areas(mine.enrolment, by=by)
        return []
    row = next((one for one in found if str(one.area.pk) == posted.get("area")), None)
    if row is None:
        return []
    what = AreaChoice.What.CHOSEN if "yes" in posted else AreaChoice.What.LEFT_OUT
    new = NewChoice(row.area, what, reason=posted.get("reason", ""))
    choice = choose_area(mine.enrolment, new, by=by)
    return [row.area.name] if choice.despite else []


def _row(one: Offer, reasons: dict[str, Any]) -> dict[str, Any]:
    answer = one.answer
    return {
        "area": one.area,
        "answer": answer.what if answer else "",
        "mine": bool(answer and answer.by_person),
        "reason": reasons.get(answer.reason) if answer else None,
    }
