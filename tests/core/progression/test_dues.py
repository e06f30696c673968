from __future__ import annotations

from dataclasses import replace

import pytest

from stegvis.core.programme.model import Cadence, Programme
from stegvis.core.progression.dues import Due, due
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.road import history
from tests.core.progression.made import climbed, day, fact, walked, words

BEGUN = (fact("2026-02-25", "referral"), fact("2026-03-02", "enrolment"))


def dues(
    *facts: Fact, on: str, programme: Programme | None = None, begun: tuple[Fact, ...] = BEGUN
) -> dict[str, Due]:
    made = programme or climbed()
    return {one.what: one for one in due(made, history(made, (*begun, *facts), day(on)))}


@pytest.mark.requirement("AJ-07")
def test_a_mapping_of_four_to_six_weeks_has_an_earliest_and_a_last_day() -> None:
    early = dues(on="2026-03-20")["mapping"]
    assert (early.earliest, early.by, early.overdue) == (
        day("2026-03-30"),
        day("2026-04-13"),
        False,
    )
    assert not dues(on="2026-04-13")["mapping"].overdue
    assert dues(on="2026-04-14")["mapping"].overdue
    closed = fact("2026-04-10", "mapping_closed")
    assert "mapping" not in dues(closed, on="2026-04-14")


@pytest.mark.requirement("AJ-19")
def test_after_eight_days_a_dense_follow_up_is_overdue() -> None:
    facts = (fact("2026-03-02", "step", step="a2"), fact("2026-04-01", "follow_up"))
    seventh, eighth = (dues(*facts, on=on)["dense"] for on in ("2026-04-08", "2026-04-09"))
    assert (seventh.by, seventh.overdue) == (day("2026-04-08"), False)
    assert (eighth.overdue, eighth.because.values["days"]) == (True, 8)


def test_a_cadence_of_a_step_begins_with_the_step_and_ends_with_it() -> None:
    step = fact("2026-04-01", "step", step="a2")
    before = fact("2026-03-02", "step", step="a1")
    assert "dense" not in dues(before, on="2026-03-31")
    assert dues(before, step, on="2026-04-02")["dense"].by == day("2026-04-08")
    after = fact("2026-04-05", "step", step="a3")
    assert "dense" not in dues(before, step, after, on="2026-04-20")


@pytest.mark.requirement("JI-15")
def test_a_week_without_is_overdue_from_the_monday_after() -> None:
    last = fact("2026-03-25", "goal_review")  # in week 13
    sunday, monday = (dues(last, on=on)["weekly"] for on in ("2026-04-05", "2026-04-06"))
    assert (sunday.by, sunday.overdue) == (day("2026-04-05"), False)
    assert (monday.by, monday.overdue) == (day("2026-04-05"), True)
    late = fact("2026-04-07", "goal_review")
    assert "weekly" not in dues(last, late, on="2026-04-08")


def test_week_53_is_a_week_of_its_own() -> None:
    begun = (fact("2026-11-30", "enrolment"), fact("2026-11-30", "referral"))
    last = fact("2026-12-22", "goal_review")  # week 52
    assert dues(last, on="2026-12-30", begun=begun)["weekly"].by == day("2027-01-03")
    assert dues(last, on="2027-01-04", begun=begun)["weekly"].overdue


def test_the_broken_week_of_the_enrolment_asks_for_nothing() -> None:
    begun = (fact("2026-03-04", "enrolment"), fact("2026-03-04", "referral"))  # a Wednesday
    assert "weekly" not in dues(on="2026-03-08", begun=begun)
    assert dues(on="2026-03-09", begun=begun)["weekly"].by == day("2026-03-15")


@pytest.mark.requirement("AJ-47")
def test_a_report_is_asked_for_once_per_step_and_anew_on_the_next() -> None:
    first = fact("2026-03-02", "step", step="a2")
    report = fact("2026-03-20", "report", to="referrer")
    assert dues(first, on="2026-03-19")["report"].by is None
    assert "report" not in dues(first, report, on="2026-03-21")
    second = fact("2026-04-01", "step", step="a3")
    assert "report" in dues(first, report, second, on="2026-04-02")


@pytest.mark.requirement("JI-15")
def test_a_pause_asks_for_nothing_and_pushes_what_comes_after() -> None:
    step = fact("2026-03-02", "step", step="a2")
    pause = fact("2026-03-06", "pause", until="2026-03-16")
    assert dues(step, pause, on="2026-03-10") == {}
    after = dues(step, pause, on="2026-03-16")
    assert after["dense"].by == day("2026-03-19")  # seven days, and the ten of the pause
    assert after["mapping"].by == day("2026-04-23")


def test_a_week_wholly_paused_is_not_missed() -> None:
    held = fact("2026-03-04", "goal_review")  # in week 10
    pause = fact("2026-03-09", "pause", until="2026-03-16")
    assert not dues(held, pause, on="2026-03-16")["weekly"].overdue


@pytest.mark.requirement("FM-35")
def test_a_month_is_missed_on_the_day_after_its_window() -> None:
    facts = (
        fact("2026-01-12", "enrolment"),
        fact("2026-01-15", "placement", site="external"),
        fact("2026-01-20", "contact", by="job_mediator"),
        fact("2026-02-25", "contact", by="job_mediator"),
    )
    open_one, missed = (
        dues(*facts, on=on, programme=walked(), begun=())["first_year"]
        for on in ("2026-04-14", "2026-04-15")
    )
    assert (open_one.by, open_one.overdue) == (day("2026-04-14"), False)
    assert (missed.by, missed.overdue) == (day("2026-04-14"), True)


