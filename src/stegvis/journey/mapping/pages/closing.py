"""Closing the mapping: four answers, and what they rest on."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Programme
from stegvis.core.progression.moves import step_name
from stegvis.core.values.texts import pick
from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.forms import CloseForm
from stegvis.journey.mapping.models import Paper
from stegvis.journey.mapping.pages.ground import WRITERS, about, done, enrolment_of, model_of
from stegvis.journey.mapping.words import BASES, PAPERS, named
from stegvis.journey.standing.facts import case
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.ui.dates import long_day


@page(*WRITERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def close_mapping(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = enrolment_of(person, visit, open_only=True)
    model = model_of(enrolment)
    bases = {f"{one.kind}:{one.source}": one for one in facts.bases(enrolment)}
    form = CloseForm(
        request.POST if request.method == "POST" else None,
        on=visit.scope.on,
        options=_options(model, visit, bases),
        initial={"on": visit.scope.on},
    )

    def close() -> None:
        chosen = [bases[key] for key in form.cleaned_data["rests_on"]]
        new = form.assessment(form.cleaned_data, visit.scope.on)
        actions.close_mapping(enrolment, new, by=visit.actor, rests_on=chosen)

    if request.method == "POST" and form.is_valid() and done(form, close):
        messages.success(request, _("The mapping is closed."))
        if not form.cleaned_data["rests_on"]:
            messages.warning(request, _("No basis: the assessment names nothing it rests on."))
        return redirect("mapping", person=person)
    item = facts.mapping_due(model, case(enrolment.pk), visit.scope.on)
    early = bool(item and item.earliest and visit.scope.on < item.earliest)
    known = facts.situation(
        facts.life_entries(enrolment),
        goal=facts.job_goal(enrolment),
        papers=facts.papers(enrolment),
    )
    context = about(
        enrolment,
        form=form,
        early=item.earliest if item and early else None,
        nothing_to_cite=not bases,
        papers_lacking=[PAPERS[kind] for kind in Paper.Kind if kind not in known.papers],
        known=known,
    )
    return render(request, "mapping/close.html", context)


def _options(
    model: Programme, visit: Visit, bases: dict[str, DatedFact]
) -> dict[str, list[tuple[str, Any]]]:
    lang = get_language() or "sv"
    steps = [
        (step.code, f"{step.ordinal} {pick(step_name(model, step, visit.track), lang)}")
        for step in model.primary.steps
    ]
    return {
        "which_step": [("", _("– not answered –")), *steps],
        "which_measures": [(code, one.name) for code, one in named(model, "measures").items()],
        "rests_on": [(key, said_of(model, one)) for key, one in bases.items()],
    }


def said_of(model: Programme, fact: DatedFact) -> str:
    """A fact to cite, in words: its kind, what it is about, its day."""
    code = next(
        (fact.values[name] for name in ("ability", "item", "document") if name in fact.values), ""
    )
    words = {term.code: pick(term.texts, get_language() or "sv") for term in _abilities(model)}
    if code in Paper.Kind.values:
        words[code] = str(PAPERS[Paper.Kind(code)])
    documents = {one.code: pick(one.texts, get_language() or "sv") for one in model.documents}
    what = words.get(code) or documents.get(code) or code
    parts = (str(BASES[fact.kind]), what, long_day(fact.on))
    return ", ".join(part for part in parts if part)


def _abilities(model: Programme) -> tuple[Any, ...]:
    return model.vocabularies["abilities"].terms if "abilities" in model.vocabularies else ()
