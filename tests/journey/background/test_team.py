"""The resource team: asked for from the case, answered by the manager."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.background.models import TeamRequest
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("KN-123")]
Signing = Callable[..., Any]
Work = Callable[..., Any]


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("team", args=[cast.person("own").person])


def test_an_ergonomist_is_asked_for_from_the_case_and_granted(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta, mona = sign_in(cast["asta"]), sign_in(cast["mona"])
    assert faults_of(text_of(asta.post(address, {"do": "ask", "role": "ergonomics", "what": ""})))
    asta.post(address, {"do": "ask", "role": "ergonomics", "what": "Arbetsbänkens höjd"})
    waiting = text_of(mona.get(reverse("team_requests")))
    assert "Arbetsbänkens höjd" in waiting
    with as_job(cast.ekdala.tenant):
        key = TeamRequest.requests.get().pk
    answer = {"do": f"answer:{key}", "a0-state": "declined", "a0-answer": ""}
    assert faults_of(text_of(mona.post(address, answer)))
    answer |= {"a0-state": "granted", "a0-answer": "Maria på torsdag"}
    assert mona.post(address, answer).status_code == 302
    assert "Maria på torsdag" in text_of(asta.get(address))
    assert "Arbetsbänkens höjd" not in text_of(mona.get(reverse("team_requests")))
    mona.post(address, answer | {"a0-state": "declined", "a0-answer": "Nej"})
    with as_job(cast.ekdala.tenant):
        assert TeamRequest.requests.get().state == "granted"


def test_who_asked_does_not_answer_and_another_units_manager_sees_nothing(
    cast: Cast, sign_in: Signing, address: str, as_job: Work
) -> None:
    asta = sign_in(cast["asta"])
    asta.post(address, {"do": "ask", "role": "counsellor", "what": "Breven"})
    with as_job(cast.ekdala.tenant):
        key = TeamRequest.requests.get().pk
    sent = {"do": f"answer:{key}", "a0-state": "granted", "a0-answer": "Ja"}
    assert asta.post(address, sent).status_code == 404
    marta = sign_in(cast["marta"])
    assert marta.get(address).status_code == 404
    assert "Breven" not in text_of(marta.get(reverse("team_requests")))


def test_a_form_in_which_nothing_was_pressed_shows_the_page_as_it_is(
    cast: Cast, sign_in: Signing, address: str
) -> None:
    asta = sign_in(cast["asta"])
    assert asta.post(address, {}).status_code == 200
    assert asta.post(address, {"do": "nothing"}).status_code == 404
