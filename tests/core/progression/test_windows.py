"""The twelve boxes against a calendar walked day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.progression.dues import due
from stegvis.core.progression.road import history
from stegvis.core.progression.windows import Kept, Series, hands_over, monthly_rule, series
from tests.core.progression.calendar import months_around
from tests.core.progression.golden import shelf
from tests.core.progression.made import fact

ONE = timedelta(days=1)
MODEL = shelf()["flere_skal_med"]


def found(*facts: object, on: date) -> Series:
    made = series(MODEL, history(MODEL, facts, on))  # type: ignore[arg-type]
    assert made is not None
    return made


BEGUN = (fact("2026-01-12", "enrolment"), fact("2026-01-15", "placement", site="external"))
TALKS = tuple(fact(day, "contact", by="job_mediator") for day in ("2026-01-20", "2026-02-25"))


@pytest.mark.requirement("FM-35")
def test_the_third_window_is_missed_on_the_day_after_it() -> None:
    before, after = (
        found(*BEGUN, *TALKS, on=day) for day in (date(2026, 4, 14), date(2026, 4, 15))
    )
    assert [one.kept for one in before.windows[:4]] == ["met", "met", "now", "ahead"]
    assert [one.kept for one in after.windows[:4]] == ["met", "met", "missed", "now"]
    assert (after.windows[2].since, after.windows[2].last) == (date(2026, 3, 15), date(2026, 4, 14))
    assert len(after.windows) == 12


@pytest.mark.requirement("FM-37")
def test_on_day_366_it_is_handed_over_and_asks_no_more() -> None:
    for day, over in ((date(2027, 1, 14), False), (date(2027, 1, 15), True)):
        road = history(MODEL, BEGUN, day)
        made = series(MODEL, road)
        assert made is not None
        assert hands_over(made, road) is over
        rule = monthly_rule(MODEL)
        assert rule is not None
        assert (rule.code in {one.what for one in due(MODEL, road)}) is not over


def test_a_placement_that_ended_asks_for_no_more() -> None:
    ended = (BEGUN[0], fact("2026-01-15", "placement", site="external", until="2026-04-01"))
    made = found(*ended, *TALKS, on=date(2026, 9, 1))
    assert [one.kept for one in made.windows[:4]] == ["met", "met", "off", "off"]
    assert made.asked == 2


def test_a_window_wholly_on_a_pause_is_let_pass() -> None:
    pause = fact("2026-03-10", "pause", reason="sickness", until="2026-04-20")
    made = found(*BEGUN, *TALKS, pause, on=date(2026, 6, 1))
    assert [one.kept for one in made.windows[:5]] == ["met", "met", "passed_over", "missed", "now"]


@pytest.mark.requirement("FM-35")
@given(data=st.data(), start=st.dates(date(2020, 1, 1), date(2044, 1, 1)))
def test_every_box_is_what_a_walk_of_the_days_finds(data: st.DataObject, start: date) -> None:
    on = start + timedelta(days=data.draw(st.integers(0, 500)))
    talks = sorted(set(data.draw(st.lists(st.integers(0, 500), max_size=15))))
    days = [start + timedelta(days=n) for n in talks if start + timedelta(days=n) <= on]
    facts = (
        fact(start.isoformat(), "enrolment"),
        fact(start.isoformat(), "placement", site="external"),
        *(fact(day.isoformat(), "contact", by="job_mediator") for day in days),
    )
    made = found(*facts, on=on)
    day = start
    for window in made.windows:
        assert window.since == day, "no day between two windows"
        assert (window.since, window.last) == months_around(start, day)[-1]
        inside = [talk for talk in days if window.since <= talk <= window.last]
        want = (
            Kept.MET if inside else Kept.MISSED if window.last < on
            else Kept.NOW if window.since <= on else Kept.AHEAD
        )  # fmt: skip
        assert window.kept is want
        day = window.last + ONE
    assert made.over == day
