"""What is known of a site when somebody is placed there: employees, how many are there, its grade.
Counts are of every unit, name nobody, and leave the protected out (0041)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Func

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
    return _people(Decimal(hours), unknown, on)


@dataclass(frozen=True, slots=True)
class Law:
    """What Danish law reads of a site: ordinary full-time employees, None: not known; full-time
    people who are counted there."""

    fte: Decimal | None
    placed: Decimal


def law_of(sites: Collection[uuid.UUID], *, on: dt.date) -> dict[uuid.UUID, Law]:
    """As `employees` and `placed_at`, of many sites. Two queries."""
    rows = Placement.placements.filter(site__in=list(sites), fte__isnull=False, since__lte=on)
    rows = rows.filter(since__gt=on - MONTHS).order_by("since", "id")
    fte = dict(rows.values_list("site", "fte"))
    with connection.cursor() as cursor:
        cursor.execute(
            "select s, c.hours, c.unknown from unnest(%s::uuid[]) s,"
            " placements_counted(s, %s, %s, null) c",
            (list(sites), list(LIMITED), on),
        )
        found = cursor.fetchall()
    return {
        site: Law(fte.get(site), _people(Decimal(hours), unknown, on))
        for site, hours, unknown in found
    }


def _people(hours: Decimal, unknown: int, on: dt.date) -> Decimal:
    there = limits.full_time(hours, on)
    return (there if there is not None else Decimal(0)) + Decimal(unknown)


class Taken(Func):
    """How many are placed at an opening, as a column: Taken(key, day). None: nobody."""

    template = "(select taken from placements_taken(array[%(expressions)s))"
    arg_joiner = "], "
    output_field = BigIntegerField()


class Full(Func):
    """Whether as many are placed at an opening as it offers, as a column: Full(key, day)."""

    template = "exists (select from placements_full(array[%(expressions)s))"
    arg_joiner = "], "
    output_field = BooleanField()
