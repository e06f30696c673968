"""Due windows against a calendar walked day by day, 2020 to 2045: week 53, leap days, ends of
months, Swedish and Danish holidays, closing days, leave, pauses, exemptions. Days have no hours,
so summer time begins and ends without moving anything: the walk passes both changes every year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stegvis.core.programme.model import Cadence, Programme
from stegvis.core.progression.days_off import ALWAYS_OPEN, DaysOff
from stegvis.core.progression.dues import Due, Earlier, due
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import say
from stegvis.core.progression.road import history
from stegvis.core.values.periods import Period
from tests.core.progression.calendar import (
    FIRST,
    HOLIDAYS,
    LAST,
    ONE,
    World,
    last_day,
    missing,
    months_around,
    planned,
    weeks_around,
)
from tests.core.progression.golden import shelf
from tests.core.progression.made import climbed, day, fact, setting, words

WEEKLY = Cadence("weekly", "goal_review", words("weekly"), every={"weeks": 1, "times": 1})
MONTHLY = Cadence("monthly", "contact", words("monthly"), every={"months": 1, "times": 1})
STARTS = st.dates(FIRST, LAST - timedelta(days=200))
SHORT = st.integers(0, 90)


def only(cadence: Cadence, **values: float) -> Programme:
    made = climbed()
    named = {key: setting(key, value) for key, value in values.items()}
    return replace(made, cadences=(cadence,), settings={**made.settings, **named})


def asked(
    cadence: Cadence,
    facts: list[Fact],
    on: date,
    *,
    off: DaysOff = ALWAYS_OPEN,
    before: Earlier | None = None,
    **values: float,
) -> Due | None:
    made = only(cadence, **values)
    road = history(made, facts, on)
    return next((one for one in due(made, road, off=off, before=before)), None)


@st.composite
def worlds(draw: Any, start: date) -> World:
    closed = set(HOLIDAYS[draw(st.sampled_from(["SE", "DK"]))])
    if draw(st.booleans()):
        first = start + draw(SHORT) * ONE
        closed |= {first + n * ONE for n in range(draw(st.integers(1, 25)))}
    away = ()
    if draw(st.booleans()):
        first = start + draw(SHORT) * ONE
        away = (Period(first, first + draw(st.integers(1, 40)) * ONE),)
    pauses = ()
    if draw(st.booleans()):
        first = start + draw(SHORT) * ONE
        pauses = (Period(first, first + draw(st.integers(1, 40)) * ONE),)
    return World(DaysOff(frozenset(closed), away, weekends=True), pauses)


def known(world: World, on: date) -> World:
    """A pause that lies ahead is not looked at, and one that runs is not over yet."""
    return replace(world, pauses=tuple(p for p in world.pauses if p.since <= on))


def lived(start: date, events: list[date], kind: str, world: World, on: date) -> list[Fact]:
    facts = [Fact(start, "referral"), Fact(start, "enrolment")]
    facts += [Fact(one, kind) for one in events]
    facts += [Fact(p.since, "pause", {"reason": "other"}, p.until) for p in world.pauses]
    return [one for one in facts if one.on <= on]


@given(data=st.data(), start=STARTS, weeks=st.integers(1, 6), ours=st.booleans())
@settings(max_examples=300, deadline=None)
@pytest.mark.requirement("X-06", "AJ-19")
def test_so_long_after_the_last_time_is_what_a_walk_finds(
    data: st.DataObject, start: date, weeks: int, *, ours: bool
) -> None:
    world = data.draw(worlds(start))
    events = sorted(start + n * ONE for n in data.draw(st.lists(SHORT, max_size=4)))
    on = start + data.draw(st.integers(0, 150)) * ONE
    world = known(world, on)
    every = {"weeks": "n"} if ours else {"weeks": weeks}
    cadence = Cadence("again", "follow_up", words("again"), every=every)
    facts = lived(start, events, "follow_up", world, on)
    found = asked(cadence, facts, on, off=world.off, n=weeks)
    if world.paused(on):
        assert found is None
        return
    assert found is not None
    base = max([start, *(one for one in events if one <= on)])
    latest = last_day(world, base, 7 * weeks)
    by = planned(world, latest, base + ONE, may_wait=ours)
    if by is None:
        by = latest + ONE
        while not world.is_open(by):
            by += ONE
    assert (found.latest, found.by) == (latest, by)
    assert found.overdue == (on > max(by, latest))
    assert world.is_open(by)


@given(data=st.data(), start=STARTS, monthly=st.booleans())
@settings(max_examples=300, deadline=None)
@pytest.mark.requirement("X-06", "JI-15", "FM-35")
def test_once_a_week_and_once_a_month_are_what_a_walk_finds(
    data: st.DataObject, start: date, *, monthly: bool
) -> None:
    world = data.draw(worlds(start))
    events = sorted(start + n * ONE for n in data.draw(st.lists(SHORT, max_size=8)))
    on = start + data.draw(st.integers(0, 120)) * ONE
    world = known(world, on)
    cadence, kind = (MONTHLY, "contact") if monthly else (WEEKLY, "goal_review")
    found = asked(cadence, lived(start, events, kind, world, on), on, off=world.off)
    if world.paused(on):
        assert found is None
        return
    windows = (months_around if monthly else weeks_around)(start, on)
    wanted = missing(world, windows, [one for one in events if one <= on], on)
    if wanted is None:
        assert found is None
        return
    assert found is not None
    since, end = wanted
    assert (found.earliest, found.latest) == (since, end)
    assert found.by == planned(world, end, since, may_wait=False)
    assert found.overdue == (on > end)


@given(data=st.data(), start=STARTS)
@settings(max_examples=150, deadline=None)
@pytest.mark.requirement("X-06")
def test_what_is_let_pass_asks_for_nothing_and_only_that(data: st.DataObject, start: date) -> None:
    on = start + data.draw(st.integers(1, 60)) * ONE
    plain = World(ALWAYS_OPEN)
    facts = lived(start, [], "goal_review", plain, on)
    found = asked(WEEKLY, facts, on)
    windows = weeks_around(start, on)
    if found is None:
        assert not windows
        return
    assert found.window is not None
    passed = Fact(
        found.window.since, "exemption", {"cadence": "weekly", "reason": "x"}, found.window.until
    )
    after = asked(WEEKLY, [*facts, passed], on)
    let = [(found.window.since, found.latest or on)]
    wanted = missing(plain, windows, [], on, let_pass=let)
    assert (after and (after.earliest, after.latest)) == wanted
    rolling = Cadence("again", "follow_up", words("again"), every={"weeks": 2})
    first = asked(rolling, facts, on)
    assert first is not None
    assert first.window is not None
    passed = Fact(
        first.window.since, "exemption", {"cadence": "again", "reason": "x"}, first.window.until
    )
    second = asked(rolling, [*facts, passed], on)
    assert second is not None
    assert not second.overdue
    assert second.latest == (first.window.until or on) + timedelta(days=13)


@given(start=STARTS, old=st.integers(1, 8), new=st.integers(1, 8), gone=st.integers(1, 100))
@settings(max_examples=200, deadline=None)
@pytest.mark.requirement("X-06")
def test_a_changed_cadence_plans_only_what_lies_ahead_of_the_change(
    start: date, old: int, new: int, gone: int
) -> None:
    """A closer cadence makes nobody late for days before it; a wider one forgives nothing."""
    changed = start + gone * ONE
    cadence = Cadence("again", "follow_up", words("again"), every={"weeks": "n"})
    facts = lived(start, [], "follow_up", World(ALWAYS_OPEN), changed)
    before = Earlier(only(cadence, n=old), changed)
    found = asked(cadence, facts, changed, before=before, n=new)
    assert found is not None
    assert found.latest is not None
    was_late = gone > 7 * old
    assert found.overdue == was_late
    if was_late:
        assert found.latest == start + timedelta(weeks=old)
    else:
        assert found.latest >= changed
        ahead, anew = start + timedelta(weeks=new), changed + timedelta(weeks=new)
        assert found.latest == (ahead if ahead >= changed else anew)


def test_another_version_with_the_same_cadence_plans_nothing_anew() -> None:
    cadence = Cadence("again", "follow_up", words("again"), every={"weeks": "n"})
    facts = [fact("2026-03-02", "referral"), fact("2026-03-02", "enrolment")]
    before = Earlier(only(cadence, n=2), day("2026-05-04"))
    found = asked(cadence, facts, day("2026-05-04"), before=before, n=2)
    assert found is not None
    assert (found.latest, found.overdue) == (day("2026-03-16"), True)


SE = DaysOff(HOLIDAYS["SE"], weekends=True)
EASTER = [fact("2026-03-16", "referral"), fact("2026-03-16", "enrolment"),
          fact("2026-03-25", "goal_review")]  # fmt: skip


@pytest.mark.requirement("JI-15")
def test_the_week_before_easter_is_planned_for_thursday_and_late_from_the_next_week() -> None:
    """Week 14 of 2026: Good Friday, and a Monday off after it."""
    found = asked(WEEKLY, EASTER, day("2026-03-30"), off=SE)
    assert found is not None
    assert (found.by, found.latest) == (day("2026-04-02"), day("2026-04-05"))
    assert say(found.because, "sv") == (
        "weekly: en gång mellan 30 mars 2026 och 5 april 2026. "
        "Flyttat från 5 april 2026, då ingen arbetar"
    )
    for on, late in (("2026-04-03", False), ("2026-04-05", False), ("2026-04-06", True)):
        one = asked(WEEKLY, EASTER, day(on), off=SE)
        assert one is not None
        assert one.overdue is late, on


@pytest.mark.requirement("JI-15")
def test_a_week_on_a_pause_is_not_red() -> None:
    pause = fact("2026-03-30", "pause", until="2026-04-06", reason="illness")
    found = asked(WEEKLY, [*EASTER, pause], day("2026-04-07"), off=SE)
    assert found is not None
    assert not found.overdue


def test_a_week_in_which_everything_is_closed_asks_for_nothing() -> None:
    shut = frozenset(day("2026-07-13") + n * ONE for n in range(7))
    facts = [fact("2026-07-06", "enrolment"), fact("2026-07-08", "goal_review")]
    assert asked(WEEKLY, facts, day("2026-07-15"), off=replace(SE, closed=SE.closed | shut)) is None


@pytest.mark.requirement("AJ-19", "N-16")
def test_a_number_of_ours_waits_over_a_holiday_and_one_of_the_source_does_not() -> None:
    """Seven days from the Friday before: Good Friday 2026."""
    facts = [fact("2026-03-02", "enrolment"), fact("2026-03-27", "follow_up")]
    ours = Cadence("again", "follow_up", words("again"), every={"weeks": "n"})
    theirs = replace(ours, every={"weeks": 1})
    waits = asked(ours, facts, day("2026-04-01"), off=SE, n=1)
    keeps = asked(theirs, facts, day("2026-04-01"), off=SE)
    assert waits is not None
    assert keeps is not None
    assert (waits.by, keeps.by) == (day("2026-04-07"), day("2026-04-02"))
    assert (waits.because.code, keeps.because.code) == ("moved_after", "moved_before")


def test_what_falls_in_leave_is_done_before_it_or_by_somebody_else() -> None:
    facts = [fact("2026-06-01", "enrolment"), fact("2026-06-30", "follow_up")]
    cadence = Cadence("again", "follow_up", words("again"), every={"weeks": "n"})
    leave = replace(SE, away=(Period(day("2026-07-06"), day("2026-08-03")),))
    found = asked(cadence, facts, day("2026-07-01"), off=leave, n=1)
    assert found is not None
    assert (found.by, found.because.code) == (day("2026-07-03"), "moved_before_leave")
    done = [*facts, fact("2026-07-03", "follow_up")]
    inside = asked(cadence, done, day("2026-07-06"), off=leave, n=1)
    assert inside is not None
    assert (inside.by, inside.because.code) == (day("2026-07-10"), "moved_stand_in")
    assert "någon annan får ta det" in say(inside.because, "sv")


def test_a_month_of_the_danish_model_ends_before_a_danish_holiday() -> None:
    """A year from 26 December: the window ends on Christmas Day."""
    off = DaysOff(HOLIDAYS["DK"], weekends=True)
    facts = [fact("2026-11-26", "enrolment")]
    found = asked(MONTHLY, facts, day("2026-12-01"), off=off)
    assert found is not None
    assert (found.latest, found.by) == (day("2026-12-25"), day("2026-12-24"))


def test_the_end_of_a_step_is_asked_about_on_a_working_day() -> None:
    facts = [fact("2026-03-02", "referral"), fact("2026-03-02", "enrolment"),
             fact("2026-03-02", "step", step="a4", ends=day("2026-05-31"))]  # fmt: skip
    made = replace(climbed(), cadences=())
    (found,) = due(made, history(made, facts, day("2026-05-20")), off=SE)
    assert (found.by, found.latest, found.window) == (day("2026-05-29"), day("2026-05-31"), None)


@pytest.mark.requirement("KN-31")
def test_a_scheme_has_a_pace_of_its_own() -> None:
    """OSA opens another cadence than language practice."""
    every = Cadence("each", "follow_up", words("each"), every={"weeks": 4})
    osa = Cadence("osa", "follow_up", words("osa"), every={"weeks": 8}, schemes=("osa",))
    made = replace(climbed(), cadences=(every, osa))

    def of(scheme: str) -> list[tuple[str, date | None]]:
        referral = fact("2026-03-02", "referral", scheme=scheme)
        road = history(made, [referral, fact("2026-03-02", "enrolment")], day("2026-03-03"))
        return [(one.what, one.by) for one in due(made, road)]

    assert of("osa") == [("osa", day("2026-04-27"))]
    assert of("language_practice") == [("each", day("2026-03-30"))]


@pytest.mark.requirement("KN-31")
def test_knut3_follows_up_an_osa_referral_at_another_pace_than_others() -> None:
    made = shelf()["knut3_pv"]

    def of(scheme: str) -> set[str]:
        facts = [
            fact("2026-03-02", "referral", scheme=scheme),
            fact("2026-03-02", "enrolment"),
            fact("2026-03-02", "step", step="p4"),
        ]
        road = history(made, facts, day("2026-03-03"))
        return {one.what for one in due(made, road)} & {"pv_follow_up", "osa_follow_up"}

    assert of("osa") == {"osa_follow_up"}
    assert of("language_practice") == {"pv_follow_up"}
