"""What was decided is never changed: the latest decision is corrected by a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.models import StepDecision
from tests.cast.people import Cast
from tests.journey.made import an_enrolment, decide, new, steps_of, stood_on

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


@pytest.fixture
def asta(cast: Cast, at_work: Work) -> Any:
    with at_work(cast["asta"]):
        yield cast["asta"]


def _refused(code: str) -> Any:
    return pytest.raises(NotNow, check=lambda fault: fault.code == code)


def test_a_correction_undoes_the_step_and_the_one_before_goes_on(cast: Cast, asta: Any) -> None:
    before = stood_on(cast.person("own").enrolment)
    wrong = decide(cast, asta, "own", "s3")
    right = steps.correct(wrong.pk, new(cast, "s2", grounds="Fel person"), by=asta.actor)
    again = stood_on(wrong.enrolment_id)
    assert (again.pk, again.since, again.until) == (before.pk, before.since, None)
    assert (right.kind, right.corrects_id, right.opens_id) == ("correct", wrong.pk, None)
    undone = StepPeriod.periods.get(pk=wrong.opens_id)
    assert undone.voided_at is not None


def test_a_correction_may_lead_to_the_right_step(cast: Cast, asta: Any) -> None:
    wrong = decide(cast, asta, "own", "s5")
    right = steps.correct(wrong.pk, new(cast, "s3"), by=asta.actor)
    assert steps_of(wrong.enrolment_id) == [("s2", False), ("s3", True)]
    assert right.closes_id is not None


def test_a_correction_may_give_the_same_step_another_day(cast: Cast, asta: Any) -> None:
    day = cast.on - dt.timedelta(days=3)
    wrong = decide(cast, asta, "own", "s3")
    steps.correct(wrong.pk, new(cast, "s3", effective_on=day), by=asta.actor)
    assert stood_on(wrong.enrolment_id).since == day


def test_both_decisions_stay_to_be_read(cast: Cast, asta: Any) -> None:
    wrong = decide(cast, asta, "own", "s3", grounds="Förhastat")
    steps.correct(wrong.pk, new(cast, "s2", grounds="Fel"), by=asta.actor)
    kept = StepDecision.objects.filter(enrolment=wrong.enrolment_id).order_by("created_at")
    assert [row.grounds for row in kept][1:] == ["Förhastat", "Fel"]


def test_a_correction_that_took_someone_back_can_itself_be_corrected(cast: Cast, asta: Any) -> None:
    first = decide(cast, asta, "own", "s3")
    second = steps.correct(first.pk, new(cast, "s2"), by=asta.actor)
    third = steps.correct(second.pk, new(cast, "s4"), by=asta.actor)
    assert steps_of(first.enrolment_id) == [("s2", False), ("s4", True)]
    fourth = steps.correct(third.pk, new(cast, "s2"), by=asta.actor)
    assert steps_of(fourth.enrolment_id) == [("s2", True)]


def test_the_first_step_can_be_corrected(cast: Cast, as_job: Work, asta: Any) -> None:
    with as_job(cast.ekdala.tenant):
        row = an_enrolment(cast, since=cast.on - dt.timedelta(days=9))
    wrong = steps.decide(row.pk, new(cast, "s1"), by=asta.actor)
    steps.correct(wrong.pk, new(cast, "s2"), by=asta.actor)
    assert steps_of(row.pk) == [("s2", True)]
    assert stood_on(row.pk).attempt == 1


def test_the_attempt_is_that_of_the_right_step(cast: Cast, asta: Any) -> None:
    decide(cast, asta, "own", "s3", effective_on=cast.on - dt.timedelta(days=9))
    wrong = decide(cast, asta, "own", "s2")
    assert stood_on(wrong.enrolment_id).attempt == 2
    steps.correct(wrong.pk, new(cast, "s4"), by=asta.actor)
    assert stood_on(wrong.enrolment_id).attempt == 1


def test_only_the_latest_that_moved_someone_is_corrected(cast: Cast, asta: Any) -> None:
    first = decide(cast, asta, "own", "s3", effective_on=cast.on - dt.timedelta(days=9))
    second = decide(cast, asta, "own", "s4")
    with _refused("only_the_latest_is_corrected"):
        steps.correct(first.pk, new(cast, "s2"), by=asta.actor)
    stay = decide(cast, asta, "own", "s4")
    with _refused("only_the_latest_is_corrected"):
        steps.correct(stay.pk, new(cast, "s2"), by=asta.actor)
    steps.correct(second.pk, new(cast, "s3"), by=asta.actor)


def test_a_decision_is_corrected_once(cast: Cast, asta: Any) -> None:
    wrong = decide(cast, asta, "own", "s3")
    steps.correct(wrong.pk, new(cast, "s2"), by=asta.actor)
    with _refused("only_the_latest_is_corrected"):
        steps.correct(wrong.pk, new(cast, "s4"), by=asta.actor)


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("grounds_missing", {"grounds": " "}),
        ("grounds_missing", {"grounds": "", "reasons": ("Är mer självgående",)}),
        ("own_words_missing", {"own_words": ""}),
        ("no_such_step", {"to_step": "s9"}),
    ],
)
def test_a_correction_lacking_something_changes_nothing(
    cast: Cast, asta: Any, code: str, given: dict[str, Any]
) -> None:
    wrong = decide(cast, asta, "own", "s3")
    with _refused(code):
        steps.correct(wrong.pk, new(cast, **{"to_step": "s4", **given}), by=asta.actor)
    assert steps_of(wrong.enrolment_id) == [("s2", False), ("s3", True)]


def test_a_correction_dated_before_the_step_that_goes_on_changes_nothing(
    cast: Cast, asta: Any
) -> None:
    began = stood_on(cast.person("own").enrolment).since
    wrong = decide(cast, asta, "own", "s3")
    with _refused("before_the_step_began"):
        steps.correct(wrong.pk, new(cast, "s4", effective_on=began), by=asta.actor)
    assert steps_of(wrong.enrolment_id) == [("s2", False), ("s3", True)]
