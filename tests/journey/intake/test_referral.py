"""A referral comes in, is asked back, taken up again, declined or accepted."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from stegvis.journey.intake import actions
from stegvis.journey.intake.actions import NotNow, Order
from stegvis.journey.intake.models import Enrolment, OrderLine, Referral
from stegvis.journey.people.models import Person
from stegvis.journey.programmes.models import LicensedService
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.journey.made import ORDER, a_person, a_referral, enrolling

pytestmark = pytest.mark.django_db
Job = Callable[..., Any]


@pytest.fixture
def job(cast: Cast, as_job: Job) -> Any:
    with as_job(cast.ekdala.tenant):
        yield


def _refused(code: str) -> Any:
    return pytest.raises(NotNow, check=lambda fault: fault.code == code)


@pytest.mark.requirement("AJ-01")
def test_an_enrolment_without_a_referral_is_refused_by_the_database(cast: Cast, job: None) -> None:
    new = enrolling(cast)
    row = Enrolment(
        tenant_id=cast.ekdala.tenant, person_id=a_person(cast), unit_id=cast.ekdala.units[0],
        programme=new.programme, agency="SOC", since=cast.on,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="enrolled_on_a_referral"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.requirement("AJ-01")
def test_an_enrolment_on_a_referral_not_yet_accepted_is_refused(cast: Cast, job: None) -> None:
    with _refused("referral_not_accepted"):
        actions.enrol(a_referral(cast), enrolling(cast), by=None)


def test_the_answer_is_due_fourteen_days_after_it_came_in(cast: Cast, job: None) -> None:
    came = cast.on - dt.timedelta(days=3)
    assert a_referral(cast, received_on=came).answer_by == came + dt.timedelta(days=14)


def test_a_referral_opens_the_person_to_the_unit_until_it_is_answered(
    cast: Cast, as_job: Job, at_work: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        referral = a_referral(cast)
    with at_work(cast["aron"]):
        assert Person.people.filter(pk=referral.person_id).exists()
    with at_work(cast["birger"]):
        assert not Person.people.filter(pk=referral.person_id).exists()
    with as_job(cast.ekdala.tenant):
        actions.decline(referral, by=None, why="Annan kommun", on=cast.on)
    with at_work(cast["aron"]):
        assert not Person.people.filter(pk=referral.person_id).exists()


def test_declining_one_of_two_leaves_the_other_in_the_units_sight(
    cast: Cast, as_job: Job, at_work: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        first = a_referral(cast)
        second = a_referral(cast, first.person_id, referrer_kind="FK")
        actions.return_with_question(second, by=None, question="Varför?")
        actions.decline(first, by=None, why="Dubblett", on=cast.on)
    with at_work(cast["aron"]):
        assert Referral.referrals.filter(pk=second.pk).exists()


@pytest.mark.requirement("KN-62")
def test_a_referral_without_a_why_is_not_accepted_but_returned(cast: Cast, job: None) -> None:
    referral = a_referral(cast, orders=())
    with _refused("purpose_missing"):
        actions.accept(referral, by=None, on=cast.on)
    actions.return_with_question(referral, by=None, question="Vad ska tränas, och varför?")
    assert Referral.referrals.get(pk=referral.pk).state == "returned"


@pytest.mark.requirement("KN-62")
@pytest.mark.parametrize("lacking", ["what", "why"])
def test_an_order_that_does_not_say_what_and_why_is_refused_by_the_database(
    cast: Cast, job: None, lacking: str
) -> None:
    words: dict[str, str] = {"what": "Hålla tider", "why": "Inför arbete", lacking: ""}
    with pytest.raises(IntegrityError, match=f"line_says_{lacking}"), transaction.atomic():
        a_referral(cast, orders=(Order(verb="train", **words),))


@pytest.mark.requirement("KN-63")
def test_an_order_keeps_every_use_of_its_answer(cast: Cast, job: None) -> None:
    uses = ("sick_leave", "rehabilitation", "job_matching")
    referral = a_referral(cast, orders=(Order("try", "Butik", "Rygg", uses=uses),))
    assert OrderLine.objects.get(referral=referral).uses == list(uses)


def test_a_question_without_words_is_refused(cast: Cast, job: None) -> None:
    with _refused("question_missing"):
        actions.return_with_question(a_referral(cast), by=None, question=" \n")


def test_when_the_referrer_has_answered_the_orders_are_added_and_the_clock_starts_anew(
    cast: Cast, job: None
) -> None:
    came = cast.on - dt.timedelta(days=20)
    referral = a_referral(cast, orders=(), received_on=came)
    actions.return_with_question(referral, by=None, question="Varför?")
    actions.take_up_again(referral, by=None, orders=(ORDER,), on=cast.on)
    row = Referral.referrals.get(pk=referral.pk)
    assert (row.state, row.answer_by) == ("received", cast.on + dt.timedelta(days=14))
    assert [line.what for line in row.lines.all()] == [ORDER.what]


def test_a_referral_that_waits_for_the_referrer_is_not_accepted(cast: Cast, job: None) -> None:
    referral = a_referral(cast)
    actions.return_with_question(referral, by=None, question="Varför?")
    with _refused("referral_already_answered"):
        actions.accept(referral, by=None, on=cast.on)


def test_a_decline_says_why(cast: Cast, job: None) -> None:
    with _refused("reason_missing"):
        actions.decline(a_referral(cast), by=None, why=" ", on=cast.on)


@pytest.mark.parametrize("again", ["accept", "decline", "return_with_question"])
def test_what_is_answered_is_not_answered_again(cast: Cast, job: None, again: str) -> None:
    referral = a_referral(cast)
    actions.decline(referral, by=None, why="Annan kommun", on=cast.on)
    given: dict[str, Any] = {
        "accept": {"on": cast.on},
        "decline": {"on": cast.on, "why": "Igen"},
        "return_with_question": {"question": "Igen?"},
    }[again]
    with _refused("referral_already_answered"):
        getattr(actions, again)(referral, by=None, **given)


@pytest.mark.requirement("KN-61")
def test_what_is_not_delivered_must_be_told_to_the_referrer(cast: Cast, job: None) -> None:
    referral = a_referral(cast, services=("assessment", "observation"))
    with _refused("difference_untold"):
        actions.accept(referral, by=None, on=cast.on, services=("observation",))
    told = "Vi observerar i arbete; bedömningen gör vården."
    actions.accept(referral, by=None, on=cast.on, services=("observation",), difference_told=told)
    row = Referral.referrals.get(pk=referral.pk)
    assert (row.state, row.services_accepted, row.difference_told) == (
        "accepted", ["observation"], told,
    )  # fmt: skip


@pytest.mark.requirement("INV-25", "N-01")
def test_an_assessment_of_work_ability_is_never_taken_on(cast: Cast, job: None) -> None:
    LicensedService(
        tenant_id=cast.ekdala.tenant, code="work_ability_assessment", name="Bedömning"
    ).save()
    referral = a_referral(cast, services=("work_ability_assessment",))
    with _refused("service_needs_licence"):
        actions.accept(referral, by=None, on=cast.on, services=("work_ability_assessment",))
    assert Referral.referrals.get(pk=referral.pk).state == "received"


@pytest.mark.requirement("INV-25", "N-01")
def test_no_municipality_can_call_that_assessment_its_own_service(cast: Cast, job: None) -> None:
    row = LicensedService(
        tenant_id=cast.ekdala.tenant, code="work_ability_assessment", name="B", deliverable=True
    )
    with pytest.raises(IntegrityError, match="work_ability_is_for_licensed"), transaction.atomic():
        row.save()


def test_two_who_answer_at_once_the_second_is_told(cast: Cast, job: None) -> None:
    referral = a_referral(cast)
    same = Referral.referrals.get(pk=referral.pk)
    actions.accept(referral, by=None, on=cast.on)
    with pytest.raises(StaleRow):
        actions.decline(same, by=None, why="Annan", on=cast.on)


def test_somebody_who_may_not_write_the_record_answers_nothing(
    cast: Cast, as_job: Job, at_work: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        referral = a_referral(cast)
    for who in ("birger", "vera", "ada"):
        with at_work(cast[who]), pytest.raises(Hidden):
            actions.accept(referral, by=cast[who].actor, on=cast.on)


@pytest.mark.django_db(transaction=True)
def test_many_who_register_at_once_get_numbers_in_a_row(cast: Cast, as_job: Job) -> None:
    with as_job(cast.ekdala.tenant):
        person = a_person(cast)
    gate, numbers = threading.Barrier(6), []

    def register() -> None:
        try:
            gate.wait(10)
            for _turn in range(3):
                with as_job(cast.ekdala.tenant):
                    numbers.append(a_referral(cast, person).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=register) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    counts = sorted(int(number.partition("-")[2]) for number in numbers)
    assert len(counts) == 18
    assert counts == list(range(counts[0], counts[0] + 18))


def test_numbers_are_counted_per_municipality_and_year(cast: Cast, as_job: Job) -> None:
    with as_job(cast.ekdala.tenant):
        earlier = a_referral(cast, received_on=dt.date(cast.on.year - 3, 5, 1))
        assert earlier.number == f"{cast.on.year - 3}-1"
        again = a_referral(cast, received_on=dt.date(cast.on.year - 3, 6, 1))
        assert again.number == f"{cast.on.year - 3}-2"


def test_a_protected_persons_referral_is_seen_by_those_responsible_alone(
    cast: Cast, as_job: Job, at_work: Callable[..., Any]
) -> None:
    one = cast.person("protected_hidden")
    with as_job(cast.ekdala.tenant):
        referral = a_referral(cast, one.person)
    for who, sees in (("petra", True), ("asta", False), ("mona", False), ("aron", False)):
        with at_work(cast[who]):
            assert Referral.referrals.filter(pk=referral.pk).exists() == sees, who


def test_the_same_submission_makes_one_referral(cast: Cast, job: None) -> None:
    new = actions.NewReferral(a_person(cast), cast.ekdala.units[0], "AF", cast.on)
    key = uuid7()
    actions.receive_referral(new, submission=key)
    with pytest.raises(IntegrityError, match="referral_sent_once"), transaction.atomic():
        actions.receive_referral(new, submission=key)
