"""What is known of a site when somebody is placed there: employees, how many are there, its grade.
Counts are of every unit, name nobody, and leave the protected out (0041)."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from django.db import connection
from django.db.models import BooleanField, Func

from stegvis.core.matching import limits
from stegvis.core.values.grades import Grade
from stegvis.journey.employers.facts import grade
from stegvis.journey.employers.models import Site
from stegvis.journey.placements.models import Placement
from stegvis.journey.placements.words import LIMITED

MONTHS = dt.timedelta(days=122)  # the four the law looks at


def employees(site: Site, *, on: dt.date) -> Decimal | None:
    """Ordinary full-time employees there, as the company said it when somebody was placed within
    the months the law looks at; None: not known."""
    rows = Placement.placements.filter(site=site, fte__isnull=False, since__lte=on)
    rows = rows.filter(since__gt=on - MONTHS)
    found: Decimal | None = rows.order_by("-since", "-id").values_list("fte", flat=True).first()
    return found


def grade_of(site: Site, *, on: dt.date) -> str:
    """Nothing, ambassador or example: worked out from who is trained there."""
    found = grade(site, on)
    return "" if found is Grade.NONE else str(found)


def placed_at(site: Site, *, on: dt.date, but: uuid.UUID | None = None) -> Decimal:
    """Full-time people whom the law counts there that day; one whole where nobody has said how
    many hours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select hours, unknown from placements_counted(%s, %s, %s, %s)",
            (site.pk, list(LIMITED), on, but),
        )
        hours, unknown = cursor.fetchone() or (0, 0)
    there = limits.full_time(Decimal(hours), on)
    return (there if there is not None else Decimal(0)) + Decimal(unknown)


class Full(Func):
    """Whether as many are placed at an opening as it offers, as a column: Full(key, day)."""

    template = "exists (select from placements_full(array[%(expressions)s))"
    arg_joiner = "], "
    output_field = BooleanField()
