"""Writing down what the person says of themselves, because they asked for it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.journey.abilities import facts
from stegvis.journey.abilities.actions import NewRating, rate
from stegvis.journey.abilities.forms import RatingForm
from stegvis.journey.abilities.models import OWN
from stegvis.journey.abilities.pages.finding import about, open_one, reads_health, written
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of


@page(Role.CASE_WORKER, Role.JOB_MEDIATOR, shows=FieldClass.VOICE, person="person", writes=True)
def rating(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = open_one(person, visit)
    health = reads_health(enrolment)
    items = facts.items(facts.model_of(enrolment), on=visit.scope.on)
    choices: list[tuple[str, Any]] = [
        (one.code, one.name) for one in items.values() if health or not one.bodily
    ]
    if health:
        choices.append((OWN, _("Something else, in the person's words")))
    form = RatingForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        choices={"item": choices},
        initial={"item": request.GET.get("item", ""), "on": visit.scope.on},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new = NewRating(
            item=data["item"],
            named=data["named"],
            words=data["words"],
            on=data["on"],
            **form.said(),
        )
        if written(form, lambda: rate(enrolment, new, by=visit.actor)):
            messages.success(request, _("Saved."))
            return redirect("abilities", person=person)
    return render(request, "abilities/rate.html", about(enrolment) | {"form": form})
