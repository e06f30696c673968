"""One person's attendance: the days of twelve weeks, what they come to, and what was corrected."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.values.periods import Week
from stegvis.journey.attendance import facts
from stegvis.journey.attendance.models import Attendance, Statement, Status, What
from stegvis.journey.attendance.words import HOW, SIGNS, WHATS, reasons, said
from stegvis.journey.people.models import Person
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of

READERS = (
    Role.CASE_WORKER,
    Role.WORK_SUPERVISOR,
    Role.JOB_MEDIATOR,
    Role.UNIT_MANAGER,
    Role.PROTECTION_OFFICER,
)
WEEKS, WEEKDAYS, LATELY, MOST = 12, 5, 4, 40


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def person_attendance(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    row = Person.people.visible_to(visit.actor, visit.scope.on).filter(pk=person).first()
    if row is None:
        raise Http404
    named = {"name": row.name, "given": row.given_name, "url": reverse("person", args=[person])}
    context = known_of(person, on=visit.scope.on) | {
        "person": named,
        "people_url": reverse("participants"),
        "statements": _statements(person),
        "replan": _replan(visit, person),
    }
    return render(request, "attendance/person.html", context)


def _replan(visit: Visit, person: uuid.UUID) -> str:
    """Where the rest of the week is planned without them, for whoever plans it."""
    if not visit.actor.holds(Role.WORK_SUPERVISOR, Role.CASE_WORKER):
        return ""
    if not may(visit.actor, Act.WRITE, person, FieldClass.WORK, on=visit.scope.on):
        return ""
    week = str(Week.of(visit.scope.on))
    return f"{reverse('week_proposal', args=[week])}?who={person}"


def known_of(person: uuid.UUID, *, on: dt.date) -> dict[str, Any]:
    """The map and the sums of one person, for staff and for their own page. Two queries."""
    weeks = facts.weeks_of([], until=on, weeks=WEEKS)
    rows = list(
        Attendance.attendances.filter(person=person, on__gte=weeks[-1], on__lte=on).order_by("on")
    )
    work = [row for row in rows if row.what == What.WORK]
    by_day, known = {row.on: row for row in work}, reasons()
    late = [row for row in work if row.on > on - dt.timedelta(weeks=LATELY)]
    return {
        "table": [
            (monday, [_cell(monday + dt.timedelta(days=n), by_day, known) for n in range(WEEKDAYS)])
            for monday in weeks
        ],
        "share": facts.share_of(late),
        "lately": LATELY,
        "why": _why(late, known),
        "apart": Counter(
            str(WHATS[row.what])
            for row in rows
            if row.what != What.WORK and row.status in {Status.PRESENT, Status.LATE}
        ).most_common(),
        "any": bool(rows),
    }


def _cell(day: dt.date, by_day: dict[dt.date, Attendance], known: Any) -> facts.Cell:
    row = by_day.get(day)
    if row is None:
        return facts.Cell(day, _("not noted"))
    words = said(row.status, row.minutes, row.reason, known)
    bounds = facts.share_of([row]).bounds
    low = None if row.leave or bounds is None or bounds[0] != bounds[1] else bounds[0]
    return facts.Cell(day, words, facts.tone(low), SIGNS[Status(row.status)])


def _why(rows: Iterable[Attendance], known: Any) -> list[tuple[str, int]]:
    words = [
        said(row.status, None, row.reason, known) for row in rows if row.status != Status.PRESENT
    ]
    return Counter(words).most_common()


def _statements(person: uuid.UUID) -> list[dict[str, Any]]:
    """What has been said, the latest first: a correction stands beside what it corrects."""
    known = reasons()
    rows = Statement.objects.filter(person=person).select_related("by")
    return [
        {
            "on": row.on,
            "what": WHATS[row.what] if row.what != What.WORK else "",
            "words": said(row.status, row.minutes, row.reason, known),
            "at": row.at,
            "by": row.by.name if row.by else "",
            "how": HOW[row.how],
        }
        for row in rows.order_by("-on", "-at", "-id")[:MOST]
    ]
