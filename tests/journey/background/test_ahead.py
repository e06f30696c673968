"""The workshop's critique and the mapping forward."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.background import actions
from stegvis.journey.background.facts import critique_to_turn
from stegvis.journey.background.models import Critique
from tests.cast.people import Cast
from tests.journey.background.made import road
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("ahead", args=[cast.person("own").person])


@pytest.mark.requirement("JI-11")
def test_critique_is_listed_and_turned_into_a_goal(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta, person = sign_in(cast["asta"]), cast.person("own").person
    at = reverse("new_note", args=[person, "critique"])
    for words in ("Ingen frågade vad jag kan", "Praktiken ledde inte vidare"):
        asta.post(at, {"words": words, "said_by": "participant", "instead": "Att någon frågar"})
    assert "Ingen frågade vad jag kan" in text_of(asta.get(address))
    with as_job(cast.ekdala.tenant):
        items = critique_to_turn(road(cast))
        assert len(items) == 2
        actions.turned_into(items[0], uuid.uuid4(), by=None)
        assert critique_to_turn(road(cast)) == items[1:]
    assert text_of(asta.get(address)).count("Har blivit ett mål") == 1


def test_correcting_critique_keeps_the_day_it_was_said(
    cast: Cast, sign_in: Signing, as_job: Work
) -> None:
    person = cast.person("own").person
    long_ago = cast.on.replace(year=cast.on.year - 1)
    with as_job(cast.ekdala.tenant):
        said = {"on": long_ago, "words": "Före", "said_by": "participant"}
        row = actions.write_down(Critique, person, said, by=None, enrolment=road(cast))
    at = reverse("change_note", args=[person, "critique", row.pk])
    sign_in(cast["asta"]).post(at, {"words": "Efter", "said_by": "together", "version": "1"})
    with as_job(cast.ekdala.tenant):
        row = Critique.notes.get(pk=row.pk)
    assert (row.words, row.on) == ("Efter", long_ago)


@pytest.mark.requirement("JI-12")
def test_four_lists_and_the_outside_are_filled(cast: Cast, sign_in: Signing, address: str) -> None:
    asta, person = sign_in(cast["asta"]), cast.person("own").person
    for sort in ("strength", "weakness", "competence", "skill"):
        sent = {"sort": sort, "words": f"rad {sort}", "said_by": "participant"}
        asta.post(reverse("new_note", args=[person, "asset"]), sent)
    outside = {"role_now": "Städare", "role_ahead": "Vårdbiträde", "lacking": "Kursen på komvux"}
    asta.post(reverse("new_note", args=[person, "outside"]), outside)
    page = text_of(asta.get(address))
    assert "4 av 4 listor ifyllda" in page
    for said in ("rad weakness", "Städare → Vårdbiträde", "Kursen på komvux"):
        assert said in page
