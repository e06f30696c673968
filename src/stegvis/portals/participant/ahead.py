"""My days to come, as I plan them myself: half day by half day, from tomorrow on."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from stegvis.core.values.periods import Week
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.week.actions import NewSlot, plan_own
from stegvis.journey.week.facts import days_of, own_areas, own_week, own_weeks
from stegvis.journey.week.models import Slot, Taken
from stegvis.journey.week.words import FAULTS, HALVES
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import Own, own, shown
from stegvis.portals.participant.words import REFUSED

THURSDAY = 3  # from the next day on there is no day left of the week to plan


@page(Role.PARTICIPANT, shows=FieldClass.VOICE, purpose=Purpose.OWN)
def my_days(request: HttpRequest) -> HttpResponse:
    """This week's days that are left; from Friday on, and with `?next`, the next week's."""
    mine = own(request, FieldClass.VOICE)
    if mine.enrolment is None:
        return shown(request, "refused", mine, words=REFUSED["not_enrolled"])
    on = mine.visit.scope.on
    ahead = on.weekday() > THURSDAY or "next" in request.GET
    week = Week.of(on).plus(1) if ahead else Week.of(on)
    sheet = _Sheet(mine, week.monday)
    fault = ""
    if request.method == "POST":
        try:
            plan_own(mine.enrolment, sheet.changed(request), by=mine.visit.actor)
            return redirect(reverse("my_week") + ("?next" if ahead else ""))
        except NotNow as refused:
            fault = str(FAULTS[refused.code])
    return shown(
        request, "days", mine,
        number=week.number, days=sheet.days(request), areas=sheet.areas, fault=fault, ahead=ahead,
        can_wait=on.weekday() <= THURSDAY, plans=own_weeks([mine.person], week.monday)[mine.person],
    )  # fmt: skip


class _Sheet:
    """The half days there are to plan, and what stands there as far as the person sees it."""

    def __init__(self, mine: Own, monday: dt.date) -> None:
        assert mine.enrolment is not None  # noqa: S101 -- the page asks
        self.on, self.monday = mine.visit.scope.on, monday
        self.areas = own_areas(mine.enrolment, monday, on=self.on)
        self.there = {(one.day, one.half): one for one in own_week(mine.person, monday)}
        self.free = own_weeks([mine.person], monday)[mine.person].free
        rows = Taken.halves.of_week(monday).filter(person=mine.person).order_by()
        self.taken = set(rows.values_list("day", "half"))

    def days(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {"day": day, "halves": [self._half(day, half, request) for half in HALVES]}
            for day in days_of(self.monday)
            if day > self.on and any(self._is_mine(day, half) for half in HALVES)
        ]

    def _is_mine(self, day: dt.date, half: str) -> bool:
        return self.free is None or (day, half) in self.free

    def _half(self, day: dt.date, half: str, request: HttpRequest) -> dict[str, Any]:
        slot = self.there.get((day, half))
        stands = str(slot.area_id) if slot else ""
        listed = slot is None or any(one.pk == slot.area_id for one in self.areas)
        return {
            "name": f"{day}-{half}",
            "word": HALVES[half],
            "said": request.POST.get(f"{day}-{half}", stands),
            "slot": slot,
            "other": slot.area if slot and not listed else None,
            "own": slot is not None and slot.planned_by == Slot.By.PERSON,
            "taken": (day, half) in self.taken,
            "works": self._is_mine(day, half),
        }

    def changed(self, request: HttpRequest) -> list[NewSlot]:
        """What is otherwise than it stood on the page; what the person does not see stays. What
        somebody else has planned becomes theirs when they say that it is (`mine`)."""
        found = []
        for day in days_of(self.monday):
            for half in HALVES:
                said = request.POST.get(f"{day}-{half}")
                slot = self.there.get((day, half))
                stands = str(slot.area_id) if slot else ""
                staff = slot is not None and slot.planned_by != Slot.By.PERSON
                if said is None or (said == stands and not (staff and "mine" in request.POST)):
                    continue
                found.append(NewSlot(day, half, _area(said)))
        return found


def _area(said: str) -> uuid.UUID | None:
    if not said:
        return None
    try:
        return uuid.UUID(said)
    except ValueError:
        raise NotNow("no_such_area") from None
