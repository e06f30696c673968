"""What others do at the same time, what support is needed, and what the person was offered."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.plans import actions
from stegvis.journey.plans.forms.beside import (
    ChoiceForm,
    MeasureAnswerForm,
    MeasureForm,
    SupportForm,
)
from stegvis.journey.plans.models import Choice, ParallelMeasure
from stegvis.journey.plans.pages.found import WRITERS, crumbs, enrolment
from stegvis.journey.plans.pages.sheet import Sheet
from stegvis.journey.plans.words import (
    CHOICES,
    FAULTS,
    legal_bases,
    measure_kinds,
    tells_of_health,
)
from stegvis.journey.programmes.facts import programmes
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow

MEETERS = (Role.WORK_SUPERVISOR, Role.JOB_MEDIATOR, Role.CASE_WORKER)


@page(*WRITERS, shows=FieldClass.PLAN, person="person", writes=True)
def measures(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """All of them, and a new one. `?for=`: the need that a supervisor had seen."""
    visit = visit_of(request)
    sheet = Sheet(enrolment(person, visit, going=True), visit)
    model = programmes({sheet.row.programme_id})[sheet.row.programme_id]
    flagged = _flagged(person, request.GET.get("for", ""))
    form = MeasureForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        kinds=measure_kinds(model),
        bases=legal_bases(model),
        initial={"requested_on": visit.scope.on, "what": flagged.what if flagged else ""},
    )
    if request.method == "POST" and form.is_valid():
        health = form.cleaned_data["health"] or tells_of_health(model, form.cleaned_data["kind"])
        new = actions.NewMeasure(**{**form.cleaned_data, "health": health})
        if _asked(form, new, sheet.row, flagged, visit):
            return redirect("plan_measures", person=person)
    context = crumbs(sheet.row) | {
        "form": form,
        "measures": sheet.context()["measures"],
        "flagged": flagged,
        "unanswered": ParallelMeasure.measures.filter(enrolment=sheet.row).unanswered().count(),
    }
    return render(request, "plans/measures.html", context)


def _flagged(person: uuid.UUID, key: str) -> ParallelMeasure | None:
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    found: ParallelMeasure | None = (
        ParallelMeasure.measures.to_ask().filter(pk=wanted, person=person).first()
    )
    return found


def _asked(
    form: MeasureForm,
    new: actions.NewMeasure,
    row: Any,
    flagged: ParallelMeasure | None,
    visit: Visit,
) -> bool:
    if new.health and not may(
        visit.actor, Act.WRITE, row.person_id, FieldClass.SENSITIVE, on=visit.scope.on
    ):
        form.add_error("kind", _("What tells of health is written by the case worker."))
        return False
    try:
        actions.ask_measure(row, new, by=visit.actor, flagged=flagged)
    except StaleRow:
        form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
        return False
    return True


@page(*WRITERS, shows=FieldClass.PLAN, person="person", writes=True)
def measure(request: HttpRequest, person: uuid.UUID, measure: uuid.UUID) -> HttpResponse:
    """What has happened with one: answered, begun, ended."""
    visit = visit_of(request)
    row = enrolment(person, visit, going=True)
    found: ParallelMeasure | None = ParallelMeasure.measures.filter(
        pk=measure, person=person, enrolment=row
    ).first()
    if found is None or not _may_know(found, visit):
        raise Http404
    first = {
        "answer": found.answer,
        "answered_on": found.answered_on,
        "since": found.since,
        "until": found.until,
    }
    form = MeasureAnswerForm(
        request.POST if request.method == "POST" else None, on=visit.scope.on, initial=first
    )
    if request.method == "POST" and form.is_valid() and _moved(form, found, visit):
        return redirect("plan_measures", person=person)
    context = crumbs(row) | {"form": form, "measure": found}
    return render(request, "plans/measure.html", context)


def _may_know(row: ParallelMeasure, visit: Visit) -> bool:
    return not row.health or may(
        visit.actor, Act.READ, row.person_id, FieldClass.SENSITIVE, on=visit.scope.on
    )


def _moved(form: MeasureAnswerForm, row: ParallelMeasure, visit: Visit) -> bool:
    """What differs from what was known is written, in the order it happens."""
    data, by = form.cleaned_data, visit.actor
    try:
        if data["answer"] and (data["answer"], data["answered_on"]) != (
            row.answer,
            row.answered_on,
        ):
            actions.answer_measure(row, answer=data["answer"], on=data["answered_on"], by=by)
        if data["since"] and data["since"] != row.since:
            actions.begin_measure(row, on=data["since"], by=by)
        if data["until"] and data["until"] != row.until:
            actions.end_measure(row, on=data["until"], by=by)
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
    except StaleRow:
        form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
    else:
        return True
    return False


@page(*MEETERS, shows=FieldClass.WORK, person="person", writes=True)
def support(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Whoever meets the person at work has seen that somebody else's support is needed (KN-33)."""
    visit = visit_of(request)
    row = enrolment(person, visit, going=True)
    form = SupportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.need_support(row, form.cleaned_data["what"], by=visit.actor)
        return redirect("plan", person=person)
    return render(request, "plans/support.html", crumbs(row) | {"form": form})


@page(Role.CASE_WORKER, Role.JOB_MEDIATOR, shows=FieldClass.VOICE, person="person", writes=True)
def choices(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """What the person was offered and wants. Nobody is told of it (KN-139)."""
    visit = visit_of(request)
    row = enrolment(person, visit)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        initial={"on": visit.scope.on},
    )
    if request.method == "POST" and form.is_valid():
        actions.choose(row, actions.NewChoice(**form.cleaned_data), by=visit.actor)
        return redirect("plan_choices", person=person)
    rows = Choice.objects.filter(enrolment=row)
    context = crumbs(row) | {
        "form": form,
        "choices": [{"row": one, "answer": CHOICES[one.answer]} for one in rows],
        "here_url": reverse("plan_choices", args=[person]),
    }
    return render(request, "plans/choices.html", context)
