"""My warnings, and what others are to do when I need help. Nobody else's part is here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from stegvis.journey.incidents.actions import withdraw_first_aid
from stegvis.journey.incidents.facts import first_aid, warnings_of
from stegvis.journey.incidents.pages.paper import file, warning_paper
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import own, shown


@page(Role.PARTICIPANT, shows=FieldClass.FIRST_AID, purpose=Purpose.OWN)
def my_incidents(request: HttpRequest) -> HttpResponse:
    """What I have agreed that others may know is mine to take back (KN-55)."""
    mine = own(request, FieldClass.FIRST_AID)
    notes = first_aid(mine.person)
    if request.method == "POST":
        row = next((one for one in notes if str(one.pk) == request.POST.get("note")), None)
        if row is not None:
            withdraw_first_aid(row, by=mine.visit.actor)
        return redirect("my_incidents")
    return shown(request, "incidents", mine, notes=notes, warnings=warnings_of(mine.person))


@page(Role.PARTICIPANT, shows=FieldClass.DEVIATION, purpose=Purpose.OWN)
@require_safe
def my_warning(request: HttpRequest) -> HttpResponse:
    """The one whose number is asked for (`?n=2`); the list where none is."""
    mine = own(request, FieldClass.DEVIATION)
    wanted = request.GET.get("n")
    if wanted is None:
        return redirect("my_incidents")
    row = next((one for one in warnings_of(mine.person) if str(one.number) == wanted), None)
    if row is None:
        raise Http404
    return file(warning_paper(row, mine.row.name, mine.visit), f"{row.number}-{row.on}.pdf")
