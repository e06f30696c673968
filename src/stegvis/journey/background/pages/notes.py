"""Writing down, correcting and striking out one note: a form of its own for each kind."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stegvis.journey.background import actions, forms
from stegvis.journey.background.models import (
    AgencyHandler,
    AgencyPeriod,
    Asset,
    ContactSurface,
    CoordinationMeeting,
    Critique,
    EarlierIntervention,
    Note,
    OutsideAnalysis,
)
from stegvis.journey.background.pages.roads import MAPPERS, framed, road_of
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of note: its rows, its form, what the page is called, and where one comes from."""

    model: type[Note]
    form: type[forms.NoteForm]
    title: Any
    page: str


SORTS: Mapping[str, Sort] = {
    "period": Sort(
        AgencyPeriod,
        forms.PeriodForm,
        gettext_lazy("Time enrolled with an authority"),
        "background",
    ),
    "measure": Sort(
        EarlierIntervention, forms.InterventionForm, gettext_lazy("Earlier measure"), "background"
    ),
    "handler": Sort(
        AgencyHandler, forms.HandlerForm, gettext_lazy("An authority's handler"), "background"
    ),
    "contact": Sort(
        ContactSurface,
        forms.ContactForm,
        gettext_lazy("Contact that takes time"),
        "contact_surfaces",
    ),
    "meeting": Sort(
        CoordinationMeeting,
        forms.MeetingForm,
        gettext_lazy("Coordination meeting"),
        "contact_surfaces",
    ),
    "critique": Sort(Critique, forms.CritiqueForm, gettext_lazy("Critique"), "ahead"),
    "asset": Sort(Asset, forms.AssetForm, gettext_lazy("Forward mapping"), "ahead"),
    "outside": Sort(OutsideAnalysis, forms.OutsideForm, gettext_lazy("Outside analysis"), "ahead"),
}


def _sort(what: str) -> Sort:
    if what not in SORTS:
        raise Http404
    return SORTS[what]


@page(*MAPPERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def new_note(request: HttpRequest, person: uuid.UUID, what: str) -> HttpResponse:
    visit, sort = visit_of(request), _sort(what)
    road = road_of(person, visit)
    data = request.POST if request.method == "POST" else None
    form = sort.form(data, on=visit.scope.on, country=visit.country, initial={"on": visit.scope.on})
    if request.method == "POST" and form.is_valid():
        actions.write_down(sort.model, person, form.values(), by=visit.actor, enrolment=road)
        messages.success(request, _("Saved."))
        again = request.POST.get("do") == "again"
        return redirect(request.path if again else reverse(sort.page, args=[person]))
    return render(request, "background/note.html", _context(sort, form, road, None))


@page(*MAPPERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def change_note(
    request: HttpRequest, person: uuid.UUID, what: str, past: uuid.UUID
) -> HttpResponse:
    visit, sort = visit_of(request), _sort(what)
    row = sort.model.notes.standing().filter(pk=past, person=person).first()
    if row is None:
        raise Http404
    road = road_of(person, visit)
    data = request.POST if request.method == "POST" else None
    initial = sort.form.of(row)
    form = sort.form(data, on=visit.scope.on, country=visit.country, initial=initial)
    if request.method == "POST" and _changed(request, row, form, visit):
        return redirect(sort.page, person=person)
    context = _context(sort, form, road, row)
    return render(request, "background/note.html", context)


def _changed(request: HttpRequest, row: Note, form: forms.NoteForm, visit: Visit) -> bool:
    try:
        if request.POST.get("do") == "strike":
            actions.strike(row, by=visit.actor)
            messages.success(request, _("Struck out. It counts no more."))
            return True
        if not form.is_valid():
            return False
        row.version = form.cleaned_data["version"] or row.version  # as it was when it was read
        said = {name: v for name, v in form.values().items() if name != "on" or "on" in form.fields}
        actions.change(row, said, by=visit.actor)
    except StaleRow:
        form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
        form.theirs = type(form).of(type(row).notes.get(pk=row.pk))  # type: ignore[attr-defined]
        return False
    messages.success(request, _("Saved."))
    return True


def _context(sort: Sort, form: forms.NoteForm, road: Enrolment, row: Note | None) -> dict[str, Any]:
    theirs = getattr(form, "theirs", {})
    return {
        **framed(road),
        "title": sort.title,
        "form": form,
        "is_new": row is None,
        "theirs": [
            (form.fields[name].label, said)
            for name, said in theirs.items()
            if name != "version" and name in form.fields and said not in ("", None)
        ],
        "back_url": reverse(sort.page, args=[road.person_id]),
    }
