"""All contacts that take the person's time, and the meetings where the parties agree."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from stegvis.journey.background import actions, words
from stegvis.journey.background.facts import contact_picture, waivers_for
from stegvis.journey.background.models import (
    ContactSurface,
    CooperationInvite,
    CoordinationMeeting,
)
from stegvis.journey.background.pages.roads import MAPPERS, adding, changing, framed, road_of
from stegvis.journey.background.pages.surfaces import surfaces
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.waivers.words import KINDS
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow


@page(*MAPPERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def contacts(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    road = road_of(person, visit)
    if request.method == "POST":
        _carried_out(request, road, visit)
        return redirect("contact_surfaces", person=person)
    picture = contact_picture(person, by=visit.actor, on=visit.scope.on)
    shown = surfaces(picture)
    waivers = waivers_for(picture.rows, at=timezone.now())
    for row, surface in zip(shown["surfaces"], picture.rows, strict=True):
        asks = road.until is None and surface.cooperates in ("not_asked", "no")
        row["url"] = changing(person, "contact", surface.pk)
        row["invite"] = asks and surface.pk in waivers
        row["lacks_waiver"] = asks and surface.kind in KINDS and not row["invite"]
        row["asked"] = surface.cooperates == "asked"
    met = CoordinationMeeting.notes.standing().filter(person=person)
    context = {
        **framed(road),
        **shown,
        "meetings": [_meeting(row) for row in met],
        "waivers_url": reverse("sharing", args=[person]),
        "add_contact": adding(person, "contact"),
        "add_meeting": adding(person, "meeting"),
    }
    return render(request, "background/contacts.html", context)


def _carried_out(request: HttpRequest, road: Enrolment, visit: Visit) -> None:
    """Invite a contact, or write down what they answered."""
    do, _sep, about = request.POST.get("do", "").partition(":")
    key = _key(about)
    try:
        with transaction.atomic():  # refused half-way, nothing of it stays
            if do == "invite" and road.until is None:
                rows = ContactSurface.notes.standing().filter(person=road.person_id, pk=key)
                actions.invite(_there(rows.first()), road, by=visit.actor)
            elif do in ("yes", "no"):
                invites = CooperationInvite.objects.filter(person=road.person_id, contact=key)
                invited = invites.filter(result="").select_related("contact").first()
                actions.invited_answered(_there(invited), do, by=visit.actor)
            else:
                return
    except NotNow as fault:
        messages.warning(request, str(words.FAULTS[fault.code]))
    except StaleRow:
        messages.warning(request, _("A colleague has changed this meanwhile. Look again."))
    else:
        messages.success(request, _("Saved."))


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _there(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def _meeting(row: CoordinationMeeting) -> dict[str, Any]:
    return {
        "on": row.on,
        "parties": [words.contact(code) for code in row.parties],
        "there": row.person_was_there,
        "picture": row.picture,
        "differs": row.differs,
        "agreed": row.agreed,
        "url": changing(row.person_id, "meeting", row.pk),
    }
