"""What the person says and what is seen: two marks, neither changed by the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from stegvis.journey.abilities import facts
from stegvis.journey.abilities.actions import observe, rate, strike
from stegvis.journey.abilities.models import Ability, Observation, SelfRating
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.abilities.conftest import ago

pytestmark = pytest.mark.django_db
New = Callable[..., Any]


def _mark(enrolment: Enrolment, cast: Cast, item: str, **how: Any) -> facts.Mark:
    return next(one for one in facts.marks(enrolment, on=cast.on, **how) if one.item == item)


@pytest.mark.requirement("AJ-15", "KN-68")
def test_two_marks_stand_beside_each_other_with_their_days(
    cast: Cast, enrolment: Enrolment, asta: Any, rated: New, seen: New
) -> None:
    rate(enrolment, rated(value=9, words="Det går bra"), by=asta)
    observe(enrolment, seen(how="with_support", words="Frågade två gånger"), by=asta)
    mark = _mark(enrolment, cast, "work_independently")
    assert mark.own
    assert mark.seen
    assert (mark.own.value, mark.own.words) == (9, "Det går bra")
    assert (mark.seen.seen, mark.seen.words) == ("with_support", "Frågade två gånger")
    assert (mark.own.on, mark.seen.on) == (cast.on, cast.on)
    assert mark.apart == "higher"
    assert not [f for f in facts.Mark.__dataclass_fields__ if f in {"mean", "score", "value"}]


@pytest.mark.requirement("INV-19", "N-18")
def test_the_database_lets_nobody_change_or_take_away_a_rating(
    cast: Cast, enrolment: Enrolment, asta: Any, rated: New
) -> None:
    row = rate(enrolment, rated(), by=asta)
    for change in (
        lambda: SelfRating.objects.filter(pk=row.pk).update(value=1),
        lambda: SelfRating.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()
    rate(enrolment, rated(value=2), by=asta)
    assert [p.value for p in facts.series(enrolment, row.key)] == [8, 2]


@pytest.mark.requirement("INV-19")
def test_the_person_rates_themselves_and_staff_only_write_it_down(
    cast: Cast, at_work: New, rated: New
) -> None:
    own = cast.person("own")
    with at_work(cast["olle"]):
        row = rate(Enrolment.enrolments.get(pk=own.enrolment), rated(), by=cast["olle"].actor)
        assert (row.by_id, row.written_for) == (cast["olle"].member, False)
    with at_work(cast["asta"]):
        enrolment = Enrolment.enrolments.get(pk=own.enrolment)
        assert rate(enrolment, rated(), by=cast["asta"].actor).written_for
    with at_work(cast["vera"]), pytest.raises(Hidden):
        rate(Enrolment.enrolments.get(pk=own.enrolment), rated(), by=cast["vera"].actor)


@pytest.mark.requirement("KN-68")
@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"value": 11}, "outside_scale"),
        ({"value": None}, "outside_scale"),
        ({"value": 5, "scale": "function"}, "outside_scale"),
        ({"item": "no_such"}, "no_such_item"),
        ({"item": "own", "named": " "}, "item_not_named"),
    ],
)
def test_a_rating_outside_its_scale_or_of_nothing_is_refused(
    enrolment: Enrolment, asta: Any, rated: New, changed: dict[str, Any], fault: str
) -> None:
    before = SelfRating.objects.filter(enrolment=enrolment).count()
    with pytest.raises(NotNow, match=fault):
        rate(enrolment, rated(**{"item": "back_pain", **changed}), by=asta)
    assert SelfRating.objects.filter(enrolment=enrolment).count() == before


def test_the_database_holds_a_rating_to_its_scale(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    fields = {
        "tenant_id": enrolment.tenant_id, "enrolment": enrolment, "person_id": enrolment.person_id,
        "item": "keep_hours", "on": cast.on,
    }  # fmt: skip
    for wrong in ({"value": 11}, {"value": 5, "scale": "function"}, {"declined": True, "value": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SelfRating(**fields, **wrong).save(force_insert=True)


def test_declining_is_an_answer_and_breaks_the_series(
    cast: Cast, enrolment: Enrolment, asta: Any, rated: New
) -> None:
    for days, value in ((20, 4), (10, None), (0, 6)):
        new = rated("own_initiative", value, declined=value is None, on=ago(cast, days))
        rate(enrolment, new, by=asta)
    assert [p.value for p in facts.series(enrolment, "own_initiative")] == [4, None, 6]


@pytest.mark.requirement("KN-68")
def test_back_pain_eight_is_not_told_to_those_who_may_not_read_health(
    cast: Cast, enrolment: Enrolment, asta: Any, rated: New
) -> None:
    row = rate(enrolment, rated("back_pain", 8), by=asta)
    own = rate(enrolment, rated("own", 7, named="Axeln"), by=asta)
    told = DatedFact.objects.filter(source__in=[row.pk, own.pk])
    assert {fact.kind for fact in told} == {"self_rating"}
    assert [fact.values for fact in told] == [{"item": "body"}, {"item": "body"}]
    shown = {mark.item for mark in facts.marks(enrolment, on=cast.on)}
    assert not shown & {"back_pain", "own:axeln"}
    every = {mark.item: mark for mark in facts.marks(enrolment, on=cast.on, bodily=True)}
    assert every["back_pain"].own
    assert every["back_pain"].own.value == 8
    assert every["own:axeln"].name == "Axeln"


@pytest.mark.requirement("KN-71")
def test_a_mark_older_than_six_months_is_stale_and_differs_from_nothing(
    cast: Cast, enrolment: Enrolment, asta: Any, rated: New, seen: New
) -> None:
    old = ago(cast, 195)
    rate(enrolment, rated(value=9, on=old), by=asta)
    observe(enrolment, seen(how="not_now"), by=asta)
    mark = _mark(enrolment, cast, "work_independently")
    assert mark.own
    assert (mark.own.stale, mark.own.pale) == (True, 2)
    assert mark.seen
    assert not mark.seen.stale
    assert mark.apart == ""


@pytest.mark.requirement("AJ-15")
def test_a_tenants_own_ability_is_observed_and_speaks_of_the_criteria_it_names(
    cast: Cast, enrolment: Enrolment, asta: Any, seen: New
) -> None:
    Ability(
        tenant_id=enrolment.tenant_id, code="own_asks", name="ber om hjälp",
        criteria=["more_self_going"],
    ).save(force_insert=True)  # fmt: skip
    model = facts.model_of(enrolment)
    assert facts.items(model, on=cast.on)["own_asks"].name == "ber om hjälp"
    row = observe(enrolment, seen("own_asks"), by=asta)
    told = DatedFact.objects.get(source=row.pk)
    assert told.values == {"ability": "own_asks", "seen": "works", "criteria": ["more_self_going"]}
    found = facts.evidence(enrolment, model, ["more_self_going", "works_independently"], on=cast.on)
    assert [mark.name for mark in found["more_self_going"]] == ["ber om hjälp"]
    assert found["works_independently"] == ()


@pytest.mark.requirement("AJ-15")
def test_words_and_situation_are_kept_and_no_words_are_told(
    cast: Cast, enrolment: Enrolment, asta: Any, seen: New
) -> None:
    new = seen("keep_hours", "not_now", words="Kom tio över nio", situation="Köket")
    row = observe(enrolment, new, by=asta)
    told = DatedFact.objects.get(source=row.pk).values
    assert told == {"ability": "keep_hours", "seen": "not_now"}
    kept = Observation.observations.get(pk=row.pk)
    assert (kept.words, kept.situation, kept.by_id) == (new.words, new.situation, asta.member)


def test_a_slip_of_the_hand_is_taken_back_by_whoever_made_it_alone(
    cast: Cast, enrolment: Enrolment, asta: Any, vera: Any, seen: New
) -> None:
    row = observe(enrolment, seen(), by=asta)
    with pytest.raises(NotNow, match="not_yours"):
        strike(row, by=vera)
    strike(row, by=asta)
    assert DatedFact.objects.get(source=row.pk).struck
    assert not [m for m in facts.marks(enrolment, on=cast.on) if m.seen]


def test_what_has_not_happened_and_what_nobody_may_is_not_written(
    cast: Cast, enrolment: Enrolment, asta: Any, seen: New, at_work: New
) -> None:
    with pytest.raises(NotNow, match="not_yet"):
        observe(enrolment, seen(on=ago(cast, -1)), by=asta)
    with pytest.raises(NotNow, match="no_such_item"):
        observe(enrolment, seen("back_pain"), by=asta)
    with pytest.raises(NotNow, match="no_such_item"):
        observe(enrolment, seen(how="splendid"), by=asta)
    with at_work(cast["mona"]), pytest.raises(Hidden):
        observe(enrolment, seen(), by=cast["mona"].actor)


def test_marks_are_one_query_however_much_is_known(
    cast: Cast, enrolment: Enrolment, rated: New, seen: New, queries: New
) -> None:
    asta = cast["asta"].actor
    for item in ("keep_hours", "plan_work", "take_instructions"):
        for days in (30, 20, 10):
            rate(enrolment, rated(item, on=ago(cast, days)), by=asta)
            observe(enrolment, seen(item, on=ago(cast, days)), by=asta)
    with queries() as made:
        found = facts.marks(enrolment, on=cast.on)
    assert made.count == 1
    assert len(found) == 3
    assert {mark.seen.times for mark in found if mark.seen} == {3}
