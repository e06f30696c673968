"""The training of a site's own staff, the grade it gives, and how that came about."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.employers import actions, facts
from stegvis.journey.employers.forms import EmployeeForm, ModuleForm
from stegvis.journey.employers.models import AmbassadorModule, Employee, Site
from stegvis.journey.employers.pages.ground import done, edits, got, known, posted, saved, sheet
from stegvis.journey.employers.words import GRADES, TAGS
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*facts.READERS)
@require_safe
def site_staff(request: HttpRequest, site: uuid.UUID) -> HttpResponse:
    """Who there has gone through what; the grade with its first day, and the ones before."""
    on = visit_of(request).scope.on
    row: Site = got(Site.sites.select_related("company"), site)
    modules = list(AmbassadorModule.modules.standing(on))
    staff = list(row.employees.prefetch_related("completed").order_by("name", "id"))
    crew = facts.crews([row.pk])[row.pk]
    whole, changes = crew.ambassadors(on), crew.history(on)
    now = changes[-1]
    here = [one for one in staff if one.until is None or one.until > on]
    kind, sign = TAGS[now.grade]
    context = {
        "row": row,
        "modules": modules,
        "staff": [_ticked(one, modules, whole) for one in here],
        "gone": [one for one in staff if one not in here],
        "now": now, "words": GRADES[now.grade], "kind": kind, "sign": sign,
        "before": [(one.on, GRADES[one.grade]) for one in reversed(changes)],
        "edits": edits(request),
    }  # fmt: skip
    return render(request, "employers/staff.html", context)


def _ticked(row: Employee, modules: list[AmbassadorModule], whole: set[str]) -> dict[str, Any]:
    done = {one.module_id: one.on for one in row.completed.all()}
    ticks = [(one.name, one.pk in done, done.get(one.pk)) for one in modules]
    return {"row": row, "ticks": ticks, "whole": str(row.pk) in whole}


@page(*facts.EDITORS)
def new_employee(request: HttpRequest, site: uuid.UUID) -> HttpResponse:
    row: Site = got(Site.sites.select_related("company"), site)
    return _employee(request, Employee(site=row))


@page(*facts.EDITORS)
def change_employee(request: HttpRequest, employee: uuid.UUID) -> HttpResponse:
    return _employee(request, got(Employee.employees.select_related("site"), employee))


def _employee(request: HttpRequest, row: Employee) -> HttpResponse:
    new, title = row._state.adding, row.name
    there = {} if new else {one.module_id: one.on for one in row.completed.all()}
    modules = AmbassadorModule.modules.standing(visit_of(request).scope.on)
    form = EmployeeForm(
        posted(request), initial=known(EmployeeForm, row), modules=modules, done=there
    )  # fmt: skip
    if form.is_valid() and done(
        form, lambda: actions.keep_employee(row, form.said(), form.done()), row
    ):
        return saved(request, "site_staff", row.site_id)
    return sheet(
        request,
        form,
        title=_("One more of the staff") if new else title,
        lede=_("Only the company's own staff. Never write a participant here."),
        back="site_staff",
        key=row.site_id,
        place=row.site.name,
    )


@page(*facts.READERS)
@require_safe
def company_modules(request: HttpRequest) -> HttpResponse:
    on = visit_of(request).scope.on
    rows = list(AmbassadorModule.modules.order_by("-selected", "name", "id"))
    context = {
        "rows": [(row, row.until is not None and row.until <= on) for row in rows],
        "edits": edits(request),
    }
    return render(request, "employers/modules.html", context)


@page(*facts.EDITORS)
def new_company_module(request: HttpRequest) -> HttpResponse:
    return _module(request, AmbassadorModule())


@page(*facts.EDITORS)
def change_company_module(request: HttpRequest, module: uuid.UUID) -> HttpResponse:
    return _module(request, got(AmbassadorModule.modules, module))


def _module(request: HttpRequest, row: AmbassadorModule) -> HttpResponse:
    """For whom it is meant is said once: else grades that were would be worked out anew."""
    new, title = row._state.adding, row.name
    form = ModuleForm(posted(request), initial=known(ModuleForm, row))
    if not new:
        del form.fields["selected"]
    if form.is_valid() and done(form, lambda: actions.keep_module(row, form.said()), row):
        return saved(request, "company_modules")
    return sheet(
        request,
        form,
        title=_("New module") if new else title,
        back="company_modules",
        place=_("Training for companies"),
    )
