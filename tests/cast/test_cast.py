"""The cast itself: every relation a test speaks of is really there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from stegvis.journey.people.models import Person
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import SIGNING_IN, Cast

SEES = {
    "asta": {"own", "protected_named", "intake", "left"},  # who left: how it went after
    "aron": {"same_unit", "ended", "barred", "intake"},
    "birger": {"other_unit", "intake_elsewhere"},
    "vera": {"own"},
    "jonna": {"own"},
    "mona": {"own", "same_unit", "ended", "barred", "leavers", "endeds", "intake"},
    "marta": {"other_unit", "intake_elsewhere"},
    "ada": set(),
    "loke": set(),
    "petra": {"protected_named", "protected_hidden", "protected_intake"},  # protecting names her
    "evert": set(),
    "olle": {"own"},
    "edvin": set(),
    "nils": set(),
    "inge": {"abroad", "abroad_intake", "protected_abroad"},
    "mads": {"abroad"},
    "mette": {"abroad", "abroad_intake"},
    "agnes": set(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("who", SIGNING_IN)
def test_each_colleague_reaches_exactly_the_people_the_cast_says(cast: Cast, who: str) -> None:
    colleague = cast[who]
    keys = {participant.person: key for key, participant in cast.participants.items()}
    with scope(colleague.town.tenant, member=colleague.member) as here:
        through_rows = set(Person.people.order_by("pk").values_list("pk", flat=True))
        asked = Person.people.visible_to(colleague.actor, here.on).order_by("pk")
        through_app = set(asked.values_list("pk", flat=True))
    assert {keys[pk] for pk in through_rows} == SEES[who]
    assert {keys[pk] for pk in through_app} == SEES[who]


@pytest.mark.django_db
def test_whoever_signs_in_is_known(cast: Cast, sign_in: Callable[..., Any]) -> None:
    response = sign_in(cast["asta"]).get("/healthz")
    assert response.json() == {"ok": True}
    assert response.wsgi_request.user == cast["asta"].user


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_finds_the_whole_cast_again(cast: Cast, turn: int) -> None:
    with scope(cast.ekdala.tenant, service="test"):
        found = Person.people.filter(pk=cast.person("own").person)
        assert found.update(language=str(turn)) == 1
        assert Person.people.count() == sum(
            p.town.slug == "ekdala" for p in cast.participants.values()
        )


@pytest.mark.django_db
def test_counting_queries_leaves_out_what_only_opens_and_closes(
    cast: Cast, queries: Callable[[], Any]
) -> None:
    with queries() as made, scope(cast.ekdala.tenant), connection.cursor() as cursor:
        cursor.execute("select 1")
    assert made.statements[1] == "select 1"
    assert made.count == 3
