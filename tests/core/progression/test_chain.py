"""Where the chain from referral to report is broken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.progression.chain import Break, broken
from stegvis.core.progression.facts import Fact

ON = date(2026, 11, 25)
ORDER = ("enrolment", "plan_agreed", "activity", "follow_up", "report")


def ago(days: int, kind: str, until: int | None = None) -> Fact:
    end = None if until is None else ON - timedelta(days=until)
    return Fact(ON - timedelta(days=days), kind, {}, end)


@pytest.mark.requirement("KN-10")
def test_the_wait_for_the_next_link_is_a_break_once_it_is_longer_than_said() -> None:
    facts = [ago(100, "referral"), ago(90, "enrolment"), ago(61, "plan_agreed")]
    assert broken(facts, ON) == Break("plan", "work", ON - timedelta(days=61), 61)
    assert broken(facts, ON, longest=61) is None, "the number of days is the reader's own"


@pytest.mark.requirement("KN-10")
def test_a_whole_chain_breaks_when_follow_ups_stop() -> None:
    facts = [ago(200 - 10 * turn, kind) for turn, kind in enumerate(ORDER)]
    found = broken(facts, ON)
    assert found == Break("follow_up", "follow_up", ON - timedelta(days=170), 170)
    assert broken([*facts, ago(3, "follow_up")], ON) is None


def test_a_link_that_came_early_makes_nobody_wait() -> None:
    facts = [ago(90, "enrolment"), ago(80, "activity"), ago(70, "follow_up"), ago(5, "plan_agreed")]
    assert broken(facts, ON) is None, "the report is waited for since the plan, not since the work"


def test_days_on_a_pause_are_not_waited() -> None:
    facts = [ago(90, "enrolment"), ago(80, "pause", until=10)]
    assert broken(facts, ON) is None
    assert broken(facts, ON, longest=19) == Break("referral", "plan", ON - timedelta(days=90), 20)


def test_whoever_has_left_has_no_break() -> None:
    assert broken([ago(300, "enrolment"), ago(100, "exit")], ON) is None
    again = [ago(300, "enrolment"), ago(200, "exit"), ago(100, "enrolment")]
    assert broken(again, ON) is not None


@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from((*ORDER, "pause", "referral")))),
    st.integers(0, 200),
)
def test_a_longer_patience_never_finds_more(said: list[tuple[int, str]], longest: int) -> None:
    facts = [ago(days, kind) for days, kind in said]
    if broken(facts, ON, longest=longest + 1):
        assert broken(facts, ON, longest=longest)


@pytest.mark.parametrize(("status", "lacking"), [("late", "follow_up"), ("sent_home", "work")])
def test_a_day_one_was_away_or_sent_home_is_no_work(status: str, lacking: str) -> None:
    day = Fact(ON - timedelta(days=65), "attendance", {"status": status})
    found = broken([ago(90, "enrolment"), ago(80, "plan_agreed"), day], ON)
    assert found is not None
    assert found.lacking == lacking
