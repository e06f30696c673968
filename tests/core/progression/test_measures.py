from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from stegvis.core.programme.measures import MEASURES as PROMISED
from stegvis.core.programme.model import Criterion, Programme
from stegvis.core.progression import measures
from stegvis.core.progression.criteria import Judge
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.measures import Finding, State
from stegvis.core.progression.road import history
from tests.core.progression.made import auto, climbed, day, fact, setting

ON = day("2026-06-26")  # a Friday
BEGUN = (fact("2026-01-07", "referral"), fact("2026-01-12", "enrolment"))


def found(criterion: Criterion, *facts: Fact, programme: Programme | None = None) -> Finding:
    made = programme or climbed()
    made = type(made)(**{**_fields(made), "criteria": {criterion.code: criterion}})
    return Judge(made, history(made, (*BEGUN, *facts), ON)).finding(criterion.code)


def _fields(programme: Programme) -> dict[str, Any]:
    return {name: getattr(programme, name) for name in Programme.__dataclass_fields__}


def test_every_measure_a_programme_may_name_is_measured() -> None:
    assert set(measures.MEASURES) == set(PROMISED)


# --- attendance -----------------------------------------------------------------------------


def weeks_of(status: str, *, weeks: int = 5, hours: float | None = 8, **more: Any) -> list[Fact]:
    """Monday to Friday of the weeks up to ON."""
    monday = ON - timedelta(days=ON.weekday())
    days = [monday - timedelta(weeks=w) + timedelta(days=d) for w in range(weeks) for d in range(5)]
    return [
        Fact(one, "attendance", {"status": status, "expected_hours": hours, **more}) for one in days
    ]


def share(*facts: Fact, at_least: float = 0.9, weeks: int = 4) -> Finding:
    return found(auto("x", "attendance_share", weeks=weeks, at_least=at_least), *facts)


def changed(facts: list[Fact], index: int, **more: Any) -> list[Fact]:
    """One day of the last week changed; index 0 is its Monday."""
    rows = list(facts)
    rows[index] = Fact(rows[index].on, "attendance", {**rows[index].values, **more})
    return rows


@pytest.mark.requirement("AJ-37", "INV-22")
def test_eighteen_of_twenty_days_is_ninety_percent() -> None:
    rows = weeks_of("present")
    for index in range(2):
        rows = changed(rows, index, status="absent")
    assert share(*rows).state is State.MET
    assert share(*changed(rows, 2, status="absent")).state is State.NOT_MET


@pytest.mark.requirement("INV-22")
def test_late_minutes_reduce_what_was_attended() -> None:
    rows = weeks_of("present")
    exact = changed(rows, 0, status="late", late_minutes=480)
    exact = changed(exact, 1, status="late", late_minutes=480)
    assert share(*exact).state is State.MET
    minute = changed(exact, 2, status="late", late_minutes=1)
    assert share(*minute).state is State.NOT_MET
    assert share(*minute).because.values["low"] == Decimal("89.9")


@pytest.mark.requirement("INV-22")
def test_approved_leave_is_in_neither_number() -> None:
    rows = weeks_of("present")
    for index in range(5):
        rows = changed(rows, index, status="absent", approved=True)
    assert share(*rows).state is State.MET
    assert share(*rows).because.values["hours"] == 120


@pytest.mark.requirement("AJ-37", "INV-22")
def test_unknown_days_make_an_interval_and_no_verdict_inside_it() -> None:
    rows = weeks_of("present")
    for index in range(3):
        rows = changed(rows, index, status="unknown")
    finding = share(*rows)
    assert finding.state is State.UNKNOWN
    assert finding.because.values["low"] == 85
    assert finding.because.values["high"] == 100


def test_an_interval_wholly_above_or_below_the_limit_is_a_verdict() -> None:
    rows = changed(weeks_of("present"), 0, status="unknown")
    assert share(*rows).state is State.MET
    for index in range(1, 4):
        rows = changed(rows, index, status="absent")
    assert share(*rows).state is State.NOT_MET


def test_no_attendance_is_unknown_and_not_zero() -> None:
    assert share().state is State.UNKNOWN


def test_one_good_week_is_not_four() -> None:
    finding = share(*weeks_of("present", weeks=1))
    assert finding.state is State.UNKNOWN
    assert finding.because.code == "attendance_too_short"


