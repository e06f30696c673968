"""Reading the plan: the one page, an earlier version, two versions compared, and on paper."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stegvis.journey.plans import facts
from stegvis.journey.plans.models import PlanVersion
from stegvis.journey.plans.pages import changed
from stegvis.journey.plans.pages.found import READERS, WRITERS, crumbs, enrolment, names
from stegvis.journey.plans.pages.sheet import AGREED, Sheet
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of

REVIEWERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR)
LISTENERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR)


@page(*READERS, shows=FieldClass.PLAN, person="person")
@require_safe
def plan(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    return _shown(request, person, number=None)


@page(*READERS, shows=FieldClass.PLAN, person="person")
@require_safe
def version(request: HttpRequest, person: uuid.UUID, number: int) -> HttpResponse:
    return _shown(request, person, number=number)


def _shown(request: HttpRequest, person: uuid.UUID, *, number: int | None) -> HttpResponse:
    sheet = sheet_of(request, person, number)
    context = sheet.context() | crumbs(sheet.row)
    context |= {"may": _may(sheet), "number": number, "older": _older(sheet)}
    return render(request, "plans/plan.html", context)


def sheet_of(request: HttpRequest, person: uuid.UUID, number: int | None) -> Sheet:
    visit = visit_of(request)
    row = enrolment(person, visit, wanted=request.GET.get("enrolment", ""))
    sheet = Sheet(row, visit, number=number)
    if number is not None and sheet.version is None:
        raise Http404
    return sheet


def _may(sheet: Sheet) -> dict[str, bool]:
    """What is offered here; each page behind it asks again."""
    actor = sheet.visit.actor
    goes_on = sheet.row.until is None
    is_draft = sheet.version is not None and sheet.version.state != AGREED
    return {
        "write": goes_on and actor.holds(*WRITERS),
        "agree": goes_on and is_draft and actor.holds(*WRITERS),
        "answers": goes_on and actor.holds(Role.CASE_WORKER),
        "say": sheet.version is not None and actor.holds(*LISTENERS),
        "review": goes_on and sheet.applies() is not None and actor.holds(*REVIEWERS),
        "measures": goes_on and actor.holds(*WRITERS),
        "support": goes_on and actor.holds(Role.WORK_SUPERVISOR, Role.JOB_MEDIATOR),
        "choices": actor.holds(*LISTENERS),
    }


def _older(sheet: Sheet) -> str:
    """The enrolment in the address, when it is not the present one."""
    return f"?enrolment={sheet.row.pk}" if sheet.row.until else ""


@page(*READERS, shows=FieldClass.PLAN, person="person")
@require_safe
def compare(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Two versions, word by word where little has changed."""
    visit = visit_of(request)
    row = enrolment(person, visit, wanted=request.GET.get("enrolment", ""))
    versions = PlanVersion.versions.filter(enrolment=row)
    rows: list[Any] = list(facts.with_documents(versions).order_by("number"))
    old, new = _two(rows, request.GET.get("old", ""), request.GET.get("new", ""))
    context = crumbs(row) | {
        "versions": rows,
        "old": old,
        "new": new,
        "lines": changed.lines(old.text, new.text, names(row)) if old and new else [],
        "note": new.change_note if new else "",
        "enrolment": row.pk if row.until else "",
    }
    return render(request, "plans/compare.html", context)


def _two(rows: list[Any], old: str, new: str) -> tuple[Any, Any]:
    """The two that were asked for; else the last and the one before it."""
    known = {str(row.number): row for row in rows}
    later = known.get(new) or (rows[-1] if rows else None)
    before = [row for row in rows if later and row.number < later.number]
    return known.get(old) or (before[-1] if before else None), later
