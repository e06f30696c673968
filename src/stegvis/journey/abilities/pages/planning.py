"""A step's planning document: filled in with the person, in versions, each fit for one sheet."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.programme.model import Document, Programme
from stegvis.core.values.texts import pick
from stegvis.journey.abilities import facts
from stegvis.journey.abilities.actions import NewPlanning, write_planning
from stegvis.journey.abilities.forms import PlanningForm
from stegvis.journey.abilities.models import PlanningDocument
from stegvis.journey.abilities.pages.finding import (
    READERS,
    WORKERS,
    about,
    latest,
    open_one,
    written,
)
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def planning(request: HttpRequest, person: uuid.UUID, plan_form: str) -> HttpResponse:
    """The form, with the latest version's answers to go on from, and the versions there are."""
    visit = visit_of(request)
    enrolment = open_one(person, visit)
    model = facts.model_of(enrolment)
    asked = facts.forms(model).get(plan_form)
    if asked is None:
        raise Http404
    versions = _versions(enrolment, plan_form)
    picks = _Picks(enrolment, model, asked, versions, visit.scope.on)
    every = bool(request.GET.get("later"))
    form = PlanningForm(
        request.POST if request.method == "POST" else None,
        document=asked,
        picks=picks.every if every else picks.now,
        initial=_initial(versions),
    )
    if request.method == "POST" and form.is_valid():
        seen, on = form.cleaned_data["seen"], visit.scope.on
        new = NewPlanning(plan_form, form.planned(), on, seen=seen)
        if written(form, lambda: write_planning(enrolment, new, by=visit.actor)):
            messages.success(request, _("Saved as a new version."))
            return redirect("abilities", person=person)
    # Somebody was faster: both stand on the page, and the next try is meant of what stands now.
    newest = versions[0].number if versions else 0
    faster = versions[0] if request.method == "POST" and _seen(form) < newest else None
    context = about(enrolment) | {
        "form": form,
        "newest": newest,
        "title": pick(asked.texts, get_language() or "sv"),
        "document": plan_form,
        "versions": versions,
        "faster": _answers(faster, model) if faster else None,
        "later": len(picks.later),
        "all": every,
    }
    return render(request, "abilities/planning.html", context)


class _Picks:
    """What each question may take. Tasks of a later step than the person's are left out until they
    are asked for, but not those that stand in the latest version (AJ-58)."""

    def __init__(
        self,
        enrolment: Enrolment,
        model: Programme,
        asked: Document,
        versions: list[PlanningDocument],
        on: dt.date,
    ) -> None:
        self.every = facts.picks(model, asked)
        stands = {
            code for one in (versions[0].answers if versions else ()) for code in one["picked"]
        }
        names = facts.later_names(enrolment, model, on=on) if self.every else frozenset()
        self.later = {
            term.code
            for terms in self.every.values()
            for term in terms
            if term.code not in stands and facts.is_named(term, names)
        }
        self.now = {
            n: tuple(term for term in terms if term.code not in self.later)
            for n, terms in self.every.items()
        }


def _versions(enrolment: Enrolment, document: str) -> list[PlanningDocument]:
    rows = PlanningDocument.objects.filter(enrolment=enrolment, document=document)
    return list(rows.select_related("by").order_by("-number"))


def _seen(form: PlanningForm) -> int:
    return (form.cleaned_data.get("seen") or 0) if form.is_bound and form.cleaned_data else 0


def _initial(versions: list[PlanningDocument]) -> dict[str, Any]:
    found: dict[str, Any] = {"seen": versions[0].number if versions else 0}
    for n, one in enumerate(versions[0].answers if versions else (), start=1):
        found[f"answer_{n}"] = one["answer"]
        found[f"not_relevant_{n}"] = one["not_relevant"]
        found[f"picked_{n}"] = one["picked"]
    return found


def _answers(row: PlanningDocument, model: Any) -> dict[str, Any]:
    """A version's questions and answers in words."""
    names, lang = facts.term_names(model), get_language() or "sv"
    return {
        "row": row,
        "answers": [
            {
                "question": pick(one["question"], lang),
                "answer": one["answer"],
                "not_relevant": one["not_relevant"],
                "picked": [names.get(code, code) for code in one["picked"]],
            }
            for one in row.answers
        ],
    }


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def planning_version(
    request: HttpRequest, person: uuid.UUID, plan_form: str, nth: int
) -> HttpResponse:
    """One version as it was written: name, date, every question; one sheet of paper."""
    context = planning_sheet(request, person, plan_form, nth)
    return render(request, "abilities/planning_version.html", context)


def planning_sheet(
    request: HttpRequest, person: uuid.UUID, plan_form: str, nth: int
) -> dict[str, Any]:
    """What the sheet holds, on the page and as a file. 404 where there is no such version."""
    visit = visit_of(request)
    enrolment = latest(person, visit)
    model = facts.model_of(enrolment)
    rows = PlanningDocument.objects.filter(person=person, document=plan_form)
    versions = list(rows.select_related("by").order_by("-number"))
    row = next((one for one in versions if one.number == nth), None)
    if row is None:
        raise Http404
    asked = {one.code: one for one in model.documents}.get(plan_form)
    return about(enrolment) | {
        "title": pick(asked.texts, get_language() or "sv") if asked else plan_form,
        "document": plan_form,
        "versions": versions,
        "unit": visit.unit_name,
        "tenant": visit.tenant_name,
        **_answers(row, model),
    }
