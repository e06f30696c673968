"""After the exit: whoever held the case asks once more how it is. Nothing else of the record opens
to them any longer, and this closes too when the days that count are over (decision 0031)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.followups import actions
from stegvis.journey.followups.facts.after import Left, left
from stegvis.journey.followups.forms import OutcomeForm
from stegvis.journey.followups.words import SOURCES, STATUSES
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen

ASKERS = (Role.CASE_WORKER, Role.PROTECTION_OFFICER)
OUTCOME = FieldClass.OUTCOME


@page(*ASKERS, shows=OUTCOME)
@require_safe
def after_exit(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    rows = left(visit.actor, on=visit.scope.on)
    seen([row.enrolment.person_id for row in rows], shows=OUTCOME)
    waiting = [one for one in rows if not one.answered and one.opens <= visit.scope.on]
    context = {"rows": [_row(one) | {"now": one in waiting} for one in rows], "n": len(waiting)}
    return render(request, "followups/after.html", context)


@page(*ASKERS, shows=OUTCOME, person="person", writes=True)
def outcome(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    today = visit.scope.on
    found = left(visit.actor, on=today, person=person)
    if not found:
        raise Http404
    one = found[-1]
    form = OutcomeForm(request.POST or None, today=today, initial={"on": today})
    if request.method == "POST" and form.is_valid() and _is_after(form, one):
        data = form.cleaned_data
        how: dict[str, Any] = {"on": data["on"], "source": data["source"]}
        actions.check_outcome(one.enrolment, data["status"], by=visit.actor, **how)
        messages.success(request, _("Saved."))
        return redirect("after_exit")
    return render(request, "followups/outcome.html", {"form": form, "row": _row(one)})


def _is_after(form: OutcomeForm, one: Left) -> bool:
    if form.cleaned_data["on"] >= one.enrolment.until:
        return True
    form.add_error("on", _("The day lies before the exit."))
    return False


def _row(one: Left) -> dict[str, Any]:
    row, check = one.enrolment, one.check
    return {
        "name": row.person.name,
        "url": reverse("outcome", args=[row.person_id]),
        "left": row.until,
        "opens": one.opens,
        "closes": one.closes,
        "answered": one.answered,
        "said": STATUSES[check.status] if check else "",
        "source": SOURCES[check.source] if check else "",
        "said_on": check.on if check else None,
    }
