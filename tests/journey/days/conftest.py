"""The workplace, the car and the people of the tests of a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.days.models import Vehicle
from stegvis.journey.intake.models import Enrolment
from tests.cast.people import Cast

type Job = Callable[..., Any]


@pytest.fixture
def day(cast: Cast) -> str:
    return reverse("place_day", args=[cast.ekdala.work["workplace"], cast.on])


@pytest.fixture
def car(cast: Cast, as_job: Job) -> Vehicle:
    with as_job(cast.ekdala.tenant):
        return Vehicle.objects.select_related("unit").get(pk=cast.ekdala.work["vehicle"])


@pytest.fixture
def olle(cast: Cast, as_job: Job) -> Enrolment:
    with as_job(cast.ekdala.tenant):
        rows = Enrolment.enrolments.select_related("person")
        row: Enrolment = rows.get(pk=cast.person("own").enrolment)
    return row
