"""The earliest day a placement was thought possible beside the day it began (JI-10)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.facts.early import first_external
from stegvis.journey.placements.models import FirstMeasures


@dataclass(frozen=True, slots=True)
class Starting:
    """`late`: days from the earliest day to the first placement, below zero when it was earlier;
    None while nobody is placed."""

    enrolment: uuid.UUID
    earliest: dt.date
    first: dt.date | None

    @property
    def late(self) -> int | None:
        return (self.first - self.earliest).days if self.first else None


def started(enrolments: Collection[uuid.UUID]) -> dict[uuid.UUID, Starting]:
    """Of those for whom an earliest day was written. One query."""
    said = FirstMeasures.objects.filter(enrolment=OuterRef("pk")).order_by("-on", "-created_at")
    rows = Enrolment.enrolments.filter(pk__in=list(enrolments)).annotate(
        earliest=Subquery(said.values("earliest")[:1]), first=first_external()
    )
    found = rows.exclude(earliest=None).order_by("id").values_list("pk", "earliest", "first")
    return {key: Starting(key, earliest, first) for key, earliest, first in found}
