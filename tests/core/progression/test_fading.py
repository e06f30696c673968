"""What was seen fades and goes stale; two marks are held apart and never joined."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stegvis.core.progression import fading
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import judgement
from stegvis.core.progression.marks import TOPS, Apart, apart, third
from stegvis.core.values.periods import add_months
from tests.core.programme.made import model as programme

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1))
SPANS = st.integers(min_value=0, max_value=3000)
MONTHS = st.integers(min_value=1, max_value=36)


@pytest.mark.requirement("KN-71")
@settings(suppress_health_check=[HealthCheck.too_slow])  # on a busy machine it measures the machine
@given(DAYS, SPANS, MONTHS)
def test_what_is_older_than_so_many_months_is_stale_and_stays_so(
    seen: date, days: int, months: int
) -> None:
    on = seen + timedelta(days=days)
    stale = fading.is_stale(seen, on, months)
    assert stale == (on > add_months(seen, months))
    assert not stale or fading.is_stale(seen, on + timedelta(days=1), months)
    assert not fading.is_stale(seen, seen, months)


@pytest.mark.requirement("KN-71")
def test_a_mark_of_seven_months_is_stale_and_one_of_six_is_not() -> None:
    on = date(2026, 11, 25)
    assert fading.is_stale(add_months(on, -7), on)
    assert not fading.is_stale(add_months(on, -6), on)


@given(DAYS, SPANS, SPANS)
def test_a_mark_never_grows_stronger_with_age_and_never_vanishes(
    seen: date, days: int, more: int
) -> None:
    early, late = seen + timedelta(days=days), seen + timedelta(days=days + more)
    assert 0 < fading.strength(seen, late) <= fading.strength(seen, early) <= 1
    assert 0 <= fading.paleness(seen, early) <= fading.paleness(seen, late) <= fading.PALEST


def test_half_is_left_after_ninety_days() -> None:
    seen = date(2026, 1, 1)
    assert fading.strength(seen, seen + timedelta(days=90)) == 0.5
    assert fading.paleness(seen, seen + timedelta(days=89)) == 0
    assert fading.paleness(seen, seen + timedelta(days=90)) == 1


@given(st.sampled_from(sorted(TOPS)), st.data(), st.sampled_from(["works", "with_support"]))
def test_marks_differ_exactly_when_they_lie_in_different_thirds(
    scale: str, data: st.DataObject, seen: str
) -> None:
    value = data.draw(st.integers(min_value=0, max_value=TOPS[scale]))
    said = apart(value, scale, seen)
    lies = third(value, scale)
    wanted = {"with_support": 1, "works": 2}[seen]
    assert (said is Apart.NOT) == (lies == wanted)
    assert (said is Apart.RATES_HIGHER) == (lies > wanted)


@pytest.mark.parametrize(
    ("value", "seen", "said"),
    [
        (9, "works", Apart.NOT),
        (8, "with_support", Apart.RATES_HIGHER),
        (4, "works", Apart.RATES_LOWER),
        (5, "with_support", Apart.NOT),
        (0, "not_now", Apart.NOT),
    ],
)
def test_the_thirds_are_as_people_read_them(value: int, seen: str, said: Apart) -> None:
    assert apart(value, "ten", seen) is said


def _known(ability: str, days: int, **more: object) -> str:
    """What the core says of the criterion on support when this has been seen so long ago."""
    model, on = programme("jobbtrappa"), date(2026, 11, 25)
    facts = [
        Fact(date(2026, 1, 5), "referral"),
        Fact(date(2026, 1, 7), "enrolment"),
        Fact(date(2026, 1, 7), "step", {"ladder": "trappa", "step": "s2"}),
        Fact(on - timedelta(days=days), "observation", {"ability": ability, **more}),
    ]
    found = judgement(model, facts, on).standing.conditions
    return next(one.because.code for one in found if one.criterion == "needs_less_support")


@pytest.mark.requirement("KN-71", "AJ-23")
def test_a_stale_observation_is_no_evidence() -> None:
    assert _known("take_instructions", 20) == "to_judge"
    assert _known("take_instructions", 250) == "to_judge_no_evidence"


def test_an_observation_speaks_of_the_criteria_its_ability_is_tied_to() -> None:
    assert _known("function_socially", 20) == "to_judge_no_evidence"
    assert _known("something_else", 20) == "to_judge"
    assert _known("own_asks", 20, criteria=()) == "to_judge_no_evidence"
    assert _known("own_asks", 20, criteria=("needs_less_support",)) == "to_judge"


def test_a_programme_says_its_own_number_of_months() -> None:
    model = programme("jobbtrappa")
    assert fading.months(model) == 6
    assert fading.is_ours(model)
    assert fading.months(programme("flere_skal_med")) == fading.STALE_MONTHS
