"""The attendance of a week on one paper: one's own people, day by day (KN-56)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stegvis.core.values.periods import Week
from stegvis.journey.attendance.models import Attendance
from stegvis.journey.attendance.words import reasons, said
from stegvis.journey.days.pages.ground import people_of
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen

DAYS = 5


@page(Role.WORK_SUPERVISOR, shows=FieldClass.WORK)
@require_safe
def attendance_report(request: HttpRequest, week: str) -> HttpResponse:
    try:
        at = Week.parse(week)
    except ValueError:
        raise Http404 from None
    people = people_of(visit_of(request))
    persons = [one.person_id for one in people]
    days = [at.monday + dt.timedelta(days=n) for n in range(DAYS)]
    rows = Attendance.attendances.of_work().filter(person__in=persons, on__in=days)
    known = reasons()
    held: dict[Any, str] = {
        (row.person_id, row.on): said(row.status, row.minutes, row.reason, known)
        for row in rows.order_by("on", "id")
    }
    seen(persons, shows=FieldClass.WORK)
    context = {
        "number": at.number,
        "before": str(at.plus(-1)),
        "after": str(at.plus(1)),
        "days": days,
        "rows": [
            (one.person.name, [(day, held.get((one.person_id, day), "")) for day in days])
            for one in people
        ],
    }
    return render(request, "days/report.html", context)
