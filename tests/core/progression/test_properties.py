"""What holds for every road, however it was walked and in whatever order its facts came."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stegvis.core.programme.model import Programme
from stegvis.core.progression.criteria import Judge
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import judgement, to_json
from stegvis.core.progression.measures import State
from stegvis.core.progression.milestones import milestones
from stegvis.core.progression.moves import open_moves
from stegvis.core.progression.road import STOOD_ON, history
from tests.core.progression.made import climbed, walked

FIRST = date(2026, 11, 2)  # the roads cross a week 53, a turn of the year, and a clock change
DAYS = 260
PROGRAMMES = {"climbed": climbed(), "walked": walked()}
STEPS = {"climbed": ["a1", "a2", "a3", "a4", "a5"], "walked": ["p1", "p2", "p3"]}
JUDGED = {"climbed": ["less_support"], "walked": ["self_support"]}


def _facts(key: str) -> st.SearchStrategy[Fact]:
    kinds: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "referral": {},
        "enrolment": {},
        "step": {"step": st.sampled_from(STEPS[key])},
        "pause": {},
        "drop_out": {},
        "exception": {
            "code": st.just("other_target_group"),
            "by": st.sampled_from(["case_worker", "job_mediator"]),
        },
        "screening": {"group": st.sampled_from("123")},
        "category": {"set": st.just("need"), "code": st.sampled_from(["AM1", "AM2", "AM3"])},
        "judgement": {"criterion": st.sampled_from(JUDGED[key]), "met": st.booleans()},
        "observation": {"ability": st.just("social")},
        "attendance": {
            "status": st.sampled_from(["present", "absent", "late", "unknown", "leave"]),
            "expected_hours": st.sampled_from([4, 8, 7.5]),
        },
        "hours": {"month": st.sampled_from(["2026-12", "2027-01"]), "ordinary": st.floats(0, 60)},
        "planned_week": {
            "week": st.sampled_from(["2026-W52", "2026-W53", "2027-W01"]),
            "planned_by": st.just("participant"),
            "days_planned": st.integers(3, 5),
            "days_done": st.none() | st.integers(3, 5),
        },
        "contact": {"by": st.just("job_mediator")},
        "follow_up": {},
        "goal_review": {},
        "placement": {"site": st.just("external")},
        "scale_reading": {"ladder": st.just("scale"), "level": st.integers(1, 5)},
        "decision": {"what": st.sampled_from(["job_ready", "extend", "end"])},
        "exit": {"reason": st.just("work")},
        "outcome_check": {"status": st.just("work")},
    }
    return st.sampled_from(sorted(kinds)).flatmap(
        lambda kind: st.builds(
            _fact, st.integers(0, DAYS), st.just(kind), st.fixed_dictionaries(kinds[kind])
        )
    )


def _fact(after: int, kind: str, values: dict[str, Any]) -> Fact:
    on = FIRST + timedelta(days=after)
    until = on + timedelta(days=21) if kind == "pause" else None
    return Fact(on, kind, values, until)


def cases() -> st.SearchStrategy[tuple[Programme, list[Fact], date]]:
    return st.sampled_from(sorted(PROGRAMMES)).flatmap(
        lambda key: st.tuples(
            st.just(PROGRAMMES[key]),
            st.lists(_facts(key), max_size=25),
            st.integers(0, DAYS).map(lambda n: FIRST + timedelta(days=n)),
        )
    )


type Case = tuple[Programme, list[Fact], date]


@given(cases())
@pytest.mark.requirement("INV-1", "AJ-02")
def test_stays_never_overlap_and_at_most_the_last_is_open(case: Case) -> None:
    programme, facts, on = case
    for stays in history(programme, facts, on).stays.values():
        for before, after in pairwise(stays):
            assert before.until is not None
            assert before.since <= before.until <= after.since
        for stay in stays:
            assert stay.days(on) >= 0
            assert stay.step not in stay.skipped


@given(cases())
@settings(max_examples=60)
def test_a_judgement_depends_on_nothing_later_and_on_no_order(case: Case) -> None:
    programme, facts, on = case
    known = [fact for fact in facts if fact.on <= on]
    found = to_json(judgement(programme, facts, on))
    assert to_json(judgement(programme, known, on)) == found
    assert to_json(judgement(programme, list(reversed(facts)), on)) == found


@given(cases())
@pytest.mark.requirement("N-03", "INV-2")
def test_every_ladder_offers_a_move_and_each_step_once(case: Case) -> None:
    programme, facts, on = case
    road = history(programme, facts, on)
    moves = open_moves(programme, road)
    for ladder in programme.ladders:
        if ladder.kind in STOOD_ON:
            offered = [move.to for move in moves if move.ladder == ladder.code]
            assert sorted(offered) == sorted(step.code for step in ladder.steps)
    for move in moves:
        assert (move.kind == "skip") <= move.needs_reason
        assert move.attempt >= 1


@given(cases(), st.integers(1, 400))
@pytest.mark.requirement("AJ-05", "JI-33", "N-13", "INV-2")
def test_time_alone_moves_nobody(case: Case, days: int) -> None:
    programme, facts, on = case
    known = [fact for fact in facts if fact.on <= on]
    now = history(programme, known, on)
    later = history(programme, known, on + timedelta(days=days))
    assert later.standing_on == now.standing_on
    assert later.exited == now.exited


@given(cases(), st.integers(0, 100))
def test_a_milestone_once_reached_keeps_its_day(case: Case, days: int) -> None:
    programme, facts, on = case
    kept = [fact for fact in facts if fact.kind not in {"hours", "planned_week", "exit"}]
    before = milestones(programme, history(programme, kept, on))
    after = milestones(programme, history(programme, kept, on + timedelta(days=days)))
    assert {(one.code, one.on) for one in before} <= {(one.code, one.on) for one in after}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["present", "absent", "late", "unknown", "sent_home", "leave"]),
            st.none() | st.integers(0, 480),
        ),
        min_size=25,
        max_size=25,
    ),
    st.lists(st.integers(0, 480), min_size=25, max_size=25),
)
@pytest.mark.requirement("INV-22", "AJ-37")
def test_no_truth_about_unknown_days_turns_a_verdict(
    days: list[tuple[str, int | None]], truths: list[int]
) -> None:
    """Whatever the unknown minutes turn out to be, what was judged met or not met stays so."""
    on = date(2026, 11, 6)
    rows, known = [], []
    for index, ((status, late), truth) in enumerate(zip(days, truths, strict=True)):
        day = on - timedelta(days=index + index // 5 * 2)
        values: dict[str, Any] = {"status": status, "expected_hours": 8}
        if status == "late":
            values["late_minutes"] = late
        rows.append(Fact(day, "attendance", values))
        is_open = status in {"unknown", "sent_home"} or (status == "late" and late is None)
        told = {"attended_hours": Decimal(truth) / 60} if is_open else {}
        known.append(Fact(day, "attendance", values | told))
    programme = PROGRAMMES["climbed"]
    states = [
        Judge(programme, history(programme, facts, on)).finding("good_attendance").state
        for facts in (rows, known)
    ]
    if states[0] is not State.UNKNOWN:
        assert states[1] is states[0]


@given(cases())
@pytest.mark.requirement("AJ-04", "N-19")
def test_a_skipped_step_has_no_stay_until_someone_goes_there(case: Case) -> None:
    programme, facts, on = case
    found = judgement(programme, facts, on)
    for one in found.standing.ladders:
        been = {stay.step for stay in one.stays}
        assert not been & set(one.skipped)
        current = {one.current.step} if one.current else set()
        assert {*one.passed, *one.skipped, *one.ahead} | current == {
            step.code for step in programme.ladder(one.ladder).steps
        }
