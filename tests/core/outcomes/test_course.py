"""How a course ran, against counting by hand over every day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.config.checkout import ROOT
from stegvis.core.outcomes import course
from stegvis.core.programme.load import load
from stegvis.core.programme.model import Programme
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.road import Road, history
from stegvis.core.values.periods import add_months

START = dt.date(2026, 1, 12)
DAY = dt.timedelta(days=1)


def the_model() -> Programme:
    text = (ROOT / "programmes" / "flere_skal_med" / "model.yaml").read_text("utf-8")
    return load(text, file="model.yaml")


MODEL = the_model()
MOST = course.most_days(MODEL)
DAYS = st.integers(0, 400)


def at(days: int) -> dt.date:
    return START + days * DAY


def road(*facts: Fact, on: int = 500) -> Road:
    return history(MODEL, [Fact(START, "enrolment"), *facts], at(on))


@pytest.mark.requirement("FM-15")
@given(plan=DAYS, first=st.lists(DAYS, max_size=3), on=DAYS)
def test_the_wait_runs_from_the_plan_to_the_first_activity_or_to_the_day(
    plan: int, first: list[int], on: int
) -> None:
    told = [Fact(at(plan), "plan_agreed"), *(Fact(at(n), "activity") for n in first)]
    found = course.to_activity(MODEL, road(*told, on=on))
    if plan > on:
        assert found is None
        return
    assert found is not None
    later = sorted(n for n in first if plan <= n <= on)
    assert found.days == (later[0] if later else on) - plan
    assert found.begun == bool(later)


@pytest.mark.requirement("FM-15")
def test_a_plan_with_nothing_begun_is_late_the_day_after_the_last() -> None:
    assert MOST == 14
    planned = Fact(dt.date(2026, 5, 1), "plan_agreed")
    kinds = {}
    for day in (15, 16):
        made = history(MODEL, [Fact(START, "enrolment"), planned], dt.date(2026, 5, day))
        wait = course.to_activity(MODEL, made)
        assert wait is not None
        kinds[day] = wait.kind
    assert kinds == {15: "not_due", 16: "lacking"}


@pytest.mark.requirement("FM-43")
@given(began=st.integers(1, 200), agreed=st.integers(0, 300), left=st.integers(1, 300))
def test_a_search_ends_with_the_agreement_in_its_own_stay(
    began: int, agreed: int, left: int
) -> None:
    stays = [
        Fact(START, "step", {"step": "t1"}),
        Fact(at(began), "step", {"step": "t2"}),
        Fact(at(began + left), "step", {"step": "t3"}),
        Fact(at(agreed), "agreement", {"signed_by": ("participant", "employer")}),
    ]
    (found,) = course.searches(MODEL, road(*stays, on=600))
    inside = began <= agreed <= began + left
    assert found.agreed == inside
    assert found.days == (agreed - began if inside else left)
    assert not found.open


@pytest.mark.requirement("FM-43")
@given(st.lists(DAYS, max_size=30))
def test_every_open_search_is_of_one_age(days: list[int]) -> None:
    on = at(400)
    rows = [course.Search(n, False, True, on - n * DAY, None) for n in days]  # noqa: FBT003
    found = course.ages(rows, on)
    assert found == {
        "0": sum(n <= 30 for n in days),
        "31": sum(30 < n <= 90 for n in days),
        "91": sum(90 < n <= 180 for n in days),
        "181": sum(n > 180 for n in days),
    }


@pytest.mark.requirement("FM-35")
@given(
    contacts=st.lists(DAYS, max_size=12),
    since=st.integers(0, 200),
    long=st.integers(1, 200),
)
def test_months_with_contact_are_those_that_ended_in_the_period(
    contacts: list[int], since: int, long: int
) -> None:
    placed = Fact(START, "placement", {"site": "external"})
    told = [Fact(at(n), "contact", {"by": "job_mediator"}) for n in contacts]
    low, high = at(since), at(since + long)
    found = course.months_kept(MODEL, road(placed, *told, on=since + long), low, high)
    met = missed = 0
    for n in range(12):
        begins, ends = add_months(START, n), add_months(START, n + 1)
        if low <= ends - DAY < high:
            had = any(begins <= at(day) < ends for day in contacts)
            met, missed = met + had, missed + (not had)
    assert (found.met, found.lacking) == (met, missed)


@pytest.mark.requirement("FM-53")
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 11), st.sampled_from("ab"), st.integers(0, 60) | st.none()),
        max_size=15,
    ),
    low=st.integers(0, 11),
)
def test_hours_are_the_latest_of_each_month_and_employer_and_never_guessed(
    rows: list[tuple[int, str, int | None]], low: int
) -> None:
    months = [add_months(dt.date(2026, 1, 1), n) for n in range(13)]
    told, latest = [], {}
    for n, (month, employer, hours) in enumerate(rows):
        code = f"{months[month]:%Y-%m}"
        values = {"month": code, "employer": employer, "ordinary": hours}
        told.append(Fact(at(n), "hours", values))
        latest[code, employer] = hours
    found = course.ordinary(road(*told), months[low], months[12])
    for month in months[low:12]:
        code = f"{month:%Y-%m}"
        said = [hours for (m, _e), hours in latest.items() if m == code]
        if said and None not in said:
            assert found[code] == Decimal(sum(hours or 0 for hours in said))
        else:
            assert code not in found


@pytest.mark.requirement("FM-53")
def test_who_was_never_at_a_company_cannot_have_broken_off() -> None:
    low, high = at(30), at(60)
    there = Fact(at(10), "placement", {"site": "external"}, at(40))
    past = Fact(at(1), "placement", {"site": "external"}, at(20))
    dropped = Fact(at(40), "drop_out", {"reason": "tasks"})
    assert course.broke_off(road(), low, high) is None
    assert course.broke_off(road(past), low, high) is None
    assert course.broke_off(road(there), low, high) is False
    assert course.broke_off(road(there, dropped), low, high) is True
