"""Somebody's week as it stands, as a mark: written back only where it still stands so."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Iterable

from stegvis.journey.week.models import Slot, Taken

type TakenHalf = tuple[dt.date, str]


def state_of(slots: Iterable[Slot], taken: Collection[TakenHalf]) -> str:
    """Another mark for every change of a half day, whoever made it."""
    there = [(one.pk.hex, one.version) for one in slots]
    return hashlib.sha256(repr((there, sorted(taken))).encode()).hexdigest()[:20]


def states(persons: Collection[uuid.UUID], monday: dt.date) -> dict[uuid.UUID, str]:
    """The mark of each one's week. Two queries, however many they are."""
    slots: dict[uuid.UUID, list[Slot]] = {one: [] for one in persons}
    taken: dict[uuid.UUID, set[TakenHalf]] = {one: set() for one in persons}
    for row in Slot.slots.of_week(monday).filter(person__in=persons).order_by("day", "half", "id"):
        slots[row.person_id].append(row)
    rows = Taken.halves.of_week(monday).filter(person__in=persons).order_by()
    for person, day, half in rows.values_list("person_id", "day", "half"):
        taken[person].add((day, half))
    return {one: state_of(slots[one], taken[one]) for one in persons}
