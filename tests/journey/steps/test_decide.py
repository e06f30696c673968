"""A person decides about a step: any step, with reasons, once, and for good."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.programmes.actions import publish
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.models import StepDecision
from stegvis.platform.access.authority import Hidden
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.journey.made import an_enrolment, decide, new, steps_of, stood_on

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


@pytest.fixture
def asta(cast: Cast, at_work: Work) -> Any:
    with at_work(cast["asta"]):
        yield cast["asta"]


def _refused(code: str) -> Any:
    return pytest.raises(NotNow, check=lambda fault: fault.code == code)


@pytest.fixture
def newcomer(cast: Cast, as_job: Work) -> Any:
    """Enrolled a hundred days ago with Asta, standing on no step yet."""
    with as_job(cast.ekdala.tenant):
        return an_enrolment(cast, since=cast.on - dt.timedelta(days=100)).pk


@pytest.mark.requirement("AJ-03", "AJ-02")
@pytest.mark.parametrize("step", ["s1", "s2", "s3", "s4", "s5", "s6"])
def test_one_enters_on_any_step_with_grounds(
    cast: Cast, newcomer: Any, asta: Any, step: str
) -> None:
    row = steps.decide(newcomer, new(cast, step), by=asta.actor)
    assert (row.kind, row.from_step, row.to_step) == ("enter", "", step)
    assert steps_of(newcomer) == [(step, True)]


@pytest.mark.requirement("AJ-04", "N-19")
def test_steps_are_passed_over_and_named_as_skipped_with_no_days_on_them(
    cast: Cast, asta: Any
) -> None:
    row = decide(cast, asta, "own", "s5")
    assert (row.kind, row.skipped) == ("skip", ["s3", "s4"])
    assert steps_of(row.enrolment_id) == [("s2", False), ("s5", True)]


@pytest.mark.requirement("AJ-04")
@pytest.mark.parametrize("to", ["s5", "s1"])
def test_an_unusual_move_without_a_written_reason_is_refused(
    cast: Cast, asta: Any, to: str
) -> None:
    with _refused("grounds_missing"):
        decide(cast, asta, "own", to, grounds=" ", reasons=("Är mer självgående",))
    assert steps_of(cast.person("own").enrolment) == [("s2", True)]


@pytest.mark.requirement("AJ-30", "AJ-38")
def test_the_fifth_and_the_sixth_step_are_two(cast: Cast, asta: Any) -> None:
    decide(cast, asta, "own", "s5", effective_on=cast.on - dt.timedelta(days=9))
    row = decide(cast, asta, "own", "s6")
    assert row.kind == "forward"
    assert steps_of(row.enrolment_id)[-2:] == [("s5", False), ("s6", True)]


def test_back_is_a_move_like_another_and_the_next_time_is_a_new_attempt(
    cast: Cast, asta: Any
) -> None:
    day = cast.on - dt.timedelta(days=20)
    decide(cast, asta, "own", "s3", effective_on=day)
    back = decide(cast, asta, "own", "s2", effective_on=cast.on)
    assert back.kind == "back"
    assert stood_on(back.enrolment_id).attempt == 2


def test_to_stay_closes_nothing_and_keeps_when_to_look_again(cast: Cast, asta: Any) -> None:
    before = stood_on(cast.person("own").enrolment).pk
    look = cast.on + dt.timedelta(days=30)
    row = decide(cast, asta, "own", "s2", review_on=look)
    assert (row.kind, row.closes_id, row.opens_id, row.review_on) == ("stay", None, None, look)
    assert stood_on(row.enrolment_id).pk == before


def test_the_persons_own_words_or_why_they_are_missing(cast: Cast, asta: Any) -> None:
    with _refused("own_words_missing"):
        decide(cast, asta, "own", "s3", own_words=" \n")
    row = decide(cast, asta, "own", "s3", own_words="", own_words_missing="not_there")
    assert (row.own_words, row.own_words_missing) == ("", "not_there")


@pytest.mark.requirement("INV-19", "N-18")
def test_own_words_are_kept_as_they_were_said(cast: Cast, asta: Any) -> None:
    said = "Ja, asså – jag tar 3:an!\nMen inte måndagar. <b>Nej</b>"
    row = decide(cast, asta, "own", "s3", own_words=said)
    assert StepDecision.objects.get(pk=row.pk).own_words == said


@pytest.mark.requirement("INV-4", "X-05")
def test_the_advice_of_that_day_is_kept_with_the_decision(cast: Cast, asta: Any) -> None:
    row = decide(cast, asta, "own", "s3")
    kept = StepDecision.objects.get(pk=row.pk).advice
    assert kept["programme"] == "jobbtrappa"
    asked = {one["criterion"]: one["state"] for one in kept["standing"]["criteria"]}
    assert asked["more_self_going"] in {"not_met", "unknown", "to_judge"}
    assert row.against_advice is True
    publish(
        ProgrammeVersion.versions.get(pk=cast.ekdala.version)
        .text.replace("Är mer självgående", "Klarar sig själv"),
        on=cast.on,
    )  # fmt: skip
    assert StepDecision.objects.get(pk=row.pk).advice == kept


@pytest.mark.requirement("INV-2", "AJ-30")
def test_a_decision_names_who_decided_and_the_journal_that_it_was_so(
    cast: Cast, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        row = decide(cast, cast["asta"], "own", "s3")
    assert row.by_id == cast["asta"].member
    with at_work(cast["asta"]):
        event = Event.events.about(row.person_id).filter(what="step_decided").first()
        assert (event.details["to"], event.details["origin"]) == ("s3", "s2")
        assert "Vi ser" not in str(event.details), "reasons are not for the journal"


def test_the_day_may_not_lie_before_the_present_step(cast: Cast, asta: Any) -> None:
    began = stood_on(cast.person("own").enrolment).since
    with _refused("before_the_step_began"):
        decide(cast, asta, "own", "s3", effective_on=began)
    decide(cast, asta, "own", "s3", effective_on=began + dt.timedelta(days=1))


def test_the_first_step_may_not_lie_before_the_enrolment(
    cast: Cast, newcomer: Any, asta: Any
) -> None:
    with _refused("before_the_enrolment"):
        steps.decide(
            newcomer, new(cast, "s1", effective_on=cast.on - dt.timedelta(days=101)), by=asta.actor
        )


def test_a_step_may_not_begin_within_one_that_history_has_ended(
    cast: Cast, newcomer: Any, asta: Any
) -> None:
    row = steps.decide(
        newcomer, new(cast, "s1", effective_on=cast.on - dt.timedelta(days=90)), by=asta.actor
    )
    until = cast.on - dt.timedelta(days=30)
    StepPeriod.periods.filter(pk=row.opens_id).update(until=until)
    with _refused("within_an_earlier_step"):
        steps.decide(
            newcomer, new(cast, "s2", effective_on=until - dt.timedelta(days=1)), by=asta.actor
        )
    steps.decide(newcomer, new(cast, "s2", effective_on=until), by=asta.actor)


def test_one_decides_ahead_once_and_what_is_decided_ahead_is_corrected_not_outdone(
    cast: Cast, asta: Any
) -> None:
    monday = cast.on + dt.timedelta(days=5)
    row = decide(cast, asta, "own", "s3", effective_on=monday)
    with _refused("decided_ahead"):
        decide(cast, asta, "own", "s4", effective_on=monday + dt.timedelta(days=1))
    steps.correct(row.pk, new(cast, "s2"), by=asta.actor)
    assert steps_of(row.enrolment_id) == [("s2", True)]


def test_a_step_the_programme_does_not_have_is_refused(cast: Cast, asta: Any) -> None:
    with _refused("no_such_step"):
        decide(cast, asta, "own", "s7")


def test_what_rests_on_another_step_than_the_present_is_refused(cast: Cast, asta: Any) -> None:
    for seen in (None, uuid7()):
        with pytest.raises(StaleRow):
            decide(cast, asta, "own", "s3", seen=seen)


def test_after_leaving_nothing_is_decided(cast: Cast, as_job: Work, asta: Any) -> None:
    row = steps.leave(
        cast.person("own").enrolment, new(cast, ""), by=asta.actor, reason="work", income="wage"
    )
    with as_job(cast.ekdala.tenant), pytest.raises((NotNow, Hidden)):
        steps.decide(row.enrolment_id, new(cast, "s3"), by=asta.actor)


@pytest.mark.parametrize("who", ["aron", "birger", "vera", "jonna", "ada", "petra", "inge"])
def test_who_may_not_write_the_record_decides_nothing(cast: Cast, at_work: Work, who: str) -> None:
    one = cast.person("own")
    with at_work(cast[who]), pytest.raises(Hidden):
        steps.decide(one.enrolment, new(cast, "s3", seen=one.period), by=cast[who].actor)


def test_the_database_itself_refuses_to_change_or_remove_a_decision(cast: Cast, asta: Any) -> None:
    row = decide(cast, asta, "own", "s3")
    for change in (
        lambda: StepDecision.objects.filter(pk=row.pk).update(grounds="Annat"),
        lambda: StepDecision.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_decide_at_once_exactly_one_has_decided(cast: Cast, at_work: Work) -> None:
    one = cast.person("own")
    gate, said = threading.Barrier(6), []

    def run(who: str, to: str) -> None:
        try:
            gate.wait(10)
            with at_work(cast[who]):
                steps.decide(one.enrolment, new(cast, to, seen=one.period), by=cast[who].actor)
            said.append("decided")
        except StaleRow:
            said.append("stale")
        finally:
            connection.close()

    wanted = [("asta", "s3"), ("asta", "s4"), ("asta", "s1")] * 2
    threads = [threading.Thread(target=run, args=each) for each in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(said) == ["decided", *["stale"] * 5]
    with at_work(cast["asta"]):
        assert [is_open for _step, is_open in steps_of(one.enrolment)] == [False, True]
        assert StepDecision.objects.filter(enrolment=one.enrolment).count() == 2
