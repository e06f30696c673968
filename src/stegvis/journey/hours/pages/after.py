"""After-care: offered to whoever supports themselves, planned, held, ended."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.core.values.periods import add_months
from stegvis.journey.hours import actions
from stegvis.journey.hours.forms import AfterCareForm
from stegvis.journey.hours.models import AfterCare, AfterCareContact
from stegvis.journey.hours.pages.finding import CARERS, OUTCOME, sent, written
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.authority import reached
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of

USUAL = 6  # months (ours)


@page(*CARERS, shows=OUTCOME, person="person", writes=True)
def after_care(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment, on = _whose(person, visit), visit.scope.on
    plan = AfterCare.objects.filter(enrolment=enrolment, ended_on__isnull=True).first()
    do = request.POST.get("do", "")
    form = AfterCareForm(
        request.POST if do == "plan" else None,
        on=on,
        initial={"until": add_months(on, USUAL), "every": 1},
    )
    if request.method == "POST" and _done(request, form, enrolment, plan, do):
        return redirect("after_care", person=person)
    contacts = plan.contacts.select_related("by").order_by("planned", "id") if plan else []
    context = {
        "person": {"key": person, "name": enrolment.person.name},
        "form": form,
        "plan": plan,
        "contacts": list(contacts),
        "on": on,
    }
    return render(request, "hours/after_care.html", context)


def _whose(person: uuid.UUID, visit: Visit) -> Enrolment:
    wall = reached(visit.actor, OUTCOME, on=visit.scope.on, column="person_id")
    rows = Enrolment.enrolments.filter(wall, person=person).select_related("person")
    row: Enrolment | None = rows.order_by("-since", "-id").first()
    if row is None:
        raise Http404
    return row


def _done(
    request: HttpRequest, form: AfterCareForm, enrolment: Enrolment, plan: AfterCare | None, do: str
) -> bool:
    visit = visit_of(request)
    if do == "plan":
        if not form.is_valid():
            return False
        data = form.cleaned_data
        fault = written(
            form,
            lambda: actions.plan_after_care(
                enrolment, data["until"], by=visit.actor, every=data["every"],
                submission=sent(request),
            ),
        )  # fmt: skip
        said = _("Planned. Its days come to your My day.")
    elif plan is None or not do:
        return False  # somebody ended it meanwhile: the page says what there is
    elif do == "end":
        fault = written(form_of(form), lambda: actions.end_after_care(plan, by=visit.actor))
        said = _("Ended.")
    else:
        row = _contact(plan, do)
        fault = written(
            form_of(form),
            lambda: actions.hold_contact(row, by=visit.actor, on=visit.scope.on),
        )
        said = _("Saved.")
    if fault:
        if do != "plan":
            messages.warning(request, _("A colleague has changed this meanwhile. Look again."))
        return do != "plan"
    messages.success(request, said)
    return True


def form_of(form: AfterCareForm) -> AfterCareForm:
    """A form that can carry a fault, also where none was filled in."""
    return form if form.is_bound else AfterCareForm({}, on=form.fields["until"].today)  # type: ignore[attr-defined]


def _contact(plan: AfterCare, do: str) -> AfterCareContact:
    try:
        key = uuid.UUID(do.removeprefix("held:"))
    except ValueError:
        raise Http404 from None
    row: AfterCareContact | None = plan.contacts.filter(pk=key, person=plan.person_id).first()
    if row is None:
        raise Http404
    return row
