"""Attendance from before, through the verb of the room, a day at a time. What stands of a day is
read again while the enrolments are held, and never changed: a file fills what nobody has marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from stegvis.integrations.imports.reading.kinds.attendance import stored_days
from stegvis.integrations.imports.reading.register import KnownDay
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.crowd import Crowd
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.integrations.imports.storing.roads import held, of_day
from stegvis.journey.attendance.actions import Mark, mark
from stegvis.journey.attendance.facts import expected
from stegvis.journey.attendance.models import Attendance, HowSaid, What
from stegvis.journey.intake.models import Enrolment


def store_attendance(arrivals: Sequence[Arrival], ground: Ground) -> None:
    crowd = Crowd.locked(ground, arrivals)
    persons = {number: present.person for number, present in crowd.by_number.items()}
    roads = held(persons.values())
    there = set(
        Attendance.attendances.filter(person__in=list(roads), what=What.WORK)
        .order_by("id")
        .values_list("person_id", "on")
    )
    days: dict[dt.date, list[Mark]] = {}
    for arrival in arrivals:
        person = persons.get(arrival.row.identity)
        if person not in roads:
            arrival.wait()
            continue
        arrival.person = person
        for on, said in stored_days(arrival.row).items():
            if (person, on) not in there:
                there.add((person, on))
                days.setdefault(on, []).append(_mark(of_day(roads[person], on), on, said))
    for on in sorted(days):
        people = [one.enrolment.person_id for one in days[on]]
        hours = expected(people, on, country=ground.country)
        mark(days[on], on, hours, by=None, imported=True)


def _mark(road: Enrolment, on: dt.date, said: KnownDay) -> Mark:
    """Said before anything that is said here of the day, so that whoever corrects it is right."""
    at = timezone.make_aware(dt.datetime.combine(on, dt.time()))
    return Mark(road, said.status, at, said.late, said.reason, said.attended, how=HowSaid.IMPORTED)
