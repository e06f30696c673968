"""Goals are looked at, things are done, and the core is told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from stegvis.config.checkout import ROOT
from stegvis.core.progression.plans import ACTION, GOAL
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.plans import actions, facts
from stegvis.journey.plans.models import Goal, PlanVersion
from stegvis.journey.programmes.actions import publish
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast, Colleague
from tests.journey.made import an_enrolment
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
Work = Callable[..., Any]


@pytest.fixture
def asta(cast: Cast, at_work: Work) -> Any:
    with at_work(cast["asta"]):
        yield cast["asta"]


@pytest.mark.requirement("AJ-48")
def test_a_look_at_a_goal_follows_it_through_the_versions(cast: Cast, asta: Colleague) -> None:
    first = agreed(cast, asta)
    line = Goal.objects.get(of=first, thread=SUB)
    actions.review_goal(line, status="slow", comment="Två veckor av fyra.", by=asta.actor)
    agreed(cast, asta, text(change_note="Ny adress", resources="Kör bil."))
    stands = {one.goal.thread: one for one in facts.open_goals(enrolment_of(cast), on=cast.on)}
    assert (stands[SUB].status, stands[SUB].reviewed_on) == ("slow", cast.on)
    assert stands[SUB].set_on == cast.on
    assert stands[MAIN].status == ""
    actions.review_goal(line, status="reached", by=asta.actor)
    assert {one.goal.thread for one in facts.open_goals(enrolment_of(cast), on=cast.on)} == {MAIN}


@pytest.mark.requirement("AJ-48")
def test_a_goal_nobody_looks_at_is_flagged_after_two_rounds(cast: Cast, asta: Colleague) -> None:
    row = agreed(cast, asta)
    actions.review_goal(Goal.objects.get(of=row, thread=SUB), status="going", by=asta.actor)
    later = cast.on + dt.timedelta(days=57)
    with_time = {one.goal.thread: one.forgotten for one in facts.goals(row.enrolment, on=later)}
    assert with_time == {MAIN: True, SUB: True}
    soon = cast.on + dt.timedelta(days=56)
    assert not any(one.forgotten for one in facts.goals(row.enrolment, on=soon))


@pytest.mark.requirement("AJ-48")
def test_a_look_is_told_and_the_next_is_due_in_the_programmes_time(
    cast: Cast, asta: Colleague
) -> None:
    row = agreed(cast, asta)
    actions.review_goal(Goal.objects.get(of=row, thread=SUB), status="going", by=asta.actor)
    due = {one.what: one.by for one in judged(row.enrolment, on=cast.on).judged.due}
    assert due["goals"] == cast.on + dt.timedelta(weeks=4)


def test_a_look_lies_not_ahead_and_is_for_those_who_work_with_the_person(
    cast: Cast, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        line = agreed(cast, cast["asta"]).goals.get(thread=SUB)
        ahead = cast.on + dt.timedelta(days=1)
        with pytest.raises(NotNow, match="not_yet"):
            actions.review_goal(line, status="going", by=cast["asta"].actor, on=ahead)
    with at_work(cast["vera"]):
        assert actions.review_goal(line, status="going", by=cast["vera"].actor).status == "going"
    for who in ("mona", "olle"):
        with at_work(cast[who]), pytest.raises(Hidden):
            actions.review_goal(line, status="going", by=cast[who].actor)


@pytest.mark.requirement("FM-15")
def test_the_first_thing_done_answers_the_clock_that_the_plan_started(
    cast: Cast, at_work: Work
) -> None:
    inge, one = cast["inge"], cast.person("abroad")
    with at_work(inge):
        row = Enrolment.enrolments.get(pk=one.enrolment)
        draft = actions.save(row, text(), seen=seen(facts.draft(row)), by=inge.actor)
        for how in ("paper", "decided"):
            actions.acknowledge(draft, by=inge.actor, how=how)

        def due(days: int) -> dict[str, Any]:
            day = cast.on + dt.timedelta(days=days)
            return {item.what: item for item in judged(row, on=day).judged.due}

        started = [code for code, item in due(15).items() if item.by == cast.on + dt.timedelta(14)]
        assert len(started) == 1
        assert due(15)[started[0]].overdue
        assert not due(14)[started[0]].overdue
        made = {code: m.on for m in judged(row, on=cast.on).judged.milestones for code in [m.code]}
        assert made["M3"] == cast.on
        thing, _became = facts.open_activities(row)[0]
        actions.mark_activity(thing, state="begun", by=inge.actor)
        assert started[0] not in due(15)
        assert facts.open_activities(row)[0][1] == "begun"
        actions.mark_activity(thing, state="done", by=inge.actor)
        assert facts.open_activities(row) == []


@pytest.mark.requirement("JI-18")
def test_a_goal_from_a_form_answer_is_one_goal_however_often_it_is_pressed(
    cast: Cast, asta: Colleague
) -> None:
    row, source = enrolment_of(cast), uuid7()
    made = [
        actions.add_goal(
            row, actions.NewGoal("Komma i tid"), by=asta.actor, source="form", source_key=source
        )
        for _press in range(2)
    ]
    assert made[0] == made[1]
    assert (made[0].source, made[0].source_key, made[0].of.state) == ("form", source, "draft")
    assert f"{GOAL}{made[0].thread}" in facts.document_of(facts.draft(row))  # type: ignore[arg-type]


def test_a_goal_added_after_the_plan_is_agreed_begins_the_next_version(
    cast: Cast, asta: Colleague
) -> None:
    first = agreed(cast, asta)
    new = actions.NewGoal("Prova trädgård", under=MAIN, due=cast.on)
    made = actions.add_goal(first.enrolment, new, by=asta.actor, source="follow_up")
    assert (made.of.number, made.kind, made.under) == (2, "sub", MAIN)
    assert facts.current(first.enrolment) == first


@pytest.mark.requirement("JI-14")
def test_in_a_programme_with_set_times_a_goal_or_an_action_without_a_date_is_refused(
    cast: Cast, as_job: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        source = (ROOT / "programmes" / "jobbinvest" / "model.yaml").read_text(encoding="utf-8")
        version = publish(source, on=cast.on)
        row = an_enrolment(cast, programme=version)
        undated_goal = {**text(), f"{GOAL}{MAIN}": goal(due="")}
        undated_action = {**text(), f"{ACTION}{DOING}": action(due="")}
        for document in (undated_goal, undated_action):
            with pytest.raises(NotNow, match="date_missing"):
                actions.save(row, document, seen=seen(facts.draft(row)), by=None)
        with pytest.raises(NotNow, match="date_missing"):
            actions.add_goal(row, actions.NewGoal("Komma i tid"), by=None)
        common = {**text(), f"{ACTION}{DOING}": action(due="", scope="general", goal="")}
        assert actions.save(row, common, seen=seen(facts.draft(row)), by=None).number == 1


@pytest.mark.requirement("JI-14")
def test_elsewhere_a_goal_may_wait_for_its_date(cast: Cast, asta: Colleague) -> None:
    assert drafted(cast, asta, {**text(), f"{GOAL}{MAIN}": goal(due="")}).number == 1


@pytest.mark.requirement("JI-20", "KN-89", "N-06")
def test_social_competence_is_the_persons_own_wish_and_nobody_is_rated(
    cast: Cast, asta: Colleague
) -> None:
    wished = action("Öva att säga ifrån", topic="limits", own_wish="yes")
    with pytest.raises(NotNow, match="topic_not_wished"):
        drafted(cast, asta, {**text(), f"{ACTION}{DOING}": {**wished, "own_wish": ""}})
    row = agreed(cast, asta, {**text(), f"{ACTION}{DOING}": wished})
    thing = row.planactivitys.get()
    assert (thing.topic, thing.own_wish, row.state) == ("limits", True, "agreed")
    names = {field.name for field in (*thing._meta.get_fields(), *PlanVersion._meta.get_fields())}
    assert not {n for n in names if any(w in n for w in ("appearance", "looks", "rating", "score"))}
