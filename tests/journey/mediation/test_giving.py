"""A mediator is offered, assigned on terms that are kept, and leads the case day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from stegvis.core.progression.days_off import DaysOff
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.mediation import actions, facts
from stegvis.journey.mediation.models import Appointment, Mediator, Offer
from stegvis.journey.mediation.words import PROFESSIONS
from stegvis.journey.screening import actions as screening
from stegvis.journey.screening.facts import lead_of
from stegvis.journey.screening.models import DailyLead
from stegvis.journey.steps.facts import judged
from stegvis.journey.voices.facts import unheard
from stegvis.journey.voices.models import Message
from stegvis.platform.access.models import Kind
from stegvis.platform.access.relations import tie
from stegvis.platform.accounts.models import Grant, Leave, Member, Role, User
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Working = Callable[..., Any]
NEW = screening.NewScreening(1, dt.date.min, "Vi er enige.", "Ja tak.")


def the_road(cast: Cast) -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person("abroad").enrolment)
    return row


def in_group_one(cast: Cast) -> Enrolment:
    new = screening.NewScreening(1, cast.on, NEW.grounds, NEW.own_words)
    screening.screen(the_road(cast), new, by=cast["inge"].actor)
    return the_road(cast)


def another(cast: Cast) -> Member:
    """A second mediator in Birkesø."""
    user = User(email="nye@birkeso.example", name="Nye")
    user.save(force_insert=True)
    member = Member(tenant_id=cast.birkeso.tenant, user=user, name="Nye Formidler")
    member.save(force_insert=True)
    Grant(
        tenant_id=cast.birkeso.tenant, member=member, role=Role.JOB_MEDIATOR,
        unit_id=cast.birkeso.units[0], since=cast.on - dt.timedelta(days=9),
    ).save(force_insert=True)  # fmt: skip
    return member


def carries(cast: Cast, member: Member, people: int) -> None:
    for _ in range(people):
        tie(uuid7(), Kind.JOB_MEDIATOR, since=cast.on, member=member.pk)


@pytest.mark.requirement("FM-16", "FM-25")
def test_step_1_asks_for_four_things_and_names_what_is_missing(
    cast: Cast, at_work: Working
) -> None:
    with at_work(cast["inge"]):
        assert "screening_done" in lacking(cast)
        row = actions.offer(in_group_one(cast), by=cast["inge"].actor, on=cast.on)
        assert {"cv_made", "job_goal_or_area"} == lacking(cast)
        elements = {one.code: one for one in judged(the_road(cast), on=cast.on).judged.elements}
        assert elements["ke2"].state.value == "met", "offered and assigned"
        actions.answer_offer(row, "accepted", by=cast["inge"].actor, on=cast.on)
        assert Offer.objects.get().answer == "accepted"
        with pytest.raises(NotNow, match="no_open_offer"):
            actions.answer_offer(row, "declined", by=cast["inge"].actor, on=cast.on)


def lacking(cast: Cast) -> set[str]:
    return {one.criterion for one in judged(the_road(cast), on=cast.on).judged.lacking} & {
        "screening_done", "cv_made", "job_goal_or_area", "job_mediator_assigned",
    }  # fmt: skip


@pytest.mark.requirement("FM-16")
def test_who_said_no_gets_none_until_offered_again(cast: Cast, at_work: Working) -> None:
    with at_work(cast["inge"]):
        road, inge = in_group_one(cast), cast["inge"].actor
        row = actions.offer(road, by=inge, on=cast.on)
        with pytest.raises(NotNow, match="offered_already"):
            actions.offer(road, by=inge, on=cast.on)
        actions.answer_offer(row, "declined", by=inge, on=cast.on)
        with pytest.raises(NotNow, match="declined"):
            actions.appoint(road, another(cast).pk, by=inge, since=cast.on, because="x")


@pytest.mark.requirement("FM-19")
def test_a_change_has_a_reason_and_is_counted(cast: Cast, at_work: Working) -> None:
    with at_work(cast["inge"]):
        road, inge, member = in_group_one(cast), cast["inge"].actor, another(cast)
        with pytest.raises(NotNow, match="reason_missing"):
            actions.appoint(road, member.pk, by=inge, since=cast.on)
        assert facts.continuity([road.pk])[road.pk].is_one
        actions.appoint(road, member.pk, by=inge, since=cast.on, because="Mads rejser.")
        found = facts.continuity([road.pk])[road.pk]
        assert (found.mediators, found.changes, found.current) == (2, 1, member.pk)
        held = Assignment.assignments.filter(enrolment=road, part="job_mediator")
        assert held.filter(until__isnull=True).count() == 1


@pytest.mark.requirement("FM-23")
def test_what_a_mediator_lacks_is_kept_and_hinders_nothing(cast: Cast, at_work: Working) -> None:
    with at_work(cast["mette"]):
        member = another(cast)
        boss = cast["mette"].actor
        actions.qualify(member.pk, "target_group", "Kursus i foråret", by=boss, on=cast.on)
        actions.qualify(member.pk, "company_network", "Besøger ti", by=boss, on=cast.on)
        assert facts.lacking(member.pk) == ["local_job_openings"]
    with at_work(cast["mads"]), pytest.raises(NotNow, match="not_ones_own"):
        actions.qualify(member.pk, "target_group", "Siger jeg", by=cast["mads"].actor, on=cast.on)
    with at_work(cast["inge"]):
        road = in_group_one(cast)
        said = {"by": cast["inge"].actor, "since": cast.on, "because": "Ny."}
        actions.appoint(road, member.pk, **said)
        assert Appointment.objects.get().lacking == ["local_job_openings"]


@pytest.mark.requirement("FM-24")
def test_the_thirty_first_is_the_managers_with_a_reason(cast: Cast, at_work: Working) -> None:
    with at_work(cast["inge"]):
        member = another(cast)
        carries(cast, member, 30)
        road = in_group_one(cast)
        with pytest.raises(NotNow, match="over_the_number"):
            actions.appoint(
                road, member.pk, by=cast["inge"].actor, since=cast.on, because="Ny.",
                over_because="Det går nok.",
            )  # fmt: skip
    with at_work(cast["mette"]):
        said = {"by": cast["mette"].actor, "since": cast.on, "because": "Ny."}
        with pytest.raises(NotNow, match="over_reason_missing"):
            actions.appoint(road, member.pk, **said)
        actions.appoint(road, member.pk, **said, over_because="Ferie hos de andre.")
        row = Appointment.objects.get()
        assert (row.caseload, row.most, row.over_because) == (31, 30, "Ferie hos de andre.")


@pytest.mark.requirement("FM-24", "KN-125")
def test_a_profile_says_profession_authority_and_a_number(cast: Cast, at_work: Working) -> None:
    assert "company_scout" in PROFESSIONS
    member = cast["mads"].member
    with at_work(cast["mette"]):
        new = actions.Profile("company_scout", has_authority=True, max_caseload=12)
        actions.keep_mediator(Mediator(member_id=member), new, by=cast["mette"].actor)
    with at_work(cast["mads"]):
        row = Mediator.objects.get(member=member)
        new = actions.Profile("mentor", max_caseload=99, phone="11 22 33 44", hours="8-16")
        actions.keep_mediator(row, new, by=cast["mads"].actor)
        row.refresh_from_db()
        assert (row.profession, row.max_caseload, row.phone) == ("company_scout", 12, "11 22 33 44")


@pytest.mark.requirement("FM-17")
def test_the_mediator_leads_and_messages_go_there_first(cast: Cast, at_work: Working) -> None:
    with at_work(cast["inge"]):
        road, inge = in_group_one(cast), cast["inge"].actor
        Message(
            tenant_id=road.tenant_id, person_id=road.person_id, enrolment=road,
            kind="call", on=cast.on,
        ).save(force_insert=True)  # fmt: skip
        assert unheard(inge, on=cast.on).count() == 1
        held = Assignment.assignments.get(enrolment=road, part="job_mediator", until__isnull=True)
        actions.name_lead(held, by=inge, on=cast.on)
        leading = lead_of(road.pk, on=cast.on)
        assert leading is not None
        assert leading.assignment.member_id == cast["mads"].member
        assert unheard(inge, on=cast.on).count() == 0
        assert unheard(cast["mads"].actor, on=cast.on).count() == 1
        later = cast.on + dt.timedelta(days=3)
        assert unheard(inge, on=later).count() == 1, "nothing is lost with a lead who is silent"
        away = {"since": cast.on, "until": cast.on + dt.timedelta(days=2)}
        Leave(tenant_id=road.tenant_id, member_id=cast["mads"].member, **away).save()
        assert unheard(inge, on=cast.on).count() == 1, "nor with one who is away"
        with pytest.raises(IntegrityError, match="one_daily_lead"), transaction.atomic():
            DailyLead(
                tenant_id=road.tenant_id, enrolment=road, person_id=road.person_id,
                assignment=held, since=cast.on,
            ).save(force_insert=True)  # fmt: skip


@pytest.mark.requirement("FM-21")
@pytest.mark.parametrize(
    ("sent", "heard", "days"),
    [
        ("2026-11-26", "2026-11-26", 0),  # a Thursday
        ("2026-11-26", "2026-11-30", 2),
        ("2026-11-26", "2026-12-01", 3),
        ("2026-11-28", "2026-11-30", 1),
    ],
)
def test_working_days_until_an_answer(sent: str, heard: str, days: int) -> None:
    off = DaysOff(weekends=True)
    read = dt.date.fromisoformat
    assert facts.worked_days(read(sent), read(heard), off) == days


@pytest.mark.requirement("FM-21")
def test_the_median_is_of_what_was_answered(cast: Cast) -> None:
    key = uuid7()
    said = [facts.Response(key, key, cast.on, days, answered=days < 9) for days in (0, 2, 4, 9)]
    assert facts.median_days(said) == 2
    assert facts.median_days(said[-1:]) is None
