"""The week with one person, on one screen: what was to be done, what the person says, what next."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme import draw
from stegvis.core.values.periods import Week
from stegvis.journey.abilities.facts import items
from stegvis.journey.followups import actions
from stegvis.journey.followups.facts import current_step, self_ratings, since_last
from stegvis.journey.followups.facts.known import model_of
from stegvis.journey.followups.forms import Following, WeekForm
from stegvis.journey.followups.models import FollowUp
from stegvis.journey.followups.pages.road import TALKERS, TALKS, Whose, ask_back, whose
from stegvis.journey.followups.words import FAULTS, PULSE
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.plans import facts as plans
from stegvis.journey.plans.actions import review_goal
from stegvis.journey.plans.words import FAULTS as PLAN_FAULTS
from stegvis.journey.plans.words import STATUSES
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.ui.dates import weekday

FRIDAY = 5
MOST = 4  # curves in one picture that can still be told apart
SCALE = 10
FIRST = 3  # goals that lie open; more are folded, so that a week stays eight touches


@page(*TALKERS, shows=TALKS, person="person", writes=True)
def week(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Everything is saved in one sending; what nobody touches says what it said before."""
    at = whose(request, person)
    enrolment, today = at.on_road, at.visit.scope.on
    last = since_last(enrolment, on=today)
    offered = days_ahead(today)
    form = WeekForm(
        request.POST if request.method == "POST" else None,
        today=today,
        days=[(day.isoformat(), weekday(day)) for day in offered],
        goals=_to_look_at(at),
        initial={"on": today, "next_when": offered[0].isoformat(), "next_at": last.next_at},
    )
    if request.method == "POST" and form.is_valid() and _saved(request, form, at):
        return redirect("talks", person=person)
    context = at.context(
        form=form,
        week=Week.of(today),
        today=today,
        last=last,
        earlier=_earlier(at),
        pulse=pulse_fields(form),
        ratings=ratings(at),
        makes_goals=at.visit.actor.holds(Role.CASE_WORKER),
        **goal_rows(form),
        **step_of(at),
    )
    return render(request, "followups/week.html", context)


def days_ahead(today: dt.date) -> list[dt.date]:
    """The same day of next week and of the week after; a weekend's Friday."""
    day = min(today.isoweekday(), FRIDAY)
    monday = today - dt.timedelta(days=today.isoweekday() - 1)
    return [monday + dt.timedelta(days=7 * weeks + day - 1) for weeks in (1, 2)]


def step_of(at: Whose) -> dict[str, Any]:
    step = current_step(at.on_road)
    of = len(model_of(at.on_road).primary.steps)
    return {"step": step.ordinal if step else 0, "of": of}


def _to_look_at(at: Whose) -> list[plans.Stand]:
    """The open goals, those first that nobody has looked at for longest (AJ-48)."""
    found = plans.open_goals(at.on_road, on=at.visit.scope.on)
    return sorted(found, key=lambda one: (not one.forgotten, one.reviewed_on or one.set_on))


def goal_rows(form: WeekForm) -> dict[str, Any]:
    rows = [
        {"stand": one, "field": field, "status": STATUSES.get(one.status, "")}
        for one, field in form.goal_rows()
    ]
    return {"goals": rows[:FIRST], "more_goals": rows[FIRST:]}


def pulse_fields(form: Following) -> list[Any]:
    return [form[name] for name in PULSE]


def ratings(at: Whose) -> dict[str, Any] | None:
    """The person's own ratings drawn item by item, those rated more than once (KN-75). Never
    averaged, and never mixed with what anybody saw."""
    lang = get_language() or "sv"
    found = {item: marks for item, marks in self_ratings(at.on_road).items() if len(marks) > 1}
    if not found:
        return None
    known = items(model_of(at.on_road), on=at.visit.scope.on)
    named = [(known[item].name, marks) for item, marks in found.items() if item in known]
    picture = draw.CurvePicture(
        key="ratings",
        title=_("Own ratings over time"),
        desc=", ".join(name for name, _marks in named),
        series=[draw.Series(name, marks) for name, marks in named[:MOST]],
        low=0,
        high=SCALE,
        lang=lang,
    )
    rows = [(name, day, value) for name, marks in named for day, value in marks]
    return {"picture": SafeString(draw.curves(picture)), "rows": rows}


def _earlier(at: Whose) -> list[FollowUp]:
    """The last two: what was agreed, and what the person said. One query."""
    rows = FollowUp.follow_ups.filter(enrolment=at.on_road).select_related("by")
    return list(rows[:2])


def _saved(request: HttpRequest, form: WeekForm, at: Whose) -> bool:
    data = form.cleaned_data
    try:
        actions.follow_up(at.on_road, _new(form, at), by=at.visit.actor)
        for one, status in form.looked_at():
            review_goal(one.goal, status=status, by=at.visit.actor, on=data["on"])
    except NotNow as fault:
        form.add_error(None, str((FAULTS | PLAN_FAULTS)[fault.code]))
        return False
    messages.success(
        request,
        _("The week is saved. %(name)s sees it.")
        % {
            "name": at.person.given_name,
        },
    )
    ask_back(request, f"{data['note']}\n{data['next_step']}", at.person.given_name)
    return True


def _new(form: WeekForm, at: Whose) -> actions.NewFollowUp:
    data = form.cleaned_data
    part = actions.part_of(at.on_road, at.visit.actor)
    there = ("participant", part, *(("work_supervisor",) if data["supervisor"] else ()))
    return actions.NewFollowUp(
        kind=FollowUp.Kind.WEEKLY,
        on=data["on"],
        participants=tuple(one for one in there if one),
        goals=bool(form.looked_at()),
        own_words=data["own_words"],
        note=data["note"],
        next_step=data["next_step"],
        next_on=data["next_on"],
        next_at=data["next_at"] if data["next_on"] else None,
        minutes=data["minutes"],
        pulse=actions.NewPulse(**form.pulse()),
    )
