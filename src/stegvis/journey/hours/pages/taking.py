"""What companies have confirmed, beside the ledger and the pay slips; taken over in one press."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from stegvis.journey.hours import actions
from stegvis.journey.hours.facts import ledger, proposals
from stegvis.journey.hours.pages.confirmed import beside
from stegvis.journey.hours.pages.finding import (
    WORK,
    WRITERS,
    about,
    names_employers,
    open_one,
    sent,
    written,
)
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*WRITERS, shows=WORK, person="person", writes=True)
def take_hours(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = open_one(person, visit)
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        taken: list[int] = []
        keys = form.cleaned_data["take"]
        fault = written(
            form,
            lambda: taken.append(
                actions.take_over(enrolment, keys, by=visit.actor, submission=sent(request))
            ),
        )
        if not fault:
            words = ngettext("%(n)s figure taken over.", "%(n)s figures taken over.", taken[0])
            messages.success(request, words % {"n": taken[0]})
            return redirect("month_hours", person=person)
    found = ledger(enrolment.pk)
    named = names_employers(person, visit)
    waits = beside(proposals(enrolment.pk, found), found, named=named)
    return render(request, "hours/take.html", about(enrolment) | {"form": form, "waits": waits})


class TakeForm(forms.Form):
    take = forms.TypedMultipleChoiceField(coerce=uuid.UUID, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        keys = data.getlist("take") if data is not None else []
        self.fields["take"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
