"""Bringing a person into the register: numbers of all kinds, and a number that is somebody's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stegvis.core.values.identity import Number, NumberKind, read_number
from stegvis.journey.people.actions import (
    AlreadyRegistered,
    NewPerson,
    find_by_number,
    protect,
    register,
    renumber,
)
from stegvis.journey.people.models import Contact, Identity, Person
from stegvis.platform.access.models import Kind, Shield
from stegvis.platform.access.relations import tie
from stegvis.platform.access.sealing import unseal
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Job = Callable[..., Any]

KINDS = {
    "personal": ("SE", "19811228-9874", NumberKind.PERSONAL),
    "coordination": ("SE", "19701063-2391", NumberKind.COORDINATION),
    "danish": ("DK", "070761-4285", NumberKind.PERSONAL),
    "danish without modulus": ("DK", "010190-1111", NumberKind.PERSONAL),
    "danish replacement": ("DK", "670761-4285", NumberKind.REPLACEMENT),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_number_of_each_kind_is_kept_sealed_and_found_again(
    cast: Cast, as_job: Job, name: str
) -> None:
    country, typed, kind = KINDS[name]
    town = cast.ekdala if country == "SE" else cast.birkeso
    number = read_number(typed, country=country, on=cast.on)
    assert number is not None
    assert number.kind == kind
    with as_job(town.tenant):
        person = register(NewPerson("Nils", "Ny", number=number), country=country, on=cast.on)
        row = Identity.objects.get(person=person)
        assert number.digits.encode() not in bytes(row.sealed) + bytes(row.mark)
        assert unseal(town.tenant, bytes(row.sealed)) == number.digits
        assert number.digits[-4:] not in row.hint
        assert find_by_number(number) == person


def test_a_reserve_number_is_kept_as_what_it_is_said_to_be(cast: Cast, as_job: Job) -> None:
    number = Number("SE", NumberKind.RESERVE, "19811228R874")
    with as_job(cast.ekdala.tenant):
        person = register(NewPerson("Nils", "Ny", number=number), country="SE", on=cast.on)
        assert Identity.objects.get(person=person).kind == "reserve"


def test_somebody_without_a_number_is_registered_all_the_same(cast: Cast, as_job: Job) -> None:
    with as_job(cast.ekdala.tenant):
        person = register(NewPerson("Nils", "Ny"), country="SE", on=cast.on)
        assert not Identity.objects.filter(person=person).exists()
        assert not Contact.objects.filter(person=person).exists()


def test_the_same_number_is_registered_once_and_the_first_is_given_to_who_may_see_them(
    cast: Cast, as_job: Job
) -> None:
    known = cast.person("own")
    number = Number("SE", NumberKind.PERSONAL, known.number)
    with as_job(cast.ekdala.tenant):
        before = Person.people.count()
        with pytest.raises(AlreadyRegistered) as said:
            register(NewPerson("Annan", "Helt", number=number), country="SE", on=cast.on)
        assert said.value.person == known.person
        assert Person.people.count() == before


def test_a_number_of_somebody_hidden_gives_nobody_away(
    cast: Cast, at_work: Callable[..., Any]
) -> None:
    number = Number("SE", NumberKind.PERSONAL, cast.person("other_unit").number)
    with at_work(cast["asta"]), pytest.raises(AlreadyRegistered) as said:
        register(NewPerson("Annan", "Helt", number=number), country="SE", on=cast.on)
    assert said.value.person is None


def test_the_same_number_may_be_known_in_two_municipalities(cast: Cast, as_job: Job) -> None:
    number = Number("SE", NumberKind.PERSONAL, cast.person("own").number)
    with as_job(cast.birkeso.tenant):
        register(NewPerson("Olle", "Ekstrand", number=number), country="DK", on=cast.on)


def test_a_new_number_ends_the_old_one_and_both_find_the_person(cast: Cast, as_job: Job) -> None:
    first = Number("SE", NumberKind.COORDINATION, "197010632391")
    second = Number("SE", NumberKind.PERSONAL, "197010032390")
    with as_job(cast.ekdala.tenant):
        person = register(NewPerson("Nils", "Ny", number=first), country="SE", on=cast.on)
        renumber(person, second, on=cast.on)
        rows = {row.kind: row.until for row in Identity.objects.filter(person=person)}
        assert rows == {"coordination": cast.on, "personal": None}
        assert find_by_number(first) == find_by_number(second) == person


def test_a_new_number_that_is_somebody_elses_changes_nothing(cast: Cast, as_job: Job) -> None:
    taken = Number("SE", NumberKind.PERSONAL, cast.person("own").number)
    with as_job(cast.ekdala.tenant):
        person = Person.people.get(pk=cast.person("same_unit").person)
        with pytest.raises(AlreadyRegistered):
            renumber(person, taken, on=cast.on)
        assert Identity.objects.filter(person=person, until__isnull=True).count() == 1


def test_protecting_closes_the_record_for_those_not_named(
    cast: Cast, as_job: Job, sign_in: Callable[..., Any]
) -> None:
    one = cast.person("same_unit")
    address = f"/people/{one.person}/"
    aron, mona = sign_in(cast["aron"]), sign_in(cast["mona"])
    assert aron.get(address).status_code == mona.get(address).status_code == 200
    with as_job(cast.ekdala.tenant):
        protect(one.person, Shield.Grade.MARKED, on=cast.on, source="staff")
        protect(one.person, Shield.Grade.MARKED, on=cast.on, source="staff")
        assert Shield.objects.filter(person=one.person).count() == 1
        tie(one.person, Kind.NAMED, since=cast.on, member=cast["aron"].member)
    assert aron.get(address).status_code == 200
    assert mona.get(address).status_code == 404


def test_what_is_written_of_a_person_is_in_the_journal_without_names(
    cast: Cast, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant):
        number = read_number("19811228-9874", country="SE", on=cast.on)
        person = register(NewPerson("Nils", "Ny", number=number), country="SE", on=cast.on)
    with as_job(cast.ekdala.tenant):
        event = Event.events.about(person.pk).get()
        assert (event.what, event.details) == ("person_registered", {})