def test_a_day_without_expected_time_cannot_be_weighed() -> None:
    assert share(*changed(weeks_of("present"), 0, expected_hours=None)).state is State.UNKNOWN


def test_a_limit_nobody_has_set_leaves_the_criterion_unknown() -> None:
    made = climbed()
    settings = {"limit": setting("limit", None)}
    programme = type(made)(**{**_fields(made), "settings": settings})
    criterion = auto("x", "attendance_share", weeks=4, at_least="limit")
    finding = found(criterion, *weeks_of("present"), programme=programme)
    assert (finding.state, finding.because.code) == (State.UNKNOWN, "not_set")


@pytest.mark.requirement("N-16")
def test_a_finding_says_which_limits_are_ours() -> None:
    criterion = climbed().criteria["good_attendance"]
    finding = found(criterion, *weeks_of("present"))
    assert finding.because.values["ours"] == ("attendance_weeks", "attendance_at_least")


def late(*facts: Fact) -> Finding:
    return found(auto("x", "late_count", weeks=4, at_most=1), *facts)


@pytest.mark.requirement("AJ-37")
def test_late_once_is_within_the_limit_and_twice_is_not() -> None:
    rows = changed(weeks_of("present"), 0, status="late", late_minutes=5)
    assert late(*rows).state is State.MET
    assert late(*changed(rows, 1, late_minutes=20)).state is State.NOT_MET


def test_a_day_nobody_knows_of_may_have_been_late() -> None:
    rows = changed(weeks_of("present"), 0, status="late")
    assert late(*changed(rows, 1, status="unknown")).state is State.UNKNOWN


# --- own planned weeks ----------------------------------------------------------------------


def planned(*facts: Fact) -> Finding:
    return found(auto("x", "planned_weeks", weeks=1, within_weeks=8), *facts)


def week(done: int | None, *, by: str = "participant", on: str = "2026-06-19", **more: Any) -> Fact:
    values = {"week": "2026-W25", "days_planned": 5, "days_done": done, **more}
    return fact(on, "planned_week", planned_by=by, **values)


@pytest.mark.requirement("AJ-31")
def test_a_whole_week_is_met_and_four_of_five_days_are_not() -> None:
    assert planned(week(5)).state is State.MET
    assert planned(week(4)).state is State.NOT_MET


@pytest.mark.requirement("AJ-26")
def test_planning_three_days_ahead_is_no_whole_week() -> None:
    assert planned(week(3, days_planned=3)).state is State.NOT_MET


@pytest.mark.requirement("AJ-31")
def test_a_week_planned_by_the_supervisor_is_not_ones_own() -> None:
    assert planned(week(5, by="work_supervisor")).state is State.UNKNOWN


@pytest.mark.requirement("AJ-31")
def test_the_latest_word_about_a_week_counts() -> None:
    assert planned(week(4), week(5, on="2026-06-22")).state is State.MET
    assert planned(week(5), week(4, on="2026-06-22")).state is State.NOT_MET


def test_a_week_nobody_has_looked_back_at_is_unknown() -> None:
    assert planned(week(None)).state is State.UNKNOWN


def test_part_time_weeks_are_whole_with_their_own_days() -> None:
    assert planned(week(3, days=3, days_planned=3)).state is State.MET


def test_week_53_and_the_turn_of_the_year_are_weeks_like_others() -> None:
    made = climbed()
    criterion = auto("x", "planned_weeks", weeks=1, within_weeks=8)
    made = type(made)(**{**_fields(made), "criteria": {"x": criterion}})
    one = fact(
        "2027-01-04",
        "planned_week",
        week="2026-W53",
        planned_by="participant",
        days_planned=5,
        days_done=5,
    )
    for on, state in (("2027-01-05", State.MET), ("2027-03-05", State.UNKNOWN)):
        road = history(made, [one], day(on))
        assert Judge(made, road).finding("x").state is state


# --- ordinary hours -------------------------------------------------------------------------


def hours(*facts: Fact) -> Finding:
    return found(auto("x", "ordinary_hours_in_month", hours=30.0, months=1), *facts)


def paid(month: str, ordinary: float | None, *, on: str = "2026-06-05", **more: Any) -> Fact:
    return fact(on, "hours", month=month, ordinary=ordinary, **more)


