"""Talks about a behaviour: one page for each, seen by the person and those who work with it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.motivation import actions, forms
from stegvis.journey.motivation.access import one_of
from stegvis.journey.motivation.models import TargetBehaviour
from stegvis.journey.motivation.pages.sheet import Sheet
from stegvis.journey.motivation.words import FAULTS
from stegvis.journey.people.models import Person
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow

TALKERS = (Role.CASE_WORKER, Role.WORK_SUPERVISOR)


def _about(person: uuid.UUID, visit: Visit) -> dict[str, Any]:
    row = Person.people.visible_to(visit.actor, visit.scope.on).filter(pk=person).first()
    if row is None:
        raise Http404
    return {
        "person": {
            "name": row.name,
            "first_name": row.given_name,
            "url": reverse("person", args=[person]),
        },
        "people_url": reverse("participants"),
    }


@page(*TALKERS, shows=FieldClass.MOTIVATION, person="person", writes=True)
def behaviours(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The behaviours agreed on with one person, and the form for one more."""
    visit = visit_of(request)
    context = _about(person, visit)
    posted = request.POST if request.method == "POST" else None
    form = forms.BehaviourForm(posted, day=visit.scope.on, initial={"on": visit.scope.on})
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).open()
    enrolment = rows.filter(person=person).order_by("-since", "-id").first()
    if request.method == "POST" and enrolment is None:
        form.add_error(None, _("There is no open enrolment to agree within."))
    if enrolment is not None and form.is_valid():
        made = actions.agree(enrolment, _new(form), by=visit.actor)
        return redirect("behaviour", person=person, behaviour=made.pk)
    listed = TargetBehaviour.behaviours.filter(person=person)
    context |= {"form": form if enrolment else None, "behaviours": list(listed)}
    return render(request, "motivation/behaviours.html", context)


def _new(form: forms.BehaviourForm) -> actions.NewBehaviour:
    data = dict(form.cleaned_data)
    return actions.NewBehaviour(agreed_on=data.pop("on"), **data)


@page(*TALKERS, shows=FieldClass.MOTIVATION, person="person", writes=True)
def behaviour(request: HttpRequest, person: uuid.UUID, behaviour: uuid.UUID) -> HttpResponse:
    """All that is known of one behaviour, and the support for the next talk."""
    visit = visit_of(request)
    row = one_of(person, behaviour)
    sent = request.POST.get("do", "") if request.method == "POST" else ""
    sheet = Sheet(row, visit, sent=sent, data=request.POST)
    if sent and _written(request, sheet, visit):
        return redirect(f"{request.path}#{sheet.lands_on}")
    return render(request, "motivation/behaviour.html", _about(person, visit) | sheet.context())


def _written(request: HttpRequest, sheet: Sheet, visit: Visit) -> bool:
    if sheet.sent == "end":
        return _ended(request, sheet, visit)
    form = sheet.forms.get(sheet.sent)
    if form is None or not form.is_valid():
        return False
    try:
        sheet.write(form.cleaned_data)
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
        return False
    return True


def _ended(request: HttpRequest, sheet: Sheet, visit: Visit) -> bool:
    try:
        actions.end(sheet.behaviour, by=visit.actor, on=visit.scope.on)
    except StaleRow:
        messages.warning(request, _("A colleague has changed this meanwhile. Look again."))
    return True
