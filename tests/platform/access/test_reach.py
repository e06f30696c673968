"""The database's wall keeps whom it found for a transaction, and forgets it in time."""

from __future__ import annotations

import pytest
from django.db import connection

from stegvis.journey.people.models import Person
from stegvis.platform.access.models import Kind, Shield
from stegvis.platform.access.relations import shield, tie, untie
from stegvis.platform.tenancy.scope import scope
from tests.cast.building import as_member
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db


def _sees(cast: Cast, key: str) -> bool:
    return bool(Person.people.filter(pk=cast.person(key).person).exists())


def _about(cast: Cast, key: str) -> None:
    """As the gate does for a page about one person."""
    with connection.cursor() as cursor:
        person = str(cast.person(key).person)
        cursor.execute("select set_config('stegvis.about', %s, true)", [person])


@pytest.mark.parametrize("told", [False, True], ids=["a list", "a page about them"])
def test_a_tie_made_and_ended_counts_in_the_same_transaction(cast: Cast, *, told: bool) -> None:
    asta = cast["asta"]
    with as_member(asta):
        if told:
            _about(cast, "other_unit")
        assert not _sees(cast, "other_unit")
        person = cast.person("other_unit").person
        tie(person, Kind.CASE_WORKER, since=cast.on, member=asta.member)
        assert _sees(cast, "other_unit")
        untie(person, Kind.CASE_WORKER, until=cast.on, member=asta.member)
        assert not _sees(cast, "other_unit")


def test_a_shield_closes_at_once(cast: Cast) -> None:
    with as_member(cast["asta"]):
        assert _sees(cast, "own")
        shield(cast.person("own").person, Shield.Grade.MARKED, since=cast.on, source="staff")
        assert not _sees(cast, "own")


def test_what_one_member_reaches_is_never_anothers(cast: Cast) -> None:
    asta, edvin = cast["asta"], cast["edvin"]
    with as_member(asta):
        assert _sees(cast, "own")
        with scope(edvin.town.tenant, member=edvin.member):
            assert not _sees(cast, "own")
        assert _sees(cast, "own")


def test_whom_a_page_is_about_is_never_opened_to_another_member(cast: Cast) -> None:
    asta, edvin = cast["asta"], cast["edvin"]
    with as_member(asta):
        _about(cast, "own")
        assert _sees(cast, "own")
        with scope(edvin.town.tenant, member=edvin.member):
            _about(cast, "own")
            assert not _sees(cast, "own")
