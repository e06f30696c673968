"""The verbs by which the rooms above tie people together and shield them."""

from __future__ import annotations

import datetime as dt
import uuid

from stegvis.platform.access.models import Kind, Relation, Shield
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.tenancy.scope import current


def tie(
    person: uuid.UUID,
    kind: Kind,
    *,
    since: dt.date,
    member: uuid.UUID | None = None,
    unit: uuid.UUID | None = None,
    until: dt.date | None = None,
    because: str = "",
) -> None:
    """Tie a member or a unit to a person. The same open tie twice is one tie."""
    row = Relation(
        tenant_id=current().tenant,
        person=person,
        kind=kind,
        member_id=member,
        unit_id=unit,
        since=since,
        until=until,
        because=because,
    )
    Relation.relations.bulk_create([row], ignore_conflicts=True)
    current().known.pop(person, None)


def untie(
    person: uuid.UUID,
    kind: Kind,
    *,
    until: dt.date,
    member: uuid.UUID | None = None,
    unit: uuid.UUID | None = None,
) -> None:
    """End the open ties of a kind. A tie that would end before it began ends the day it began."""
    rows = Relation.relations.filter(person=person, kind=kind, until__isnull=True)
    if member:
        rows = rows.filter(member=member)
    if unit:
        rows = rows.filter(unit=unit)
    for row in rows.order_by("id"):
        row.until = max(until, row.since)
        row.save_if_unchanged("until")
    current().known.pop(person, None)


def shield(person: uuid.UUID, grade: Shield.Grade, *, since: dt.date, source: str) -> None:
    """Protect. Doing it twice changes nothing; nothing automatic ever lifts it."""
    row = Shield(tenant_id=current().tenant, person=person, grade=grade, since=since, source=source)
    Shield.objects.bulk_create([row], ignore_conflicts=True)
    current().known.pop(person, None)


def is_shielded(person: uuid.UUID) -> bool:
    return Shield.objects.filter(person=person, lifted_on__isnull=True).exists()


def name_officers(person: uuid.UUID, *, since: dt.date) -> None:
    """Those responsible for protected identities come on the person's list. A municipality that
    has named nobody must not lose the person: whoever wrote it down stays the one who knows."""
    officers = Grant.grants.held(current().on).filter(role=Role.PROTECTION_OFFICER)
    members = list(officers.order_by("member").values_list("member", flat=True).distinct())
    writer = current().member
    for member in members or ([writer] if writer else []):
        tie(person, Kind.NAMED, since=since, member=member, because="officer")


def lift(person: uuid.UUID, *, on: dt.date, by: uuid.UUID) -> None:
    """A named person's decision that the protection has ended."""
    for row in Shield.objects.filter(person=person, lifted_on__isnull=True).order_by("id"):
        row.lifted_on, row.lifted_by_id = on, by
        row.save_if_unchanged("lifted_on", "lifted_by")
    current().known.pop(person, None)
