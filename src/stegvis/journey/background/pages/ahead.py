"""The future workshop's critique, and the mapping forward (JI-11, JI-12)."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stegvis.journey.background import words
from stegvis.journey.background.models import Asset, Critique, Note, OutsideAnalysis
from stegvis.journey.background.pages.roads import MAPPERS, adding, changing, framed, road_of
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*MAPPERS, shows=FieldClass.SENSITIVE, person="person")
@require_safe
def ahead(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    road = road_of(person, visit)
    assets = list(Asset.notes.standing().filter(person=person))
    context = {
        **framed(road),
        "critique": [_critique(row) for row in Critique.notes.standing().filter(person=person)],
        "lists": [
            {"name": name, "rows": [_said(row, "asset") for row in assets if row.sort == sort]}
            for sort, name in words.LISTS.items()
        ],
        "filled": len({row.sort for row in assets}),
        "outside": [_outside(r) for r in OutsideAnalysis.notes.standing().filter(person=person)],
        "add_critique": adding(person, "critique"),
        "add_asset": adding(person, "asset"),
        "add_outside": adding(person, "outside"),
    }
    return render(request, "background/ahead.html", context)


def _said(row: Note, what: str) -> dict[str, Any]:
    said_by = getattr(row, "said_by", "")
    return {
        "words": getattr(row, "words", ""),
        "own": said_by == "participant",
        "said_by": words.SAID_BY[said_by],
        "url": changing(row.person_id, what, row.pk),
    }


def _critique(row: Critique) -> dict[str, Any]:
    return {**_said(row, "critique"), "instead": row.instead, "turned": row.goal is not None}


def _outside(row: OutsideAnalysis) -> dict[str, Any]:
    return {
        "on": row.on,
        "now": row.role_now,
        "ahead": row.role_ahead,
        "demand": words.DEMAND[row.demand] if row.demand else "",
        "lacking": row.lacking,
        "url": changing(row.person_id, "outside", row.pk),
    }
