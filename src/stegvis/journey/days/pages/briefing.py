"""The work and its safety, gone through with those who are there; and what one person has been
told."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.days import actions, facts
from stegvis.journey.days.forms import BriefingForm
from stegvis.journey.days.models import Listed
from stegvis.journey.days.pages.ground import done, parsed, people_of, place_of, sent
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen

READERS = (Role.WORK_SUPERVISOR, Role.CASE_WORKER, Role.UNIT_MANAGER, Role.PROTECTION_OFFICER)


@page(Role.WORK_SUPERVISOR, shows=FieldClass.WORK)
def briefing(request: HttpRequest, workplace: uuid.UUID, day: str) -> HttpResponse:
    """Those who are marked as here stand ticked; who came later is ticked by hand."""
    visit = visit_of(request)
    at, on = place_of(visit, workplace), parsed(day, visit)
    people = people_of(visit)
    persons = [one.person_id for one in people]
    seen(persons, shows=FieldClass.WORK)
    here = facts.here(persons, on)
    topics = facts.points(at.unit_id)[Listed.SAFETY]
    form = BriefingForm(
        request.POST if request.method == "POST" else None,
        topics=topics,
        people=people,
        initial={"people": [str(who) for who in persons if who in here]},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        keys = [uuid.UUID(one) for one in said["people"]]
        if done(
            request,
            lambda: actions.brief(
                at, on, said["items"], said["topics"], keys, by=visit.actor,
                submission=sent(request),
            ),
            form,
        ):  # fmt: skip
            messages.success(request, _("The briefing is written down."))
            return redirect("place_day", workplace=at.pk, day=on)
    context = {"form": form, "place": at, "day": on, "n_here": len(here), "n_people": len(people)}
    return render(request, "days/briefing.html", context)


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def person_briefings(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).filter(person=person)
    enrolment = rows.select_related("person").order_by("-since", "-id").first()
    if enrolment is None:
        raise Http404
    context = {
        "person": {"key": person, "name": enrolment.person.name,
                   "url": reverse("person", args=[person])},
        "people_url": reverse("participants"),
        "rows": facts.safety_log(person),
    }  # fmt: skip
    return render(request, "days/person.html", context)
