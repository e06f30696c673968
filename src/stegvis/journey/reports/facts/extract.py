"""Rows about roads for an evaluation, with nobody in them (X-10).

No name, number, telephone, address, birthday or word that somebody wrote; days told by the month or
more coarsely; an id that is made for this one extract. Protected people are not among them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from stegvis.core.outcomes.anonymity import Column, Hidden, age, as_is, hide, month
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.access.models import Shield

COLUMNS = (
    Column("programme", 1, as_is),
    Column("agency", 1, as_is),
    Column("sex", 1, as_is),
    Column("age_at_entry", 3, age),
    Column("entry", 3, month),
    Column("exit", 3, month),
)
"""What an outsider may know of somebody: the quasi-identifiers."""
TOLD = ("exit_kind", "highest_step", "steps_entered")
EXITS = {"work": "work", "education": "education"}
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Extract:
    hidden: Hidden
    persons: tuple[uuid.UUID, ...]  # whose rows were read, for the log
    total: int


def extract(units: Iterable[uuid.UUID | None] = (None,)) -> Extract:
    """The whole municipality (None) or some units of it, as a service: nobody's list. Two
    queries."""
    shielded = Shield.objects.filter(lifted_on__isnull=True).values("person")
    asked = set(units)
    every = Enrolment.enrolments.all()
    rows = (
        (every if None in asked else every.filter(unit__in=asked))
        .exclude(person__in=shielded)
        .select_related("person", "programme")
        .order_by("id")
    )
    found = list(rows)
    highest: dict[uuid.UUID, list[int]] = {row.pk: [] for row in found}
    periods = StepPeriod.periods.standing().filter(enrolment__in=highest)
    for key, ordinal in periods.order_by().values_list("enrolment", "ordinal"):
        highest[key].append(ordinal)
    told = [_told(row, highest[row.pk]) for row in found]
    persons = tuple(dict.fromkeys(row.person_id for row in found))
    hidden = hide(told, COLUMNS, whose=[row.person_id for row in found])
    return Extract(hidden, persons, len(found))


def _told(row: Enrolment, steps: list[int]) -> dict[str, str]:
    born = row.person.born_on
    return {
        "programme": row.programme.key,
        "agency": row.agency,
        "sex": row.person.sex,
        "age_at_entry": str(int((row.since - born).days / YEAR)) if born else "",
        "entry": _month(row.since),
        "exit": _month(row.until),
        "exit_kind": EXITS.get(row.exit_reason, "other") if row.until else "",
        "highest_step": str(max(steps, default="")),
        "steps_entered": str(len(steps)),
    }


def _month(day: dt.date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def as_csv(found: Extract) -> str:
    """In an order of chance, each row with an id of its own that is kept nowhere."""
    names = ["id", *(column.name for column in COLUMNS), *TOLD]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\r\n")
    writer.writeheader()
    rows = [{"id": secrets.token_hex(8), **row} for row in found.hidden.rows]
    writer.writerows(sorted(rows, key=lambda row: row["id"]))
    return text.getvalue()
