"""Writing down hours, how a task went, and what trains the language."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.journey.work.actions import (
    NewHours,
    NewTry,
    end_language,
    plan_language,
    set_hours,
    try_task,
)
from stegvis.journey.work.facts import tasks_of
from stegvis.journey.work.forms import HoursForm, LanguageForm, TryForm, as_typed, like_monday
from stegvis.journey.work.models import LanguageExercise, WorkingDay, WorkingTime
from stegvis.journey.work.pages.finding import WORKERS, about, open_one, written
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def hours(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The hours from a day on. "Like Monday" fills the week and writes nothing."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    held = WorkingTime.times.held(on).filter(enrolment=enrolment)
    days = list(WorkingDay.objects.filter(time__in=held).order_by("weekday"))
    initial = {"since": on, **as_typed(days)}
    if "monday" in request.POST:
        form = HoursForm(on=on, initial=dict(like_monday(request.POST).items()))
    elif request.method == "POST":
        form = HoursForm(request.POST, on=on)
        if form.is_valid():
            new = NewHours(form.cleaned_data["since"], form.days())
            if written(form, lambda: set_hours(enrolment, new, by=visit.actor)):
                messages.success(request, _("Saved. Earlier hours are kept as they were."))
                return redirect("work", person=person)
    else:
        form = HoursForm(on=on, initial=initial)
    return render(request, "work/hours.html", about(enrolment) | {"form": form})


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def tried(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """How a task went. `?task=` is one that was picked to be tried."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    tasks = tasks_of(enrolment, on=on)
    wanted = request.GET.get("task", "")
    form = TryForm(
        request.POST if request.method == "POST" else None,
        on=on,
        choices={"task": [("", _("– choose –")), *tasks.items()]},
        initial={"since": on, "until": on, "liked": "", "task": wanted if wanted in tasks else ""},
    )
    if request.method == "POST" and form.is_valid():
        new = NewTry(**form.cleaned_data)
        if written(form, lambda: try_task(enrolment, new, by=visit.actor)):
            messages.success(request, _("Saved."))
            return redirect("work", person=person)
    return render(request, "work/tried.html", about(enrolment) | {"form": form})


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def train(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Through what the language is trained, and that it no longer is."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    tasks = tasks_of(enrolment)
    current = LanguageExercise.objects.filter(enrolment=enrolment, until__isnull=True)
    posted = request.POST if request.method == "POST" and "end" not in request.POST else None
    in_force = tasks_of(enrolment, on=on).items()
    form = LanguageForm(posted, on=on, choices={"task": [("", _("None of the list")), *in_force]})
    if "end" in request.POST:
        row = next((one for one in current if str(one.pk) == request.POST["end"]), None)
        if row is None:
            raise Http404
        end_language(row, by=visit.actor)
        return redirect("work", person=person)
    if posted is not None and form.is_valid():
        said = form.cleaned_data
        if written(form, lambda: plan_language(enrolment, **said, by=visit.actor)):
            messages.success(request, _("Saved."))
            return redirect("work", person=person)
    rows = [(row, tasks.get(row.task, row.task)) for row in current.order_by("since", "id")]
    return render(request, "work/train.html", about(enrolment) | {"form": form, "current": rows})
