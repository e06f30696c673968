"""What the programme names for staff to do on the step someone stands on (AJ-40): a list to work
from. It hinders nothing, and nobody is measured by it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Duty as Named
from stegvis.core.programme.model import Programme
from stegvis.core.values.texts import pick
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.actions import open_duties, settle_duty
from stegvis.journey.standing.models import Duty, StepPeriod
from stegvis.journey.standing.words import DUTY_STATES, FAULTS
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow
from stegvis.portals.caseworker.people import named_step

DECIDERS = (Role.CASE_WORKER,)
SIGNS = {"open": ("", "circle"), "done": ("ok", "check"), "not_needed": ("", "minus")}


@page(*DECIDERS, shows=FieldClass.PLAN, person="person", writes=True)
def duties(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    visible = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).open()
    enrolment = visible.filter(person=person).select_related("person").first()
    if enrolment is None:
        raise Http404
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    period = _standing_on(enrolment, model, visit)
    if request.method == "POST":
        _answer(request, enrolment, model, period, visit)
        return redirect("duties", person=person)
    rows = _rows(model, period) if period else []
    context = {
        "person": {"name": enrolment.person.name, "url": reverse("person", args=[person])},
        "people_url": reverse("participants"),
        "step": named_step(model, period.step, visit.track) if period else "",
        "rows": rows,
        "open_count": sum(row["state"] == "open" for row in rows),
        "names_some": bool(period and model.step(period.step).duties),
    }
    return render(request, "caseworker/duties.html", context)


def _standing_on(enrolment: Enrolment, model: Programme, visit: Visit) -> StepPeriod | None:
    rows: Any = StepPeriod.periods.on(visit.scope.on)
    found: StepPeriod | None = rows.filter(enrolment=enrolment, ladder=model.primary.code).first()
    return found


def _rows(model: Programme, period: StepPeriod) -> list[dict[str, Any]]:
    """In the programme's order; what another version has taken away keeps its code for a name."""
    lang = get_language() or "sv"
    named = {duty.code: duty for duty in model.step(period.step).duties}
    order = list(named)
    roles = {role.code: pick(role.texts, lang) for role in model.roles}
    found = [
        _row(duty, named.get(duty.code), roles, lang)
        for duty in Duty.objects.filter(period=period).order_by("id")
    ]
    return sorted(
        found,
        key=lambda row: (
            row["code"] not in named,
            row["code"] in named and order.index(row["code"]),
        ),
    )


def _row(duty: Duty, named: Named | None, roles: dict[str, str], lang: str) -> dict[str, Any]:
    kind, icon = SIGNS[duty.state]
    return {
        "key": duty.pk,
        "version": duty.version,
        "code": duty.code,
        "words": pick(named.texts, lang) if named else duty.code,
        "word": named.word if named else "",
        "role": roles.get(named.role, "") if named else "",
        "optional": duty.optional,
        "state": duty.state,
        "said": DUTY_STATES[duty.state],
        "kind": kind,
        "icon": icon,
        "on": duty.settled_on,
    }


NUMBER = 10  # digits of a version


def _answer(
    request: HttpRequest,
    enrolment: Enrolment,
    model: Programme,
    period: StepPeriod | None,
    visit: Visit,
) -> None:
    """One to-do is settled, or those of the step are laid out where history came from a list."""
    if period is None:
        raise Http404
    if request.POST.get("do") == "lay_out":
        open_duties(period, model.step(period.step))
        return
    if "duty" not in request.POST:
        return  # nothing was pressed: the list is shown again
    duty = _sent(request, enrolment)
    state = request.POST.get("state", "")
    if state not in Duty.State.values:
        raise Http404
    seen = request.POST.get("version", "")
    duty.version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < NUMBER else 0
    try:
        settle_duty(duty, by=visit.actor, state=state, on=visit.scope.on)
    except NotNow as fault:
        messages.error(request, str(FAULTS[fault.code]))
    except StaleRow:
        messages.error(request, _("A colleague has changed this meanwhile. Look again."))


def _sent(request: HttpRequest, enrolment: Enrolment) -> Duty:
    """The to-do that was pressed, if it is one of this person's."""
    try:
        key = uuid.UUID(request.POST.get("duty", ""))
    except ValueError:
        raise Http404 from None
    found = Duty.objects.filter(pk=key, enrolment=enrolment, person=enrolment.person_id).first()
    if found is None or "version" not in request.POST:
        raise Http404
    return found
