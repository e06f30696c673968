"""A workplace with three areas in the first unit, and a Monday to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from stegvis.core.values.periods import Week
from stegvis.journey.workplaces.models import WorkArea, Workplace
from tests.cast.people import Cast


@dataclass(frozen=True)
class Town:
    monday: dt.date
    week: str
    areas: dict[str, WorkArea]


@pytest.fixture
def town(cast: Cast, as_job: Callable[..., Any]) -> Town:
    ekdala = cast.ekdala
    with as_job(ekdala.tenant):
        place = Workplace(tenant_id=ekdala.tenant, unit_id=ekdala.units[0], name="AME-huset")
        place.save(force_insert=True)
        areas = {}
        for code, places in (("kitchen", 2), ("laundry", 1), ("wood", None)):
            area = WorkArea(
                tenant_id=ekdala.tenant,
                workplace=place,
                code=code,
                name=code.title(),
                places=places,
            )
            area.save(force_insert=True)
            areas[code] = area
    week = Week.of(cast.on).plus(1)
    return Town(week.monday, str(week), areas)
