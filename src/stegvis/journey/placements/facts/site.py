"""What is known of a site when somebody is placed there: employees, how many are there, its grade.
Counts are of every unit, name nobody, and leave the protected out (0041)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from decimal import Decimal

from django.db import connection

from stegvis.core.matching import limits
from stegvis.journey.employers.models import Site
from stegvis.journey.placements.words import LIMITED


def employees(site: Site, *, on: dt.date) -> Decimal | None:
    """Ordinary full-time employees as the register of companies has them; None: not known."""
    return None


def grade_of(site: Site, *, on: dt.date) -> str:
    """Nothing, ambassador or example: worked out from who is trained there."""
    return ""


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


def full(openings: Collection[uuid.UUID], *, on: dt.date) -> frozenset[uuid.UUID]:
    """Those of which as many are placed as they offer."""
    if not openings:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("select opening from placements_full(%s, %s)", (list(openings), on))
        return frozenset(row[0] for row in cursor.fetchall())
