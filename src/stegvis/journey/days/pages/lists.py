"""A unit's own lists and its breaks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stegvis.journey.days import actions, facts
from stegvis.journey.days.forms import BreakForm, PointForm
from stegvis.journey.days.pages.ground import DAY, done, key, unit_of
from stegvis.journey.days.words import FAULTS, LISTS
from stegvis.journey.workplaces.actions import NotNow, drop_break, keep_break
from stegvis.journey.workplaces.models import BreakTime
from stegvis.platform.access.decision import Actor
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import Unit


@page(*DAY)
def day_lists(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    unit = unit_of(request, visit)
    do, _sep, about = request.POST.get("do", "").partition(":")
    forms = {
        listed: PointForm(request.POST if do == "add" and about == listed else None, prefix=listed)
        for listed in LISTS
    }
    rest = BreakForm(request.POST if do == "break" else None, prefix="break")
    if request.method == "POST" and _kept(request, unit, (do, about), forms, rest):
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('day_lists')}?unit={unit.pk}")
    lists = facts.points(unit.pk, hidden=True)
    context = {
        "unit": unit,
        "lists": [(code, name, lists[code], forms[code]) for code, name in LISTS.items()],
        "breaks": BreakTime.objects.filter(unit=unit).order_by("start", "id"),
        "rest": rest,
    }
    return render(request, "days/lists.html", context)


def _kept(
    request: HttpRequest, unit: Unit, what: tuple[str, str],
    forms: dict[str, PointForm], rest: BreakForm,
) -> bool:  # fmt: skip
    (do, about), by = what, visit_of(request).actor
    if do == "add" and about in forms:
        form = forms[about]
        return form.is_valid() and done(
            request, lambda: actions.add_point(unit.pk, about, form.cleaned_data["name"]), form
        )
    if do in {"use", "hide"}:
        listed, _sep, code = about.partition(":")
        return done(request, lambda: actions.use_point(unit.pk, listed, code, used=do == "use"))
    if do == "drop":
        row = BreakTime.objects.filter(pk=key(about) or unit.pk, unit=unit).first()
        if row is not None:
            drop_break(row, by=by)
        return row is not None
    return do == "break" and rest.is_valid() and _rested(rest, unit, by)


def _rested(form: BreakForm, unit: Unit, by: Actor) -> bool:
    said: dict[str, Any] = form.cleaned_data
    try:
        with transaction.atomic():
            keep_break(BreakTime(unit=unit), said, by=by)
    except NotNow:
        form.add_error("start", str(FAULTS["break_backwards"]))
        return False
    return True
