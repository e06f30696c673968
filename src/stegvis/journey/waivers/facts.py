"""May this be told, to whom, for what, now? Asked when something is about to be read or sent."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from stegvis.journey.people.models import plain
from stegvis.journey.waivers.models import ONE_AUTHORITY, REMIND_DAYS, Direction, Waiver
from stegvis.platform.access.decision import Actor


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Whom one would tell: the kind of organisation and its name."""

    kind: str
    name: str

    def is_of(self, waiver: Waiver) -> bool:
        if self.kind != waiver.counterpart_kind:
            return False
        return self.kind in ONE_AUTHORITY or _key(self.name) == _key(waiver.counterpart_name)


def _key(name: str) -> str:
    return plain(name).casefold()


def allows(
    waiver: Waiver, counterpart: Counterpart, category: str, purpose: str, direction: str
) -> bool:
    """What the waiver says, whenever it is in force."""
    return (
        counterpart.is_of(waiver)
        and category in waiver.categories
        and waiver.purpose == purpose
        and waiver.direction in (direction, Direction.BOTH)
    )


def covers(
    person: uuid.UUID,
    *,
    counterpart: Counterpart,
    category: str,
    purpose: str,
    at: dt.datetime,
    direction: str = Direction.GIVE,
) -> Waiver | None:
    """The waiver on which this may be told (or received) at this moment, or None. One query."""
    rows = Waiver.waivers.live(at).filter(person=person)
    return covering(rows, counterpart, category, purpose, at=at, direction=direction)


def covering(
    waivers: Iterable[Waiver],
    counterpart: Counterpart,
    category: str,
    purpose: str,
    *,
    at: dt.datetime,
    direction: str = Direction.GIVE,
) -> Waiver | None:
    """The same of rows already read: the one that lasts longest."""
    fit = [
        row
        for row in waivers
        if row.in_force(at) and allows(row, counterpart, category, purpose, direction)
    ]
    return max(fit, key=lambda row: (row.over_at, row.pk), default=None)


def for_person(person: uuid.UUID) -> list[Waiver]:
    """Every waiver of a person, the one that ends last first. One query."""
    rows = Waiver.waivers.filter(person=person).select_related("noted_by", "withdrawn_by")
    return list(rows.order_by("-valid_to", "-id"))


def held_still(person: uuid.UUID) -> None:
    """Let no waiver of the person be withdrawn while something is being told on it: the one who
    comes second waits. One query."""
    list(Waiver.waivers.filter(person=person).select_for_update().order_by("pk").values_list("pk"))


def ending_soon(actor: Actor, *, at: dt.datetime, on: dt.date, most: int = 50) -> list[Waiver]:
    """Those in force that end within a fortnight, for whoever may see them: a reminder."""
    rows = soon_over(actor, at=at, on=on).select_related("person")
    return list(rows.order_by("valid_to", "id")[:most])


def soon_over(actor: Actor, *, at: dt.datetime, on: dt.date) -> QuerySet[Waiver]:
    """The same as rows still to be asked for."""
    soon = at + dt.timedelta(days=REMIND_DAYS)
    rows: QuerySet[Waiver] = (
        Waiver.waivers.live(at).visible_to(actor, on).filter(valid_to__lte=soon)
    )
    return rows
