"""A direction of work: said, picked, tried, changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.models import Interview
from stegvis.journey.mapping.words import ours
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.authority import Hidden
from stegvis.platform.access.decision import Actor
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db


def _goal(cast: Cast, **fields: Any) -> actions.NewGoal:
    new = actions.NewGoal("area", "Arbete i kök", "chosen_with_worker", cast.on)
    return replace(new, **fields)


@pytest.mark.requirement("FM-08")
def test_a_direction_chosen_with_the_worker_meets_the_exit_of_step_one(
    cast: Cast, as_job: Callable[..., Any]
) -> None:
    one = cast.person("abroad")
    with as_job(one.town.tenant):
        enrolment = Enrolment.enrolments.get(pk=one.enrolment)
        before = {row.criterion for row in judged(enrolment, on=cast.on).judged.lacking}
        actions.set_job_goal(enrolment, _goal(cast, text="Køkkenarbejde"), by=None)
        after = {row.criterion for row in judged(enrolment, on=cast.on).judged.lacking}
    assert before - after == {"job_goal_or_area"}


@pytest.mark.requirement("FM-12")
def test_an_area_to_try_that_becomes_a_goal_of_ones_own_keeps_its_history(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    actions.set_job_goal(enrolment, _goal(cast, strength="to_try"), by=asta)
    actions.set_job_goal(
        enrolment, _goal(cast, kind="position", strength="own", text="Kock"), by=asta
    )
    found = [(row.text, row.strength) for row in facts.job_goals(enrolment)]
    assert found == [("Kock", "own"), ("Arbete i kök", "to_try")]


def test_the_person_sets_a_goal_of_their_own(
    cast: Cast, enrolment: Enrolment, at_work: Callable[..., Any]
) -> None:
    with at_work(cast["olle"]):
        actions.set_job_goal(enrolment, _goal(cast, strength="own"), by=cast["olle"].actor)
        goal = facts.job_goal(enrolment)
    assert goal is not None
    assert goal.by_id is None


def test_a_mediator_reads_the_goal_and_sets_none(
    cast: Cast, enrolment: Enrolment, at_work: Callable[..., Any]
) -> None:
    with at_work(cast["jonna"]), pytest.raises(Hidden):
        actions.set_job_goal(enrolment, _goal(cast), by=cast["jonna"].actor)


@pytest.mark.requirement("AJ-45")
def test_after_a_guidance_session_the_goal_may_become_studies(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    actions.set_job_goal(enrolment, _goal(cast), by=asta)
    actions.note_guidance(enrolment, by=asta, on=cast.on, about="Undersköterska, komvux i januari")
    actions.set_job_goal(enrolment, _goal(cast, kind="studies", text="Komvux"), by=asta)
    said = [(f.kind, f.values.get("what")) for f in judged(enrolment, on=cast.on).case]
    assert ("event", "study_guidance") in said
    assert ("event", "study_goal") in said
    assert [row.kind for row in facts.job_goals(enrolment)] == ["studies", "area"]


@pytest.mark.requirement("FM-11")
def test_cooking_and_shopping_propose_areas_and_the_person_picks_one(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    proposed = [one.code for one in facts.proposals(["home_cooking", "home_shopping"], [])]
    assert proposed[0] == "kitchen"
    assert "shop" in proposed
    talk = actions.NewInterview(("home_cooking", "home_shopping"), {"work": "", "leisure": "Bakar"})
    goal = actions.set_job_goal(enrolment, _goal(cast, area="shop"), by=asta, interview=talk)
    kept = Interview.objects.get(pk=goal.interview_id)
    assert (kept.done, kept.answers) == (["home_cooking", "home_shopping"], {"leisure": "Bakar"})


def test_what_is_said_of_work_and_leisure_proposes_too() -> None:
    assert facts.proposals([], ["Jag bakade bröd hos min faster"])[0].code == "kitchen"
    assert "craft" not in {one.code for one in facts.proposals([], ["Min syster"])}


@given(st.lists(st.sampled_from(sorted(ours("job_goal_sources")))), st.lists(st.text(max_size=60)))
def test_more_said_never_takes_a_proposal_away(done: list[str], answers: list[str]) -> None:
    few = {one.code for one in facts.proposals(done, answers)}
    more = {one.code for one in facts.proposals([*done, "home_cooking"], [*answers, "butik"])}
    assert few <= more
    assert {"kitchen", "shop"} <= more
    assert facts.proposals([], []) == []
