"""A workplace's day on one page: opened, who comes, what is done, the cars, the log, closed.

Every tick is one press of one button, with or without a script; pressed twice it is done once.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stegvis.core.values.periods import Week
from stegvis.journey.attendance.facts import group
from stegvis.journey.days import actions, facts
from stegvis.journey.days.forms import LogForm
from stegvis.journey.days.models import Listed, LogLine, Tick
from stegvis.journey.days.pages.ground import (
    DAY,
    done,
    key,
    own_places,
    parsed,
    place_of,
    sent,
)
from stegvis.journey.days.words import OURS
from stegvis.journey.orders.models import OrderVisit
from stegvis.journey.week.models import Lead
from stegvis.journey.workplaces.models import BreakTime, Workplace
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.ui.day import DayAct, DayItem, Part

THURSDAY = 3
DO = ("tick", "back", "unnote")


@page(*DAY, shows=FieldClass.WORK)
@require_safe
def the_day(request: HttpRequest) -> HttpResponse:
    """Today, at the workplace one supervises; else at the first of the unit's."""
    visit = visit_of(request)
    found = own_places(visit)
    if not found:
        return render(request, "days/nowhere.html", {})
    mine = Lead.leads.filter(member=visit.actor.member, until__isnull=True)
    led = set(mine.values_list("area__workplace", flat=True).order_by())
    at = next((one for one in found if one.pk in led), found[0])
    return redirect("place_day", workplace=at.pk, day=visit.scope.on)


@page(*DAY, shows=FieldClass.WORK)
def place_day(request: HttpRequest, workplace: uuid.UUID, day: str) -> HttpResponse:
    visit = visit_of(request)
    at, on = place_of(visit, workplace), parsed(day, visit)
    form = LogForm()
    if request.method == "POST":
        do, _sep, said = request.POST.get("do", "").partition(":")
        if do in DO:
            done(request, lambda: _press(at, on, do, said, visit))
            return redirect(f"{request.path}#{_where(do, said)}")
        form = LogForm(request.POST)
        if form.is_valid():
            text = form.cleaned_data["text"]
            if done(
                request,
                lambda: actions.note(at, on, text, by=visit.actor, submission=sent(request)),
                form,
            ):
                return redirect(f"{request.path}#log")
    return render(request, "days/day.html", _shown(visit, at, on) | {"form": form})


def _press(at: Workplace, on: dt.date, do: str, said: str, visit: Visit) -> None:
    listed, _sep, code = said.partition(":")
    if do == "tick":
        actions.tick(at, on, listed, code, by=visit.actor)
    elif do == "back":
        actions.take_back(at, on, listed, code)
    else:
        row = LogLine.objects.filter(pk=key(said) or at.pk, workplace=at, on=on).first()
        if row is not None:
            actions.unnote(row, by=visit.actor)


def _where(do: str, said: str) -> str:
    return "log" if do == "unnote" else said.partition(":")[0]


def _shown(visit: Visit, at: Workplace, on: dt.date) -> dict[str, Any]:
    today = visit.scope.on
    persons = list(group(visit.actor, on=today))
    seen(persons, shows=FieldClass.WORK)
    found = facts.cars([at.unit_id], on)
    return {
        "place": at,
        "places": [
            (one.name, reverse("place_day", args=[one.pk, on]), one.pk == at.pk)
            for one in own_places(visit)
        ],
        "day": on,
        "is_today": on == today,
        "writes": 0 <= (today - on).days <= facts.BACK,
        "before": on - dt.timedelta(days=1),
        "after": on + dt.timedelta(days=1),
        "lists": _ticked(at, on),
        "coming": facts.coming(persons, on, country=visit.country) if persons else None,
        "areas": facts.planned(at.pk, persons, on),
        "breaks": BreakTime.objects.filter(unit=at.unit_id).order_by("start", "id"),
        "visits": _visits(at, on),
        "briefings": facts.briefings(at.pk, on),
        "cars": found,
        "unchecked": [car for car in found if car.unchecked and on <= today],
        "log": LogLine.objects.filter(workplace=at, on=on).select_related("by"),
        "me": visit.actor.member,
        "next_week": str(Week.of(facts.next_monday(today))),
        "next_number": Week.of(facts.next_monday(today)).number,
        "this_week": str(Week.of(today)),
        "next_shown": facts.is_shown(at.unit_id, facts.next_monday(today)),
        "unit_query": "" if visit.unit else f"unit={at.unit_id}",
        "supervises": visit.actor.holds(Role.WORK_SUPERVISOR),
    }


def _ticked(at: Workplace, on: dt.date) -> dict[str, list[dict[str, Any]]]:
    """Both lists: every point with who has done it and when. What was ticked before it went out of
    use is still there."""
    lists = facts.points(at.unit_id, hidden=True)
    rows = Tick.objects.filter(workplace=at, on=on).select_related("by").order_by("id")
    there: Mapping[tuple[str, str], Tick] = {(row.listed, row.code): row for row in rows}
    return {
        listed: [
            {"code": one.code, "name": one.name, "row": there.get((listed, one.code))}
            for one in lists[listed]
            if not one.hidden or (listed, one.code) in there
        ]
        for listed in (Listed.OPENING.value, Listed.CLOSING.value)
    }


def _visits(at: Workplace, on: dt.date) -> list[OrderVisit]:
    rows = OrderVisit.objects.filter(order__unit=at.unit_id, on=on).exclude(state="cancelled")
    return list(rows.select_related("order__customer").order_by("order__number", "id"))


def the_day_left(visit: Visit) -> list[DayItem]:
    """For My day: next week is not ready (from Thursday), and the cars' faults that are mine."""
    if not visit.actor.holds(Role.WORK_SUPERVISOR):
        return []
    on = visit.scope.on
    left = facts.left(visit.unit, visit.actor.member, on)
    found = []
    if on.weekday() >= THURSDAY and not left.week_ready:
        monday = facts.next_monday(on)
        url = reverse("week_board", args=[str(Week.of(monday))])
        found.append(DayItem(
            part=Part.NEEDS, name=_("The week"), url=url, kind="warn", icon="calendar-days",
            why=_("Next week is not ready: nobody has been shown their schedule yet."),
            acts=(DayAct(url, _("Plan the week")),),
        ))  # fmt: skip
    if left.faults:
        found.append(_faults(left.faults, on))
    return found


def _faults(rows: list[dict[str, Any]], on: dt.date) -> DayItem:
    first = rows[0]
    what = first["words"] or str(
        (OURS[Listed.OUT] | OURS[Listed.BACK]).get(first["code"], _("Defect"))
    )
    why = f"{first['name']}: {what}."
    if len(rows) > 1:
        more = len(rows) - 1
        why += " " + ngettext("And %(n)s more.", "And %(n)s more.", more) % {"n": more}
    url = reverse("vehicle", args=[first["vehicle"], on])
    return DayItem(
        part=Part.NEEDS, name=_("To be mended"), url=url, kind="warn", icon="wrench", why=why,
        acts=(DayAct(url, _("Open")),),
    )  # fmt: skip
