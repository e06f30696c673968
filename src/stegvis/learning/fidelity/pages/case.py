"""What the programme says is to be delivered, for one person: met, not met, not yet due, why."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from stegvis.core.programme.model import Criterion, Programme, Test
from stegvis.core.progression.elements import Element
from stegvis.core.progression.judgement import say
from stegvis.core.progression.measures import Finding, State
from stegvis.core.values.texts import pick
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.facts import way_back
from stegvis.learning.fidelity.facts.people import judged
from stegvis.learning.fidelity.words import JUDGED, PROOFS, STATES
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import Policy, page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of

READERS = (
    Role.CASE_WORKER,
    Role.JOB_MEDIATOR,
    Role.WORK_SUPERVISOR,
    Role.UNIT_MANAGER,
    Role.PROTECTION_OFFICER,
)


@page(*READERS, shows=FieldClass.PLAN, person="person")
@require_safe
def elements(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).filter(person=person)
    enrolment = rows.select_related("person").order_by("-since", "-id").first()
    if enrolment is None:
        raise Http404
    (case,) = judged([enrolment], visit.scope.on)
    sheet = _Sheet(case.programme, person, visit)
    found = [sheet.shown(n, one) for n, one in enumerate(case.elements, 1)]
    states = [one.state.value for one in case.elements]
    context = way_back(enrolment.person) | {
        "programme": pick(case.programme.names, sheet.lang),
        "elements": found,
        "counts": [(STATES[code][2], states.count(code)) for code in STATES if code in states],
        "on": visit.scope.on,
    }
    return render(request, "fidelity/case.html", context)


class _Sheet:
    """Elements in the reader's language, each piece with the page where it stands."""

    def __init__(self, programme: Programme, person: uuid.UUID, visit: Visit) -> None:
        self.programme, self.person, self.visit = programme, person, visit
        self.lang = get_language() or "sv"
        self.texts = {one.code: one.texts for one in programme.elements}
        self.steps = {one.code: one.step for one in programme.elements}

    def shown(self, number: int, element: Element) -> dict[str, Any]:
        kind, icon, word = STATES[element.state.value]
        return {
            "number": number,
            "words": pick(self.texts[element.code], self.lang),
            "step": self._step(self.steps[element.code]),
            "why": say(element.because, self.lang),
            "tag": {"kind": kind, "icon": icon, "word": word},
            "unknown": not element.known,
            "optional": not element.mandatory,
            "pieces": list(self._pieces(element)),
        }

    def _step(self, code: str | None) -> str:
        step = self.programme.step(code) if code else None
        return pick(next(iter(step.names.values())), self.lang) if step else ""

    def _pieces(self, element: Element) -> Iterator[dict[str, Any]]:
        for code, finding in element.pieces:
            criterion = self.programme.criteria[code]
            there = finding.state is State.MET
            where = place_of(criterion)
            opens = bool(where) and self._opens(where)
            yield {
                "words": pick(criterion.texts, self.lang),
                "there": there,
                "open": finding.state in (State.UNKNOWN, State.TO_JUDGE),
                "why": say(finding.because, self.lang),
                "on": _latest(finding) if there else None,
                "url": reverse(where, args=[self.person]) if opens else "",
                "hidden": there and not opens,
            }

    def _opens(self, name: str) -> bool:
        """Whether the reader may open the page where it stands; the page asks again."""
        policy = _policy(name)
        if policy is None or policy.shows is None or not self.visit.actor.holds(*policy.roles):
            return False
        on = self.visit.scope.on
        return may(self.visit.actor, Act.READ, self.person, policy.shows, on=on)


def place_of(criterion: Criterion) -> str:
    """The name of the page where what a criterion reads is written; empty: of no one person."""
    if criterion.test is not Test.AUTO:
        return JUDGED
    fact = str(criterion.needs.get("fact", ""))
    if fact == "event":
        fact = str(criterion.needs.get("what", ""))
    return PROOFS.get(fact, "")


def _latest(finding: Finding) -> Any:
    return max(finding.evidence, default=None)


@cache
def _policy(name: str) -> Policy | None:
    try:
        view = resolve(reverse(name, args=[uuid.UUID(int=0)])).func
    except NoReverseMatch:
        return None
    return getattr(view, "policy", None)
