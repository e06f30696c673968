"""Two people at one draft: each loses nothing, nothing stands twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stegvis.core.progression.plans import ACTION, GOAL, HEAD
from stegvis.journey.plans import actions, facts
from stegvis.journey.plans.actions import Clashing, Seen
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast, Colleague
from tests.journey.plans.writing import (
    DOING,
    MAIN,
    SUB,
    action,
    agreed,
    drafted,
    enrolment_of,
    goal,
    seen,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asta(cast: Cast, at_work: Callable[..., Any]) -> Any:
    with at_work(cast["asta"]):
        yield cast["asta"]


@pytest.mark.requirement("AJ-29")
def test_what_two_change_in_different_places_is_put_together(cast: Cast, asta: Colleague) -> None:
    row, both = enrolment_of(cast), seen(drafted(cast, asta))
    new = f"{GOAL}{uuid7()}"
    theirs = {**text(resources="Kör bil."), new: goal("Nytt", kind="sub", under=str(MAIN))}
    mine = {**text(), f"{ACTION}{DOING}": action(due="2027-02-01")}
    actions.save(row, theirs, seen=both, by=asta.actor)
    saved = facts.document_of(actions.save(row, mine, seen=both, by=asta.actor))
    assert saved[HEAD]["resources"] == "Kör bil."
    assert saved[f"{ACTION}{DOING}"]["due"] == "2027-02-01"
    assert saved[new]["text"] == "Nytt"
    assert len(saved) == len(text()) + 1


def test_what_both_change_in_one_place_is_shown_and_nothing_is_written(
    cast: Cast, asta: Colleague
) -> None:
    row, both = enrolment_of(cast), seen(drafted(cast, asta))
    actions.save(row, text(resources="Kör bil."), seen=both, by=asta.actor)
    with pytest.raises(Clashing) as met:
        actions.save(row, text(resources="Kan svetsa."), seen=both, by=asta.actor)
    (clash,) = met.value.merged.clashes
    assert (clash.mine, clash.theirs) == ("Kan svetsa.", "Kör bil.")
    draft = facts.draft(row)
    assert draft is not None
    assert (draft.resources, met.value.seen) == ("Kör bil.", seen(draft))
    actions.save(row, text(resources="Kan svetsa."), seen=met.value.seen, by=asta.actor)
    assert facts.draft(row).resources == "Kan svetsa."  # type: ignore[union-attr]


def test_a_sub_goal_added_under_a_goal_that_another_took_away_is_looked_at(
    cast: Cast, asta: Colleague
) -> None:
    row, both = enrolment_of(cast), seen(drafted(cast, asta))
    actions.save(row, {HEAD: text()[HEAD]}, seen=both, by=asta.actor)
    mine = {**text(), f"{GOAL}{uuid7()}": goal("Nytt", kind="sub", under=str(MAIN))}
    with pytest.raises(Clashing) as met:
        actions.save(row, mine, seen=both, by=asta.actor)
    assert {one.unit for one in met.value.merged.clashes} <= {f"{GOAL}{MAIN}", f"{GOAL}{SUB}"}


def test_the_same_text_again_is_one_saving(cast: Cast, asta: Colleague) -> None:
    first = drafted(cast, asta)
    assert drafted(cast, asta).revision == first.revision


def test_whoever_began_before_the_draft_was_agreed_goes_on_in_the_next_version(
    cast: Cast, asta: Colleague
) -> None:
    first = agreed(cast, asta)
    old = Seen(first.number, first.revision)
    made = actions.save(first.enrolment, text(resources="Kör bil."), seen=old, by=asta.actor)
    assert (made.number, made.resources) == (2, "Kör bil.")
