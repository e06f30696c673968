"""The first year of everybody one follows up, at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stegvis.core.progression.windows import Kept
from stegvis.core.values.paid import Kind
from stegvis.journey.hours.facts import Year, counted, followed, last_month, years
from stegvis.journey.hours.models import HoursEntry
from stegvis.journey.hours.pages.finding import WORK, WRITERS, month_name, told
from stegvis.journey.hours.pages.tab import shown_year
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen

MOST = 120


@page(*WRITERS, shows=WORK)
@require_safe
def first_year(request: HttpRequest) -> HttpResponse:
    """Twelve months of contact for each of one's own who is at a company, and last month's hours.
    Who has been missed stands first."""
    visit = visit_of(request)
    on = visit.scope.on
    rows = list(followed(visit.actor, on=on).order_by("person__sort_key", "id")[:MOST])
    found = [one for one in years(rows, on=on) if one.series is not None]
    seen([one.enrolment.person_id for one in found], shows=WORK)
    month = last_month(on)
    hours = _hours([one.enrolment.pk for one in found], month)
    shown = [_shown(one, hours.get(one.enrolment.pk), on) for one in found]
    shown.sort(key=lambda row: row["rank"])
    context = {"rows": shown, "month": month_name(month), "code": f"{month:%Y-%m}"}
    return render(request, "hours/first_year.html", context)


def _hours(keys: list[Any], month: dt.date) -> dict[Any, str]:
    """Ordinary hours of the month, for those of whom anything is said. One query."""
    by: dict[Any, list[HoursEntry]] = {}
    for row in HoursEntry.entries.filter(enrolment__in=keys, month=month).order_by("id"):
        by.setdefault(row.enrolment_id, []).append(row)
    found = {key: counted(rows).of(month, Kind.ORDINARY) for key, rows in by.items()}
    return {key: told(amount) if amount is not None else "–" for key, amount in found.items()}


def _shown(one: Year, hours: str | None, on: dt.date) -> dict[str, Any]:
    person = one.enrolment.person
    assert one.series is not None  # noqa: S101  asked before
    missed = one.series.count(Kept.MISSED)
    waits = one.series.count(Kept.NOW)
    ended = one.series.ended is not None
    return {
        "name": person.name,
        "url": reverse("month_hours", args=[person.pk]),
        "contact": reverse("contact", args=[person.pk]),
        "enter": reverse("enter_hours", args=[person.pk]),
        "year": shown_year(one.series, on),
        "hours": hours,
        "missed": missed,
        "waits": waits and not ended,
        "ended": ended,
        "hand_over": reverse("hand_over", args=[person.pk]) if one.hand_over else "",
        "rank": (ended, not one.hand_over, not waits, -missed, person.sort_key),
    }
