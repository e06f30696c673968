"""A self-rating tried in work: one rating, one later observation, both as they were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from stegvis.journey.abilities import facts
from stegvis.journey.abilities.actions import (
    NewObservation,
    NewTrial,
    call_off,
    order_trial,
    rate,
    record_trial,
    strike,
)
from stegvis.journey.abilities.models import Observation, SelfRating, Trial
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.abilities.conftest import ago

pytestmark = pytest.mark.django_db
New = Callable[..., Any]
WORDS = "Lyfter lådor på tio kilo i två timmar, pausar två gånger"


@pytest.fixture
def pain(enrolment: Enrolment, asta: Any, rated: New) -> SelfRating:
    return rate(enrolment, rated("back_pain", 8), by=asta)


def _new(cast: Cast, **more: Any) -> NewTrial:
    given = {"what": "Lyfta lådor", "tried_by": cast["vera"].member, "by_when": cast.on}
    return NewTrial(**{**given, **more})


def _states(rating: SelfRating, seen: Observation) -> list[Any]:
    rows = [SelfRating.objects.filter(pk=rating.pk), Observation.observations.filter(pk=seen.pk)]
    return [list(row.values()) for row in rows]


@pytest.mark.requirement("INV-9", "N-18")
def test_the_rating_and_the_observation_stand_together_and_neither_is_changed(
    cast: Cast, enrolment: Enrolment, asta: Any, pain: SelfRating, at_work: New
) -> None:
    vera = cast["vera"].actor
    before = list(SelfRating.objects.filter(pk=pain.pk).values())
    trial = order_trial(enrolment, pain, _new(cast), by=asta)
    with at_work(cast["vera"]):
        seen = record_trial(
            trial, NewObservation("", "with_support", cast.on, words=WORDS), by=vera
        )
    trial.refresh_from_db()
    assert (trial.rating_id, trial.observation_id) == (pain.pk, seen.pk)
    assert list(SelfRating.objects.filter(pk=pain.pk).values()) == before
    assert seen.words == WORDS
    mark = {m.item: m for m in facts.marks(enrolment, on=cast.on, bodily=True)}["back_pain"]
    assert mark.own
    assert mark.seen
    assert (mark.own.value, mark.seen.words) == (8, WORDS)
    told = DatedFact.objects.get(source=seen.pk).values
    assert told == {"ability": "tried", "seen": "with_support", "criteria": []}


@pytest.mark.requirement("INV-9")
def test_the_database_ties_a_rating_to_one_observation_and_an_observation_to_one_rating(
    cast: Cast, enrolment: Enrolment, asta: Any, pain: SelfRating, rated: New
) -> None:
    trial = order_trial(enrolment, pain, _new(cast), by=asta)
    seen = record_trial(trial, NewObservation("", "works", cast.on, words=WORDS), by=asta)
    with pytest.raises(NotNow, match="tried_already"):
        order_trial(enrolment, pain, _new(cast), by=asta)
    second = order_trial(enrolment, rate(enrolment, rated(), by=asta), _new(cast), by=asta)
    for wrong in (
        {"observation": seen, "observed_on": cast.on},
        {"observation": seen, "observed_on": None},
        {"rating": pain},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Trial.objects.filter(pk=second.pk).update(**wrong)
    late = {"observation": None, "observed_on": ago(cast, 3)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Trial.objects.filter(pk=second.pk).update(**late)


@pytest.mark.requirement("INV-9")
def test_what_was_seen_before_the_rating_does_not_try_it(
    cast: Cast, enrolment: Enrolment, asta: Any, pain: SelfRating
) -> None:
    trial = order_trial(enrolment, pain, _new(cast), by=asta)
    early = NewObservation("", "works", cast.on - dt.timedelta(days=1), words=WORDS)
    with pytest.raises(NotNow, match="before_the_rating"):
        record_trial(trial, early, by=asta)
    with pytest.raises(NotNow, match="before_the_rating"):
        order_trial(enrolment, pain, _new(cast, by_when=ago(cast, 1)), by=asta)


def test_only_somebody_who_works_with_the_person_may_try_it(
    cast: Cast, enrolment: Enrolment, asta: Any, pain: SelfRating
) -> None:
    with pytest.raises(NotNow, match="not_with_the_person"):
        order_trial(enrolment, pain, _new(cast, tried_by=cast["birger"].member), by=asta)


def test_a_supervisor_orders_no_trial_of_what_they_may_not_read(
    cast: Cast, enrolment: Enrolment, pain: SelfRating, vera: Any, at_work: New
) -> None:
    with at_work(cast["vera"]), pytest.raises(Hidden):
        order_trial(enrolment, pain, _new(cast), by=vera)


def test_a_trial_called_off_leaves_the_rating_free(
    cast: Cast, enrolment: Enrolment, asta: Any, pain: SelfRating
) -> None:
    first = order_trial(enrolment, pain, _new(cast), by=asta)
    call_off(first, by=asta)
    with pytest.raises(NotNow, match="trial_is_over"):
        record_trial(first, NewObservation("", "works", cast.on, words=WORDS), by=asta)
    assert order_trial(enrolment, pain, _new(cast), by=asta).pk != first.pk


def test_striking_the_observation_opens_the_trial_again(
    cast: Cast, enrolment: Enrolment, asta: Any, pain: SelfRating
) -> None:
    trial = order_trial(enrolment, pain, _new(cast), by=asta)
    seen = record_trial(trial, NewObservation("", "works", cast.on, words=WORDS), by=asta)
    strike(seen, by=asta)
    trial.refresh_from_db()
    assert (trial.observation_id, trial.observed_on) == (None, None)


def test_the_rating_of_an_ability_is_tried_as_that_ability(
    cast: Cast, enrolment: Enrolment, asta: Any, rated: New
) -> None:
    rating = rate(enrolment, rated(value=3), by=asta)
    trial = order_trial(enrolment, rating, _new(cast), by=asta)
    assert trial.shown
    record_trial(trial, NewObservation("keep_hours", "works", cast.on, words="Gjorde"), by=asta)
    mark = {m.item: m for m in facts.marks(enrolment, on=cast.on)}["work_independently"]
    assert mark.apart == "lower"
