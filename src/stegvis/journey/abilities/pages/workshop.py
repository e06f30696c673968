"""In-depth mapping ordered at a workshop; where a step is done, and for what."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.values.texts import pick
from stegvis.journey.abilities import facts
from stegvis.journey.abilities.actions import (
    NewOrder,
    NewPlace,
    answer_order,
    close_order,
    order_mapping,
    place_step,
)
from stegvis.journey.abilities.forms import AnswersForm, OrderForm, PlaceForm
from stegvis.journey.abilities.models import StepPlace, WorkshopOrder
from stegvis.journey.abilities.pages.finding import (
    READERS,
    WORKERS,
    about,
    latest,
    open_one,
    written,
)
from stegvis.journey.abilities.words import THE_WORKSHOP, WORKSHOP
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen

WEEKS = dt.timedelta(weeks=4)  # ours: how long an order is proposed to last


@page(Role.CASE_WORKER, shows=FieldClass.PLAN, person="person", writes=True)
def new_workshop(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    form = OrderForm(
        request.POST if request.method == "POST" else None,
        on=on,
        choices={"site": _sites(enrolment), "supervisor": _supervisors(on)},
        initial={"since": on, "due_on": on + WEEKS},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new = NewOrder(
            site=data["site"],
            questions=data["questions"],
            supervisor=uuid.UUID(data["supervisor"]),
            since=data["since"],
            due_on=data["due_on"],
        )
        if written(form, lambda: order_mapping(enrolment, new, by=visit.actor)):
            messages.success(request, _("Ordered."))
            return redirect("abilities", person=person)
    context = about(enrolment) | {"form": form}
    return render(request, "abilities/new_workshop.html", context)


def _sites(enrolment: Enrolment) -> list[tuple[str, Any]]:
    """The programme's places where mapping is done: those of its first step, else any; where it
    names none, the municipality's workshops."""
    model, lang = facts.model_of(enrolment), get_language() or "sv"
    steps = model.primary.steps
    found = facts.places(model, steps[0].code) if steps else {}
    if found:
        return [(code, pick(term.texts, lang)) for code, term in found.items()]
    return [(WORKSHOP, THE_WORKSHOP)]


def _supervisors(on: dt.date) -> list[tuple[str, Any]]:
    rows = Grant.grants.held(on).filter(role=Role.WORK_SUPERVISOR).select_related("member__unit")
    members = {row.member_id: row.member for row in rows.order_by("member__name", "id")}
    return [
        (str(key), f"{one.name}, {one.unit.name}" if one.unit else one.name)
        for key, one in members.items()
        if one.left_on is None or one.left_on > on
    ]


@page(*READERS, shows=FieldClass.WORK, person="person", writes=True)
def workshop(request: HttpRequest, person: uuid.UUID, mapping_order: uuid.UUID) -> HttpResponse:
    """An order with its questions: whoever is at the workshop reads and answers them."""
    visit = visit_of(request)
    enrolment = latest(person, visit)
    rows = WorkshopOrder.objects.filter(pk=mapping_order, person=person)
    row = rows.select_related("supervisor", "ordered_by", "assignment").first()
    if row is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    initial = {f"answer_{n}": text for n, text in enumerate(row.answers)}
    form = AnswersForm(posted, questions=row.questions, initial=initial)
    if posted is not None and form.is_valid():
        close = "close" in posted
        act = close_order if close else answer_order
        given = {} if close else {"answers": form.answers()}
        if written(form, lambda: act(row, by=visit.actor, **given)):
            messages.success(request, _("Saved."))
            return redirect("mapping_order", person=person, mapping_order=mapping_order)
    context = about(enrolment) | {
        "form": form,
        "order": row,
        "place": facts.place_name(facts.model_of(enrolment), row.site),
        "writes": row.closed_on is None and visit.actor.holds(*WORKERS),
        "closes": row.closed_on is None and visit.actor.holds(Role.CASE_WORKER),
    }
    return render(request, "abilities/workshop.html", context)


@page(Role.CASE_WORKER, shows=FieldClass.PLAN, person="person", writes=True)
def step_place(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Where the present step is done and for what; a rare place with the reason."""
    visit = visit_of(request)
    enrolment = open_one(person, visit)
    model, lang = facts.model_of(enrolment), get_language() or "sv"
    periods = StepPeriod.periods.standing().filter(enrolment=enrolment, until__isnull=True)
    period = periods.filter(ladder=model.primary.code).first()
    context = about(enrolment) | {"form": None, "step": None}
    if period is None:
        return render(request, "abilities/step_place.html", context)
    places = facts.places(model, period.step)
    asks = facts.purposes(model, period.step)
    row = StepPlace.objects.filter(period=period).first()
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        choices={
            "site": [(code, pick(term.texts, lang)) for code, term in places.items()],
            "purpose": [("", _("– choose –")), *asks.items()] if asks else [],
        },
        initial={
            "purpose": period.purpose,
            "site": row.site if row else "",
            "reason": row.reason if row else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        purpose = data.get("purpose", period.purpose)
        new = NewPlace(data["site"], purpose=purpose, reason=data["reason"])
        if written(form, lambda: place_step(enrolment, period, new, by=visit.actor)):
            messages.success(request, _("Saved."))
            return redirect("abilities", person=person)
    name = next(iter(model.step(period.step).names.values()))
    context |= {"form": form, "step": pick(name, lang), "ordinal": period.ordinal}
    return render(request, "abilities/step_place.html", context)


@page(Role.UNIT_MANAGER, shows=FieldClass.PLAN)
@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    """How many of those on a step are at a place the programme calls rare, with the reasons."""
    visit = visit_of(request)
    mine = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).open()
    periods = StepPeriod.periods.standing().filter(until__isnull=True, enrolment__in=mine)
    rows = StepPlace.objects.filter(rare=True, period__in=periods)
    found = list(rows.select_related("person", "period", "enrolment").order_by("id"))
    steps = {(row.enrolment.programme_id, row.period.ladder, row.period.step) for row in found}
    seen([row.person_id for row in found], shows=FieldClass.PLAN)
    context = {
        "rows": [(row, _place(row)) for row in found],
        "n": len(found),
        "of": sum(
            periods.filter(enrolment__programme=version, ladder=ladder, step=step).count()
            for version, ladder, step in sorted(steps, key=str)
        ),
    }
    return render(request, "abilities/elsewhere.html", context)


def _place(row: StepPlace) -> str:
    return facts.place_name(facts.model_of(row.enrolment), row.site)
