"""What somebody can do beside what a task asks: each answer with its reasons, nothing hidden."""

from __future__ import annotations

import inspect
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.matching.fits import (
    STALE,
    Evidence,
    Fading,
    Limit,
    Requirement,
    State,
    Verdict,
    against,
    fit,
    in_order,
)

ON = date(2026, 11, 25)
FUNCTIONS = ("standing", "lifting", "attention", "plan_work")

requirements = st.lists(
    st.builds(
        Requirement,
        function=st.sampled_from(FUNCTIONS),
        level=st.integers(0, 4),
        hard=st.booleans(),
        weight=st.decimals("0.5", "4", places=1),
    ),
    max_size=4,
    unique_by=lambda one: one.function,
)
evidence = st.lists(
    st.builds(
        Evidence,
        function=st.sampled_from(FUNCTIONS),
        kind=st.sampled_from(("observed", "document", "self")),
        level=st.integers(0, 4),
        on=st.integers(0, 250).map(lambda days: ON - timedelta(days)),
    ),
    max_size=6,
)


def seen(function: str, level: int, *, kind: str = "observed", ago: int = 3) -> Evidence:
    return Evidence(function, kind, level, ON - timedelta(ago))


@given(requirements, evidence)
def test_what_each_gap_takes_adds_up_to_the_share_exactly(
    asked: list[Requirement], have: list[Evidence]
) -> None:
    made = fit(asked, have, on=ON)
    if made.fit is not None:
        assert made.fit == 1 - sum((one.lost for one in made.terms), Decimal(0))
        assert made.least <= made.fit <= made.most
    assert 0 <= made.least <= made.most <= 1
    assert 0 <= made.coverage <= 1


@given(requirements, evidence)
def test_a_requirement_that_weighs_nothing_and_is_trained_changes_no_share(
    asked: list[Requirement], have: list[Evidence]
) -> None:
    more = [*asked, Requirement("reaction", 3, weight=Decimal(0))]
    before, after = fit(asked, have, on=ON), fit(more, have, on=ON)
    if asked:
        assert (before.fit, before.least, before.most) == (after.fit, after.least, after.most)


@given(requirements, evidence, st.sampled_from(FUNCTIONS))
def test_to_be_seen_to_do_more_never_lowers_the_share(
    asked: list[Requirement], have: list[Evidence], function: str
) -> None:
    raised = [
        replace(one, level=min(4, one.level + 1)) if one.function == function else one
        for one in have
    ]
    before, after = fit(asked, have, on=ON), fit(asked, raised, on=ON)
    if before.fit is not None and after.fit is not None:
        assert after.fit >= before.fit
    assert after.least >= before.least
    assert after.most >= before.most


@given(requirements, evidence, st.randoms())
def test_the_order_in_which_things_were_written_down_changes_nothing(
    asked: list[Requirement], have: list[Evidence], chance: object
) -> None:
    mixed = list(have)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert fit(asked, mixed, on=ON) == fit(asked, have, on=ON)


@pytest.mark.requirement("INV-28")
def test_the_rule_is_told_nothing_of_who_the_person_is() -> None:
    told = {one.name for kind in (Requirement, Evidence, Fading) for one in fields(kind)}
    told |= inspect.signature(fit).parameters.keys()
    assert not told & {"sex", "gender", "name", "person", "age", "born_on", "language"}
    assert told == {
        "function", "level", "hard", "weight", "why", "kind", "on", "half_life", "stale",
        "requirements", "evidence", "goals", "fading",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "have", "verdict"),
    [
        ([], [], Verdict.NOT_ANALYSED),
        ([Requirement("lifting", 3, hard=True)], [seen("lifting", 4)], Verdict.NOW),
        ([Requirement("lifting", 3, hard=True)], [seen("lifting", 1)], Verdict.NOT_NOW),
        ([Requirement("lifting", 3, hard=True)], [], Verdict.TRY),
        ([Requirement("lifting", 3)], [], Verdict.TRY),
        ([Requirement("lifting", 3)], [seen("lifting", 2)], Verdict.TRAIN),
        (
            [Requirement("lifting", 3), Requirement("attention", 2)],
            [seen("lifting", 3)],
            Verdict.NOW,
        ),
    ],
)
def test_every_answer_has_its_reason(
    asked: list[Requirement], have: list[Evidence], verdict: Verdict
) -> None:
    assert fit(asked, have, on=ON).verdict is verdict


def test_a_hard_requirement_nobody_knows_of_fails_nobody() -> None:
    made = fit([Requirement("lifting", 4, hard=True)], [], on=ON)
    assert made.verdict is Verdict.TRY
    assert [one.requirement.function for one in made.of(State.UNKNOWN, hard=True)] == ["lifting"]


def test_what_was_seen_counts_before_what_is_said_and_only_while_it_is_fresh() -> None:
    asked = [Requirement("lifting", 3, hard=True)]
    said = seen("lifting", 4, kind="self", ago=1)
    assert fit(asked, [said, seen("lifting", 1, ago=60)], on=ON).verdict is Verdict.NOT_NOW
    assert fit(asked, [said, seen("lifting", 1, ago=STALE + 1)], on=ON).verdict is Verdict.NOW


def test_what_is_older_weighs_less() -> None:
    asked = [Requirement("lifting", 4), Requirement("standing", 2)]
    fresh = fit(asked, [seen("lifting", 2, ago=0), seen("standing", 2, ago=0)], on=ON)
    faded = fit(asked, [seen("lifting", 2, ago=90), seen("standing", 2, ago=0)], on=ON)
    assert fresh.fit == Decimal("0.75")
    assert faded.fit is not None
    assert faded.fit > Decimal("0.75")
    assert faded.coverage == Decimal("0.75")


def test_what_the_person_wants_comes_first_and_weighs_nothing() -> None:
    good = fit([Requirement("lifting", 2)], [seen("lifting", 4)], on=ON)
    short = fit([Requirement("lifting", 4)], [seen("lifting", 2)], on=ON)
    assert in_order({"a": good, "b": short}, wanted=frozenset({"b"})) == ["b", "a"]
    assert in_order({"b": short, "a": good}) == ["a", "b"]


def test_one_level_short_of_what_is_trained_is_where_one_grows() -> None:
    asked = [Requirement("lifting", 3, weight=Decimal(2)), Requirement("standing", 2)]
    have = [seen("lifting", 2), seen("standing", 1)]
    assert fit(asked, have, on=ON, goals=frozenset({"lifting"})).growth == 2


@pytest.mark.requirement("KN-99")
def test_a_limit_speaks_against_what_asks_for_more() -> None:
    asked = [Requirement("lifting", 3), Requirement("standing", 1)]
    limits = [Limit("lifting", 1), Limit("standing", 1), Limit("attention", 0)]
    assert against(asked, limits) == (Limit("lifting", 1),)
