"""The road out of one person: placed where, matched, seen, and what was broken off."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stegvis.journey.employers.facts import ambassadors_at
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.models import (
    DropOut,
    DropOutException,
    FirstMeasures,
    Match,
    Placement,
    PlacementLine,
)
from stegvis.journey.placements.models import Visit as Going
from stegvis.journey.placements.pages.finding import (
    READERS,
    WRITERS,
    about,
    knows_where,
    latest,
)
from stegvis.journey.placements.words import (
    EXTERNAL,
    FITS,
    GRADES,
    PAYS,
    SIDES,
    STATES,
    VISITS,
    kinds,
    named,
    places,
    reasons,
)
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def placements(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment, on = latest(person, visit), visit.scope.on
    context = about(enrolment)
    if not knows_where(visit, person):
        return render(request, "placements/hidden.html", context)
    lines = PlacementLine.objects.filter(placement=OuterRef("pk")).order_by("pay", "id")
    said = JSONObject(pay="pay", hours_week="hours_week", function="function")
    rows = Placement.placements.filter(enrolment=enrolment)
    rows = rows.annotate(laid=ArraySubquery(lines.values(one=said)))
    rows = rows.select_related("site__company", "contact").order_by("-since", "-id")
    placed = [placement_shown(one, on) for one in rows]
    here = ambassadors_at({one["row"].site_id for one in placed if not one["over"]}, on)
    for one in placed:
        one["ambassadors"] = here.get(one["row"].site_id, ())
    context |= {
        "now": [one for one in placed if not one["over"]],
        "before": [one for one in placed if one["over"]],
        "matches": _matches(enrolment),
        "visits": visits_shown(enrolment),
        "profile": vars(enrolment)["profile"],
        "drop_outs": _drop_outs(enrolment, visit),
        "measures": _measures(enrolment, visit, placed),
        "writes": enrolment.until is None and visit.actor.holds(*WRITERS),
    }
    return render(request, "placements/placements.html", context)


def placement_shown(row: Placement, on: Any) -> dict[str, Any]:
    """`late`: days the start is behind what was planned; `asked`: its last day has passed."""
    began, planned = row.begun_on, row.planned
    return {
        "row": row,
        "kind": named(kinds(), row.kind),
        "place": named(places(), row.site_kind),
        "grade": GRADES.get(row.grade),
        "lines": [(PAYS[one.pay], one) for one in _lines(row)],
        "over": row.until is not None and row.until <= on,
        "waits": began is None and row.since <= on,
        "coming": row.since > on,
        "ambassadors": (),
        "moved": bool(began and planned and began != planned),
        "asked": row.until is None and row.ends is not None and row.ends < on,
    }


def _lines(row: Placement) -> list[PlacementLine]:
    """As they came with the placement, else asked for."""
    laid = vars(row).get("laid")
    if laid is None:
        return list(row.lines.all())
    return [PlacementLine(**one) for one in laid]


def _matches(enrolment: Enrolment) -> list[dict[str, Any]]:
    rows = Match.matches.filter(enrolment=enrolment).select_related("site", "opening", "contact")
    return [{"row": one, "state": STATES[one.state]} for one in rows.order_by("-on", "-id")]


def visits_shown(enrolment: Enrolment) -> list[dict[str, Any]]:
    """Those to come, then those that have been, the newest first."""
    rows = Going.visits.filter(enrolment=enrolment).exclude(state=Going.State.CALLED_OFF)
    rows = rows.select_related("site", "opening", "company")
    made = [
        {"row": one, "kind": VISITS[one.kind], "fit": FITS.get(one.fit)}
        for one in rows.order_by("-on", "-id")
    ]
    return sorted(made, key=lambda one: one["row"].state != Going.State.PLANNED)


def _drop_outs(enrolment: Enrolment, visit: Visit) -> list[dict[str, Any]]:
    """What was said of it is of those who read talks; a reason of health of those who may."""
    rows = DropOut.objects.filter(enrolment=enrolment).select_related("placement__site")
    excepted = Exists(DropOutException.objects.filter(drop_out=OuterRef("pk")))
    found = list(rows.annotate(excepted=excepted).order_by("-on", "-id"))
    if not found:
        return []
    person, on = enrolment.person_id, visit.scope.on
    talks = may(visit.actor, Act.READ, person, FieldClass.TALKS, on=on)
    health = may(visit.actor, Act.READ, person, FieldClass.SENSITIVE, on=on)
    known = reasons()
    return [
        {
            "row": one,
            "side": SIDES[one.side],
            "reason": named(known, one.reason)
            if health or (one.reason in known and not known[one.reason].sensitive)
            else "",
            "words": one.words if talks else "",
            "excepted": vars(one)["excepted"],
            "excepts": health and enrolment.until is None,
        }
        for one in found
    ]


def _measures(
    enrolment: Enrolment, visit: Visit, placed: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """`first`: when the first placement outside began or is to begin."""
    row = FirstMeasures.objects.filter(enrolment=enrolment).order_by("-on", "-created_at").first()
    if row is None:
        return None
    on = visit.scope.on
    health = may(visit.actor, Act.READ, enrolment.person_id, FieldClass.SENSITIVE, on=on)
    outside = [one["row"].since for one in placed if one["row"].site_kind in EXTERNAL]
    return {
        "row": row,
        "condition": row.condition if health else "",
        "first": min(outside, default=None),
    }
