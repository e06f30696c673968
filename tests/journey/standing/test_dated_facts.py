"""What is known of someone's standing: each a record of its own with its own date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from stegvis.core.progression.judgement import judgement
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment, Income
from stegvis.journey.standing import actions
from stegvis.journey.standing.actions import NewCategory, NewReading
from stegvis.journey.standing.models import Category, Judged, Pause, ScaleReading, StepPeriod
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.made import new, stood_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def asta(cast: Cast, at_work: Callable[..., Any]) -> Any:
    """Asta at work with the person who is hers."""
    with at_work(cast["asta"]):
        yield cast["asta"].actor


@pytest.fixture
def enrolment(cast: Cast, asta: Any) -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    return row


def _notices(enrolment: Enrolment, on: dt.date) -> set[str]:
    return {notice.code for notice in judged(enrolment, on=on).judged.standing.notices}


@pytest.mark.requirement("INV-5")
def test_category_group_step_and_scale_are_four_records_and_none_changes_another(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    period = stood_on(enrolment.pk)
    actions.set_category(enrolment, NewCategory("need_category", "AM2", cast.on), by=asta)
    actions.set_category(enrolment, NewCategory("screening_group", "g1", cast.on), by=asta)
    actions.read_scale(
        enrolment, NewReading("utvecklingstrappan", "u3", 3, cast.on, "Samtal"), by=asta
    )
    kinds = {fact.kind for fact in judged(enrolment, on=cast.on).case}
    assert {"category", "screening", "step", "scale_reading"} <= kinds
    assert stood_on(enrolment.pk) == period
    assert Category.objects.filter(enrolment=enrolment).count() == 2
    assert ScaleReading.objects.filter(enrolment=enrolment).count() == 1


@pytest.mark.requirement("KN-15", "N-02")
def test_a_category_names_its_instrument_and_has_no_room_for_its_content(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    named = NewCategory("need_category", "AM2", dt.date(2026, 3, 3), instrument="Instrument X")
    row = actions.set_category(enrolment, named, by=asta)
    assert (row.code, row.instrument, row.on) == ("AM2", "Instrument X", dt.date(2026, 3, 3))
    free = {field.name for field in Category._meta.get_fields() if hasattr(field, "max_length")}
    assert not {name for name in free if name in {"answers", "score", "items", "content"}}
    assert Category._meta.get_field("instrument").max_length == 80


@pytest.mark.requirement("AJ-63")
def test_a_category_that_is_not_usual_on_the_step_is_a_notice_and_saved_all_the_same(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    seen = stood_on(enrolment.pk).pk
    steps.decide(enrolment.pk, new(cast, "s4", seen=seen), by=asta)
    given = NewCategory("need_category", "AM3", cast.on, grounds="Så bedömt i samtal")
    row = actions.set_category(enrolment, given, by=asta)
    assert Category.objects.get(pk=row.pk).grounds == "Så bedömt i samtal"
    assert "category_unexpected" in _notices(enrolment, cast.on)
    later = NewCategory("need_category", "AM2", cast.on + dt.timedelta(days=1))
    actions.set_category(enrolment, later, by=asta)
    assert "category_unexpected" not in _notices(enrolment, cast.on + dt.timedelta(days=1))
    assert Category.objects.filter(enrolment=enrolment).count() == 2


@pytest.mark.requirement("JI-32")
def test_readings_of_a_scale_are_a_series_with_the_persons_own_beside(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    for days, ordinal, own in ((90, 2, 3), (30, 3, None), (0, 4, 4)):
        day = cast.on - dt.timedelta(days=days)
        reading = NewReading(
            "utvecklingstrappan", f"u{ordinal}", ordinal, day, "Samtal", persons_own=own
        )
        actions.read_scale(enrolment, reading, by=asta)
    facts = [f for f in judged(enrolment, on=cast.on).case if f.kind == "scale_reading"]
    assert [fact.values["level"] for fact in facts] == [2, 3, 4]
    assert [fact.values.get("person_level") for fact in facts] == [3, None, 4]


@pytest.mark.requirement("AJ-06")
def test_support_may_differ_from_the_steps_with_a_note_and_is_noticed(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    period = stood_on(enrolment.pk)
    assert (period.step, period.support) == ("s2", "much")
    assert "support_differs" not in _notices(enrolment, cast.on)
    with pytest.raises(NotNow, match="reason_missing"):
        actions.change_support(period, by=asta, support="little", note=" ")
    actions.change_support(period, by=asta, support="little", note="Klarar sig bra")
    assert "support_differs" in _notices(enrolment, cast.on)


def test_pauses_do_not_overlap(cast: Cast, enrolment: Enrolment, asta: Any) -> None:
    day = cast.on - dt.timedelta(days=30)
    ends = cast.on - dt.timedelta(days=10)
    actions.begin_pause(enrolment, by=asta, since=day, until=ends, reason="illness")
    inside = {"since": ends - dt.timedelta(days=1), "reason": "illness"}
    with pytest.raises(IntegrityError, match="pauses_do_not_overlap"), transaction.atomic():
        actions.begin_pause(enrolment, by=asta, **inside)
    actions.begin_pause(enrolment, by=asta, since=ends, reason="care")
    assert Pause.objects.filter(enrolment=enrolment).count() == 2


def test_a_pause_does_not_end_the_step_nor_begin_it_anew(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    before = stood_on(enrolment.pk)
    pause = actions.begin_pause(
        enrolment, by=asta, since=cast.on - dt.timedelta(days=9), reason="care"
    )
    actions.end_pause(pause, by=asta, on=cast.on)
    after = stood_on(enrolment.pk)
    assert (after.pk, after.attempt, after.since) == (before.pk, 1, before.since)


def test_a_pause_is_not_ended_before_it_begins(cast: Cast, enrolment: Enrolment, asta: Any) -> None:
    pause = actions.begin_pause(enrolment, by=asta, since=cast.on, reason="care")
    with pytest.raises(NotNow, match="before_the_pause"):
        actions.end_pause(pause, by=asta, on=cast.on)


def test_a_later_judgement_does_not_erase_an_earlier_one(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    for met, days in ((False, 20), (True, 2)):
        actions.judge(
            enrolment, by=asta, criterion="more_self_going", met=met, basis="Sett i verkstaden",
            on=cast.on - dt.timedelta(days=days),
        )  # fmt: skip
    assert [row.met for row in Judged.objects.filter(enrolment=enrolment)] == [False, True]
    asked = {
        c.criterion: c.is_met for c in judged(enrolment, on=cast.on).judged.standing.conditions
    }
    assert asked["more_self_going"] is True


@pytest.mark.requirement("AJ-62")
def test_income_at_entry_and_exit_are_two_facts(cast: Cast, as_job: Callable[..., Any]) -> None:
    with as_job(cast.ekdala.tenant):
        rows = Income.objects.filter(enrolment=cast.person("left").enrolment)
        assert {row.moment: row.source for row in rows} == {"entry": "unknown", "exit": "wage"}


@pytest.mark.requirement("INV-1")
def test_the_database_refuses_a_second_open_step_and_one_that_overlaps(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    landing = actions.Landing("trappa", "s3", 3)
    with pytest.raises(IntegrityError, match=r"overlap|one_open"), transaction.atomic():
        actions.open_period(enrolment, landing, since=cast.on)
    inside = stood_on(enrolment.pk).since + dt.timedelta(days=1)
    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        actions.open_period(enrolment, landing, since=inside, until=cast.on)


def test_an_empty_step_is_history_alone(cast: Cast, enrolment: Enrolment, asta: Any) -> None:
    day = enrolment.since
    landing = actions.Landing("trappa", "s1", 1)
    with pytest.raises(IntegrityError, match="period_ends"), transaction.atomic():
        actions.open_period(enrolment, landing, since=day, until=day)
    row = actions.open_period(enrolment, landing, since=day, until=day, imported=True)
    assert StepPeriod.periods.get(pk=row.pk).imported


@pytest.mark.parametrize("verb", ["pause", "category", "judge", "support"])
def test_who_may_only_read_writes_nothing(
    cast: Cast, at_work: Callable[..., Any], verb: str
) -> None:
    vera = cast["vera"].actor
    with at_work(cast["vera"]):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        period = stood_on(row.pk)
        verbs: dict[str, Callable[[], Any]] = {
            "pause": lambda: actions.begin_pause(row, by=vera, since=cast.on, reason="care"),
            "category": lambda: actions.set_category(
                row, NewCategory("need_category", "AM1", cast.on), by=vera
            ),
            "judge": lambda: actions.judge(
                row, by=vera, criterion="x", met=True, basis="y", on=cast.on
            ),
            "support": lambda: actions.change_support(period, by=vera, support="less", note="z"),
        }
        with pytest.raises(Hidden):
            verbs[verb]()


@pytest.mark.requirement("AJ-05", "JI-33", "N-03", "N-13", "INV-2")
def test_after_four_hundred_days_and_after_ten_years_the_step_is_the_same(
    cast: Cast, enrolment: Enrolment, asta: Any
) -> None:
    standing = judged(enrolment, on=cast.on)
    for days in (400, 3650):
        later = judgement(
            standing.programme, standing.case, cast.on + dt.timedelta(days=days)
        ).standing
        here = later.ladders[0].current
        assert here is not None
        assert (here.step, here.until, later.exited) == ("s2", None, None)
    assert Enrolment.enrolments.get(pk=enrolment.pk).until is None
