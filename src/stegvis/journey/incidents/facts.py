"""What the rooms above and the pages ask of it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from stegvis.core.progression.days_off import next_open
from stegvis.journey.incidents.models import (
    INTOXICATION,
    Incident,
    Involved,
    Measured,
    OwnKind,
    SafetyNote,
    WrittenWarning,
)
from stegvis.journey.incidents.words import KINDS
from stegvis.platform.access.authority import may, permit, reached
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.sealing import unseal
from stegvis.platform.accounts.calendar import calendar


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    name: Any
    icon: str = "flag"
    hidden: bool = False
    ours: bool = True


def kinds() -> dict[str, Kind]:
    """Every kind there has been, by code; ours first. One query."""
    found = {code: Kind(code, name, icon) for code, (name, icon) in KINDS.items()}
    for row in OwnKind.objects.order_by("name", "id"):
        ours = found.get(row.code)
        if ours is None:
            found[row.code] = Kind(row.code, row.name, hidden=row.hidden, ours=False)
        else:
            found[row.code] = Kind(row.code, ours.name, ours.icon, hidden=row.hidden)
    return found


def open_parts(actor: Actor, *, on: dt.date) -> QuerySet[Involved]:
    """What is not closed, of those whose text the visitor may read."""
    rows: QuerySet[Involved] = Involved.parts.visible_to(actor, on).open()
    return rows.select_related("person").order_by("due", "on", "id")


def suspected(actor: Actor, *, on: dt.date) -> QuerySet[Involved]:
    """Whom a test waits for, of those the visitor is to know a deviation of."""
    known = reached(actor, FieldClass.DEVIATION, on=on, column="person_id")
    rows = Involved.parts.filter(known, kind=INTOXICATION, result="", closed_on__isnull=True)
    found: QuerySet[Involved] = rows.select_related("person").order_by("on", "id")
    return found


def of_person(person: uuid.UUID) -> list[Involved]:
    return list(Involved.parts.filter(person=person).order_by("-on", "-id"))


def reads_text(actor: Actor, part: Involved, on: dt.date) -> bool:
    """Of a suspected intoxication the case worker reads the whole (KN-53); of the rest not the
    text."""
    if may(actor, Act.READ, part.person_id, FieldClass.INCIDENT, on=on):
        return True
    whole = may(actor, Act.WRITE, part.person_id, FieldClass.DEVIATION, on=on)
    return part.kind == INTOXICATION and whole


def shared(part: Involved) -> Incident | None:
    """What all who were there share: None for whoever does not reach every one of them."""
    return Incident.objects.filter(pk=part.incident_id).first()


def value_of(part: Involved, *, by: Actor) -> str:
    """The measured value while it is kept, to whoever may read health; else nothing."""
    permit(by, Act.READ, part.person_id, FieldClass.SENSITIVE)
    row = Measured.objects.filter(part=part).first()
    return unseal(row.tenant_id, bytes(row.sealed)) if row else ""


def next_working_day(country: str, unit: uuid.UUID | None, after: dt.date) -> dt.date:
    """With the country's holidays and the unit's closed days. One query."""
    return next_open(calendar(country, after, members=[]).of(None, unit), after)


def warnings_of(person: uuid.UUID) -> list[WrittenWarning]:
    return list(WrittenWarning.objects.filter(person=person).order_by("-number"))


def first_aid(person: uuid.UUID) -> list[SafetyNote]:
    """What stands now."""
    return list(SafetyNote.notes.standing().filter(person=person).order_by("-consent_on", "-id"))


def expired(on: dt.date) -> list[Measured]:
    return list(Measured.objects.filter(delete_on__lte=on).order_by("delete_on", "id"))
