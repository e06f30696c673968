"""The enrolments of those whom rows are about, and which of them a day belongs to."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from stegvis.journey.intake.models import Enrolment

type Roads = dict[uuid.UUID, list[Enrolment]]


def held(persons: Collection[uuid.UUID]) -> Roads:
    """By person, oldest first. Held as the lists of a day hold them, so that what is written
    meanwhile is seen."""
    found: Roads = {}
    rows = Enrolment.enrolments.filter(person__in=list(persons)).select_related("person")
    locked = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    for row in sorted(locked, key=lambda one: (one.since, one.pk)):
        found.setdefault(row.person_id, []).append(row)
    return found


def of_day(rows: Sequence[Enrolment], on: dt.date) -> Enrolment:
    """The one that ran that day; of a day outside any, the nearest before, else the first."""
    begun = [row for row in rows if row.since <= on]
    return begun[-1] if begun else rows[0]
