"""Asta at work with the person who is hers, and one newly enrolled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.decision import Actor
from tests.cast.people import Cast


@pytest.fixture
def asta(cast: Cast, at_work: Callable[..., Any]) -> Iterator[Actor]:
    with at_work(cast["asta"]):
        yield cast["asta"].actor


@pytest.fixture
def enrolment(cast: Cast, asta: Actor) -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    return row
