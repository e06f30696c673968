"""The register of workplaces and their areas, and what is known of their extent."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.workplaces import actions, facts
from stegvis.journey.workplaces.forms import WEEK, AreaForm, DescriptionForm, WorkplaceForm
from stegvis.journey.workplaces.models import Task, WorkArea, Workplace, WorkplaceKind
from stegvis.journey.workplaces.pages.ground import (
    done,
    got,
    must_edit,
    own_units,
    saved,
    sheet,
)
from stegvis.journey.workplaces.words import FINANCING, MANUAL
from stegvis.platform.access.pages import STAFF, page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of


@page(*STAFF)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every workplace with its areas: how many hours are known, and how many areas say none."""
    visit = visit_of(request)
    on = visit.scope.on
    areas = facts.areas_of(None, on=on)
    rows = [
        (place, [area for area in areas if area.workplace_id == place.pk])
        for place in facts.workplaces(on=on)
    ]
    context = {
        "rows": [(place, own, facts.capacity(own)) for place, own in rows],
        "capacity": facts.capacity(areas),
        "manuals": MANUAL,
        "kinds": WorkplaceKind.objects.filter(until__isnull=True).order_by("name", "id"),
        "edits": visit.actor.holds(*facts.EDITORS),
    }
    return render(request, "workplaces/register.html", context)


@page(*facts.EDITORS)
def work_starters(request: HttpRequest) -> HttpResponse:
    """Take in the kinds and functions we begin with, those that are not there yet."""
    if request.method == "POST":
        n = actions.take_in_starters({"SE": "sv", "DK": "da"}[visit_of(request).country])
        messages.success(request, _("%(n)s words have come in.") % {"n": n})
    return redirect("workplaces")


@page(*facts.EDITORS)
def new_workplace(request: HttpRequest) -> HttpResponse:
    return _workplace(request, Workplace())


@page(*facts.EDITORS)
def change_workplace(request: HttpRequest, workplace: uuid.UUID) -> HttpResponse:
    row: Workplace = got(Workplace.objects, workplace)
    must_edit(request, row.unit_id)
    return _workplace(request, row)


def _workplace(request: HttpRequest, row: Workplace) -> HttpResponse:
    visit, new = visit_of(request), row._state.adding
    kinds = WorkplaceKind.objects.filter(until__isnull=True).order_by("name", "id")
    names = ("name", "unit_id", "kind_id", "offer", "target_group", "financing", "closed_on")
    hours = {f"day_{n}": pair for n, pair in enumerate(row.hours)}
    known = {name: getattr(row, name) for name in names if not new}
    form = WorkplaceForm(
        request.POST if request.method == "POST" else None,
        options={
            "unit_id": own_units(visit),
            "kind_id": [("", _("– none –")), *((str(one.pk), one.name) for one in kinds)],
        },
        initial=known | hours | {"version": row.version},
    )

    def keep() -> None:
        said = form.said()
        kind = said.pop("new_kind").strip()
        if kind:
            said["kind_id"] = actions.add_kind(kind).pk
        row.version = form.cleaned_data["version"] or row.version
        row.unit_id = uuid.UUID(said["unit_id"])
        actions.keep_workplace(row, said | {"unit_id": row.unit_id}, by=visit.actor)

    if request.method == "POST" and form.is_valid() and done(form, keep, row=None if new else row):
        return saved(request, "workplace", row.pk)
    title = _("New workplace") if new else row.name
    return sheet(request, form, title=title, back="workplaces", place=_("Workplaces"))


@page(*STAFF)
@require_safe
def workplace(request: HttpRequest, workplace: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    on = visit.scope.on
    row: Workplace = got(Workplace.objects.select_related("unit", "kind"), workplace)
    areas = [area for area in facts.areas_of(row.unit_id, on=on) if area.workplace_id == row.pk]
    context = {
        "row": row,
        "areas": [(area, MANUAL[WorkArea.Manual(area.manual)]) for area in areas],
        "capacity": facts.capacity(areas),
        "financing": FINANCING[Workplace.Financing(row.financing)],
        "hours": list(zip(WEEK, row.hours, strict=True)) if row.hours else [],
        "tasks": list(facts.catalogue(on=on).filter(workplace=row)),
        "edits": facts.edits(visit.actor, row.unit_id),
    }
    return render(request, "workplaces/workplace.html", context)


@page(*facts.EDITORS)
def new_area(request: HttpRequest, workplace: uuid.UUID) -> HttpResponse:
    place: Workplace = got(Workplace.objects, workplace)
    return _area(request, WorkArea(workplace=place))


@page(*facts.EDITORS)
def change_area(request: HttpRequest, area: uuid.UUID) -> HttpResponse:
    return _area(request, got(WorkArea.areas.select_related("workplace"), area))


def _area(request: HttpRequest, row: WorkArea) -> HttpResponse:
    must_edit(request, row.workplace.unit_id)
    visit, new = visit_of(request), row._state.adding
    known = {name: getattr(row, name) for name in (*AreaForm.base_fields,)}
    form = AreaForm(request.POST if request.method == "POST" else None, initial=known)

    def keep() -> None:
        row.version = form.cleaned_data["version"] or row.version
        actions.keep_area(row, form.said(), by=visit.actor)

    if request.method == "POST" and form.is_valid() and done(form, keep, row=None if new else row):
        return saved(request, "workplace", row.workplace_id)
    return sheet(
        request,
        form,
        title=_("New area") if new else row.name,
        back="workplace",
        key=row.workplace_id,
        place=row.workplace.name,
    )


@page(*STAFF)
@require_safe
def area_manual(request: HttpRequest, area: uuid.UUID) -> HttpResponse:
    """How the work of an area is done, and how it was said to be done before."""
    row: WorkArea = got(WorkArea.areas.select_related("workplace"), area)
    versions = list(row.descriptions.select_related("by").order_by("-number", "-id"))
    context = {
        "row": row,
        "newest": versions[0] if versions else None,
        "earlier": versions[1:],
        "edits": facts.edits(visit_of(request).actor, row.workplace.unit_id),
    }
    return render(request, "workplaces/manual.html", context)


@page(Role.UNIT_MANAGER, Role.WORK_SUPERVISOR)
def describe_area(request: HttpRequest, area: uuid.UUID) -> HttpResponse:
    row: WorkArea = got(WorkArea.areas.select_related("workplace"), area)
    return describing(request, row, "area_manual")


def describing(request: HttpRequest, row: WorkArea | Task, back: str) -> HttpResponse:
    """A new version, beginning from the one before."""
    must_edit(request, row.workplace.unit_id)
    last = row.descriptions.order_by("-number", "-id").first()
    initial = {"steps": last.steps, "text": last.text, "seen": last.number} if last else {}
    form = DescriptionForm(request.POST if request.method == "POST" else None, initial=initial)

    def keep() -> None:
        data = form.cleaned_data
        new = actions.NewDescription(data["text"], tuple(data["steps"]), data["seen"])
        actions.describe(row, new, by=visit_of(request).actor)

    if request.method == "POST" and form.is_valid() and done(form, keep):
        return saved(request, back, row.pk)
    title = _("How it is done: %(name)s") % {"name": row.name}
    lede = _("Saved as a new version. The ones before are kept.")
    return sheet(request, form, title=title, lede=lede, back=back, key=row.pk, place=row.name)
