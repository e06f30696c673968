"""Citizens of a Danish list: a participant each, whose list also says the group, the mediator and
the hours of each month. What is written of a participant is written as every list of them does."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from stegvis.core.values.paid import Kind, Source
from stegvis.integrations.imports.reading.kinds.citizens_dk import AGENCY
from stegvis.integrations.imports.reading.register import HoursKey, employer_key
from stegvis.integrations.imports.reading.results import HELD, Row
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.integrations.imports.storing.newcomers import store_participants
from stegvis.journey.hours.actions import NewHours, state_many
from stegvis.journey.hours.models import HoursEntry
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.screening.models import SET
from stegvis.journey.standing.models import Category
from stegvis.platform.access.models import Kind as TieKind
from stegvis.platform.access.models import Relation
from stegvis.platform.tenancy.copying import copy_rows
from stegvis.platform.tenancy.keys import uuid7

type Roads = Mapping[uuid.UUID, Enrolment]


def groups_of(persons: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """By enrolment, the group that holds."""
    rows = Category.objects.filter(person__in=list(persons), category_set=SET)
    said = rows.order_by("on", "created_at", "id").values_list("enrolment", "code")
    return {road: int(code) for road, code in said if code.isdigit()}


def hours_listed(persons: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[HoursKey, int]]:
    """By person, what lists have said of ordinary hours, as they said it first."""
    rows = HoursEntry.entries.filter(
        person__in=list(persons), kind=Kind.ORDINARY, source=Source.LIST, corrects__isnull=True
    )
    found: dict[uuid.UUID, dict[HoursKey, int]] = {}
    said = ("person", "month", "employer_key", "amount")
    for person, month, employer, amount in rows.order_by("id").values_list(*said):
        found.setdefault(person, {})[month, employer] = amount
    return found


def store_citizens(arrivals: Sequence[Arrival], ground: Ground) -> None:
    shadows = [_as_participant(each, ground) for each in arrivals]
    store_participants(shadows, ground)
    there = []
    for arrival, shadow in zip(arrivals, shadows, strict=True):
        if shadow.row.outcome == HELD:
            arrival.wait()
            continue
        arrival.person, arrival.enrolment = shadow.person, shadow.enrolment
        arrival.period, arrival.before = shadow.period, shadow.before
        there.append(arrival)
    keys = [each.enrolment for each in there if each.enrolment]
    roads = {row.pk: row for row in Enrolment.enrolments.filter(pk__in=keys)}
    _write_groups(there, roads)
    _write_mediators(there, roads, ground)
    _write_hours(there, roads)


def _as_participant(arrival: Arrival, ground: Ground) -> Arrival:
    """The same row in the words of a list of participants."""
    said = arrival.row.values
    names = ("name", "national_id", "id_kind", "step", "phone", "email", "unit")
    values = {name: said[name] for name in names if said.get(name) is not None}
    values |= {"referrer": AGENCY}
    if arrival.row.outcome == "created":
        values |= {"enrolled_on": said["start"] or ground.on, "enrolled_precision": "day"}
    row: Row = replace(arrival.row, values=values, issues=list(arrival.row.issues))
    return Arrival(arrival.key, row, mark=arrival.mark)


def _write_groups(arrivals: Sequence[Arrival], roads: Roads) -> None:
    """The group of somebody who has none: what is decided here stays."""
    rows = Category.objects.filter(enrolment__in=list(roads), category_set=SET)
    screened = set(rows.order_by("id").values_list("enrolment", flat=True))
    new = []
    for arrival in arrivals:
        group, road = arrival.row.values.get("group"), _road(arrival, roads)
        if group is None or road is None or road.pk in screened:
            continue
        screened.add(road.pk)
        new.append((uuid7(), road.pk, road.person_id, SET, str(group), road.since, True))
    if new:
        columns = ("id", "enrolment_id", "person_id", "category_set", "code", "on", "imported")
        copy_rows(Category, columns, new)


def _write_mediators(arrivals: Sequence[Arrival], roads: Roads, ground: Ground) -> None:
    """Whoever the list names, if that is one of ours and the person is new. For a protected person
    it is for those responsible to say who may know."""
    part, new = Assignment.Part.JOB_MEDIATOR, []
    for arrival in arrivals:
        road = _road(arrival, roads)
        member = ground.worker(arrival.row.values.get("mediator"))
        if road is None or member is None or arrival.row.protected or "new" not in arrival.before:
            continue
        new.append((uuid7(), road.pk, road.person_id, member, part, road.since))
    if not new:
        return
    copy_rows(Assignment, ("id", "enrolment_id", "person_id", "member_id", "part", "since"), new)
    ties = [(uuid7(), row[2], TieKind.JOB_MEDIATOR, row[3], row[5]) for row in new]
    copy_rows(
        Relation,
        ("id", "person", "kind", "member_id", "since"),
        ties,
        on_conflict="on conflict do nothing",
    )


def _write_hours(arrivals: Sequence[Arrival], roads: Roads) -> None:
    stated = _stated(roads)
    lines: list[tuple[Enrolment, NewHours]] = []
    for arrival in arrivals:
        road, values = _road(arrival, roads), arrival.row.values
        if road is None or not values.get("employer"):
            continue
        for month, amount in sorted(values["_hours"].items()):
            key = (road.pk, month, employer_key(values["employer"]))
            if key not in stated:
                stated.add(key)
                new = NewHours(month, values["employer"], amount, Kind.ORDINARY, Source.LIST)
                lines.append((road, new))
    if lines:
        state_many(lines)


def _stated(roads: Collection[uuid.UUID]) -> set[tuple[uuid.UUID, dt.date, str]]:
    rows = HoursEntry.entries.filter(
        enrolment__in=list(roads), kind=Kind.ORDINARY, source=Source.LIST, corrects__isnull=True
    )
    return set(rows.order_by("id").values_list("enrolment", "month", "employer_key"))


def _road(arrival: Arrival, roads: Roads) -> Enrolment | None:
    return roads.get(arrival.enrolment) if arrival.enrolment else None
