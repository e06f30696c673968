"""From an accepted referral into a programme, and who works with the person from when."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from stegvis.journey.intake import actions
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Commission, Enrolment, Income
from stegvis.journey.people.models import Person
from stegvis.journey.programmes.actions import publish
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.journey.standing.facts import case
from stegvis.journey.steps.facts import judged
from stegvis.platform.access.models import Kind, Relation
from tests.cast.people import Cast
from tests.journey.made import a_referral, an_enrolment, enrolling

pytestmark = pytest.mark.django_db
Job = Callable[..., Any]
Part = Assignment.Part


@pytest.fixture
def job(cast: Cast, as_job: Job) -> Any:
    with as_job(cast.ekdala.tenant):
        yield


def _refused(code: str) -> Any:
    return pytest.raises(NotNow, check=lambda fault: fault.code == code)


@pytest.mark.requirement("INV-3", "X-05")
def test_an_enrolment_stays_on_its_version_when_a_newer_one_is_published(
    cast: Cast, job: None
) -> None:
    row = an_enrolment(cast)
    old = ProgrammeVersion.versions.get(pk=cast.ekdala.version)
    newer = publish(old.text.replace("Kom igång", "Komma igång"), on=cast.on)
    assert newer.number == old.number + 1
    again = Enrolment.enrolments.get(pk=row.pk)
    assert again.programme_id == old.pk
    step = judged(again, on=cast.on).programme.step("s2")
    assert step.names["ac"]["sv"] == "Kom igång"


@pytest.mark.requirement("X-12")
def test_a_second_enrolment_is_linked_to_the_first_and_leaves_it_as_it_was(
    cast: Cast, job: None
) -> None:
    left = cast.person("left")
    second = an_enrolment(cast, left.person)
    assert second.earlier_id == left.enrolment
    first = Enrolment.enrolments.get(pk=left.enrolment)
    assert (first.until, first.exit_reason) == (cast.on - dt.timedelta(days=10), "work")


@pytest.mark.requirement("X-12")
def test_two_enrolments_do_not_overlap(cast: Cast, job: None) -> None:
    referral = a_referral(cast, cast.person("left").person)
    actions.accept(referral, by=None, on=cast.on)
    with _refused("before_the_earlier_ended"):
        actions.enrol(referral, enrolling(cast, since=cast.on - dt.timedelta(days=11)), by=None)


def test_one_is_enrolled_in_one_programme_at_a_time(cast: Cast, job: None) -> None:
    referral = a_referral(cast, cast.person("own").person)
    actions.accept(referral, by=None, on=cast.on)
    with _refused("already_enrolled"):
        actions.enrol(referral, enrolling(cast), by=None)


@pytest.mark.django_db(transaction=True)
def test_two_who_enrol_the_same_person_at_once_one_is_told(cast: Cast, as_job: Job) -> None:
    with as_job(cast.ekdala.tenant):
        first = a_referral(cast)
        second = a_referral(cast, first.person_id, referrer_kind="FK")
        for referral in (first, second):
            actions.accept(referral, by=None, on=cast.on)
    gate, said = threading.Barrier(2), []

    def enrol(referral: Any) -> None:
        try:
            gate.wait(10)
            with as_job(cast.ekdala.tenant):
                actions.enrol(referral, enrolling(cast), by=None)
            said.append("enrolled")
        except NotNow as fault:
            said.append(fault.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=enrol, args=[one]) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(said) == ["already_enrolled", "enrolled"]


@pytest.mark.requirement("AJ-62")
def test_what_one_lives_on_at_entry_is_said_if_only_as_unknown(cast: Cast, job: None) -> None:
    stated = an_enrolment(cast, income="income_support")
    silent = an_enrolment(cast)
    rows = {row.enrolment_id: (row.moment, row.source) for row in Income.objects.order_by("id")}
    assert rows[stated.pk] == ("entry", "income_support")
    assert rows[silent.pk] == ("entry", "unknown")
    with pytest.raises(IntegrityError, match="income_once"), transaction.atomic():
        actions.state_income(silent, by=None, moment="entry", source="wage", on=cast.on)


@pytest.mark.requirement("JI-02")
def test_one_agency_enrols_and_is_shown_on_the_persons_page(
    cast: Cast, as_job: Job, sign_in: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        row = an_enrolment(cast, agency="FK", eligibility="Sju år utan arbete")
        fact = next(fact for fact in case(row.pk) if fact.kind == "enrolment")
        assert fact.values["agency"] == "FK"
    text = sign_in(cast["asta"]).get(f"/people/{row.person_id}/").content.decode()
    assert "Försäkringskassan" in text


@pytest.mark.requirement("JI-01")
def test_why_the_person_belongs_here_is_kept(cast: Cast, job: None) -> None:
    row = an_enrolment(cast, eligibility="Tre tidigare insatser utan resultat")
    assert Enrolment.enrolments.get(pk=row.pk).eligibility.startswith("Tre tidigare")


@pytest.mark.requirement("JI-54")
def test_a_commission_says_which_agency_ordered_how_many_places_and_when(
    cast: Cast, job: None
) -> None:
    row = Commission(
        tenant_id=cast.ekdala.tenant, agency="AF", unit_id=cast.ekdala.units[0], places=12,
        since=cast.on,
    )  # fmt: skip
    row.save(force_insert=True)
    assert Commission.objects.get(pk=row.pk).places == 12


def test_after_enrolment_the_unit_at_large_no_longer_sees_the_person(
    cast: Cast, as_job: Job, at_work: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        person = an_enrolment(cast).person_id
    for who, sees in (("asta", True), ("mona", True), ("aron", False)):
        with at_work(cast[who]):
            assert Person.people.filter(pk=person).exists() == sees, who


def test_a_takeover_ends_the_earlier_case_worker_and_opens_the_next(
    cast: Cast, at_work: Callable[..., Any], sign_in: Callable[..., Any]
) -> None:
    own = cast.person("own")
    asta, aron = sign_in(cast["asta"]), sign_in(cast["aron"])
    address = f"/people/{own.person}/"
    assert (asta.get(address).status_code, aron.get(address).status_code) == (200, 404)
    with at_work(cast["asta"]):
        enrolment = Enrolment.enrolments.get(pk=own.enrolment)
        actions.assign(
            enrolment,
            by=cast["asta"].actor,
            member=cast["aron"].member,
            part=Part.CASE_WORKER,
            since=cast.on,
        )
    assert (asta.get(address).status_code, aron.get(address).status_code) == (404, 200)


def test_a_second_supervisor_works_beside_the_first(cast: Cast, job: None) -> None:
    enrolment = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    for who in ("nils", "nils"):
        actions.assign(
            enrolment, by=None, member=cast[who].member, part=Part.WORK_SUPERVISOR, since=cast.on
        )
    held = Assignment.assignments.held(cast.on).filter(
        enrolment=enrolment, part=Part.WORK_SUPERVISOR
    )
    assert {row.member_id for row in held} == {cast["vera"].member, cast["nils"].member}


def test_an_assignment_that_would_end_before_it_began_ends_the_day_it_began(
    cast: Cast, job: None
) -> None:
    row = Assignment.assignments.get(
        enrolment=cast.person("own").enrolment, part=Part.WORK_SUPERVISOR
    )
    actions.end_assignment(row, by=None, on=row.since - dt.timedelta(days=3))
    assert Assignment.assignments.get(pk=row.pk).until == row.since


def test_whoever_is_placed_with_a_protected_person_is_named_with_them(
    cast: Cast, job: None
) -> None:
    one = cast.person("protected_named")
    enrolment = Enrolment.enrolments.get(pk=one.enrolment)
    actions.assign(
        enrolment, by=None, member=cast["vera"].member, part=Part.WORK_SUPERVISOR, since=cast.on
    )
    named = Relation.relations.held(cast.on).filter(person=one.person, kind=Kind.NAMED)
    assert cast["vera"].member in {row.member_id for row in named}
