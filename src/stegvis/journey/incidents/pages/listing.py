"""What is open, of those one answers for; and writing down something new in four touches."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.incidents import actions
from stegvis.journey.incidents.facts import Kind, kinds, open_parts, suspected
from stegvis.journey.incidents.forms import IncidentForm, KindForm
from stegvis.journey.incidents.models import Involved
from stegvis.journey.incidents.words import FAULTS
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.tenancy.keys import uuid7

WRITERS = (Role.WORK_SUPERVISOR, Role.UNIT_MANAGER, Role.PROTECTION_OFFICER)
MOST = 200


@page(*WRITERS, shows=FieldClass.INCIDENT)
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """What is not closed: of one's own people, or of the unit."""
    visit = visit_of(request)
    rows = list(open_parts(visit.actor, on=visit.scope.on)[:MOST])
    seen([row.person_id for row in rows], shows=FieldClass.INCIDENT)
    known = kinds()
    shown = [row_of(row, known, visit) for row in rows]
    return render(request, "incidents/incidents.html", {"rows": shown})


@page(Role.CASE_WORKER, shows=FieldClass.DEVIATION)
@require_safe
def suspicions(request: HttpRequest) -> HttpResponse:
    """Whom a test waits for at the case worker's."""
    visit = visit_of(request)
    rows = list(suspected(visit.actor, on=visit.scope.on)[:MOST])
    seen([row.person_id for row in rows], shows=FieldClass.DEVIATION)
    known = kinds()
    shown = [row_of(row, known, visit) for row in rows]
    return render(request, "incidents/incidents.html", {"rows": shown, "tests": True})


def row_of(row: Involved, known: dict[str, Kind], visit: Visit) -> dict[str, Any]:
    kind = known.get(row.kind, Kind(row.kind, row.kind))
    late = row.closed_on is None and row.due is not None and row.due < visit.scope.on
    return {
        "name": row.person.name, "on": row.on, "due": row.due, "late": late,
        "kind": kind.name, "icon": kind.icon, "closed": row.closed_on,
        "url": reverse("incident", args=[row.person_id, row.pk]),
    }  # fmt: skip


@page(*WRITERS, shows=FieldClass.INCIDENT)
def new_incident(request: HttpRequest) -> HttpResponse:
    """The deviation, who, what, saved: four touches. The words can come later."""
    visit = visit_of(request)
    on = visit.scope.on
    rows = list(_mine(visit))
    seen([row.person_id for row in rows], shows=FieldClass.INCIDENT)
    known = [one for one in kinds().values() if not one.hidden]
    form = IncidentForm(
        request.POST if request.method == "POST" else None,
        people=[(str(row.person_id), row.person.name) for row in rows],
        kinds=[(one.code, one.name) for one in known],
        initial={"on": on, "persons": request.GET.getlist("person")},
    )
    if request.method == "POST" and form.is_valid() and (to := _noted(request, form, rows)):
        messages.success(request, _("Written down."))
        return redirect(to)
    icons = {one.code: one.icon for one in known}
    return render(request, "incidents/new.html", {"form": form, "icons": icons, "any": rows})


def _mine(visit: Visit) -> Any:
    on = visit.scope.on
    known = reached(visit.actor, FieldClass.INCIDENT, on=on, column="person_id")
    rows = Enrolment.enrolments.filter(known).open().select_related("person")
    return rows.order_by("person__given_name", "person__family_name", "id")[:MOST]


def _noted(request: HttpRequest, form: IncidentForm, rows: list[Any]) -> str:
    wanted = set(form.cleaned_data["persons"])
    chosen = [row for row in rows if str(row.person_id) in wanted]
    try:
        with transaction.atomic():
            parts = actions.note(chosen, form.new(sent(request)), by=visit_of(request).actor)
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
        return ""
    if len(parts) == 1:
        return reverse("incident", args=[parts[0].person_id, parts[0].pk])
    return reverse("incidents")


def sent(request: HttpRequest) -> uuid.UUID:
    """The form's own key."""
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid7()


@page(Role.ADMINISTRATOR)
def incident_kinds(request: HttpRequest) -> HttpResponse:
    """The list of kinds: ours, and the municipality's own."""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = KindForm(request.POST if do == "add" else None)
    fault = ""
    try:
        if do == "add" and form.is_valid():
            actions.add_kind(form.cleaned_data["name"])
            return redirect("incident_kinds")
        if do.startswith(("hide:", "show:")):
            actions.hide_kind(do[5:], hidden=do.startswith("hide:"))
            return redirect("incident_kinds")
    except NotNow as said:
        fault = str(FAULTS[said.code])
    rows = [{"kind": one, "stays": one.code == "intoxication"} for one in kinds().values()]
    return render(request, "incidents/kinds.html", {"form": form, "rows": rows, "fault": fault})
