"""The mapping's time, the four answers, and what they rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from stegvis.core.progression.facts import Fact
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.models import Assessment, Cited
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.actions import tell
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.authority import Hidden
from stegvis.platform.access.decision import Actor
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast
from tests.journey.made import new, stood_on

pytestmark = pytest.mark.django_db
ANSWERED = {
    "assessment_which_step",
    "assessment_which_measures",
    "assessment_training_or_ready",
    "assessment_summary",
}


def _assessed(cast: Cast, **fields: Any) -> actions.NewAssessment:
    whole = actions.NewAssessment(
        on=cast.on,
        which_step="s2",
        which_measures=("work_training",),
        training_or_ready="training",
        summary="Kan storkök. Behöver sen start.",
    )
    return replace(whole, **fields)


@pytest.mark.requirement("AJ-07")
def test_a_start_on_2_march_may_close_from_30_march_and_is_overdue_on_14_april(
    cast: Cast, enrolment: Enrolment
) -> None:
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    began = [Fact(dt.date(2026, 3, 2), "enrolment", {"agency": "AF"})]
    due = facts.mapping_due(model, began, dt.date(2026, 4, 13))
    assert due is not None
    assert (due.earliest, due.by) == (dt.date(2026, 3, 30), dt.date(2026, 4, 13))
    assert not due.overdue
    later = facts.mapping_due(model, began, dt.date(2026, 4, 14))
    assert later is not None
    assert later.overdue


@pytest.mark.requirement("AJ-07")
def test_everyone_enrolled_has_a_mapping_that_goes_on_until_it_is_closed(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    def mine() -> set[Any]:
        return {one.enrolment.pk for one in facts.pending(asta, cast.on)}

    assert enrolment.pk in mine()
    actions.close_mapping(enrolment, _assessed(cast), by=asta, rests_on=[])
    assert enrolment.pk not in mine()


@pytest.mark.requirement("AJ-08")
@pytest.mark.parametrize("name", ["which_step", "which_measures", "training_or_ready", "summary"])
def test_closing_without_an_answer_names_the_question(
    cast: Cast, enrolment: Enrolment, asta: Actor, name: str
) -> None:
    empty = _assessed(cast, **{name: () if name == "which_measures" else ""})
    with pytest.raises(NotNow, match=f"{name}_missing"):
        actions.close_mapping(enrolment, empty, by=asta, rests_on=[])
    assert not Assessment.objects.filter(enrolment=enrolment).exists()


@pytest.mark.requirement("AJ-08")
def test_the_four_answers_make_the_four_criteria_green(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    steps.decide(enrolment.pk, new(cast, "s1", seen=stood_on(enrolment.pk).pk), by=asta)

    def lacking() -> set[str]:
        return {one.criterion for one in judged(enrolment, on=cast.on).judged.lacking}

    assert lacking() >= ANSWERED | {"methods_described"}
    actions.close_mapping(enrolment, _assessed(cast), by=asta, rests_on=[])
    assert not lacking() & ANSWERED
    actions.tell_of_methods(enrolment, by=asta, on=cast.on)
    assert "methods_described" not in lacking()


def test_a_person_may_close_with_a_question_open_and_says_why_in_writing(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    steps.decide(enrolment.pk, new(cast, "s1", seen=stood_on(enrolment.pk).pk), by=asta)
    despite = _assessed(cast, which_measures=(), despite="Flyttar till Lund på måndag")
    row = actions.close_mapping(enrolment, despite, by=asta, rests_on=[])
    assert row.unanswered == ["which_measures"]
    lacking = {one.criterion for one in judged(enrolment, on=cast.on).judged.lacking}
    assert lacking & ANSWERED == {"assessment_which_measures"}


@pytest.mark.requirement("AJ-16")
def test_an_assessment_cites_what_it_rests_on_by_kind_and_key(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    seen, talked, private = uuid7(), uuid7(), uuid7()
    tell(enrolment, "observation", source=seen, on=cast.on, ability="keep_hours")
    tell(enrolment, "contact", source=talked, on=cast.on, about="goals")
    tell(enrolment, "barrier", source=private, on=cast.on)
    found = {one.source: one for one in facts.bases(enrolment)}
    assert {seen, talked} <= found.keys()
    assert private not in found
    row = actions.close_mapping(enrolment, _assessed(cast), by=asta, rests_on=[found[seen]])
    cited = Cited.objects.get(assessment=row)
    assert (cited.kind, cited.source) == ("observation", seen)


def test_words_of_the_summary_never_leave_the_room(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    actions.close_mapping(enrolment, _assessed(cast), by=asta, rests_on=[])
    told = next(f for f in judged(enrolment, on=cast.on).case if f.kind == "mapping_closed")
    assert "storkök" not in str(told.values)


@pytest.mark.parametrize("who", ["vera", "jonna", "mona", "olle"])
def test_nobody_but_the_case_worker_closes(
    cast: Cast, enrolment: Enrolment, at_work: Callable[..., Any], who: str
) -> None:
    with at_work(cast[who]), pytest.raises(Hidden):
        actions.close_mapping(enrolment, _assessed(cast), by=cast[who].actor, rests_on=[])


@pytest.mark.requirement("KN-37")
@pytest.mark.parametrize(
    ("verbs", "purpose"),
    [
        (["clarify"], ("investigate",)),
        (["train", "practise"], ("support",)),
        (["train", "try"], ("investigate", "support")),
        ([], ()),
    ],
)
def test_the_purpose_of_a_referral_is_to_find_out_to_support_or_both(
    verbs: list[str], purpose: tuple[str, ...]
) -> None:
    assert facts.purposes(verbs) == purpose
