"""Letting what is due pass this time, with a reason that does not do twice in a row."""

from __future__ import annotations

import uuid

from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.standing.words import EXEMPTIONS, FAULTS
from stegvis.journey.steps.actions import exempt as let_it_pass
from stegvis.journey.steps.facts import known, models_for, weigh
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.portals.caseworker import coming

DECIDERS = (Role.CASE_WORKER,)


class ExemptForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why is it let pass this time?"),
        choices=list(EXEMPTIONS.items()),
        widget=forms.RadioSelect,
    )


@page(*DECIDERS, shows=FieldClass.PLAN, person="person", writes=True)
def exempt(request: HttpRequest, person: uuid.UUID, cadence: str) -> HttpResponse:
    visit = visit_of(request)
    on = visit.scope.on
    visible = Enrolment.enrolments.visible_to(visit.actor, on).open()
    enrolment = visible.filter(person=person).select_related("person").first()
    if enrolment is None:
        raise Http404
    held = Assignment.assignments.held(on).filter(
        enrolment=enrolment, part=Assignment.Part.CASE_WORKER
    )
    worker = held.order_by("-since", "-id").values_list("member", flat=True).first()
    off = calendar(visit.country, on, members=[worker]).of(worker, enrolment.unit_id)
    one = known([enrolment.pk])[enrolment.pk]
    models = models_for([enrolment.programme_id], [one])
    judged = weigh(enrolment.programme_id, one, models, on=on, off=off)
    if cadence not in {asked.code for asked in judged.programme.cadences}:
        raise Http404
    due = next((due for due in coming.follow_ups(judged) if due.what == cadence), None)
    form = ExemptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                reason = form.cleaned_data["reason"]
                let_it_pass(enrolment.pk, cadence, reason, by=visit.actor, off=off)
        except NotNow as fault:
            form.add_error("reason", str(FAULTS[fault.code]))
        except IntegrityError:
            form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
        else:
            return redirect("person", person=person)
    context = {
        "form": form,
        "person": {"name": enrolment.person.name, "url": reverse("person", args=[person])},
        "people_url": reverse("participants"),
        "what": coming.words(judged, cadence),
        "because": coming.reason(judged, due) if due else "",
        "window": due.window if due else None,
    }
    return render(request, "caseworker/exempt.html", context)