@pytest.mark.requirement("FM-37")
def test_after_the_first_year_the_monthly_rule_stops() -> None:
    facts = (fact("2026-01-12", "enrolment"), fact("2026-01-15", "placement", site="external"))
    last, after = (
        dues(*facts, on=on, programme=walked(), begun=()) for on in ("2027-01-14", "2027-01-15")
    )
    assert "first_year" in last
    assert "first_year" not in after


def test_windows_from_the_last_of_a_month_do_not_drift() -> None:
    facts = (fact("2028-01-12", "enrolment"), fact("2028-01-31", "placement", site="external"))
    made = walked()
    assert dues(*facts, on="2028-02-28", programme=made, begun=())["first_year"].by == day(
        "2028-02-28"
    )
    contact = fact("2028-02-29", "contact", by="job_mediator")
    inside = dues(*facts, contact, on="2028-03-30", programme=made, begun=())
    assert "first_year" not in inside
    later = dues(*facts, contact, on="2028-03-31", programme=made, begun=())
    assert later["first_year"].by == day("2028-04-29")


@pytest.mark.requirement("FM-15")
def test_the_planned_effort_begins_within_the_days_of_the_model() -> None:
    facts = (fact("2026-04-20", "enrolment"), fact("2026-05-01", "plan_agreed"))
    made = walked()
    assert not dues(*facts, on="2026-05-15", programme=made, begun=())["at_once"].overdue
    assert dues(*facts, on="2026-05-16", programme=made, begun=())["at_once"].overdue
    began = fact("2026-05-10", "activity", what="cv_course")
    assert "at_once" not in dues(*facts, began, on="2026-05-16", programme=made, begun=())


@pytest.mark.requirement("AJ-33", "INV-15", "N-13")
def test_the_end_of_a_time_limited_step_is_decided_by_a_person() -> None:
    step = fact("2026-03-02", "step", step="a4")
    work = fact("2026-03-02", "work_assignment", ends=day("2026-06-30"))
    what = "decide_end_or_extension"
    early = dues(step, work, on="2026-05-31")[what]
    assert (early.earliest, early.by) == (day("2026-06-01"), day("2026-06-30"))
    assert not dues(step, work, on="2026-06-30")[what].overdue
    late = dues(step, work, on="2026-07-01")[what]
    assert late.overdue
    road = history(climbed(), (*BEGUN, step, work), day("2026-07-01"))
    assert road.standing_on == {"a4"}


@pytest.mark.requirement("AJ-33")
def test_an_extension_moves_the_day_and_an_ending_answers_it() -> None:
    step = fact("2026-03-02", "step", step="a4", ends=day("2026-06-30"))
    more = fact("2026-06-25", "decision", what="extend", ends=day("2026-09-30"))
    what = "decide_end_or_extension"
    assert dues(step, more, on="2026-07-01")[what].by == day("2026-09-30")
    ended = fact("2026-06-25", "decision", what="end")
    assert what not in dues(step, ended, on="2026-07-01")


@pytest.mark.requirement("AJ-33")
def test_the_end_of_earlier_work_says_nothing_of_work_given_after_it() -> None:
    step = fact("2026-03-02", "step", step="a4")
    first = fact("2026-03-02", "work_assignment", ends=day("2026-04-30"))
    ended = fact("2026-04-30", "decision", what="end", ends=day("2026-04-30"))
    then = fact("2026-05-04", "work_assignment", ends=day("2026-06-30"))
    what = "decide_end_or_extension"
    assert dues(step, first, ended, then, on="2026-07-01")[what].by == day("2026-06-30")


def test_after_the_exit_only_what_starts_there_is_due() -> None:
    facts = (fact("2026-03-02", "step", step="a2"), fact("2026-04-01", "exit", reason="work"))
    found = dues(*facts, on="2026-05-01")
    assert {what: one.by for what, one in found.items()} == {"check": day("2026-06-30")}


@pytest.mark.requirement("AJ-19", "N-16")
def test_a_word_without_a_number_sets_no_date() -> None:
    word = Cadence("dense", "follow_up", words("dense"), word="dense", every={"weeks": "not_set"})
    made = replace(climbed(), cadences=(word,))
    assert dues(on="2026-05-01", programme=made) == {}


@pytest.mark.requirement("AJ-28")
def test_a_three_party_talk_without_the_supervisor_is_none() -> None:
    three = Cadence("three", "follow_up_three_party", words("three"), every={"weeks": 2})
    made = replace(climbed(), cadences=(three,))
    two = fact("2026-03-10", "follow_up", participants=("participant", "case_worker"))
    assert dues(two, on="2026-03-17", programme=made)["three"].overdue
    all_three = fact(
        "2026-03-10", "follow_up", participants=("participant", "case_worker", "work_supervisor")
    )
    assert not dues(all_three, on="2026-03-17", programme=made)["three"].overdue


@pytest.mark.requirement("JI-13")
def test_what_is_daily_is_asked_for_on_working_days() -> None:
    daily = Cadence("breakfast", "group_breakfast", words("breakfast"), every={"days": 1})
    made = replace(climbed(), cadences=(daily,))
    friday = fact("2026-03-13", "activity", what="breakfast")
    assert dues(friday, on="2026-03-14", programme=made)["breakfast"].by == day("2026-03-16")
    thursday = fact("2026-03-12", "activity", what="breakfast")
    assert dues(thursday, on="2026-03-12", programme=made)["breakfast"].by == day("2026-03-13")
