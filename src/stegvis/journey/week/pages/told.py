"""A board in words: rows, cells, names, and what is to be solved."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stegvis.core.scheduling.clashes import Clash, booked
from stegvis.journey.week.facts import Board
from stegvis.journey.week.models import Slot
from stegvis.journey.week.words import HALVES, SHORT_HALVES, SIGNS, WHY

MANY = 12  # more places than this are told as a number, not drawn


def named(made: Board, person: uuid.UUID) -> str:
    """A first name and what is needed of the family's: it is read aloud and seen by all."""
    one = made.of.get(person)
    return f"{one.person.given_name} {one.person.family_name[:1]}".strip() if one else ""


def by_area(made: Board, chosen: uuid.UUID | None) -> list[dict[str, Any]]:
    cells: dict[tuple[uuid.UUID, dt.date], list[Slot]] = {}
    for slot in made.slots:
        cells.setdefault((slot.area_id, slot.day), []).append(slot)
    hours = booked(made.week)
    return [
        {
            "name": area.name,
            "picture": area.pictogram,
            "hours": area.hours_week,
            "booked": hours.get(str(area.pk), 0),
            "places": area.places,
            "leads": _leads(made, area.pk),
            "area": area.pk,
            "cells": [
                _cell(made, area, day, cells.get((area.pk, day), []), chosen) for day in made.days
            ],
        }
        for area in made.areas
    ]  # fmt: skip


def _leads(made: Board, area: uuid.UUID) -> str:
    names = [one.member.name.partition(" ")[0] for one in made.leads if one.area_id == area]
    return ", ".join(names)


def _cell(
    made: Board, area: Any, day: dt.date, slots: list[Slot], chosen: uuid.UUID | None
) -> dict[str, Any]:
    here = {half: sum(one.half == half for one in slots) for half in HALVES}
    n = max(here.values())
    there = next((one for one in made.clashes if _is_at(one, area.pk, day, "places")), None)
    return {
        "day": day,
        "n": n,
        "places": area.places,
        "pips": _pips(n, area.places),
        "full": area.places is not None and n == area.places,
        "over": n - area.places if there and area.places else 0,
        "chips": _chips(made, slots, chosen),
        "mine": [one.half for one in slots if one.person_id == chosen],
        "closed": day in made.closed,
    }


def _is_at(clash: Clash, area: uuid.UUID, day: dt.date, kind: str) -> bool:
    return clash.kind == kind and clash.area == str(area) and clash.day == day


def _pips(n: int, places: int | None) -> list[str]:
    if places is None or places > MANY:
        return []
    return ["on"] * min(n, places) + [""] * (places - n) + ["on ov"] * max(0, n - places)


def _chips(made: Board, slots: list[Slot], chosen: uuid.UUID | None) -> list[dict[str, Any]]:
    """One for each person; which half of the day is said when it is not the whole."""
    halves: dict[uuid.UUID, list[Slot]] = {}
    for slot in slots:
        halves.setdefault(slot.person_id, []).append(slot)
    return [
        {
            "person": person,
            "name": named(made, person),
            "half": "" if len(mine) > 1 else SHORT_HALVES[mine[0].half],
            "trying": any(one.trying for one in mine),
            "me": person == chosen,
        }
        for person, mine in sorted(halves.items(), key=lambda pair: named(made, pair[0]))
    ]


def by_person(made: Board, chosen: uuid.UUID | None) -> list[dict[str, Any]]:
    slots = {(one.person_id, one.day, one.half): one for one in made.slots}
    rows = []
    for one in made.people:
        person = one.person_id
        cells = [
            [_half(made, slots.get((person, day, half)), (person, day, half)) for half in HALVES]
            for day in made.days
        ]
        rows.append(
            {
                "person": person,
                "name": named(made, person),
                "given": one.person.given_name,
                "cells": cells,
                "me": person == chosen,
                "planned": sum(cell["area"] is not None for day in cells for cell in day),
                "possible": len(made.free[person]) if person in made.free else None,
            }
        )
    return rows


type _Place = tuple[uuid.UUID, dt.date, str]


def _half(made: Board, slot: Slot | None, at: _Place) -> dict[str, Any]:
    person, day, half = at
    return {
        "half": half,
        "word": HALVES[half],
        "area": slot.area if slot else None,
        "trying": slot.trying if slot else False,
        "own": slot.planned_by == Slot.By.PERSON if slot else False,
        "taken": at in made.taken,
        "off": person in made.free and (day, half) not in made.free[person],
    }


def by_lead(made: Board, chosen: uuid.UUID | None) -> list[dict[str, Any]]:
    """Each who supervises, with their areas; what nobody leads comes last."""
    rows = by_area(made, chosen)
    of: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        of.setdefault(row["leads"] or "", []).append(row)
    return [
        row | {"group": name or _("Nobody supervises")}
        for name in sorted(of, key=lambda one: (one == "", one))
        for row in of[name]
    ]


# What is to be solved


def to_solve(made: Board) -> list[dict[str, Any]]:
    names = {str(area.pk): area.name for area in made.areas}
    leads = {str(one.pk): one.member.name for one in made.leads}
    return [_told(made, one, names | leads) for one in made.clashes]


def _told(made: Board, one: Clash, names: dict[str, str]) -> dict[str, Any]:
    where = names.get(one.area, "")
    when = (
        f"{date_format(one.day, 'l').capitalize()} {SHORT_HALVES[one.half]}"
        if one.day
        else _("The week")
    )
    return {
        "kind": "late" if one.kind in ("places", "closed", "apart") else "warn",
        "sign": SIGNS[one.kind],
        "at": f"{when}, {where}" if where else when,
        "why": _why(made, one),
        **_mend(made, one, names),
    }


def _why(made: Board, one: Clash) -> str:
    people = [named(made, uuid.UUID(person)) for person in one.persons]
    n, most = number_format(one.n.normalize()), number_format(one.most.normalize())
    if one.kind == "closed":
        said = ngettext(
            "Closed, and %(n)s person is planned.",
            "Closed, and %(n)s people are planned.",
            len(people),
        )
        return said % {"n": len(people)}
    first, other = (*people, "", "")[:2]
    return str(WHY[one.kind]) % {"n": n, "most": most, "name": first, "other": other}


def _mend(made: Board, one: Clash, names: dict[str, str]) -> dict[str, Any]:
    move = one.mends
    if move is None:
        return {}
    name = named(made, uuid.UUID(move.person))
    if move.to is None:
        label = _("Take %(name)s away") % {"name": name}
    else:
        label = _("Move %(name)s to %(area)s") % {"name": name, "area": names.get(move.to, "")}
    place = f"{move.day.isoformat()}|{move.half}|{move.to or ''}"
    return {"label": label, "person": move.person, "place": place}
