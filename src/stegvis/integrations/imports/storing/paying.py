"""Lines of slips of pay, through the verb of the ledger. What stands there is read again and never
changed: a slip that has been used for something else meanwhile waits for a person."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence

from stegvis.core.values.paid import Kind, Source
from stegvis.integrations.imports.reading.kinds.ordinary_hours import line_of, voucher
from stegvis.integrations.imports.reading.register import KnownSlip
from stegvis.integrations.imports.reading.results import CREATED
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.crowd import Crowd
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.integrations.imports.storing.roads import held, of_day
from stegvis.journey.hours.actions import NewHours, state_many
from stegvis.journey.hours.models import HoursEntry
from stegvis.journey.intake.models import Enrolment


def known_slips(
    numbers: Collection[str], ids: Mapping[uuid.UUID, str]
) -> dict[str, list[KnownSlip]]:
    """By number, as they were stated first. `ids`: number by person; a slip of somebody else is
    somebody else's."""
    rows = HoursEntry.entries.filter(
        voucher__in=[*numbers], source=Source.PAY_SLIP, corrects__isnull=True
    )
    found: dict[str, list[KnownSlip]] = {}
    said = ("voucher", "person", "month", "employer_key", "kind", "amount")
    for number, person, *rest in rows.order_by("id").values_list(*said):
        line = KnownSlip(ids.get(person, str(person)), *rest)
        found.setdefault(number, []).append(line)
    return found


def store_hours(arrivals: Sequence[Arrival], ground: Ground) -> None:
    crowd = Crowd.locked(ground, arrivals)
    persons = {number: present.person for number, present in crowd.by_number.items()}
    roads = held(persons.values())
    ids = {person: number for number, person in persons.items()}
    there = known_slips({voucher(each.row) for each in arrivals}, ids)
    lines: list[tuple[Enrolment, NewHours]] = []
    come: list[Arrival] = []
    for arrival in arrivals:
        person = persons.get(arrival.row.identity)
        if person not in roads:
            arrival.wait()
            continue
        arrival.person = person
        if arrival.row.outcome != CREATED:
            continue
        number, mine = voucher(arrival.row), line_of(arrival.row)
        if any(e.about != mine.about or e.kind == mine.kind for e in there.get(number, ())):
            arrival.wait()
            continue
        there.setdefault(number, []).append(mine)
        road = of_day(roads[person], arrival.row.values["to"])
        arrival.enrolment = road.pk
        new = NewHours(
            mine.month, arrival.row.values["employer"], mine.amount, Kind(mine.kind),
            Source.PAY_SLIP, number,
        )  # fmt: skip
        lines.append((road, new))
        come.append(arrival)
    if lines:
        for arrival, row in zip(come, state_many(lines), strict=True):
            arrival.period = row.pk