@pytest.mark.requirement("FM-48", "INV-11", "INV-12")
@pytest.mark.parametrize(
    ("amount", "state"),
    [(29.5, "not_met"), (29.95, "not_met"), (30.0, "met"), (30, "met"), (30.1, "met")],
)
def test_thirty_hours_means_thirty(amount: float, state: str) -> None:
    assert hours(paid("2026-05", amount)).state == state


@pytest.mark.requirement("INV-11", "N-17")
def test_practice_and_subsidised_hours_are_never_added() -> None:
    assert hours(paid("2026-05", 10, practice=40, subsidised=40)).state is State.NOT_MET


@pytest.mark.requirement("INV-11")
def test_hours_of_two_employers_in_one_month_are_added_and_of_two_months_are_not() -> None:
    two_employers = (paid("2026-05", 20, employer="a"), paid("2026-05", 10, employer="b"))
    assert hours(*two_employers).state is State.MET
    assert hours(paid("2026-04", 20), paid("2026-05", 20)).state is State.NOT_MET


@pytest.mark.requirement("INV-11", "INV-12")
def test_a_correction_is_a_new_row_and_the_latest_counts() -> None:
    first = paid("2026-05", 31, on="2026-06-05")
    assert hours(first, paid("2026-05", 29.95, on="2026-06-15")).state is State.NOT_MET
    assert hours(first, paid("2026-05", 30.5, on="2026-06-15")).evidence == (day("2026-06-15"),)


def test_tenths_add_up_exactly() -> None:
    rows = [paid("2026-05", 0.1, employer=f"e{n}") for n in range(300)]
    assert hours(*rows).state is State.MET


def test_no_hours_recorded_is_unknown_and_a_month_left_open_too() -> None:
    assert hours().state is State.UNKNOWN
    assert hours(paid("2026-05", None)).state is State.UNKNOWN
    assert hours(paid("2026-05", 30, employer="a"), paid("2026-05", None)).state is State.MET


# --- the rest -------------------------------------------------------------------------------


@pytest.mark.requirement("FM-35")
def test_a_month_without_contact_is_missed_when_it_is_over() -> None:
    criterion = auto(
        "x",
        "monthly",
        fact="mediator_contact",
        per_month=1,
        months=12,
        starts="placement_start",
    )
    facts = (
        fact("2026-01-15", "placement", site="external"),
        fact("2026-01-20", "contact", by="job_mediator"),
        fact("2026-02-25", "contact", by="job_mediator"),
    )
    made = climbed()
    made = type(made)(**{**_fields(made), "criteria": {"x": criterion}})
    states = [
        Judge(made, history(made, facts, day(on))).finding("x").state
        for on in ("2026-02-14", "2026-04-14", "2026-04-15")
    ]
    assert states == ["unknown", "met", "not_met"]


@pytest.mark.requirement("AJ-08")
def test_an_answer_left_empty_is_no_answer() -> None:
    criterion = auto("x", "answered", fact="mapping_closed", field="which_measures")
    assert found(criterion).because.code == "not_recorded"
    empty = fact("2026-02-20", "mapping_closed", which_measures=())
    assert found(criterion, empty).because.code == "not_answered"
    full = fact("2026-02-20", "mapping_closed", which_measures=("training",))
    assert found(criterion, full).state is State.MET


@pytest.mark.requirement("AJ-09")
def test_a_plan_the_person_has_not_acknowledged_is_not_agreed() -> None:
    criterion = climbed().criteria["plan"]
    draft = fact("2026-02-20", "plan_agreed", acknowledged_by=("case_worker",))
    assert found(criterion, draft).state is State.NOT_MET
    both = fact("2026-02-20", "plan_agreed", acknowledged_by=("case_worker", "participant"))
    assert found(criterion, both).state is State.MET


@pytest.mark.requirement("FM-52")
def test_the_latest_category_and_the_latest_reading_count() -> None:
    is_two = auto("x", "category_is", set="need", category="AM2")
    filed = [fact(f"2026-0{n}-01", "category", set="need", code=f"AM{n}") for n in (1, 2)]
    assert found(is_two, *filed).state is State.MET
    assert found(is_two, filed[0]).state is State.NOT_MET
    ready = auto("x", "scale_at_least", ladder="scale", at_least=5)
    levels = [fact(f"2026-0{n}-01", "scale_reading", ladder="scale", level=n) for n in (5, 4)]
    assert found(ready, *levels).state is State.MET
    assert found(ready).state is State.UNKNOWN
