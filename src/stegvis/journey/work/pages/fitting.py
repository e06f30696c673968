"""What fits: a person's tasks under their headings, the limits agreed, and a task's people."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.matching.fits import READING, State, Term, Verdict
from stegvis.journey.abilities.facts import model_of
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.work.actions import NewLimit, agree_limit, end_limit
from stegvis.journey.work.facts import (
    TaskFit,
    known_of,
    step_of,
    task_fit,
    tasks_in,
    what_fits,
)
from stegvis.journey.work.forms import LimitForm
from stegvis.journey.work.models import FunctionLimit
from stegvis.journey.work.pages.finding import READERS, WORKERS, about, latest, open_one, written
from stegvis.journey.work.words import LEVEL_WORDS, VERDICTS
from stegvis.journey.workplaces.facts import asked_of
from stegvis.journey.workplaces.models import Function, Task
from stegvis.journey.workplaces.words import group_name
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen

SIGNS = {State.ENOUGH: "check", State.SHORT: "arrow-up", State.UNKNOWN: "circle-question-mark"}


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def fitting(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The unit's tasks under their headings, with why. Tasks of a later step are folded away
    until they are asked for (`?later=1`)."""
    visit = visit_of(request)
    row, on = latest(person, visit), visit.scope.on
    step = step_of(row, model_of(row), on=on)
    known = known_of([row.pk], on=on)[row.pk]
    tasks = tasks_in(row.unit_id, on=on, enrolment=row.pk)
    found = what_fits(known, tasks, on=on, step=step.ordinal if step else None)
    later = [one for one in found if one.later]
    shown = found if request.GET.get("later") else [one for one in found if not one.later]
    context = about(row) | {
        "headings": list(headings(shown, month=on.month)),
        "n": len(shown),
        "later": len(later),
        "all": bool(request.GET.get("later")),
        "writes": row.until is None and visit.actor.holds(*WORKERS),
        "limits": _limits_said(known.agreed),
    }
    return render(request, "work/fitting.html", context)


def headings(found: Iterable[TaskFit], *, month: int) -> Iterable[dict[str, Any]]:
    """Each answer with its tasks, in the order they are read; an empty one is said too."""
    by: dict[Verdict, list[TaskFit]] = {one: [] for one in READING}
    for one in found:
        by[one.verdict].append(one)
    for verdict, ones in by.items():
        words, kind, icon = VERDICTS[verdict]
        yield {
            "code": verdict, "words": words, "kind": kind, "icon": icon,
            "tasks": [_shown(one, month) for one in ones],
        }  # fmt: skip


def _shown(one: TaskFit, month: int) -> dict[str, Any]:
    agreed = {limit.function: limit.at_most for limit in one.against}
    terms = [_term(term, one.names, agreed) for term in one.fit.terms]
    return {
        "task": one.task,
        "out": not one.task.in_season(month),
        "later": one.later,
        "terms": sorted(terms, key=lambda term: (term["order"], not term["hard"])),
    }


def _term(term: Term, names: Any, agreed: dict[str, int]) -> dict[str, Any]:
    """One line of why: what is asked, what there is, where it is known from. A limit agreed with
    the person stands before what was seen."""
    asked, proof = term.requirement, term.evidence
    limited = agreed.get(asked.function)
    against = limited is not None and asked.level > limited
    state = State.SHORT if against else term.state
    return {
        "name": names[asked.function],
        "asks": LEVEL_WORDS[asked.level],
        "hard": asked.hard,
        "why": asked.why,
        "state": "against" if against else str(state),
        "icon": "triangle-alert" if against else SIGNS[state],
        "at_most": LEVEL_WORDS[limited] if against and limited is not None else "",
        "has": LEVEL_WORDS[proof.level] if proof and not against else "",
        "kind": proof.kind if proof and not against else "",
        "on": proof.on if proof and not against else None,
        "order": 0 if against else (State.SHORT, State.UNKNOWN, State.ENOUGH).index(state) + 1,
    }


# Limits


