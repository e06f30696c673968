"""Those who have left, and of whom it is asked once more how it went (KN-04)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from stegvis.journey.followups.facts.counted import RETENTION, TOLERANCE
from stegvis.journey.followups.models import OutcomeCheck
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass


@dataclass(frozen=True, slots=True)
class Left:
    """`opens` to `closes`: the days about day 90 that count. `check`: the latest of those days, or
    what was last heard before them."""

    enrolment: Enrolment
    opens: dt.date
    closes: dt.date
    check: OutcomeCheck | None

    @property
    def answered(self) -> bool:
        return self.check is not None and self.check.on >= self.opens


def left(actor: Actor, *, on: dt.date, person: uuid.UUID | None = None) -> list[Left]:
    """Whom this actor may ask, those whose time is over soonest first. Two queries."""
    rows = _may_ask(actor, on).filter(until__lte=on).select_related("person")
    if person is not None:
        rows = rows.filter(person=person)
    found = list(rows.order_by("until", "pk"))
    return [_left(row, checks) for row, checks in zip(found, _checks(found), strict=True)]


def to_ask(actor: Actor, *, on: dt.date) -> QuerySet[Enrolment]:
    """Those whose days have come and who have not been asked in them."""
    come = _may_ask(actor, on).filter(until__lte=on - (RETENTION - TOLERANCE))
    return come.exclude(outcome_checks__on__gte=F("until") + (RETENTION - TOLERANCE))


def _may_ask(actor: Actor, on: dt.date) -> QuerySet[Enrolment]:
    wall = reached(actor, FieldClass.OUTCOME, on=on, column="person_id")
    found: QuerySet[Enrolment] = Enrolment.enrolments.filter(
        wall, until__gte=on - (RETENTION + TOLERANCE)
    )
    return found


def _checks(rows: Iterable[Enrolment]) -> list[list[OutcomeCheck]]:
    pks = [row.pk for row in rows]
    said: dict[uuid.UUID, list[OutcomeCheck]] = {pk: [] for pk in pks}
    for check in OutcomeCheck.objects.filter(enrolment__in=pks).order_by("on", "created_at"):
        said[check.enrolment_id].append(check)
    return list(said.values())


def _left(row: Enrolment, checks: list[OutcomeCheck]) -> Left:
    assert row.until is not None  # noqa: S101  asked of those who have left
    day = row.until + RETENTION
    return Left(row, day - TOLERANCE, day + TOLERANCE, checks[-1] if checks else None)
