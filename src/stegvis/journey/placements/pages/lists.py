"""Who needs a place, who has been inside long, how old searches are; trials of early placing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.outcomes.anonymity import K
from stegvis.core.values.texts import pick
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements import actions
from stegvis.journey.placements.facts.early import (
    Curve,
    curves_of,
    first_external,
    reached_on,
    trial_of,
)
from stegvis.journey.placements.facts.lists import (
    INSIDE,
    NEEDS,
    OURS,
    Row,
    by_kind,
    long_inside,
    needs_place,
    on_the_road,
    open_searches,
    reminders,
)
from stegvis.journey.placements.facts.starting import started
from stegvis.journey.placements.forms import ReminderForm, TrialForm
from stegvis.journey.placements.models import EarlyTrial
from stegvis.journey.placements.pages.finding import sent, written
from stegvis.journey.placements.words import kinds, named
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen, wrote

MOST = 60


@page(Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.UNIT_MANAGER, shows=FieldClass.WORK, writes=True)
def needing_place(request: HttpRequest) -> HttpResponse:
    """The lists of the road out, of those the reader may know. A manager sets after how many days
    a list names somebody."""
    visit = visit_of(request)
    manages = visit.actor.holds(Role.UNIT_MANAGER)
    if request.method == "POST" and manages:
        form = ReminderForm(request.POST)
        if form.is_valid() and form.cleaned_data["code"] in OURS:
            actions.set_reminder(form.cleaned_data["code"], form.cleaned_data["days"])
            messages.success(request, _("Saved."))
            return redirect("needing_place")
        messages.warning(request, _("Write a number of days."))
    on = visit.scope.on
    rows, days = on_the_road(visit.actor, on=on), reminders()
    needing, inside = needs_place(rows, days, on=on), long_inside(rows, days, on=on)
    searches = open_searches(rows, on=on)
    shown = [one.row for one in needing[:MOST]] + [one.row for one in inside[:MOST]]
    shown += [one.row for one in searches.open[:MOST]]
    seen([row.enrolment.person_id for row in shown], shows=FieldClass.WORK)
    context = {
        "needing": [_named(one.row, one.days, one.step) for one in needing[:MOST]],
        "inside": [_named(one.row, one.days, long=one.long) for one in inside[:MOST]],
        "open": [_named(one.row, one.days, one.step) for one in searches.open[:MOST]],
        "counts": [len(needing), len(inside), len(searches.open)],
        "searches": searches,
        "kinds": _kinds(visit.actor, on=on),
        "starts": _starts(rows),
        "manages": manages,
        "days": {code: days.get(code, ours) for code, ours in OURS.items()},
        "codes": {"needs": NEEDS, "inside": INSIDE},
    }
    return render(request, "placements/needing.html", context)


def _named(row: Row, days: int, step: str = "", *, long: bool = False) -> dict[str, Any]:
    person = row.enrolment.person
    names = row.model.step(step).names if step else {}
    track = row.enrolment.unit.track
    texts = names.get(track) or next(iter(names.values()), {})
    return {
        "key": person.pk, "name": person.name, "days": days, "long": long,
        "step": pick(texts, get_language() or "sv") if texts else "",
    }  # fmt: skip


def _kinds(actor: Any, *, on: Any) -> list[tuple[str, int]]:
    """How many are in each kind now: practice and work trial are two (JI-50). A number below the
    least that is told is left out by the page."""
    found = Counter(kind for _person, kind, _place in by_kind(actor, on=on))
    known = kinds()
    return [(named(known, kind), n) for kind, n in sorted(found.items(), key=lambda x: -x[1])]


def _starts(rows: list[Row]) -> dict[str, int] | None:
    """How the first placements of these came beside the earliest day that was thought possible."""
    found = list(started([row.enrolment.pk for row in rows]).values())
    placed = sorted(one.late for one in found if one.late is not None)
    if not placed:
        return {"n": 0, "waits": len(found)} if found else None
    median = placed[len(placed) // 2]
    waits = len(found) - len(placed)
    return {"n": len(placed), "waits": waits, "median": median, "before": -median}


@page(Role.UNIT_MANAGER, Role.EVALUATOR, writes=True)
def early_trials(request: HttpRequest) -> HttpResponse:
    """Written down before it begins; how many are in it, of nobody in particular and of no effect
    (JI-31)."""
    visit = visit_of(request)
    on = visit.scope.on
    form = TrialForm(request.POST if request.method == "POST" else None, on=on)
    if request.method == "POST" and form.is_valid():
        new = actions.NewTrial(**form.cleaned_data)
        if written(form, lambda: actions.register_trial(
            new, by=visit.actor, submission=sent(request)
        )):  # fmt: skip
            messages.success(request, _("Saved."))
            return redirect("early_trials")
    trials = list(EarlyTrial.objects.order_by("-since", "-id"))
    rows = Enrolment.enrolments.filter(
        reached(visit.actor, FieldClass.WORK, on=on, column="person_id")
    )
    wrote("early_trials_counted", sort=Sort.READ)
    shown = [_trial(one, rows, on=on) for one in trials]
    context = {"form": form, "rows": shown, "fewest": K}
    return render(request, "placements/trials.html", context)


def _trial(one: EarlyTrial, rows: Any, *, on: dt.date) -> dict[str, Any]:
    """A trial with who is in it, and its two curves where enough are. One query."""
    within = rows.filter(since__gte=one.since, since__lt=one.until)
    said = {"first": first_external(), "reached": reached_on(one.step or 0)}
    people = list(within.annotate(**said).order_by("id"))
    n = trial_of(one, people, on=on)
    made = curves_of(one, people, on=on)
    return {
        "row": one,
        "n": n if n.eligible >= K else None,
        "arms": [_arm(arm, early=not at) for at, arm in enumerate(made)] if made else [],
    }


WIDE, HIGH = 24, 100  # of the picture: a month is this wide; a whole is so high


def _arm(arm: Curve, *, early: bool) -> dict[str, Any]:
    """A line that stands still until somebody has come there, and the same as a table."""
    path, at = "", 0
    for n, one in enumerate(arm.points):
        down = HIGH - int(one.share * HIGH)
        path += f"M0 {down}" if not n else f"H{n * WIDE}V{down}"
        at = n * WIDE
    return {
        "early": early, "n": arm.n, "path": path, "end": at,
        "points": [(one.days, int(one.share * HIGH), one.under_way) for one in arm.points[::3]],
    }  # fmt: skip
