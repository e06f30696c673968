"""A unit's week as the core weighs it, and one person's."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from stegvis.core.scheduling.clashes import SUPPORT, Area, Clash, Half, Lead, Placed, Week, clashes
from stegvis.core.scheduling.own import horizon, own_days
from stegvis.core.values.periods import Period
from stegvis.core.values.rest import worked
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.week import models
from stegvis.journey.week.models import WEEK, Apart, Published, Slot, Taken
from stegvis.journey.work.facts import chosen_areas
from stegvis.journey.work.models import WorkAssignment, WorkingDay
from stegvis.journey.workplaces.facts import rests_of, spans
from stegvis.journey.workplaces.models import WorkArea
from stegvis.platform.accounts.calendar import Calendar

type Areas = dict[uuid.UUID, Open]
NOON = dt.time(12)
LATELY = dt.timedelta(weeks=4)
ENOUGH = 60  # minutes of a half day that make it worth planning (ours)


@dataclass(frozen=True, slots=True)
class Open:
    """When an area is open, whose it is, and the licence it asks of those who work there."""

    days: Period
    unit: uuid.UUID
    licence: str = ""


@dataclass(frozen=True)
class Board:
    """`people` in the order of their names; `lacking`: those with hours and nothing planned."""

    monday: dt.date
    people: list[Enrolment]
    areas: list[WorkArea]
    slots: list[Slot]
    leads: list[models.Lead]
    taken: frozenset[tuple[uuid.UUID, dt.date, str]]
    free: dict[uuid.UUID, frozenset[Half]]
    clashes: list[Clash]
    published: Published | None
    closed: frozenset[dt.date]
    week: Week

    @cached_property
    def of(self) -> dict[uuid.UUID, Enrolment]:
        """By person."""
        return {one.person_id: one for one in self.people}

    @property
    def days(self) -> list[dt.date]:
        return days_of(self.monday)

    @property
    def lacking(self) -> list[Enrolment]:
        """Those who work here and have no half day that week (AJ-52)."""
        planned = {one.person_id for one in self.slots}
        return [one for one in self.people if one.person_id not in planned and self._works(one)]

    def _works(self, one: Enrolment) -> bool:
        return bool(self.free.get(one.person_id, frozenset({(self.monday, "am")})))


def days_of(monday: dt.date) -> list[dt.date]:
    return [monday + dt.timedelta(days=n) for n in range(WEEK.days)]


def board(people: QuerySet[Enrolment], unit: uuid.UUID, monday: dt.date, days: Calendar) -> Board:
    """The week of these people in this unit. Nine queries, however many they are."""
    found = list(
        people.select_related("person").order_by("person__given_name", "person__family_name", "pk")
    )
    persons = [one.person_id for one in found]
    areas = list(open_in([unit], monday))
    slots = list(
        Slot.slots.of_week(monday)
        .filter(person__in=persons)
        .select_related("area")
        .order_by("day", "half", "id")
    )
    taken = frozenset(
        Taken.halves.of_week(monday).filter(person__in=persons).order_by()
        .values_list("person_id", "day", "half")
    )  # fmt: skip
    leads = list(_leads(areas, monday))
    free = halves(persons, monday)
    closed = frozenset(day for day in days_of(monday) if not days.of(None, unit).is_open(day))
    week = Week(
        placed=tuple(_placed(slots)),
        areas=_frames(areas, leads),
        free={
            str(k): frozenset(v - {(d, h) for p, d, h in taken if p == k}) for k, v in free.items()
        },
        need=_need(found),
        leads={str(one.pk): _lead(one, days, monday) for one in leads},
        apart=_apart(persons, monday),
        closed=closed,
    )
    shown = Published.weeks.filter(unit=unit, monday=monday).order_by("-created_at").first()
    return Board(
        monday, found, areas, slots, leads, taken, free, clashes(week), shown, closed, week
    )


def open_in(units: Collection[uuid.UUID] | None, monday: dt.date) -> QuerySet[WorkArea]:
    """Areas of these units, or of all, that are open some day of the week."""
    last = monday + WEEK
    rows = WorkArea.areas.standing(monday).filter(Q(since__isnull=True) | Q(since__lt=last))
    if units is not None:
        rows = rows.filter(workplace__unit__in=units)
    found: QuerySet[WorkArea] = rows.filter(
        Q(workplace__closed_on__isnull=True) | Q(workplace__closed_on__gt=monday)
    ).select_related("workplace")
    return found.order_by("workplace__name", "name", "id")


def areas_open() -> Areas:
    """Every area: somebody enrolled in one unit may well work in another's. One query."""
    columns = ("pk", "since", "until", "workplace__unit", "licence")
    rows = WorkArea.areas.order_by("id").values_list(*columns)
    return {
        pk: Open(Period(since or dt.date.min, until), unit, licence)
        for pk, since, until, unit, licence in rows
    }


