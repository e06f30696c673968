"""How well decisions are documented (KN-14): counts of many, never of one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps.models import StepDecision
from stegvis.platform.access.models import Shield
from stegvis.platform.tenancy.models import Unit

SMALL = 5


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of `of`; None where it would tell of fewer than five, on either side."""

    code: str
    n: int | None
    of: int | None


@dataclass(frozen=True, slots=True)
class Quality:
    """One unit's decisions since a day. `unknown`: steps that came from a list, without any."""

    unit: str
    shares: tuple[Share, ...]
    unknown: int | None


def share(code: str, n: int, of: int) -> Share:
    """Suppressed when whole, part or rest is of fewer than five; nothing of nothing is shown."""
    if of == 0:
        return Share(code, 0, 0)
    if of < SMALL or 0 < n < SMALL or 0 < of - n < SMALL:
        return Share(code, None, None if of < SMALL else of)
    return Share(code, n, of)


def quality(units: Iterable[Unit], *, since: dt.date) -> list[Quality]:
    """By unit, without a sum: from a sum a suppressed unit could be worked out. Two queries.
    Protected people are not counted at all."""
    rows = {unit.pk: unit.name for unit in units}
    shielded = Shield.objects.filter(lifted_on__isnull=True).values("person")
    decided = (
        StepDecision.objects.filter(enrolment__unit__in=rows, effective_on__gte=since)
        .exclude(person_id__in=shielded)
        .order_by()
        .values("enrolment__unit")
        .annotate(
            of=Count("pk"),
            written=Count("pk", filter=~Q(grounds="")),
            words=Count("pk", filter=~Q(own_words="")),
            answered=Count("pk", filter=~Q(own_words="") | ~Q(own_words_missing="not_asked")),
            against=Count("pk", filter=Q(against_advice=True)),
            argued=Count("pk", filter=Q(against_advice=True) & ~Q(grounds="")),
        )
    )
    lists = (
        StepPeriod.periods.standing()
        .filter(enrolment__unit__in=rows, since__gte=since, imported=True)
        .exclude(person_id__in=shielded)
        .order_by()
        .values_list("enrolment__unit")
        .annotate(Count("pk"))
    )
    unknown: dict[uuid.UUID, int] = dict(lists)
    counted = {row["enrolment__unit"]: row for row in decided}
    return [_quality(name, counted.get(key), unknown.get(key, 0)) for key, name in rows.items()]


def _quality(name: str, row: Mapping[str, Any] | None, unknown: int) -> Quality:
    said: Mapping[str, int] = row or dict.fromkeys(
        ("of", "written", "words", "answered", "against", "argued"), 0
    )
    shares = (
        share("written", said["written"], said["of"]),
        share("words", said["words"], said["of"]),
        share("answered", said["answered"], said["of"]),
        share("argued", said["argued"], said["against"]),
    )
    return Quality(name, shares, None if 0 < unknown < SMALL else unknown)
