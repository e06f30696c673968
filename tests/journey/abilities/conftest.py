"""Vera, a supervisor, and Asta, a case worker, both at work with the person called "own"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stegvis.journey.abilities.actions import NewObservation, NewRating
from stegvis.journey.intake.models import Enrolment
from tests.cast.people import Cast

Work = Callable[..., Any]


@pytest.fixture
def asta(cast: Cast, at_work: Work) -> Iterator[Any]:
    with at_work(cast["asta"]):
        yield cast["asta"].actor


@pytest.fixture
def vera(cast: Cast) -> Any:
    return cast["vera"].actor


@pytest.fixture
def enrolment(cast: Cast, asta: Any) -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    return row


@pytest.fixture
def rated(cast: Cast) -> Callable[..., NewRating]:
    def new(item: str = "work_independently", value: int | None = 8, **more: Any) -> NewRating:
        return NewRating(item, more.pop("on", cast.on), value=value, **more)

    return new


@pytest.fixture
def seen(cast: Cast) -> Callable[..., NewObservation]:
    def new(ability: str = "work_independently", how: str = "works", **more: Any) -> NewObservation:
        return NewObservation(ability, how, more.pop("on", cast.on), **more)

    return new


def ago(cast: Cast, days: int) -> dt.date:
    return cast.on - dt.timedelta(days=days)
