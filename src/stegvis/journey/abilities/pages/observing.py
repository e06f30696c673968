"""Seeing someone at work, written down in three touches: the person, the ability, what was seen."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.abilities import facts
from stegvis.journey.abilities.actions import (
    NewObservation,
    NewSupport,
    give_support,
    observe,
    strike,
)
from stegvis.journey.abilities.forms import ObserveForm, SupportForm
from stegvis.journey.abilities.models import Observation, Trial, WorkshopOrder
from stegvis.journey.abilities.pages.finding import WORKERS, about, open_one, written
from stegvis.journey.abilities.words import SEEN, SUPPORT
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen

SIGNS = {"works": "check", "with_support": "users", "not_now": "minus"}


@page(*WORKERS, shows=FieldClass.WORK)
@require_safe
def observe_list(request: HttpRequest) -> HttpResponse:
    """The people one works with: touch a name. Below, what one has written down today."""
    visit = visit_of(request)
    on, me = visit.scope.on, visit.actor.member
    mine = Assignment.assignments.held(on).filter(member=me).values("enrolment")
    rows = (
        Enrolment.enrolments.visible_to(visit.actor, on)
        .open()
        .filter(pk__in=mine)
        .select_related("person")
        .annotate(
            seen_on=Max("observations__on", filter=Q(observations__struck_on__isnull=True)),
        )
        .order_by("person__given_name", "person__family_name", "id")
    )
    people = list(rows)
    seen([row.person_id for row in people], shows=FieldClass.WORK)
    context = {
        "people": [_tile(row, on) for row in people],
        "today": _today(visit, people),
        "trials": _trials(visit, people),
        "orders": _orders(visit, people),
    }
    return render(request, "abilities/observe.html", context)


def _tile(row: Any, on: dt.date) -> dict[str, Any]:
    return {
        "name": row.person.name,
        "url": reverse("observe_person", args=[row.person_id]),
        "seen_on": row.seen_on,
        "days": (on - row.seen_on).days if row.seen_on else None,
    }


def _today(visit: Visit, people: list[Any]) -> list[dict[str, Any]]:
    """What the visitor has written down today, so that a slip of the hand can be taken back."""
    rows = Observation.observations.standing().filter(
        by=visit.actor.member, on=visit.scope.on, enrolment__in=people
    )
    found = list(rows.order_by("-created_at", "-id")[:6])
    if not found:
        return []
    names = {row.pk: row for row in people}
    items = {
        model: facts.items(facts.model_of(row), on=visit.scope.on)
        for model, row in {row.programme_id: row for row in people}.items()
    }
    shown = []
    for row in found:
        enrolment = names[row.enrolment_id]
        item = items[enrolment.programme_id].get(row.ability)
        shown.append(
            {
                "person": enrolment.person.name,
                "what": item.name if item else _("Tried in work"),
                "seen": SEEN[row.seen],
                "url": reverse("observe_person", args=[row.person_id]),
                "key": row.pk,
            }
        )
    return shown


def _trials(visit: Visit, people: list[Any]) -> Any:
    rows = Trial.objects.filter(
        enrolment__in=people,
        tried_by=visit.actor.member,
        observation__isnull=True,
        called_off_on__isnull=True,
    )
    return rows.select_related("person").order_by("by_when", "id")


def _orders(visit: Visit, people: list[Any]) -> Any:
    rows = WorkshopOrder.objects.filter(
        enrolment__in=people, supervisor=visit.actor.member, closed_on__isnull=True
    )
    return rows.select_related("person").order_by("due_on", "id")


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def observe_person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The abilities as large targets, and three buttons that say what was seen and send it."""
    visit = visit_of(request)
    enrolment = open_one(person, visit)
    items = facts.items(facts.model_of(enrolment), on=visit.scope.on)
    choices = [(one.code, one.name) for one in items.values() if not one.bodily]
    posted = request.POST if request.method == "POST" else None
    form = ObserveForm(posted, on=visit.scope.on, choices={"ability": choices})
    if posted is not None and _done(form, enrolment, visit, posted):
        messages.success(request, _("Saved."))
        return redirect("observe")
    context = about(enrolment) | {
        "form": form,
        "seen": [(code, word, SIGNS[code]) for code, word in SEEN.items()],
        "support": SUPPORT.items(),
        "observe_url": reverse("observe"),
    }
    return render(request, "abilities/observe_person.html", context)


def _done(form: ObserveForm, enrolment: Enrolment, visit: Visit, posted: Any) -> bool:
    if "strike" in posted:
        return _struck(form, enrolment, visit, posted["strike"])
    if "what" in posted:
        support = SupportForm(posted, on=visit.scope.on)
        if not support.is_valid():
            return False
        given = NewSupport(support.cleaned_data["what"], visit.scope.on)
        return written(form, lambda: give_support(enrolment, given, by=visit.actor))
    if not form.is_valid():
        return False
    data = form.cleaned_data
    new = NewObservation(
        ability=data["ability"],
        seen=data["seen"],
        on=visit.scope.on,
        situation=data["situation"],
        words=data["words"],
    )
    return written(form, lambda: observe(enrolment, new, by=visit.actor))


def _struck(form: ObserveForm, enrolment: Enrolment, visit: Visit, key: str) -> bool:
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return False
    row = Observation.observations.filter(pk=wanted, enrolment=enrolment).first()
    return row is not None and written(form, lambda: strike(row, by=visit.actor))
