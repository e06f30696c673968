"""A behaviour Olle has agreed on with Asta, in their day's work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from stegvis.journey.motivation.models import TargetBehaviour
from tests.cast.people import Cast


@pytest.fixture
def behaviour(cast: Cast, at_work: Any) -> Iterator[TargetBehaviour]:
    """At work as Asta: the behaviour the cast has of Olle."""
    with at_work(cast["asta"]):
        yield TargetBehaviour.behaviours.get(pk=cast.person("own").rows["behaviour"])


@pytest.fixture
def day(cast: Cast) -> dt.date:
    return cast.on