def halves(persons: Collection[uuid.UUID], monday: dt.date) -> dict[uuid.UUID, frozenset[Half]]:
    """The half days each can be there by the hours they have agreed to. Whoever has none is not in
    it: what is not known limits nobody. One query."""
    found: dict[uuid.UUID, set[Half]] = {}
    for row in _working(persons, monday):
        day = monday + dt.timedelta(days=row.weekday - 1)
        mine = found.setdefault(row.person_id, set())
        if row.time.since <= day and (row.time.until is None or day < row.time.until):
            mine |= {(day, half) for half in ("am", "pm") if _minutes(row, half) >= ENOUGH}
    return {person: frozenset(mine) for person, mine in found.items()}


def _working(persons: Collection[uuid.UUID], monday: dt.date) -> Iterable[WorkingDay]:
    rows = WorkingDay.objects.filter(
        Q(time__until__isnull=True) | Q(time__until__gt=monday),
        person__in=persons,
        time__since__lt=monday + WEEK,
        time__struck_on__isnull=True,
    )
    rows = rows.annotate(rests=rests_of(OuterRef("time__enrolment__unit")))
    return rows.select_related("time").order_by("person", "weekday", "id")


def _minutes(row: WorkingDay, half: str) -> int:
    start, end = (
        (row.start, min(row.end, NOON)) if half == "am" else (max(row.start, NOON), row.end)
    )
    return worked(start, end, spans(vars(row)["rests"]))


def _placed(slots: Iterable[Slot]) -> Iterable[Placed]:
    return (Placed(str(s.person_id), s.day, s.half, str(s.area_id)) for s in slots)


def _frames(areas: list[WorkArea], leads: list[models.Lead]) -> dict[str, Area]:
    by: dict[uuid.UUID, set[str]] = {}
    for one in leads:
        by.setdefault(one.area_id, set()).add(str(one.pk))
    return {
        str(area.pk): Area(area.places, area.hours_week, frozenset(by.get(area.pk, ())))
        for area in areas
    }


def _leads(areas: list[WorkArea], monday: dt.date) -> QuerySet[models.Lead]:
    rows: QuerySet[models.Lead] = models.Lead.leads.filter(
        Q(until__isnull=True) | Q(until__gt=monday), area__in=[area.pk for area in areas]
    )
    return rows.select_related("member").order_by("area", "id")


def _lead(one: models.Lead, days: Calendar, monday: dt.date) -> Lead:
    gone = [
        day for day in days_of(monday) if any(day in p for p in days.leaves.get(one.member_id, ()))
    ]
    return Lead(one.capacity, frozenset(gone))


def _need(people: list[Enrolment]) -> dict[str, int]:
    """Support points by where each stands on the programme's road (ours)."""
    open_now = StepPeriod.periods.standing().filter(
        enrolment__in=[one.pk for one in people], until__isnull=True
    )
    steps = {row.enrolment_id: row.step for row in open_now.order_by("since", "id")}
    models_ = programmes({one.programme_id for one in people})
    need = {}
    for one in people:
        ladder = models_[one.programme_id].primary if one.programme_id in models_ else None
        ordinals = {step.code: step.ordinal for step in ladder.steps} if ladder else {}
        need[str(one.person_id)] = SUPPORT.get(ordinals.get(steps.get(one.pk, ""), 0), 1)
    return need


def _apart(persons: list[uuid.UUID], monday: dt.date) -> frozenset[frozenset[str]]:
    rows = Apart.pairs.filter(
        Q(until__isnull=True) | Q(until__gt=monday), person__in=persons, other__in=persons
    )
    pairs = rows.order_by("id").values_list("person_id", "other_id")
    return frozenset(frozenset({str(one), str(other)}) for one, other in pairs)


# One person's week


