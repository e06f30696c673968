"""What a plan lacks, and which goals two follow-ups have passed by."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.progression.plans import (
    HEAD,
    dates_required,
    forgotten,
    lacking,
    review_days,
    undated,
)
from stegvis.core.values.periods import Period
from tests.core.programme.test_models import model

DAY = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
PAUSES = st.lists(st.tuples(DAY, st.none() | st.integers(0, 90)), max_size=3).map(
    lambda found: [Period(a, a + dt.timedelta(days=n) if n is not None else None) for a, n in found]
)


@pytest.mark.requirement("AJ-48")
@given(DAY, st.lists(DAY, max_size=5), st.integers(1, 60), DAY, PAUSES)
def test_a_goal_is_forgotten_when_two_intervals_of_days_that_count_have_passed(
    set_on: dt.date, reviews: list[dt.date], every: int, on: dt.date, pauses: list[Period]
) -> None:
    last = max([set_on, *(day for day in reviews if set_on <= day <= on)])
    days = [last + dt.timedelta(days=n + 1) for n in range(max((on - last).days, 0))]
    counted = [day for day in days if not any(day in pause for pause in pauses)]
    found = forgotten(set_on, reviews, every=every, on=on, pauses=pauses)
    assert found == (len(counted) > 2 * every)


@pytest.mark.requirement("AJ-48")
def test_a_goal_not_looked_at_in_two_intervals_is_forgotten_on_the_day_after() -> None:
    day = dt.date(2026, 3, 2)
    asked = {"every": 28, "pauses": ()}
    assert not forgotten(day, [], on=day + dt.timedelta(days=56), **asked)  # type: ignore[arg-type]
    assert forgotten(day, [], on=day + dt.timedelta(days=57), **asked)  # type: ignore[arg-type]
    assert not forgotten(day, [], every=None, on=dt.date(2030, 1, 1), pauses=())


@pytest.mark.requirement("AJ-48")
def test_the_interval_is_the_programmes_own() -> None:
    found = {key: review_days(model(key)) for key in ("jobbtrappa", "jobbinvest", "flere_skal_med")}
    assert found == {"jobbtrappa": 28, "jobbinvest": 7, "flere_skal_med": None}


@pytest.mark.requirement("JI-14")
def test_only_a_programme_whose_data_says_so_refuses_what_has_no_date() -> None:
    asked = {
        key for key in ("jobbtrappa", "flere_skal_med", "jobbinvest") if dates_required(model(key))
    }
    assert asked == {"jobbinvest"}
    plan = {
        "goal:1": {"kind": "main"}, "goal:2": {"kind": "sub", "due": "2026-05-01"},
        "action:1": {"scope": "general"}, "action:2": {"scope": "individual"},
    }  # fmt: skip
    assert undated(plan) == ("goal:1", "action:2")


@pytest.mark.requirement("FM-07")
@pytest.mark.parametrize(
    ("head", "lacks"),
    [
        ({"barriers": "Lång resa"}, {"resources"}),
        ({"resources": "Lagar mat", "no_barriers": "yes"}, set()),
        ({"resources": "Lagar mat"}, {"barriers"}),
        ({}, {"resources", "barriers"}),
    ],
)
def test_a_plan_says_which_of_its_sections_is_not_filled(
    head: dict[str, str], lacks: set[str]
) -> None:
    assert set(lacking({HEAD: head})) & {"resources", "barriers"} == lacks


@pytest.mark.requirement("AJ-09")
def test_a_plan_needs_a_goal_with_a_sub_goal() -> None:
    main, sub = {"kind": "main", "due": "2026-05-01"}, {"kind": "sub", "due": "2026-05-01"}
    assert {"goal", "sub_goal"} <= set(lacking({}))
    assert "sub_goal" in lacking({"goal:1": main})
    assert not {"goal", "sub_goal", "dates"} & set(lacking({"goal:1": main, "goal:2": sub}))
