"""All contacts that take the person's time, and the meetings where the parties agree."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stegvis.journey.background import words
from stegvis.journey.background.access import contact_picture
from stegvis.journey.background.models import CoordinationMeeting
from stegvis.journey.background.pages.roads import MAPPERS, adding, changing, framed, road_of
from stegvis.journey.background.pages.surfaces import surfaces
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*MAPPERS, shows=FieldClass.SENSITIVE, person="person")
@require_safe
def contacts(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    road = road_of(person, visit)
    picture = contact_picture(person, by=visit.actor, on=visit.scope.on)
    shown = surfaces(picture)
    for row in shown["surfaces"]:
        row["url"] = changing(person, "contact", row["key"])
    met = CoordinationMeeting.notes.standing().filter(person=person)
    context = {
        **framed(road, "contact_surfaces"),
        **shown,
        "meetings": [_meeting(row) for row in met],
        "add_contact": adding(person, "contact"),
        "add_meeting": adding(person, "meeting"),
    }
    return render(request, "background/contacts.html", context)


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
