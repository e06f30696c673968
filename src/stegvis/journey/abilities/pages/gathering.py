"""What was seen, gathered with the person's own words; and what makes work possible for them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.abilities import facts
from stegvis.journey.abilities.actions import (
    NewAdaptation,
    NewSummary,
    adapt,
    end_adaptation,
    summarise,
)
from stegvis.journey.abilities.forms import AdaptationForm, SummaryForm
from stegvis.journey.abilities.models import Adaptation, ObservationSummary
from stegvis.journey.abilities.pages.finding import (
    READERS,
    WORKERS,
    about,
    latest,
    open_one,
    written,
)
from stegvis.journey.abilities.words import NO_WORDS
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def new_summary(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Beside the form stand the observations it gathers: those that have not gone stale."""
    visit = visit_of(request)
    enrolment = open_one(person, visit)
    posted = request.POST if request.method == "POST" else None
    form = SummaryForm(posted, on=visit.scope.on, initial={"on": visit.scope.on})
    if posted is not None and form.is_valid():
        new = NewSummary(**form.cleaned_data)
        if written(form, lambda: summarise(enrolment, new, by=visit.actor)):
            messages.success(request, _("Saved."))
            return redirect("abilities", person=person)
    known = facts.marks(enrolment, on=visit.scope.on)
    fresh = [mark for mark in known if mark.seen and not mark.seen.stale]
    context = about(enrolment) | {"form": form, "marks": fresh}
    return render(request, "abilities/new_summary.html", context)


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def summary(request: HttpRequest, person: uuid.UUID, gathered: uuid.UUID) -> HttpResponse:
    """A summary, to read and to print. It says on every sheet what it is not."""
    return render(request, "abilities/summary.html", summary_sheet(request, person, gathered))


def summary_sheet(request: HttpRequest, person: uuid.UUID, gathered: uuid.UUID) -> dict[str, Any]:
    """What it holds, on the page and as a file. 404 where there is no such summary."""
    visit = visit_of(request)
    enrolment = latest(person, visit)
    rows = ObservationSummary.objects.filter(pk=gathered, person=person)
    row = rows.select_related("by").first()
    if row is None:
        raise Http404
    marks = facts.marks(enrolment, on=visit.scope.on)
    return about(enrolment) | {
        "summary": row,
        "why_none": NO_WORDS.get(row.own_words_missing, ""),
        "marks": [one for one in marks if one.seen and not one.seen.stale],
        "unit": visit.unit_name,
        "tenant": visit.tenant_name,
    }


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def adaptations(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = open_one(person, visit)
    posted = request.POST if request.method == "POST" else None
    rows = Adaptation.objects.filter(enrolment=enrolment).order_by("agreed_on", "id")
    ending = posted is not None and "end" in posted
    form = AdaptationForm(None if ending else posted, on=visit.scope.on)
    if posted is not None and ending:
        one = next((row for row in rows if str(row.pk) == posted["end"]), None)
        if one and written(form, lambda: end_adaptation(one, by=visit.actor)):
            return redirect("adaptations", person=person)
    elif posted is not None and form.is_valid():
        data = form.cleaned_data
        new = NewAdaptation(data["what"], data["agreed"], visit.scope.on, why=data["why"])
        if written(form, lambda: adapt(enrolment, new, by=visit.actor)):
            messages.success(request, _("Saved."))
            return redirect("adaptations", person=person)
    context = about(enrolment) | {
        "form": form,
        "current": [row for row in rows if row.until is None],
        "ended": [row for row in rows if row.until is not None],
    }
    return render(request, "abilities/adaptations.html", context)