def own_week(person: uuid.UUID, monday: dt.date) -> list[Any]:
    """What the person may see of their week: once it has been shown to the unit, and what they have
    planned themselves before. One query."""
    shown = Published.weeks.filter(unit=OuterRef("unit"), monday=monday)
    theirs = Exists(shown) | Q(planned_by=Slot.By.PERSON)
    rows = Slot.slots.of_week(monday).filter(theirs, person=person)
    return list(rows.select_related("area__workplace").order_by("day", "half", "id"))


USUAL = {"am": (dt.time(8), dt.time(12)), "pm": (dt.time(13), dt.time(16))}
"""When a half day is where no hours are agreed (ours)."""


def times(person: uuid.UUID, monday: dt.date) -> dict[Half, tuple[dt.time, dt.time]]:
    """From when until when each half day of the week is, by the hours agreed. One query."""
    found: dict[Half, tuple[dt.time, dt.time]] = {}
    for row in _working([person], monday):
        day = monday + dt.timedelta(days=row.weekday - 1)
        if row.time.since <= day and (row.time.until is None or day < row.time.until):
            if _minutes(row, "am") > 0:
                found[day, "am"] = (row.start, min(row.end, NOON))
            if _minutes(row, "pm") > 0:
                found[day, "pm"] = (max(row.start, NOON), row.end)
    return found


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """One person's week as they have planned it themselves: on which days alone, of how many that
    they work. `free`: the half days they can be there, None where no hours are agreed."""

    monday: dt.date
    days: frozenset[dt.date]
    planned: int
    free: frozenset[Half] | None

    @property
    def working(self) -> list[dt.date]:
        return days_of(self.monday) if self.free is None else sorted({day for day, _ in self.free})

    @property
    def horizon(self) -> int:
        """How many working days on end (AJ-26)."""
        return horizon(self.days, self.working)

    @property
    def is_whole(self) -> bool:
        return bool(self.working) and self.days >= set(self.working)


def own_weeks(persons: Collection[uuid.UUID], monday: dt.date) -> dict[uuid.UUID, OwnWeek]:
    """What each has planned of the week themselves. Three queries, however many they are."""
    slots: dict[uuid.UUID, list[tuple[dt.date, str, str]]] = {one: [] for one in persons}
    rows = Slot.slots.of_week(monday).filter(person__in=persons).order_by()
    for person, *slot in rows.values_list("person_id", "day", "half", "planned_by"):
        slots[person].append((slot[0], slot[1], slot[2]))
    taken: dict[uuid.UUID, set[Half]] = {}
    others = Taken.halves.of_week(monday).filter(person__in=persons).order_by()
    for person, day, half in others.values_list("person_id", "day", "half"):
        taken.setdefault(person, set()).add((day, half))
    free = halves(persons, monday)
    return {
        person: _own_week(monday, mine, taken.get(person, set()), free.get(person))
        for person, mine in slots.items()
    }


def _own_week(
    monday: dt.date,
    slots: list[tuple[dt.date, str, str]],
    taken: set[Half],
    free: frozenset[Half] | None,
) -> OwnWeek:
    own = {(day, half) for day, half, by in slots if by == Slot.By.PERSON}
    staff = {(day, half) for day, half, by in slots if by != Slot.By.PERSON}
    alone = own_days(own, staff, taken, free)
    return OwnWeek(monday, alone, len({day for day, _half, _by in slots}), free)


def own_areas(enrolment: Enrolment, monday: dt.date, *, on: dt.date) -> list[WorkArea]:
    """Where somebody may put themselves: what they were given, chose, work at that week or have of
    late; where there is nothing yet, every area they can be offered. Five queries."""
    given = WorkAssignment.assignments.held(monday + WEEK).filter(enrolment=enrolment)
    pairs = given.order_by().values_list("area", "tasks__task__area")
    mine = {one for pair in pairs for one in pair} | chosen_areas(enrolment.pk)
    been = Slot.slots.filter(enrolment=enrolment, day__gte=on - LATELY, day__lte=on)
    mine |= set(been.order_by().values_list("area", flat=True))
    mine |= {one.area_id for one in own_week(enrolment.person_id, monday)}
    rows = open_in(None, monday)
    known = [one for one in rows if one.pk in mine]
    return (
        known or [one for one in rows if one.workplace.unit_id == enrolment.unit_id] or list(rows)
    )
