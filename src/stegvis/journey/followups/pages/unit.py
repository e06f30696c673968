"""How the unit's roads hang together, and how it is to be there: for whoever manages it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stegvis.core.progression.chain import LONGEST, Break
from stegvis.journey.followups.facts import dose, gaps, pulse_trend
from stegvis.journey.followups.facts.counted import SMALL, PulseCell
from stegvis.journey.followups.words import LINKS, PULSE_SHORT
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen

PATIENCE = (30, LONGEST, 90)
WEEKS = dt.timedelta(weeks=8)
MOST = 200  # people judged on one page


@page(Role.UNIT_MANAGER, shows=FieldClass.PLAN)
@require_safe
def unit_follow_ups(request: HttpRequest) -> HttpResponse:
    """Where the chain from referral to report is broken, by name; all else as counts."""
    visit = visit_of(request)
    on = visit.scope.on
    longest = _longest(request.GET.get("days", ""))
    rows = Enrolment.enrolments.visible_to(visit.actor, on).open()
    named = rows.select_related("person").order_by("since", "pk")[:MOST]
    found = gaps(named, on=on, longest=longest)
    seen([row.person_id for row, _gap in found], shows=FieldClass.PLAN)
    monday = on - dt.timedelta(days=on.weekday())
    trend = pulse_trend(visit.unit, on=on) if visit.unit else []
    context = {
        "unit": visit.unit_name or visit.tenant_name,
        "gaps": [_gap(row, gap) for row, gap in found],
        "days": longest,
        "patience": [{"n": n, "current": n == longest} for n in PATIENCE],
        "months": sorted({cell.month for cell in trend}),
        "pulse": [_question(code, trend) for code in PULSE_SHORT] if trend else [],
        "small": SMALL,
        "dose": dose(rows, since=monday - WEEKS, until=on + dt.timedelta(days=1)),
        "people": rows.count(),
    }
    return render(request, "followups/unit.html", context)


def _longest(said: str) -> int:
    return int(said) if said.isdecimal() and int(said) in PATIENCE else LONGEST


def _gap(row: Enrolment, gap: Break) -> dict[str, Any]:
    return {
        "name": row.person.name,
        "url": reverse("person", args=[row.person_id]),
        "after": LINKS[gap.after],
        "lacking": LINKS[gap.lacking],
        "again": gap.after == gap.lacking,
        "since": gap.since,
        "days": gap.days,
    }


def _question(code: str, trend: list[PulseCell]) -> dict[str, Any]:
    return {"name": PULSE_SHORT[code], "cells": [one for one in trend if one.question == code]}
