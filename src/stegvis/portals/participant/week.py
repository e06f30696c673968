"""My week: what has been shown to everyone, with pictures, and the same on paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stegvis.core.values.periods import Week
from stegvis.journey.week.facts import days_of, own_week
from stegvis.journey.week.words import HALVES
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.portals.participant.own import own, shown

SATURDAY = 5


@page(Role.PARTICIPANT, shows=FieldClass.WORK, purpose=Purpose.OWN)
@require_safe
def my_week(request: HttpRequest) -> HttpResponse:
    """This week; from Saturday on, and with `?next`, the next."""
    mine = own(request, FieldClass.WORK)
    on = mine.visit.scope.on
    ahead = on.weekday() >= SATURDAY or "next" in request.GET
    week = Week.of(on).plus(1) if ahead else Week.of(on)
    slots = {(one.day, one.half): one for one in own_week(mine.person, week.monday)}
    days = [_day(day, slots, on) for day in days_of(week.monday)]
    return shown(request, "week", mine, number=week.number, days=days, any=bool(slots), ahead=ahead)


def _day(day: dt.date, slots: dict[tuple[dt.date, str], Any], on: dt.date) -> dict[str, Any]:
    halves = [(word, slots.get((day, half))) for half, word in HALVES.items()]
    return {"day": day, "today": day == on, "halves": halves}
