"""One thing that carries or hinders; the person's own words."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.journey.mapping import actions
from stegvis.journey.mapping.forms import EntryForm, WordsForm
from stegvis.journey.mapping.models import LifeEntry, OwnWords
from stegvis.journey.mapping.pages.ground import (
    READERS,
    WRITERS,
    about,
    as_it_stands,
    done,
    enrolment_of,
    model_of,
)
from stegvis.journey.mapping.words import named, ours
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.memory import earlier

FIELDS = ("area", "text", "more", "source", "on", "worry", "derived", "helper", "state")


def _areas(model: Any, row: LifeEntry | None = None) -> list[tuple[str, Any]]:
    found = {code: area.name for code, area in named(model, "life_areas").items()}
    if row and row.area not in found:  # an area the programme has since dropped
        known = ours("life_areas").get(row.area)
        found[row.area] = known.name if known else row.area
    return list(found.items())


@page(*WRITERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def new_entry(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = enrolment_of(person, visit, open_only=True)
    asked = request.GET.get("sort", "")
    sort = asked if asked in LifeEntry.Sort.values else LifeEntry.Sort.RESOURCE.value
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        options={"area": _areas(model_of(enrolment))},
        sort=sort,
        initial={"on": visit.scope.on, "area": request.GET.get("area", "")},
    )

    def note() -> None:
        words = form.cleaned_data["own_words"]
        actions.note_entry(enrolment, sort, form.entry(), by=visit.actor, words=words)

    if request.method == "POST" and form.is_valid() and done(form, note):
        messages.success(request, _("Saved."))
        return redirect("mapping", person=person)
    context = about(enrolment, form=form, sort=sort, before=[], theirs=None)
    return render(request, "mapping/entry.html", context)


@page(*WRITERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def life_entry(request: HttpRequest, person: uuid.UUID, life: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = enrolment_of(person, visit, open_only=True)
    rows = LifeEntry.objects.filter(pk=life, person=person, enrolment=enrolment)
    row = rows.select_related("enrolment").first()
    if row is None:
        raise Http404
    initial = {name: getattr(row, name) for name in (*FIELDS, "version")}
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        options={"area": _areas(model_of(enrolment), row)},
        sort=row.sort,
        row=row,
        initial=initial,
    )

    def change() -> None:
        row.version = form.cleaned_data["version"] or 0
        actions.change_entry(row, form.entry(), by=visit.actor)

    valid = request.method == "POST" and form.is_valid()
    if valid and done(form, change, newest=lambda: as_it_stands(row).version):
        messages.success(request, _("Saved."))
        return redirect("mapping", person=person)
    context = about(
        enrolment,
        form=form,
        sort=row.sort,
        before=earlier(type(row), id=row.pk),
        theirs=as_it_stands(row) if form.non_field_errors() else None,
    )
    return render(request, "mapping/entry.html", context)


@page(*READERS, shows=FieldClass.VOICE, person="person", writes=True)
def new_words(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The person writes, or the case worker writes down what they say."""
    visit = visit_of(request)
    enrolment = enrolment_of(person, visit, open_only=True)
    form = WordsForm(request.POST if request.method == "POST" else None, on=visit.scope.on)

    def note() -> None:
        actions.note_words(enrolment, form.cleaned_data["text"], by=visit.actor, on=visit.scope.on)

    if request.method == "POST" and form.is_valid() and done(form, note):
        messages.success(request, _("Saved."))
        return redirect("mapping", person=person)
    own = visit.actor.holds(Role.PARTICIPANT)
    context = about(enrolment, form=form, before=[], own=own, theirs=None)
    return render(request, "mapping/words.html", context)


@page(Role.PARTICIPANT, shows=FieldClass.VOICE, person="person", writes=True)
def change_words(request: HttpRequest, person: uuid.UUID, said: uuid.UUID) -> HttpResponse:
    """Nobody but the person changes what they said."""
    visit = visit_of(request)
    enrolment = enrolment_of(person, visit, open_only=True)
    row = OwnWords.objects.filter(pk=said, person=person, enrolment=enrolment).first()
    if row is None:
        raise Http404
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        initial={"text": row.text, "version": row.version},
    )

    def change() -> None:
        row.version = form.cleaned_data["version"] or 0
        actions.change_words(row, form.cleaned_data["text"], by=visit.actor)

    valid = request.method == "POST" and form.is_valid()
    if valid and done(form, change, newest=lambda: as_it_stands(row).version):
        messages.success(request, _("Saved."))
        return redirect("mapping", person=person)
    theirs = as_it_stands(row) if form.non_field_errors() else None
    before = earlier(type(row), id=row.pk)
    context = about(enrolment, form=form, before=before, own=True, theirs=theirs)
    return render(request, "mapping/words.html", context)
