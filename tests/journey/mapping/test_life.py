"""What carries and what stands in the way; and the person's words, which are theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.models import LifeEntry, OwnWords
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.authority import Hidden
from stegvis.platform.access.decision import Actor
from stegvis.platform.tenancy.memory import earlier
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db


def _text(cast: Cast, **fields: Any) -> actions.EntryText:
    return replace(
        actions.EntryText(area="transport", text="Bussen går glest", on=cast.on), **fields
    )


@pytest.mark.requirement("FM-13")
def test_an_open_barrier_without_a_helper_is_listed_until_somebody_helps(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    row = actions.note_entry(enrolment, "barrier", _text(cast, worry=True), by=asta)
    known = facts.summary(enrolment, by=asta, on=cast.on)
    assert row in known.unhelped
    assert known.barriers[-1].worry
    actions.change_entry(row, _text(cast, helper="Karin", state="under_way"), by=asta)
    assert row not in facts.summary(enrolment, by=asta, on=cast.on).unhelped


def test_a_solved_barrier_needs_nobody(cast: Cast, enrolment: Enrolment, asta: Actor) -> None:
    row = actions.note_entry(enrolment, "barrier", _text(cast, state="solved"), by=asta)
    assert row not in facts.summary(enrolment, by=asta, on=cast.on).unhelped


@pytest.mark.requirement("FM-09")
def test_a_resource_makes_the_programmes_evidence_green_and_says_not_which_area(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    row = actions.note_entry(enrolment, "resource", _text(cast, area="mental"), by=asta)
    told = DatedFact.objects.get(source=row.pk)
    assert (told.kind, told.values) == ("resource", {})


def test_text_is_never_lost_the_earlier_wording_is_read_beside(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    row = actions.note_entry(enrolment, "barrier", _text(cast), by=asta)
    actions.change_entry(row, _text(cast, text="Bussen går var tredje timme"), by=asta)
    assert [one.text for one in earlier(type(row), id=row.pk)] == ["Bussen går glest"]


def test_two_hands_do_not_write_over_each_other(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    row = actions.note_entry(enrolment, "barrier", _text(cast), by=asta)
    second = LifeEntry.objects.get(pk=row.pk)
    actions.change_entry(row, _text(cast, text="Först"), by=asta)
    with pytest.raises(StaleRow):
        actions.change_entry(second, _text(cast, text="Sedan"), by=asta)
    assert LifeEntry.objects.get(pk=row.pk).text == "Först"


@pytest.mark.requirement("INV-19", "N-18")
def test_the_words_of_a_person_are_changed_by_nobody_else(
    cast: Cast, enrolment: Enrolment, asta: Actor, at_work: Callable[..., Any]
) -> None:
    row = actions.note_words(enrolment, "Jag vill börja klockan tio.", by=asta, on=cast.on)
    assert row.heard_by_id == cast["asta"].member
    with pytest.raises(NotNow, match="not_their_words"):
        actions.change_words(row, "Hon vill börja tio.", by=asta)
    with at_work(cast["olle"]):
        actions.change_words(row, "Jag vill börja klockan elva.", by=cast["olle"].actor)
    assert [one.text for one in earlier(type(row), id=row.pk)] == ["Jag vill börja klockan tio."]


def test_the_person_adds_words_and_no_entries(
    cast: Cast, enrolment: Enrolment, at_work: Callable[..., Any]
) -> None:
    olle = cast["olle"].actor
    with at_work(cast["olle"]):
        row = actions.note_words(enrolment, "Det går bra.", by=olle, on=cast.on)
        assert OwnWords.objects.get(pk=row.pk).heard_by_id is None
        with pytest.raises(Hidden):
            actions.note_entry(enrolment, "resource", _text(cast), by=olle)


@pytest.mark.parametrize("who", ["vera", "jonna", "mona", "aron"])
def test_life_areas_stay_with_the_case_worker(
    cast: Cast, enrolment: Enrolment, at_work: Callable[..., Any], who: str
) -> None:
    actor = cast[who].actor
    with at_work(cast[who]):
        known = facts.summary(enrolment, by=actor, on=cast.on)
        assert (known.resources, known.barriers, known.words) == ((), (), ())
        with pytest.raises(Hidden):
            actions.note_entry(enrolment, "resource", _text(cast), by=actor)


def test_a_resource_has_no_helper_in_the_tables_either(
    cast: Cast, enrolment: Enrolment, asta: Actor
) -> None:
    with pytest.raises(IntegrityError, match="only_a_barrier"), transaction.atomic():
        actions.note_entry(enrolment, "resource", _text(cast, helper="Karin"), by=asta)


def test_nothing_said_is_nothing_written(cast: Cast, enrolment: Enrolment, asta: Actor) -> None:
    before = LifeEntry.objects.count()
    with pytest.raises(NotNow, match="nothing_said"):
        actions.note_entry(enrolment, "resource", _text(cast, text="  "), by=asta)
    assert LifeEntry.objects.count() == before
