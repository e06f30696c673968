"""The method library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.models import MethodCard
from stegvis.journey.mapping.words import starter_cards
from tests.cast.people import Cast
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]


@pytest.mark.requirement("KN-11")
@pytest.mark.parametrize("who", ["asta", "vera", "jonna", "mona"])
def test_a_search_for_ambivalens_finds_the_card(cast: Cast, sign_in: SignIn, who: str) -> None:
    page = text_of(sign_in(cast[who]).get(reverse("methods"), {"q": "ambivalens"}))
    assert "Ambivalenskorset" in page
    assert "Ambivalenskorset" not in text_of(
        sign_in(cast[who]).get(reverse("methods"), {"q": "svetsning"})
    )


@pytest.mark.requirement("KN-11", "N-02")
def test_content_of_somebody_else_names_its_licence(cast: Cast, as_job: SignIn) -> None:
    with as_job(cast.ekdala.tenant), pytest.raises(NotNow, match="licence_unnamed"):
        actions.add_card(actions.CardText("Testet", "Text", licence="licensed"))


@pytest.mark.requirement("KN-11")
def test_a_manager_changes_the_cards_and_a_case_worker_does_not(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    address = reverse("method", args=[cast.ekdala.card])
    typed = {"title": "Ambivalenskorset", "text": "Vårt eget", "tags": "samtal, mi",
             "licence": "own", "version": "1"}  # fmt: skip
    assert sign_in(cast["asta"]).post(address, typed).status_code == 404
    assert sign_in(cast["mona"]).post(address, typed).status_code == 302
    with as_job(cast.ekdala.tenant):
        card = MethodCard.objects.get(pk=cast.ekdala.card)
        assert (card.text, card.tags) == ("Vårt eget", ["samtal", "mi"])
    again = text_of(sign_in(cast["mona"]).post(address, typed | {"text": "Senare"}))
    assert len(faults_of(again)) == 1
    assert "Vårt eget" in again
    assert "Senare" in again


def test_a_title_stands_once_and_a_retired_card_is_found_no_more(
    cast: Cast, sign_in: SignIn, as_job: SignIn
) -> None:
    new = {"title": "Ambivalenskorset", "text": "x", "licence": "own"}
    page = text_of(sign_in(cast["mona"]).post(reverse("new_method"), new))
    assert len(faults_of(page)) == 1
    sign_in(cast["mona"]).post(reverse("method", args=[cast.ekdala.card]), {"do": "retire"})
    with as_job(cast.ekdala.tenant):
        assert facts.method_cards("ambivalens") == []


def test_the_starter_cards_come_in_once_in_the_towns_language(cast: Cast, as_job: SignIn) -> None:
    with as_job(cast.birkeso.tenant):
        assert actions.take_in_starters("da") == len(starter_cards("da"))
        assert actions.take_in_starters("da") == 0
        assert [card.title for card in facts.method_cards("lineal")] == ["Linealen"]
        assert all(card.ours for card in facts.method_cards("lineal"))