def _held(row: Enrolment) -> list[FunctionLimit]:
    rows = FunctionLimit.objects.filter(enrolment=row, until__isnull=True)
    return list(rows.select_related("by").order_by("since", "id"))


def _limits_said(rows: list[FunctionLimit]) -> list[dict[str, Any]]:
    """In words; one query where there are any."""
    names = dict(Function.objects.order_by("id").values_list("code", "name")) if rows else {}
    return [
        {
            "row": one,
            "name": names.get(one.function, one.function),
            "at_most": LEVEL_WORDS[one.at_most],
        }
        for one in rows
    ]


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def limits(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """What work is not to ask for now, agreed with the person. Never why: that is theirs."""
    visit = visit_of(request)
    row = open_one(person, visit)
    held = _held(row)
    ended = request.POST.get("end", "") if request.method == "POST" else ""
    form = LimitForm(
        request.POST if request.method == "POST" and not ended else None,
        on=visit.scope.on,
        choices={"function": functions()},
    )
    if ended:
        one = next((one for one in held if str(one.pk) == ended), None)
        if one is None:
            raise Http404
        end_limit(one, by=visit.actor)
        return redirect("limits", person=person)
    if request.method == "POST" and form.is_valid():
        new = NewLimit(form.cleaned_data["function"], form.cleaned_data["at_most"])
        if written(form, lambda: agree_limit(row, new, by=visit.actor)):
            messages.success(request, _("Saved."))
            return redirect("limits", person=person)
    context = {"form": form, "rows": _limits_said(held)}
    return render(request, "work/limits.html", about(row) | context)


def functions() -> list[tuple[str, Any]]:
    """By group, as a list of choices."""
    lang = get_language() or "sv"
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in Function.objects.filter(until__isnull=True).order_by("group", "name", "id"):
        groups.setdefault(group_name(row.group, lang), []).append((row.code, row.name))
    return [("", _("– choose –")), *groups.items()]


# One task, and who could do it


@page(*WORKERS, shows=FieldClass.WORK)
@require_safe
def task_people(request: HttpRequest, task: uuid.UUID) -> HttpResponse:
    """Of those one works with: who could do the task now, who can train for it, who not now and
    why. In the order of their names; nobody is ranked."""
    visit = visit_of(request)
    on = visit.scope.on
    row: Task | None = Task.tasks.filter(pk=task).select_related("workplace", "area").first()
    if row is None:
        raise Http404
    people = list(
        Enrolment.enrolments.visible_to(visit.actor, on)
        .open()
        .select_related("person")
        .prefetch_related(Prefetch("periods", _standing(on), to_attr="standing_now"))
        .order_by("person__sort_key", "pk")
    )
    seen([one.person_id for one in people], shows=FieldClass.WORK)
    known = known_of([one.pk for one in people], on=on)
    asked = asked_of([row.pk]).get(row.pk, ())
    models = programmes({one.programme_id for one in people})
    made = [
        (one, task_fit(row, asked, known[one.pk], on=on, step=_step(one, models))) for one in people
    ]
    context = {
        "task": row,
        "n": len(people),
        "asked": bool(asked),
        "headings": [_people(verdict, made, on.month) for verdict in READING],
    }
    return render(request, "work/task_people.html", context)


def _standing(on: Any) -> Any:
    return StepPeriod.periods.on(on).order_by("id")


def _step(one: Any, models: Any) -> int | None:
    """The number of the step on the ladder one stands on."""
    primary = models[one.programme_id].primary.code
    return next((row.ordinal for row in one.standing_now if row.ladder == primary), None)


def _people(verdict: Verdict, made: list[tuple[Any, TaskFit]], month: int) -> dict[str, Any]:
    words, kind, icon = VERDICTS[verdict]
    return {
        "code": verdict, "words": words, "kind": kind, "icon": icon,
        "people": [
            {"person": one.person, **_shown(fit, month)} for one, fit in made
            if fit.verdict is verdict
        ],
    }  # fmt: skip
