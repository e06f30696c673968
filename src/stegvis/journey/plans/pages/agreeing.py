"""Agreeing on a draft, and writing down the person's words beside it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.core.progression.plans import GOAL, lacking, units
from stegvis.journey.background.actions import go_on_without
from stegvis.journey.background.facts import inventory_state
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.plans import actions
from stegvis.journey.plans.forms.beside import AnswerForm, DecideForm, NoteForm, WordsForm
from stegvis.journey.plans.models import PlanVersion, Saying
from stegvis.journey.plans.pages.found import WRITERS, crumbs, early_goals, enrolment, unfinished
from stegvis.journey.plans.pages.sheet import Sheet
from stegvis.journey.plans.words import FAULTS, LACKING
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow


@page(*WRITERS, shows=FieldClass.PLAN, person="person", writes=True)
def agree(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Both sides: the case worker's own yes, and the person's as it was given on paper or aloud."""
    visit = visit_of(request)
    sheet = Sheet(enrolment(person, visit, going=True), visit)
    if sheet.version is None or sheet.version.state == PlanVersion.State.AGREED:
        return redirect("plan", person=person)
    lacks = lacking(sheet.document)
    warnings = early_goals(sheet.document, person, visit)
    notes = may(visit.actor, Act.WRITE, person, FieldClass.VOICE, on=visit.scope.on)
    inventory = inventory_state(sheet.row)
    lacking_some = bool(set(lacks) - {"aim"} or warnings)
    form = _forms(request, sheet.version, lacks=lacking_some, warns=inventory.warns, notes=notes)
    do = request.POST.get("do", "")
    if request.method == "POST" and do in form and _acknowledged(form[do], do, sheet, visit):
        messages.success(request, _("It is written down."))
        return redirect("plan", person=person)
    context = sheet.context() | crumbs(sheet.row)
    context |= {"form": form, "lacks": [LACKING[code] for code in lacks], "early": warnings}
    context |= {"inventory": unfinished(inventory)}
    return render(request, "plans/agree.html", context)


def _forms(
    request: HttpRequest, version: PlanVersion, *, lacks: bool, warns: bool, notes: bool
) -> dict[str, forms.Form]:
    do = request.POST.get("do", "")
    first = {"seen": version.revision}

    def data(name: str) -> Any:
        return request.POST if do == name else None

    found: dict[str, forms.Form] = {
        "decided": DecideForm(
            data("decided"), initial=first, prefix="decided", lacks=lacks, warns=warns
        )
    }
    if notes:
        found["noted"] = NoteForm(data("noted"), initial=first, prefix="noted")
    return found


def _acknowledged(form: forms.Form, do: str, sheet: Sheet, visit: Visit) -> bool:
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        if data.get("without"):
            go_on_without(sheet.row, data["without"], by=visit.actor)
        actions.acknowledge(
            sheet.version,
            by=visit.actor,
            how="decided" if do == "decided" else data["how"],
            seen=data["seen"],
            otherwise=data.get("otherwise", ""),
        )
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
    except StaleRow:
        form.add_error(
            None, _("The text has been changed meanwhile. Read it again before you say yes.")
        )
    else:
        return True
    return False


@page(Role.CASE_WORKER, Role.JOB_MEDIATOR, shows=FieldClass.VOICE, person="person", writes=True)
def words(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The person's own words, or that they see it otherwise, written down as they said it."""
    visit = visit_of(request)
    sheet = Sheet(enrolment(person, visit), visit)
    if sheet.version is None:
        raise Http404
    goals = [(key, unit["text"]) for key, unit in units(sheet.document, GOAL).items()]
    form = WordsForm(request.POST if request.method == "POST" else None, about=goals)
    if request.method == "POST" and form.is_valid() and _said(form, sheet.version, visit):
        return redirect("plan", person=person)
    context = crumbs(sheet.row) | {"form": form, "sayings": sheet.context()["sayings"]}
    return render(request, "plans/words.html", context)


def _said(form: WordsForm, version: PlanVersion, visit: Visit) -> bool:
    data = form.cleaned_data
    try:
        if data["kind"] == Saying.Kind.WORDS:
            actions.say_words(version, data["text"], by=visit.actor)
        else:
            about = uuid.UUID(data["about"]) if data["about"] else None
            actions.disagree(version, data["text"], by=visit.actor, about=about)
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
        return False
    return True


@page(Role.CASE_WORKER, shows=FieldClass.VOICE, person="person", writes=True)
def answer(request: HttpRequest, person: uuid.UUID, saying: uuid.UUID) -> HttpResponse:
    """The case worker's answer, under what the person said; their words are not touched."""
    visit = visit_of(request)
    row = enrolment(person, visit)
    said = Saying.objects.filter(
        pk=saying, person=person, enrolment=row, kind=Saying.Kind.DISAGREEMENT
    ).first()
    if said is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.answer(said, form.cleaned_data["text"], by=visit.actor)
        return redirect("plan", person=person)
    return render(request, "plans/answer.html", crumbs(row) | {"form": form, "said": said})
