"""My ideas: what I would like to make or do, and what was answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stegvis.journey.workplaces import actions
from stegvis.journey.workplaces.actions import NotNow
from stegvis.journey.workplaces.models import NAME, Idea
from stegvis.journey.workplaces.words import FAULTS
from stegvis.journey.workplaces.words import IDEA as STATES
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.models import StaleRow
from stegvis.portals.participant.own import Own, own, shown
from stegvis.portals.participant.words import LONGEST, REFUSED


@page(Role.PARTICIPANT, shows=FieldClass.VOICE, purpose=Purpose.OWN)
def my_ideas(request: HttpRequest) -> HttpResponse:
    """An idea of mine is mine: I see the answer, and take it back while nobody has answered."""
    mine = own(request, FieldClass.VOICE)
    rows = list(Idea.objects.filter(person=mine.person).order_by("-on", "-id"))
    fault = ""
    if request.method == "POST":
        fault = _said(request, mine, rows)
        if not fault:
            return redirect("my_ideas")
    return shown(
        request,
        "ideas",
        mine,
        fault=fault,
        idea=request.POST.get("idea", ""),
        more=request.POST.get("more", ""),
        longest=NAME,
        rows=[(row, STATES[Idea.State(row.state)]) for row in rows],
    )


def _said(request: HttpRequest, mine: Own, rows: list[Idea]) -> str:
    """What could not be, in words; else nothing."""
    by, posted = mine.visit.actor, request.POST
    row = next((one for one in rows if str(one.pk) == posted.get("back")), None)
    if row is not None:
        try:
            actions.take_back(row, by=by)
        except (NotNow, StaleRow):
            return str(FAULTS["answered"])
        return ""
    text, more = posted.get("idea", "").strip(), posted.get("more", "").strip()
    if not text:
        return str(REFUSED["no_words"])
    if len(text) > NAME or len(more) > LONGEST:
        return str(REFUSED["too_long"])
    actions.propose(mine.person, text, more, by=by)
    return ""
