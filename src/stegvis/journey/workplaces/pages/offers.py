"""What is offered to whom, what needs a partner, and what is not delivered here."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.workplaces import actions, facts
from stegvis.journey.workplaces.forms import ServiceForm
from stegvis.journey.workplaces.models import Service
from stegvis.journey.workplaces.pages.ground import (
    done,
    got,
    must_edit,
    own_units,
    saved,
    sheet,
)
from stegvis.journey.workplaces.words import NEEDS
from stegvis.platform.access.pages import STAFF, page
from stegvis.platform.journal.visit import visit_of


@page(*STAFF)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    rows = facts.services(on=visit.scope.on)
    context = {
        "parts": [
            (needs, words, [(one, facts.edits(visit.actor, one.unit_id)) for one in found])
            for needs, words in NEEDS.items()
            if (found := [row for row in rows if row.needs == needs])
        ],
        "edits": visit.actor.holds(*facts.EDITORS),
    }
    return render(request, "workplaces/services.html", context)


@page(*facts.EDITORS)
def new_service(request: HttpRequest) -> HttpResponse:
    return _service(request, Service())


@page(*facts.EDITORS)
def change_service(request: HttpRequest, service: uuid.UUID) -> HttpResponse:
    row: Service = got(Service.services, service)
    must_edit(request, row.unit_id)
    return _service(request, row)


def _service(request: HttpRequest, row: Service) -> HttpResponse:
    visit, new = visit_of(request), row._state.adding
    known = {name: getattr(row, name) for name in ServiceForm.base_fields if not new}
    form = ServiceForm(
        request.POST if request.method == "POST" else None,
        options={"unit_id": own_units(visit)},
        initial=known,
    )

    def keep() -> None:
        row.version = form.cleaned_data["version"] or row.version
        row.unit_id = uuid.UUID(form.cleaned_data["unit_id"])
        actions.keep_service(row, form.said() | {"unit_id": row.unit_id}, by=visit.actor)

    if request.method == "POST" and form.is_valid() and done(form, keep, row=None if new else row):
        return saved(request, "services")
    title = _("New service") if new else row.name
    return sheet(request, form, title=title, back="services", place=_("What we offer"))
