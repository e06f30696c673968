"""What is left: days whose list nobody has closed, days two tablets disagree about; and a unit's
attendance over weeks, where nobody can be made out."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.attendance import facts
from stegvis.journey.attendance.actions import settle
from stegvis.journey.attendance.models import Attendance, Statement
from stegvis.journey.attendance.pages.sheet import MARKERS
from stegvis.journey.attendance.words import reasons, said
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.ui.day import DayAct, DayItem, Part

WEEKS = 12
WEEKDAYS = 5


@page(*MARKERS, Role.UNIT_MANAGER)
@require_safe
def left_open(request: HttpRequest) -> HttpResponse:
    """One's own days; a manager's are those of the unit's supervisors. No other names."""
    visit = visit_of(request)
    on = visit.scope.on
    days = facts.open_days(_supervisors(visit), on=on, country=visit.country)
    context = {
        "days": [(one, reverse("attendance_sheet", args=[one.on, "work"])) for one in days],
        "me": visit.actor.member,
    }
    return render(request, "attendance/open.html", context)


def _supervisors(visit: Visit) -> dict[uuid.UUID, str]:
    """Those whose lists the visitor answers for."""
    found = {visit.actor.member: visit.member_name}
    if not visit.actor.holds(Role.UNIT_MANAGER):
        return found
    units = visit.actor.units(Role.UNIT_MANAGER)
    rows = Grant.grants.held(visit.scope.on).filter(role=Role.WORK_SUPERVISOR)
    if None not in units:
        rows = rows.filter(Q(unit__in=units) | Q(unit=None, member__unit__in=units))
    for row in rows.select_related("member").order_by("pk"):
        found[row.member_id] = row.member.name
    return found


def lists_left(visit: Visit) -> list[DayItem]:
    """For My day: one's own lists that are left open, as one thing to do. Three queries."""
    if not visit.actor.holds(Role.WORK_SUPERVISOR):
        return []
    mine = {visit.actor.member: visit.member_name}
    since = visit.scope.on - dt.timedelta(days=7)
    days = facts.open_days(mine, on=visit.scope.on, country=visit.country, since=since)
    if not days:
        return []
    to = reverse("attendance_open")
    why = _("%(n)s days of the last week are not marked as done.") % {"n": len(days)}
    act = DayAct(to, _("Complete"))
    return [
        DayItem(
            part=Part.NEEDS,
            name=_("Attendance"),
            url=to,
            kind="warn",
            icon="list-checks",
            why=why,
            acts=(act,),
        )
    ]


@page(*MARKERS, shows=FieldClass.WORK)
def two_tablets(request: HttpRequest) -> HttpResponse:
    """Days of one's own people of which two tablets have said different things."""
    visit = visit_of(request)
    on = visit.scope.on
    group = facts.group(visit.actor, on=on)
    rows = list(Attendance.attendances.filter(person__in=list(group), disputed=True))
    if request.method == "POST":
        row = next((one for one in rows if str(one.pk) == request.POST.get("row")), None)
        if row is not None:
            settle(row, by=visit.actor)
        return redirect("attendance_disputed")
    seen([row.person_id for row in rows], shows=FieldClass.WORK)
    known = reasons()
    all_said = Statement.objects.filter(
        person__in=[row.person_id for row in rows], on__in=[row.on for row in rows]
    ).select_related("by")
    told: dict[Any, list[Any]] = {}
    for one in all_said.order_by("at", "id"):
        words = said(one.status, one.minutes, one.reason, known)
        told.setdefault((one.person_id, one.on, one.what), []).append((one, words))
    shown = [
        {
            "row": row,
            "name": group[row.person_id].person.name,
            "holds": said(row.status, row.minutes, row.reason, known),
            "said": told.get((row.person_id, row.on, row.what), []),
            "url": reverse("attendance_sheet", args=[row.on, row.what]),
        }
        for row in rows
    ]
    return render(request, "attendance/disputed.html", {"rows": shown})


@page(Role.UNIT_MANAGER, Role.WORK_SUPERVISOR, shows=FieldClass.WORK)
@require_safe
def unit_map(request: HttpRequest) -> HttpResponse:
    """Weeks by weekdays: the share of the hours that were attended, of those the visitor may read
    about and who are not protected by name; where fewer than five are behind it, nothing."""
    visit = visit_of(request)
    on = visit.scope.on
    weeks = facts.weeks_of([], until=on, weeks=WEEKS)
    rows = Attendance.attendances.visible_to(visit.actor, on).of_work().filter(on__gte=weeks[-1])
    cells: dict[dt.date, list[Attendance]] = {}
    persons: set[uuid.UUID] = set()
    for row in rows.order_by("on", "id"):
        cells.setdefault(row.on, []).append(row)
        persons.add(row.person_id)
    seen(sorted(persons), shows=FieldClass.WORK)
    days = [[monday + dt.timedelta(days=n) for n in range(WEEKDAYS)] for monday in weeks]
    table = [(week[0], [_cell(day, cells.get(day, [])) for day in week]) for week in days]
    return render(request, "attendance/unit.html", {"table": table, "few": facts.FEW})


def _cell(day: dt.date, rows: list[Attendance]) -> facts.Cell:
    if len({row.person_id for row in rows}) < facts.FEW:
        return facts.Cell(day, "–" if not rows else _("few"))
    bounds = facts.share_of(rows).bounds
    if bounds is None:
        return facts.Cell(day, _("no hours"))
    low, high = bounds
    if low == high:
        return facts.Cell(day, f"{low} %", facts.tone(low))
    return facts.Cell(day, f"{low}–{high} %", facts.tone(low))
