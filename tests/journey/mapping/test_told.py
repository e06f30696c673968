"""Told of methods, of the fund; language; how many in the unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.models import FundStatus, ToldOfMethods
from stegvis.platform.access.decision import Actor
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.journey.made import an_enrolment

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("AJ-11")
def test_that_the_person_was_told_is_kept_with_its_day_and_the_cards(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    card = cast.ekdala.card
    row = actions.tell_of_methods(enrolment, by=asta, on=cast.on, cards=[card])
    kept = ToldOfMethods.objects.get(pk=row.pk)
    assert (kept.on, kept.cards) == (cast.on, [card])


@pytest.mark.requirement("AJ-44")
def test_the_fund_is_told_of_applied_for_and_joined_in_one_record(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    day = cast.on - dt.timedelta(days=20)
    row = actions.note_fund(enrolment, by=asta, told_on=day)
    assert row.member == "unknown"
    with pytest.raises(NotNow, match="applied_before_told"):
        actions.note_fund(enrolment, by=asta, told_on=cast.on, applied_on=day, seen=row.version)
    actions.note_fund(
        enrolment, by=asta, told_on=day, applied_on=cast.on, member="yes", seen=row.version
    )
    with pytest.raises(StaleRow):
        actions.note_fund(enrolment, by=asta, told_on=day, seen=row.version)
    kept = FundStatus.objects.get(enrolment=enrolment)
    assert (kept.told_on, kept.applied_on, kept.member) == (day, cast.on, "yes")
    assert not {f.name for f in FundStatus._meta.get_fields()} & {"fund", "union", "name"}


@pytest.mark.requirement("AJ-44")
def test_the_unit_counts_n_of_n_with_the_unknown_apart(
    cast: Cast, as_job: Callable[..., Any], at_work: Callable[..., Any]
) -> None:
    with as_job(cast.ekdala.tenant):
        people = [an_enrolment(cast) for _ in range(15)]
        for n, one in enumerate(people):
            member = "yes" if n < 5 else "no" if n < 10 else "unknown"
            if n < 10:
                actions.note_fund(one, by=None, told_on=cast.on, member=member)
    mona = cast["mona"]
    with at_work(mona):
        of = Enrolment.enrolments.visible_to(mona.actor, cast.on).open().count()
        shares = {one.code: one for one in facts.fund_shares(mona.actor, cast.on)}
    assert (shares["member"].yes, shares["member"].unknown, shares["member"].of) == (5, of - 10, of)
    # Told: 10 yes, the rest unasked, nobody said no: no part is small.
    assert (shares["told"].yes, shares["told"].unknown) == (10, of - 10)


def test_a_small_part_hides_all_parts(
    cast: Cast, enrolment: Enrolment, asta: Actor, at_work: Callable[..., Any]
) -> None:
    actions.note_fund(enrolment, by=asta, told_on=cast.on, member="yes")
    with at_work(cast["mona"]):
        for one in facts.fund_shares(cast["mona"].actor, cast.on):
            assert (one.yes, one.unknown) == (None, None)


def test_a_language_need_says_what_it_is_trained_by(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    row = actions.note_language_need(
        enrolment, by=asta, on=cast.on, need="vocational", how="Kökets ord, vid disken"
    )
    assert (row.need, row.how) == ("vocational", "Kökets ord, vid disken")
