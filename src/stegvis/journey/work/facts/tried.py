"""Tasks picked to be tried, those that were, and who lacks a task that trains the language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import get_language

from stegvis.core.programme.model import Programme
from stegvis.core.values.texts import pick
from stegvis.journey.abilities.facts import forms, model_of
from stegvis.journey.abilities.models import PlanningDocument
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.models import LanguageNeed
from stegvis.journey.work.models import LanguageExercise, TaskTrial
from stegvis.platform.access.decision import Actor

TASKS = "tasks"
NEEDS = ("extra", "vocational", "both")  # what LanguageNeed.need says when there is one


def task_names(model: Programme, *, on: dt.date | None = None) -> dict[str, str]:
    """The programme's tasks by code, those in force on the day or all there have been."""
    vocabulary = model.vocabularies.get(TASKS)
    if vocabulary is None:
        return {}
    lang = get_language() or "sv"
    terms = vocabulary.in_force(on) if on else vocabulary.terms
    return {term.code: pick(term.texts, lang) for term in terms}


def tasks_of(enrolment: Enrolment, *, on: dt.date | None = None) -> dict[str, str]:
    return task_names(model_of(enrolment), on=on)


@dataclass(frozen=True, slots=True)
class Tried:
    """A task with its trials, the latest first; none yet when it is only picked to be tried."""

    name: str
    trials: tuple[TaskTrial, ...]

    @property
    def latest(self) -> TaskTrial | None:
        return self.trials[0] if self.trials else None


def tried(enrolment: Enrolment, model: Programme) -> tuple[Tried, ...]:
    """What somebody has tried, the latest first, then what the planning documents pick to be tried
    and nobody has written of yet (AJ-20). Two queries."""
    names = task_names(model)
    rows = TaskTrial.objects.filter(enrolment=enrolment).select_related("by")
    found: dict[str, list[TaskTrial]] = {}
    for row in rows.order_by("-until", "-created_at", "-id"):
        found.setdefault(row.task or row.named, []).append(row)
    for code in _picked(enrolment, model):
        found.setdefault(code, [])
    return tuple(Tried(names.get(key, key), tuple(trials)) for key, trials in found.items())


def _picked(enrolment: Enrolment, model: Programme) -> Iterable[str]:
    """The tasks named in the latest version of each planning document, where a form asks for
    nothing but tasks and not for those that can be done already: that is its last question."""
    asked = {
        code: [
            int(str(pair["field"]))
            for pair in form.picks
            if list(_names(pair)) == [TASKS] and int(str(pair["field"])) != len(form.fields)
        ]
        for code, form in forms(model).items()
    }
    rows = PlanningDocument.objects.filter(enrolment=enrolment, document__in=asked)
    latest = {row.document: row for row in rows.order_by("document", "number")}
    for code, row in latest.items():
        for field in asked[code]:
            answers = row.answers[field - 1 : field]
            yield from (one for answer in answers for one in answer["picked"])


def _names(pair: Any) -> Iterable[str]:
    of = pair["of"]
    return of if isinstance(of, list | tuple) else [of]


def language_left(actor: Actor, *, on: dt.date) -> Any:
    """Enrolments this actor may read, whose latest word is that the language needs training and
    that have nothing planned to train it by (AJ-46). One query."""
    said = LanguageNeed.objects.filter(enrolment=OuterRef("pk")).order_by("-on", "-created_at")
    planned = LanguageExercise.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), enrolment=OuterRef("pk")
    )
    rows = Enrolment.enrolments.visible_to(actor, on).open()
    rows = rows.annotate(need=Subquery(said.values("need")[:1])).filter(need__in=NEEDS)
    return rows.filter(~Exists(planned)).select_related("person")
