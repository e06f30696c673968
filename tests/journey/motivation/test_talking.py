"""What is said of a behaviour: the worked case of poor attendance in seed 002, and the rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.motivation import actions, facts
from stegvis.journey.motivation.access import crosses
from stegvis.journey.motivation.models import Cross, Relapse, Ruler, Stage, TargetBehaviour
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.authority import Hidden
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
CROSS = actions.NewCross(
    now_good="Får sova.", now_less="Missar det roliga.", change_good="Dagen går.",
    change_less="Tidigt.", areas=("body", "money"),
)  # fmt: skip


@pytest.mark.requirement("KN-78", "KN-82", "KN-83", "KN-84", "KN-85", "KN-86", "KN-87")
def test_the_worked_case_of_poor_attendance_can_be_told_whole(
    cast: Cast, behaviour: TargetBehaviour, day: dt.date
) -> None:
    asta = cast["asta"].actor
    behaviour.problem = "Dålig närvaro"
    behaviour.save_if_unchanged("problem")
    says: dict[str, Any] = {"by": asta, "on": day}
    actions.note_stage(behaviour, "precontemplation", "Jag ser inget problem.", **says)
    assert not facts.ready_for_a_plan(behaviour.pk)
    actions.read_rulers(behaviour, importance=7, confidence=4, **says)
    actions.fill_cross(behaviour, CROSS, **says)
    actions.analyse(
        behaviour, situation="Vaknar 05.40.", act="Stänger av larmet.",
        consequence="Lugnt en timme.", reinforcer="slipper frågor", **says,
    )  # fmt: skip
    actions.answer(behaviour, "Vad är bra med det som det är?", "Får sova ut.", **says)
    actions.note_stage(behaviour, "preparation", "På måndag börjar jag.", **says)
    assert facts.ready_for_a_plan(behaviour.pk)
    actions.note_stage(behaviour, "relapse", "Blev hemma tisdag.", **says)
    actions.look_at_relapse(
        behaviour, trigger="Sov dåligt.", learnt="Ställ två klockor.", next_try="Onsdag.", **says
    )
    actions.cope(behaviour, situation="Kväll med värk", instead="Ring Jonas i tid", **says)
    assert [one.stage for one in behaviour.stages.order_by("created_at")] == [
        "precontemplation", "preparation", "relapse",
    ]  # fmt: skip


@pytest.mark.requirement("KN-78", "INV-8")
def test_the_database_refuses_a_stage_without_a_behaviour(
    cast: Cast, behaviour: TargetBehaviour, day: dt.date
) -> None:
    row = Stage(
        tenant_id=behaviour.tenant_id, person_id=behaviour.person_id, behaviour_id=uuid7(),
        stage="contemplation", sign="ja", on=day, by_id=cast["asta"].member,
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.check_constraints()
        transaction.set_rollback(True)


@pytest.mark.requirement("KN-78")
def test_a_stage_rests_on_a_sign(cast: Cast, behaviour: TargetBehaviour, day: dt.date) -> None:
    with pytest.raises(NotNow, match="sign_missing"):
        actions.note_stage(behaviour, "action", "  ", by=cast["asta"].actor, on=day)


@pytest.mark.parametrize("values", [(11, 0), (0, 11), (-1, 5)])
@pytest.mark.requirement("KN-86")
def test_a_ruler_goes_from_0_to_10(
    cast: Cast, behaviour: TargetBehaviour, day: dt.date, values: tuple[int, int]
) -> None:
    with pytest.raises(NotNow, match="ruler_is_0_to_10"):
        actions.read_rulers(
            behaviour, importance=values[0], confidence=values[1], by=cast["asta"].actor, on=day
        )
    assert not Ruler.objects.exists()


@pytest.mark.requirement("KN-79", "KN-87")
def test_a_word_about_the_person_is_no_behaviour(
    cast: Cast, behaviour: TargetBehaviour, day: dt.date
) -> None:
    asta = cast["asta"].actor
    with pytest.raises(NotNow, match="a_trait_is_no_behaviour"):
        actions.analyse(
            behaviour, situation="Morgon", act="Hon är lat", consequence="Hemma", by=asta, on=day
        )
    new = actions.NewBehaviour("vara mindre omotiverad", "här", "jämt", "staff", day)
    with pytest.raises(NotNow, match="a_trait_is_no_behaviour"):
        actions.agree(behaviour.enrolment, new, by=asta)


@pytest.mark.requirement("KN-82")
def test_a_relapse_is_looked_at_once_and_only_when_there_is_one(
    cast: Cast, behaviour: TargetBehaviour, day: dt.date
) -> None:
    says: dict[str, Any] = {"by": cast["asta"].actor, "on": day}
    look = {"trigger": "a", "learnt": "b", "next_try": "c", **says}
    with pytest.raises(NotNow, match="no_relapse"):
        actions.look_at_relapse(behaviour, **look)
    actions.note_stage(behaviour, "relapse", "Nu igen", **says)
    actions.look_at_relapse(behaviour, **look)
    with pytest.raises(NotNow, match="relapse_looked_at"):
        actions.look_at_relapse(behaviour, **look)
    assert Relapse.objects.count() == 1


@pytest.mark.requirement("KN-85", "INV-19")
def test_a_cross_the_person_keeps_is_seen_by_nobody_else_and_may_be_taken_away(
    cast: Cast, behaviour: TargetBehaviour, day: dt.date, at_work: Any
) -> None:
    olle, asta = cast["olle"].actor, cast["asta"].actor
    with at_work(cast["olle"]):
        cross = actions.fill_cross(behaviour, CROSS, by=olle, on=day)
        assert list(crosses(behaviour, olle)) == [cross]
    assert list(crosses(behaviour, asta)) == []
    for verb in (actions.take_away_cross, lambda c, by: actions.share_cross(c, by=by, shared=True)):
        with pytest.raises(Hidden):
            verb(cross, by=asta)
    with at_work(cast["olle"]):
        actions.share_cross(cross, by=olle, shared=True)
    assert list(crosses(behaviour, asta)) == [cross]
    with at_work(cast["olle"]):
        actions.take_away_cross(cross, by=olle)
        assert not Cross.objects.exists()


@pytest.mark.requirement("KN-78")
def test_what_is_ended_takes_no_more_words_and_stays_to_be_read(
    cast: Cast, behaviour: TargetBehaviour, day: dt.date
) -> None:
    asta = cast["asta"].actor
    actions.end(behaviour, by=asta, on=day)
    with pytest.raises(NotNow, match="behaviour_ended"):
        actions.note_stage(behaviour, "action", "Ja", by=asta, on=day)
    assert facts.behaviours_of(behaviour.enrolment_id) == []
    assert TargetBehaviour.behaviours.filter(pk=behaviour.pk).exists()


@pytest.mark.requirement("KN-78")
def test_nothing_is_said_before_it_was_agreed(cast: Cast, behaviour: TargetBehaviour) -> None:
    early = behaviour.agreed_on - dt.timedelta(days=1)
    with pytest.raises(NotNow, match="before_it_was_agreed"):
        actions.note_stage(behaviour, "action", "Ja", by=cast["asta"].actor, on=early)


@pytest.mark.parametrize("who", ["mona", "jonna", "aron", "ada", "inge"])
@pytest.mark.requirement("X-03")
def test_managers_mediators_and_colleagues_do_not_talk_about_it(
    cast: Cast, behaviour: TargetBehaviour, day: dt.date, who: str
) -> None:
    with pytest.raises(Hidden):
        actions.note_stage(behaviour, "action", "Ja", by=cast[who].actor, on=day)


@pytest.mark.requirement("KN-78", "N-05")
def test_nothing_of_it_is_told_to_the_core_or_written_in_the_journal(
    cast: Cast, behaviour: TargetBehaviour, day: dt.date, sign_in: Any
) -> None:
    asta = cast["asta"].actor
    actions.note_stage(behaviour, "contemplation", "Å ena sidan", by=asta, on=day)
    assert not DatedFact.objects.filter(person=behaviour.person_id, source=behaviour.pk).exists()
    for event in Event.events.about(behaviour.person_id):
        assert "contemplation" not in str(event.details)
