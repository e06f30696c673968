"""The three-party talk and the step review over the staircase, and what they came to."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.programme import draw
from stegvis.core.programme.model import Programme
from stegvis.journey.followups import actions
from stegvis.journey.followups.facts import current_step
from stegvis.journey.followups.facts.known import model_of
from stegvis.journey.followups.forms import ReviewForm
from stegvis.journey.followups.models import FollowUp
from stegvis.journey.followups.pages.road import TALKERS, TALKS, Whose, ask_back, whose
from stegvis.journey.followups.pages.week import days_ahead, pulse_fields
from stegvis.journey.followups.words import (
    FAULTS,
    KINDS,
    PARTICIPANTS,
    RESULT_ICONS,
    RESULTS,
)
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.voices.facts import own_placing
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.ui.dates import weekday

READERS = (*TALKERS, Role.WORK_SUPERVISOR, Role.UNIT_MANAGER, Role.PROTECTION_OFFICER)
Kind = FollowUp.Kind


@page(*TALKERS, shows=TALKS, person="person", writes=True)
def review(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Both placings on the staircase, the person's own words, and one result. The result decides
    nothing: whether the step changes is a decision of its own (AJ-30)."""
    at = whose(request, person)
    today, model = at.visit.scope.on, model_of(at.on_road)
    here = current_step(at.on_road)
    steps = stairs(model, at.visit.track)
    offered = days_ahead(today)
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        today=today,
        days=[(day.isoformat(), weekday(day)) for day in offered],
        steps=[(one["code"], f"{one['ordinal']} {one['name']}") for one in steps],
        initial={
            "on": today,
            "next_when": offered[-1].isoformat(),
            "kind": Kind.STEP_REVIEW,
            "participants": _around(at),
            "own_step": _own_step(at),
            "worker_step": here.code if here else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        made = _saved(request, form, at)
        if made:
            return redirect("reviews", person=person)
    context = at.context(
        form=form,
        steps=steps,
        here=here.ordinal if here else 0,
        of=len(steps),
        result_icons=RESULT_ICONS,
        results=[(code, RESULTS[code], RESULT_ICONS[code]) for code in RESULTS],
        pulse=pulse_fields(form),
    )
    return render(request, "followups/review.html", context)


def _own_step(at: Whose) -> str:
    """Where the person has said on their own page that they stand (AJ-60)."""
    said = own_placing([at.on_road.pk]).get(at.on_road.pk)
    return said.step if said else ""


def stairs(model: Programme, track: str) -> list[dict[str, Any]]:
    """The primary ladder's steps as one office calls them, with the tone of each."""
    ladder = model.primary
    names = draw.treads(ladder, track=track, lang=get_language() or "sv")
    of = len(ladder.steps)
    return [
        {
            "code": step.code,
            "ordinal": step.ordinal,
            "name": tread.name,
            "tone": draw.ramp(step.ordinal, of),
        }
        for step, tread in zip(ladder.steps, names, strict=True)
    ]


def _around(at: Whose) -> list[str]:
    """The person and those who work with them: usually all of them sit at the table."""
    held = Assignment.assignments.held(at.visit.scope.on).filter(enrolment=at.on_road)
    parts = set(held.values_list("part", flat=True))
    return ["participant", *sorted(parts & PARTICIPANTS.keys())]


def _saved(request: HttpRequest, form: ReviewForm, at: Whose) -> FollowUp | None:
    data = form.cleaned_data
    new = actions.NewFollowUp(
        kind=data["kind"],
        on=data["on"],
        participants=tuple(data["participants"]),
        result=data["result"],
        own_step=data["own_step"],
        worker_step=data["worker_step"],
        own_words=data["own_words"],
        own_words_missing=data["own_words_missing"],
        note=data["note"],
        next_step=data["next_step"],
        next_on=data["next_on"],
        next_at=data["next_at"] if data["next_on"] else None,
        minutes=data["minutes"],
        pulse=actions.NewPulse(**form.pulse()),
    )
    try:
        made = actions.follow_up(at.on_road, new, by=at.visit.actor)
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
        return None
    messages.success(request, _("The talk is saved."))
    ask_back(request, f"{data['note']}\n{data['next_step']}", at.person.given_name)
    return made


@page(*READERS, shows=FieldClass.PLAN, person="person")
@require_safe
def reviews(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """What the talks came to, for everyone who works with the plan: results, placings, the person's
    own words, what comes next. The notes of them are talks and not here."""
    at = whose(request, person)
    rows = FollowUp.follow_ups.filter(person=person, kind__in=(Kind.THREE_PARTY, Kind.STEP_REVIEW))
    found = list(rows.select_related("by", "enrolment").defer("note")[:60])
    models = programmes({row.enrolment.programme_id for row in found})
    writes = at.enrolment is not None and _may_write(at)
    context = at.context(
        rows=[_came_to(row, models[row.enrolment.programme_id], at.visit.track) for row in found],
        new_url=reverse("review", args=[person]) if writes else "",
    )
    return render(request, "followups/reviews.html", context)


def _may_write(at: Whose) -> bool:
    from stegvis.platform.access.authority import may

    if not at.visit.actor.holds(*TALKERS):
        return False
    return may(at.visit.actor, Act.WRITE, at.person.pk, TALKS, on=at.visit.scope.on)


def _came_to(row: FollowUp, model: Programme, track: str) -> dict[str, Any]:
    return {
        "on": row.on,
        "kind": KINDS[row.kind],
        "by": row.by.name if row.by else "",
        "there": [PARTICIPANTS.get(code, code) for code in row.participants],
        "result": RESULTS.get(row.result, ""),
        "icon": RESULT_ICONS.get(row.result, ""),
        "steps": stairs(model, track) if row.own_step or row.worker_step else [],
        "own_step": row.own_step,
        "worker_step": row.worker_step,
        "words": row.own_words,
        "next_step": row.next_step,
        "next_on": row.next_on,
        "next_at": row.next_at,
    }
