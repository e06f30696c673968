"""The participant's own way out: their view of a visit, their answer to a match, their place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements import actions
from stegvis.journey.placements.models import Match, Visit
from tests.cast.people import Cast
from tests.journey.placements.conftest import a_site, an_opening, practice

pytestmark = pytest.mark.django_db
PLACES = "my_places"
LONGEST_SENTENCE = 10


@pytest.fixture
def enrolment(cast: Cast, at_work: Any) -> Any:
    with at_work(cast["asta"]):
        yield Enrolment.enrolments.get(pk=cast.person("own").enrolment)


@pytest.mark.requirement("FM-29")
def test_how_it_was_is_said_with_a_face_and_ones_own_words(
    cast: Cast, enrolment: Enrolment, sign_in: Any
) -> None:
    new = actions.NewVisit(a_site(enrolment.tenant_id), "taster", cast.on)
    row = actions.plan_visit(enrolment, new, by=cast["asta"].actor)
    olle = sign_in(cast["olle"])
    sent = {"visit": str(row.pk), "face": "4", "words": "Lugnt och bra"}
    assert olle.post(reverse(PLACES), sent).status_code == 302
    row = Visit.visits.get(pk=row.pk)
    assert (row.state, row.rating, row.words, row.own) == ("done", 4, "Lugnt och bra", True)
    assert "Lugnt och bra" in olle.get(reverse(PLACES)).text


@pytest.mark.requirement("FM-30")
def test_a_yes_of_ones_own_is_one_of_two(cast: Cast, enrolment: Enrolment, sign_in: Any) -> None:
    opening = an_opening(enrolment.tenant_id, "Lager")
    new = actions.NewMatch(opening.site, opening)
    row = actions.propose_match(enrolment, new, by=cast["asta"].actor)
    olle = sign_in(cast["olle"])
    assert olle.post(reverse(PLACES), {"match": str(row.pk), "yes": "1"}).status_code == 302
    row = Match.matches.get(pk=row.pk)
    assert (row.state, row.person_said, row.own) == ("proposed", "yes", True)
    assert "Vi väntar på företaget." in olle.get(reverse(PLACES)).text


def test_another_persons_rows_are_nobodys(cast: Cast, enrolment: Enrolment, sign_in: Any) -> None:
    other = cast.person("same_unit")
    theirs = other.rows["match"]
    sign_in(cast["olle"]).post(reverse(PLACES), {"match": str(theirs), "yes": "1"})
    assert not Match.matches.filter(pk=theirs, person_said="yes").exists()


def test_the_page_speaks_in_short_sentences(cast: Cast, enrolment: Enrolment, sign_in: Any) -> None:
    site = a_site(enrolment.tenant_id)
    actions.place(enrolment, practice(site, cast.on, guide="Siv"), by=cast["asta"].actor)
    page = sign_in(cast["olle"]).get(reverse(PLACES)).text
    assert site.name in page
    main = page.split("<main")[1].split("</main")[0]
    words = re.sub(r"<[^>]+>", "\n", main)
    said = [one for line in words.split("\n") for one in re.split(r"[.!?]", line)]
    assert not [one for one in said if len(one.split()) > LONGEST_SENTENCE]
