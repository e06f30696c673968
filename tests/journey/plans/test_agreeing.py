"""A plan applies when both have said yes to the same text; then nothing changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction

from stegvis.core.progression.plans import GOAL, HEAD
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.motivation.actions import note_stage
from stegvis.journey.motivation.models import TargetBehaviour
from stegvis.journey.plans import actions, facts
from stegvis.journey.plans.models import Goal, PlanActivity, PlanVersion, Saving
from stegvis.journey.standing.models import DatedFact
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast, Colleague
from tests.journey.plans.writing import (
    MAIN,
    SUB,
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


def _told(cast: Cast) -> list[dict[str, Any]]:
    rows = DatedFact.objects.filter(enrolment=enrolment_of(cast), kind="plan_agreed")
    return [row.values for row in rows]


@pytest.mark.requirement("AJ-09")
def test_a_plan_is_a_draft_until_both_have_said_yes(cast: Cast, asta: Colleague) -> None:
    draft = drafted(cast, asta)
    actions.acknowledge(draft, by=asta.actor, how="decided")
    assert facts.current(enrolment_of(cast)) is None
    assert _told(cast) == []
    actions.acknowledge(draft, by=asta.actor, how="read_out")
    row = PlanVersion.versions.get(pk=draft.pk)
    assert (row.state, row.agreed_on) == ("agreed", cast.on)
    assert _told(cast) == [
        {"aim": "work", "goals": 2, "acknowledged_by": ["participant", "case_worker"]}
    ]


@pytest.mark.requirement("AJ-09")
def test_the_participant_says_yes_on_their_own_page_and_nobody_does_it_for_them(
    cast: Cast, at_work: Callable[..., Any]
) -> None:
    asta, olle = cast["asta"], cast["olle"]
    with at_work(asta):
        draft = drafted(cast, asta)
        with pytest.raises(Hidden):
            actions.acknowledge(draft, by=asta.actor, how="own_page")
        actions.acknowledge(draft, by=asta.actor, how="decided")
    with at_work(olle):
        for how in ("decided", "paper"):
            with pytest.raises(Hidden):
                actions.acknowledge(draft, by=olle.actor, how=how)
        actions.acknowledge(draft, by=olle.actor, how="own_page")
        assert facts.current(enrolment_of(cast)) == draft


def test_yes_twice_is_one_yes(cast: Cast, asta: Colleague) -> None:
    draft = drafted(cast, asta)
    first = actions.acknowledge(draft, by=asta.actor, how="paper")
    assert actions.acknowledge(draft, by=asta.actor, how="paper") == first


def test_a_text_changed_after_a_yes_is_asked_about_again(cast: Cast, asta: Colleague) -> None:
    draft = drafted(cast, asta)
    actions.acknowledge(draft, by=asta.actor, how="paper")
    later = drafted(cast, asta, resources="Kör bil.")
    with pytest.raises(StaleRow):
        actions.acknowledge(draft, by=asta.actor, how="decided", seen=draft.revision - 1)
    actions.acknowledge(later, by=asta.actor, how="decided")
    assert facts.current(enrolment_of(cast)) is None, "the person has not read the new text"
    actions.acknowledge(later, by=asta.actor, how="paper")
    assert facts.current(enrolment_of(cast)) is not None


@pytest.mark.requirement("INV-26")
def test_the_database_refuses_every_change_of_an_agreed_version(
    cast: Cast, asta: Colleague
) -> None:
    row = agreed(cast, asta)
    line, thing = row.goals.first(), row.planactivitys.first()
    statements: list[tuple[str, Any]] = [
        ("update plans_planversion set situation = 'x' where id = %s", row.pk),
        ("update plans_planversion set state = 'draft', agreed_on = null where id = %s", row.pk),
        ("update plans_goal set text = 'x' where id = %s", line.pk),
        ("update plans_goal set left_out = true where id = %s", line.pk),
        ("update plans_planactivity set due = null where id = %s", thing.pk),
        ("delete from plans_goal where id = %s", line.pk),
        ("update plans_saving set revision = 99 where of_id = %s", row.pk),
        ("delete from plans_saying where of_id = %s", row.pk),
    ]
    for statement, key in statements:
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [key])
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Goal.objects.bulk_create([
            Goal(
                tenant_id=row.tenant_id, of=row, enrolment_id=row.enrolment_id,
                person_id=row.person_id, thread=line.pk, kind="main", text="x",
            )
        ])  # fmt: skip
    with pytest.raises(NotNow, match="already_agreed"):
        actions.acknowledge(row, by=asta.actor, how="decided")


@pytest.mark.requirement("AJ-29", "INV-26", "X-05")
def test_a_revision_is_a_copy_and_the_earlier_version_stays_to_be_printed(
    cast: Cast, asta: Colleague
) -> None:
    first = agreed(cast, asta)
    before = facts.document_of(first)
    changed = {**text(change_note="Bussen går inte längre."), f"{GOAL}{SUB}": goal(
        "Ta mig dit själv", kind="sub", under=str(MAIN)
    )}  # fmt: skip
    second = agreed(cast, asta, changed)
    assert (second.number, facts.current(enrolment_of(cast))) == (2, second)
    assert facts.document_of(first) == before
    texts = {row.of.number: row.text for row in Goal.objects.filter(thread=SUB)}
    assert texts == {1: "Hålla min vecka", 2: "Ta mig dit själv"}


@pytest.mark.requirement("AJ-29")
def test_a_revision_says_why(cast: Cast, asta: Colleague) -> None:
    agreed(cast, asta)
    draft = drafted(cast, asta, resources="Kör bil.")
    with pytest.raises(NotNow, match="change_note_missing"):
        actions.acknowledge(draft, by=asta.actor, how="decided")


@pytest.mark.requirement("INV-26")
def test_what_is_left_out_of_a_draft_is_not_deleted(cast: Cast, asta: Colleague) -> None:
    drafted(cast, asta)
    short = {HEAD: text()[HEAD], f"{GOAL}{MAIN}": goal()}
    draft = drafted(cast, asta, short)
    assert [row.left_out for row in Goal.objects.filter(of=draft, thread=SUB)] == [True]
    assert PlanActivity.objects.get(of=draft).left_out
    assert facts.document_of(draft).keys() == short.keys()
    assert Saving.objects.filter(of=draft).count() == draft.revision


@pytest.mark.requirement("AJ-10")
def test_there_is_exactly_one_main_aim_and_other_says_which(cast: Cast, asta: Colleague) -> None:
    with pytest.raises(NotNow, match="aim_text_missing"):
        drafted(cast, asta, aim="other")
    draft = drafted(cast, asta, aim="")
    with pytest.raises(NotNow, match="aim_missing"):
        actions.acknowledge(draft, by=asta.actor, how="decided", otherwise="Vi vet inte än")
    with pytest.raises(IntegrityError, match="plan_other_aim_says_which"), transaction.atomic():
        PlanVersion.versions.filter(pk=draft.pk).update(aim="other", aim_text="")
    assert isinstance(PlanVersion._meta.get_field("aim").max_length, int), "one column, one aim"


@pytest.mark.requirement("FM-07")
def test_barriers_without_resources_are_said_and_may_be_decided_otherwise_in_writing(
    cast: Cast, asta: Colleague
) -> None:
    draft = drafted(cast, asta, resources="")
    with pytest.raises(NotNow, match="lacking"):
        actions.acknowledge(draft, by=asta.actor, how="decided", otherwise=" ")
    actions.acknowledge(draft, by=asta.actor, how="decided", otherwise="Vi tar det nästa vecka")
    actions.acknowledge(draft, by=asta.actor, how="paper")
    row = facts.current(enrolment_of(cast))
    assert row is not None
    assert row.otherwise == "Vi tar det nästa vecka"


@pytest.mark.requirement("FM-07")
def test_none_stated_is_an_answer_about_barriers(cast: Cast, asta: Colleague) -> None:
    draft = drafted(cast, asta, barriers="", no_barriers="yes")
    assert actions.acknowledge(draft, by=asta.actor, how="decided").how == "decided"


@pytest.mark.requirement("AJ-09")
def test_a_plan_without_a_sub_goal_needs_a_written_reason(cast: Cast, asta: Colleague) -> None:
    draft = drafted(cast, asta, {HEAD: text()[HEAD], f"{GOAL}{MAIN}": goal()})
    with pytest.raises(NotNow, match="lacking"):
        actions.acknowledge(draft, by=asta.actor, how="decided")


@pytest.mark.requirement("AJ-09")
def test_the_milestone_and_the_criterion_of_the_staircase_follow_the_agreed_plan(
    cast: Cast, asta: Colleague
) -> None:
    row = enrolment_of(cast)

    def reached() -> set[str]:
        return {one.code for one in judged(row, on=cast.on).judged.milestones if one.on}

    assert "M3" not in reached()
    agreed(cast, asta)
    assert "M3" in reached()
    codes = {due.what for due in judged(row, on=cast.on).judged.due}
    assert "goals" in codes, "the goals are to be looked at from now on"


def test_who_may_only_read_writes_nothing(cast: Cast, at_work: Callable[..., Any]) -> None:
    with at_work(cast["asta"]):
        draft = drafted(cast, cast["asta"])
    for who in ("vera", "jonna", "olle"):
        one = cast[who]
        with at_work(one):
            row = enrolment_of(cast)
            with pytest.raises(Hidden):
                actions.save(row, text(), seen=seen(draft), by=one.actor)
            with pytest.raises(Hidden):
                actions.add_goal(row, actions.NewGoal("x"), by=one.actor)
            with pytest.raises(Hidden):
                actions.acknowledge(draft, by=one.actor, how="decided")


def test_the_lines_of_a_plan_keep_their_order(cast: Cast, asta: Colleague) -> None:
    late, early = (f"{GOAL}{uuid7()}" for _turn in range(2))
    lines = {early: goal("Först"), late: goal("Sedan")}
    draft = drafted(cast, asta, {HEAD: text()[HEAD], **lines})
    assert list(facts.document_of(draft)) == [HEAD, early, late]
    (row,) = facts.with_documents(PlanVersion.versions.filter(pk=draft.pk))
    assert list(row.text) == [HEAD, early, late]
    rows = facts.document(draft, draft.goals.all(), draft.planactivitys.all())
    assert rows == facts.document_of(draft), "the rows say what the saving says"


@pytest.mark.requirement("KN-81")
def test_a_plan_for_a_behaviour_warns_while_the_person_has_not_made_up_their_mind(
    cast: Cast, asta: Colleague
) -> None:
    behaviour = cast.person("own").rows["behaviour"]
    wish = goal("Komma i tid", kind="behaviour", behaviour=str(behaviour))
    draft = drafted(cast, asta, {**text(), f"{GOAL}{uuid7()}": wish})
    assert [one.stage for one in facts.early(facts.document_of(draft))] == [""]
    about = TargetBehaviour.behaviours.get(pk=behaviour)
    note_stage(about, "precontemplation", "Alla kommer sent.", by=asta.actor, on=cast.on)
    assert [one.stage for one in facts.early(facts.document_of(draft))] == ["precontemplation"]
    with pytest.raises(NotNow, match="lacking"):
        actions.acknowledge(draft, by=asta.actor, how="decided")
    note_stage(about, "preparation", "Har köpt en klocka.", by=asta.actor, on=cast.on)
    assert facts.early(facts.document_of(draft)) == []
    assert actions.acknowledge(draft, by=asta.actor, how="decided")
