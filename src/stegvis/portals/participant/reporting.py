"""Reports about me: read before they go, with my own words beside them (KN-34)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.reports import actions
from stegvis.journey.reports.facts import for_person, passages
from stegvis.journey.reports.models import Report
from stegvis.journey.reports.words import SECTIONS
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.models import StaleRow
from stegvis.portals.participant.own import Own, own, shown
from stegvis.portals.participant.words import LONGEST, REFUSED


@page(Role.PARTICIPANT, shows=FieldClass.DISCLOSURE, purpose=Purpose.OWN)
def my_reports(request: HttpRequest) -> HttpResponse:
    """Opening a report is a press of its own: that it was read is written down, so that it may go.
    Only what has been opened as it stands is shown."""
    posts = request.method == "POST"
    mine = own(request, FieldClass.VOICE if posts else FieldClass.DISCLOSURE)
    rows = for_person(mine.person)
    fault, words, key = "", "", request.POST.get("report", "")
    row = next((one for one in rows if str(one.pk) == key), None)
    if posts and row is not None:
        words = request.POST.get("words", "").strip()
        fault = _done(request, mine, row, words)
        if not fault:
            return redirect("my_reports")
    return shown(
        request,
        "reports",
        mine,
        rows=[_laid_out(one, words if str(one.pk) == key and fault else None) for one in rows],
        fault=fault,
        about=key,
    )


def _done(request: HttpRequest, mine: Own, row: Report, words: str) -> str:
    """Opened, or said something of. What could not be is said."""
    try:
        if "open" in request.POST:
            actions.saw(row, by=mine.visit.actor)
        elif len(words) > LONGEST:
            return str(REFUSED["too_long"])
        elif row.has_been_seen:
            actions.comment(row, words, by=mine.visit.actor)
    except NotNow:
        return str(REFUSED["gone"])
    except StaleRow:
        return str(REFUSED["changed"])
    return ""


def _laid_out(row: Report, typed: str | None) -> dict[str, Any]:
    sent = row.state == Report.State.SENT
    opened = sent or row.has_been_seen
    lines = passages(row, at=timezone.now()) if opened else []
    return {
        "row": row,
        "sent": sent,
        "opened": opened,
        "changed": row.seen_at is not None and not opened,
        "lines": [(SECTIONS[line.section], line.text) for line in lines],
        "words": row.comment if typed is None else typed,
    }
