"""The week of a unit on one board: by work, by person, by whoever supervises.

Nothing that does not fit is refused: it stands beside the board with a move that would mend it.
All is done by pressing a name and then a place, with a mouse, a finger or the keys alone.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stegvis.core.values.periods import Week
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.week import actions
from stegvis.journey.week.actions import NewSlot
from stegvis.journey.week.facts import Board, board
from stegvis.journey.week.models import Half, Review
from stegvis.journey.week.pages.told import by_area, by_lead, by_person, named, to_solve
from stegvis.journey.week.words import FAULTS
from stegvis.journey.work.facts import Against, speaks_against
from stegvis.journey.workplaces.models import WorkArea
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.tenancy.models import StaleRow, Unit

WORK = FieldClass.WORK
READERS = (Role.WORK_SUPERVISOR, Role.CASE_WORKER, Role.UNIT_MANAGER)
VIEWS = ("area", "person", "lead")
FRIDAY = 4


@page(*READERS, shows=WORK)
@require_safe
def this_week(request: HttpRequest) -> HttpResponse:
    """The week that is planned now: from Friday on it is the next."""
    on = visit_of(request).scope.on
    week = Week.of(on).plus(1) if on.weekday() >= FRIDAY else Week.of(on)
    return redirect("week_board", week=str(week))


@page(*READERS, shows=WORK)
def week_board(request: HttpRequest, week: str) -> HttpResponse:
    at = parsed(week)
    visit = visit_of(request)
    unit = chosen_unit(request, visit)
    people = people_of(visit, unit)
    if request.method == "POST":
        _done(request, visit, unit, at)
        return redirect(_back(request, week))
    made = board(people, unit.pk, at.monday, calendar(visit.country, at.monday))
    seen([one.person_id for one in made.people], shows=WORK)
    view = request.GET.get("by") if request.GET.get("by") in VIEWS else "area"
    chosen = _chosen(request, made)
    context = frame(made, at, unit, visit) | {
        "view": view,
        "views": [(one, one == view) for one in VIEWS],
        "rows": {"area": by_area, "person": by_person, "lead": by_lead}[str(view)](made, chosen),
        "solve": to_solve(made),
        "through": Review.reviews.filter(unit=unit, monday=at.monday).select_related("by").last(),
        "chosen": chosen,
        "chosen_name": named(made, chosen) if chosen else "",
        "chosen_halves": sum(one.person_id == chosen for one in made.slots),
        "lacking": [(one.person_id, named(made, one.person_id)) for one in made.lacking],
    }
    return render(request, "week/board.html", context)


@page(*READERS, shows=WORK)
@require_safe
def week_paper(request: HttpRequest, week: str) -> HttpResponse:
    """Everyone's week, a sheet each, with pictures: one press prints them all (KN-56)."""
    at, visit = parsed(week), visit_of(request)
    unit = chosen_unit(request, visit)
    made = board(people_of(visit, unit), unit.pk, at.monday, calendar(visit.country, at.monday))
    rows = [row for row in by_person(made, None) if row["planned"]]
    seen([row["person"] for row in rows], shows=WORK)
    return render(request, "week/paper.html", frame(made, at, unit, visit) | {"rows": rows})


def parsed(week: str) -> Week:
    try:
        return Week.parse(week)
    except ValueError:
        raise Http404 from None


def chosen_unit(request: HttpRequest, visit: Visit) -> Unit:
    """One's own unit, or for whoever works in all the one asked for, else the first."""
    wanted = visit.unit or _key(request.GET.get("unit", ""))
    rows = Unit.objects.filter(closed_on__isnull=True).order_by("name", "id")
    found = rows.filter(pk=wanted).first() if wanted else rows.first()
    if found is None:
        raise Http404
    return found


def people_of(visit: Visit, unit: Unit) -> Any:
    """Those one works with, wherever they are enrolled; for a manager those of the unit."""
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).open()
    own = visit.actor.holds(Role.WORK_SUPERVISOR, Role.CASE_WORKER)
    return rows if own else rows.filter(unit=unit)


def frame(made: Board, at: Week, unit: Unit, visit: Visit) -> dict[str, Any]:
    """What every page of a week shows."""
    return {
        "week": at,
        "number": at.number,
        "before": str(at.plus(-1)),
        "after": str(at.plus(1)),
        "first": made.days[0],
        "last": made.days[-1],
        "days": [(day, day in made.closed) for day in made.days],
        "unit": unit.name,
        "unit_query": "" if visit.unit else f"unit={unit.pk}",
        "published": made.published,
        "writes": visit.actor.holds(Role.WORK_SUPERVISOR, Role.CASE_WORKER),
        "n_people": len(made.people),
        "list_url": reverse("week_board", args=[str(at)]),
    }


def _chosen(request: HttpRequest, made: Board) -> uuid.UUID | None:
    wanted = _key(request.GET.get("chosen", ""))
    return wanted if any(one.person_id == wanted for one in made.people) else None


def _key(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said)
    except ValueError:
        return None


def _back(request: HttpRequest, week: str) -> str:
    query = request.GET.urlencode()
    return reverse("week_board", args=[week]) + (f"?{query}" if query else "")


def _done(request: HttpRequest, visit: Visit, unit: Unit, at: Week) -> None:
    said = request.POST
    try:
        if "place" in said:
            _told_against(request, _place(said.get("person", ""), said["place"], visit, unit))
        elif said.get("do") == "copy":
            rows = list(people_of(visit, unit).order_by("pk"))
            _told_copied(request, actions.copy_week(rows, at.monday, by=visit.actor))
        elif said.get("do") == "publish":
            actions.publish(unit.pk, at.monday, by=visit.actor)
            messages.success(request, _("Everyone sees their week on their page now."))
        elif said.get("do") == "through":
            actions.go_through(unit.pk, at.monday, by=visit.actor)
            messages.success(request, _("Written down: the week was gone through together."))
    except NotNow as fault:
        messages.warning(request, str(FAULTS[fault.code]))
    except StaleRow:
        messages.warning(request, _("A colleague has changed this meanwhile. Look again."))


def _told_copied(request: HttpRequest, n: int) -> None:
    said = ngettext("%(n)s half day was copied.", "%(n)s half days were copied.", n) % {"n": n}
    messages.success(request, said if n else _("There was nothing to copy, or it stands already."))


def _told_against(request: HttpRequest, against: tuple[Against, ...]) -> None:
    """Something to talk about; it stands all the same (KN-99)."""
    if against:
        said = _("It stands. A known limit speaks against it, talk about it: %(limits)s.")
        messages.warning(request, said % {"limits": ", ".join(one.name for one in against)})


def _place(person: str, said: str, visit: Visit, unit: Unit) -> tuple[Against, ...]:
    """`said`: day|am, pm or both|area, or no area to take away. No answer changes nothing. What is
    known to speak against the place."""
    day, _bar, rest = said.partition("|")
    half, _bar, area = rest.partition("|")
    key, wanted = _key(person), _key(area)
    try:
        on = dt.date.fromisoformat(day)
    except ValueError:
        return ()
    row = people_of(visit, unit).filter(person=key).first() if key else None
    if row is None or (area and wanted is None):
        return ()
    halves = Half.values if half == "both" else [half]
    actions.plan(row, [NewSlot(on, one, wanted) for one in halves], by=visit.actor)
    there = WorkArea.areas.filter(pk=wanted).first() if wanted else None
    return speaks_against(row.pk, on=visit.scope.on, area=there)


__all__ = ["READERS", "frame", "parsed", "this_week", "week_board", "week_paper"]
