"""A self-rating tried in work: ordered, and what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.journey.abilities import facts
from stegvis.journey.abilities.actions import (
    NewObservation,
    NewTrial,
    call_off,
    order_trial,
    record_trial,
)
from stegvis.journey.abilities.forms import TrialForm, TriedForm
from stegvis.journey.abilities.models import SelfRating, Trial
from stegvis.journey.abilities.pages.finding import (
    WORKERS,
    about,
    colleagues,
    latest,
    open_one,
    reads_health,
    written,
)
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


def _name(enrolment: Any, rating: SelfRating) -> str:
    known = facts.words_of(facts.model_of(enrolment))
    items = facts.body() | {one.code: one for one in known}
    own = items.get(rating.item)
    return rating.named or (own.name if own else rating.item)


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def new_trial(request: HttpRequest, person: uuid.UUID, rating: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = open_one(person, visit)
    row = SelfRating.objects.filter(pk=rating, enrolment=enrolment).first()
    if row is None or (row.bodily and not reads_health(enrolment)):
        raise Http404
    form = TrialForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        choices={"tried_by": list(colleagues(enrolment, visit))},
    )
    if not row.bodily:
        del form.fields["shown"]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new = NewTrial(
            what=data["what"],
            place=data["place"],
            tried_by=uuid.UUID(data["tried_by"]),
            by_when=data["by_when"],
            shown=data.get("shown", True),
        )
        if written(form, lambda: order_trial(enrolment, row, new, by=visit.actor)):
            messages.success(request, _("Ordered."))
            return redirect("abilities", person=person)
    context = about(enrolment) | {"form": form, "rating": row, "name": _name(enrolment, row)}
    return render(request, "abilities/new_trial.html", context)


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def trial(request: HttpRequest, person: uuid.UUID, trial: uuid.UUID) -> HttpResponse:
    """What is to be tried, and writing down what could be seen. The rating stays as it was."""
    visit = visit_of(request)
    enrolment = latest(person, visit)
    rows = Trial.objects.filter(pk=trial, person=person).select_related("enrolment")
    row = rows.select_related("rating", "tried_by", "observation", "observation__by").first()
    if row is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = TriedForm(posted, on=visit.scope.on, initial={"on": visit.scope.on})
    if posted is not None:
        if "call_off" in posted:
            form.is_valid()
            if written(form, lambda: call_off(row, by=visit.actor)):
                return redirect("abilities", person=person)
        elif form.is_valid():
            data = form.cleaned_data
            new = NewObservation(ability="", seen=data["seen"], on=data["on"], words=data["words"])
            if written(form, lambda: record_trial(row, new, by=visit.actor)):
                messages.success(request, _("Saved."))
                return redirect("abilities", person=person)
    mine = row.shown and row.tried_by_id == visit.actor.member
    context = about(enrolment) | {
        "form": form,
        "trial": row,
        "told": not row.rating.bodily or mine or reads_health(enrolment),
        "name": _name(enrolment, row.rating),
        "open": row.observation_id is None and row.called_off_on is None,
    }
    return render(request, "abilities/trial.html", context)
