"""What the day's pages ask: the lists, what is done, who comes, what the cars lack."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject

from stegvis.core.values.driving import Licence
from stegvis.journey.attendance.models import Attendance, Status
from stegvis.journey.days.models import (
    Booking,
    Briefed,
    Briefing,
    Fault,
    Hand,
    Listed,
    MemberLicence,
    Point,
    Vehicle,
    VehicleCheck,
)
from stegvis.journey.days.words import OURS
from stegvis.journey.week.models import Published, Slot
from stegvis.journey.work.facts import hours_on
from stegvis.journey.work.models import WorkingTime
from stegvis.journey.workplaces.models import Workplace
from stegvis.platform.accounts.models import Grant, Member, Role
from stegvis.platform.tenancy.models import Unit

FULL_WEEK = {"SE": 40 * 60, "DK": 37 * 60}
"""Minutes of a full working week as the agreements of the countries have it (ours)."""
BACK = 7  # days back that a day may still be written down (ours)
WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Named:
    code: str
    name: Any
    ours: bool = True
    hidden: bool = False


type Lists = dict[str, list[Named]]


def points(unit: uuid.UUID, *, hidden: bool = False) -> Lists:
    """The lists of a unit: ours, without what it does not use, and its own. One query."""
    own = {(row.listed, row.code): row for row in Point.objects.filter(unit=unit).order_by("id")}
    found: Lists = {}
    for listed in Listed.values:
        rows = [
            Named(code, name, hidden=bool((row := own.get((listed, code))) and row.hidden))
            for code, name in OURS[listed].items()
        ]
        rows += [
            Named(row.code, row.name, ours=False, hidden=row.hidden)
            for row in own.values()
            if row.listed == listed and row.name
        ]
        found[listed] = [one for one in rows if hidden or not one.hidden]
    return found


def named(listed: str) -> dict[str, Any]:
    """Every point there has been of these lists, by code: of our own and of every unit."""
    rows = Point.objects.filter(listed=listed).exclude(name="").order_by("id")
    return dict(OURS[listed]) | dict(rows.values_list("code", "name"))


def places(units: Collection[uuid.UUID | None], on: dt.date) -> list[Workplace]:
    """Workplaces of these units, of all where None is among them."""
    rows = Workplace.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
    if None not in units:
        rows = rows.filter(unit__in=units)
    return list(rows.select_related("unit").order_by("name", "id"))


# Who comes


@dataclass(frozen=True, slots=True)
class Coming:
    """How many are expected, how many at each hour, how many with a full week (KN-58)."""

    people: int
    starts: list[tuple[dt.time, int]]
    full_time: int


def coming(persons: Collection[uuid.UUID], day: dt.date, *, country: str) -> Coming:
    """Of those the visitor works with and of nobody else."""
    hours = hours_on(persons, day, country=country)
    rows = WorkingTime.times.held(day).filter(person__in=hours, struck_on__isnull=True)
    full = rows.filter(minutes__gte=FULL_WEEK[country]).values("person").distinct().count()
    starts = Counter(one.start for one in hours.values())
    return Coming(len(hours), sorted(starts.items()), full)


def here(persons: Collection[uuid.UUID], day: dt.date) -> set[uuid.UUID]:
    """Those who have been marked as here, in time or late."""
    rows = Attendance.attendances.of_work().filter(
        person__in=persons, on=day, status__in=(Status.PRESENT, Status.LATE)
    )
    return set(rows.order_by().values_list("person_id", flat=True))


# Briefings


def briefings(workplace: uuid.UUID, day: dt.date) -> list[tuple[Briefing, list[Any]]]:
    """Those of a day with the names of what was gone through."""
    rows = Briefing.objects.filter(workplace=workplace, on=day).select_related("by")
    found = list(rows.order_by("created_at", "id"))
    names = named(Listed.SAFETY) if found else {}
    return [(row, [names.get(code, code) for code in row.topics]) for row in found]


def safety_log(person: uuid.UUID) -> list[tuple[Briefed, list[Any]]]:
    """What somebody has been told of how the work is done safely, the latest first."""
    rows = Briefed.objects.filter(person=person).select_related("briefing__by")
    names = named(Listed.SAFETY)
    return [
        (row, [names.get(code, code) for code in row.topics]) for row in rows.order_by("-on", "-id")
    ]


# Cars


@dataclass(frozen=True, slots=True)
class Car:
    """A vehicle on a day. `unchecked`: it is used and nobody has gone through it (KN-46)."""

    row: Vehicle
    bookings: list[Booking]
    checks: dict[str, VehicleCheck]
    faults: list[Fault]

    @property
    def unchecked(self) -> bool:
        return bool(self.bookings) and "out" not in self.checks

    @property
    def unreturned(self) -> bool:
        return bool(self.bookings) and "out" in self.checks and "back" not in self.checks


def cars(units: Collection[uuid.UUID | None], day: dt.date) -> list[Car]:
    """Four queries. Who drives, if it is a participant, is in `drivers`."""
    rows = Vehicle.objects.filter(Q(until__isnull=True) | Q(until__gt=day))
    if None not in units:
        rows = rows.filter(unit__in=units)
    rows = rows.prefetch_related(
        Prefetch("bookings", to_attr="used", queryset=Booking.objects.filter(
            on=day, called_off_on__isnull=True).select_related("driver")),
        Prefetch("checks", to_attr="made", queryset=VehicleCheck.objects.filter(
            on=day).select_related("by")),
        Prefetch("faults", to_attr="left", queryset=Fault.objects.filter(
            mended_on__isnull=True).select_related("owner")),
    )  # fmt: skip
    return [
        Car(row, vars(row)["used"], {one.way: one for one in vars(row)["made"]}, vars(row)["left"])
        for row in rows.order_by("name", "id")
    ]


def hands(made: Iterable[Car]) -> dict[uuid.UUID, Hand]:
    """Participants who drive or did a check, by booking or check: those the visitor reaches."""
    found = list(made)
    keys = [one.pk for car in found for one in car.bookings]
    checks = [one.pk for car in found for one in car.checks.values()]
    if not keys and not checks:
        return {}
    rows = Hand.objects.filter(Q(booking__in=keys) | Q(check_made__in=checks))
    found_hands: dict[uuid.UUID, Hand] = {}
    for row in rows.select_related("person").order_by("id"):
        of = row.booking_id or row.check_made_id
        if of is not None:
            found_hands[of] = row
    return found_hands


def colleagues(
    unit: uuid.UUID, on: dt.date, *, roles: Collection[Role] = tuple(Role)
) -> list[Member]:
    """Staff at work in the unit with one of the roles, by name."""
    held = Grant.grants.held(on).filter(Q(unit=unit) | Q(unit=None), role__in=roles)
    rows = Member.members.filter(
        Q(unit=unit) | Q(unit=None), pk__in=held.values("member"), left_on__isnull=True,
        portal=False,
    )  # fmt: skip
    return list(rows.order_by("name", "id"))


def licences_of(members: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Licence]]:
    rows = MemberLicence.objects.filter(member__in=members).order_by("id")
    return {row.member_id: [Licence(frozenset(row.classes), row.valid_to)] for row in rows}


# What My day says


@dataclass(frozen=True, slots=True)
class Left:
    """`week_ready`: next week has been shown, or nobody has anything in it to show yet."""

    week_ready: bool
    faults: list[dict[str, Any]] = field(default_factory=list)


def left(unit: uuid.UUID | None, member: uuid.UUID, on: dt.date) -> Left:
    """Whether the unit's next week is shown, and the faults that are the member's. One query."""
    if unit is None:
        return Left(week_ready=True)
    shown = Published.weeks.filter(unit=OuterRef("pk"), monday=next_monday(on))
    mine = Fault.objects.filter(owner=member, mended_on__isnull=True).order_by("found_on", "id")
    told = JSONObject(
        code="code", words="words", vehicle="vehicle", name="vehicle__name", on="found_on"
    )
    rows = Unit.objects.filter(pk=unit).annotate(
        shown=Exists(shown), mine=ArraySubquery(mine.values(told=told))
    )
    row = rows.values("shown", "mine").first()
    return Left(row["shown"], row["mine"]) if row else Left(week_ready=True)


def is_shown(unit: uuid.UUID, monday: dt.date) -> bool:
    return bool(Published.weeks.filter(unit=unit, monday=monday).exists())


def planned(workplace: uuid.UUID, persons: Collection[uuid.UUID], day: dt.date) -> list[Any]:
    """Area by area: how many of the visitor's own people have a half day there. One query."""
    rows = Slot.slots.filter(area__workplace=workplace, person__in=persons, day=day)
    found: dict[str, dict[str, int]] = {}
    for name, half in rows.order_by("area__name", "id").values_list("area__name", "half"):
        at = found.setdefault(name, {"am": 0, "pm": 0})
        at[half] += 1
    return [(name, at["am"], at["pm"]) for name, at in found.items()]


def next_monday(on: dt.date) -> dt.date:
    return on - dt.timedelta(days=on.weekday()) + WEEK
