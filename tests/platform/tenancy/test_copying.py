"""Many rows at once pass the same walls, and are whole rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from stegvis.journey.people.models import Contact, Person
from stegvis.platform.tenancy.copying import draft, forget, lay_out, same
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db

COLUMNS = {"id": "uuid", "given_name": "text", "phone": "text"}
NAMES = {
    "id": "id",
    "given_name": "given_name",
    "family_name": "upper(given_name)",
    "sort_key": "given_name",
    "search": "given_name",
}
REACHED_BY = {"id": "id", "person_id": "id", "phone": "phone"}


@pytest.fixture
def here(cast: Cast, as_job: Callable[..., AbstractContextManager[None]]) -> Iterator[None]:
    with as_job(cast.ekdala.tenant):
        yield


def test_a_draft_is_laid_out_in_the_tables_it_belongs_in(here: None) -> None:
    known, unknown = uuid7(), uuid7()
    draft("two", COLUMNS, [(known, "Ada", "070-1740605"), (unknown, "Bo", "")])
    lay_out(Person, "two", NAMES, always={"language": "svenska"})
    lay_out(Contact, "two", REACHED_BY, where="phone <> ''")
    forget("two")
    ada, bo = Person.people.get(pk=known), Person.people.get(pk=unknown)
    assert (ada.given_name, ada.family_name, ada.language) == ("Ada", "ADA", "svenska")
    assert (bo.tenant_id, bo.version, bo.sex, bo.born_on) == (current().tenant, 1, "u", None)
    assert Contact.objects.get(person=known).phone == "070-1740605"
    assert not Contact.objects.filter(person=unknown).exists()


def test_a_draft_passes_the_wall_like_any_other_row(here: None, cast: Cast) -> None:
    draft("astray", COLUMNS, [(uuid7(), "Ada", "")])
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        lay_out(Person, "astray", NAMES, always={"tenant_id": cast.birkeso.tenant})


def test_a_draft_keeps_the_ties_between_rows(here: None) -> None:
    with pytest.raises(IntegrityError, match="people_contact_person_id_fk"):
        _reach_nobody()


@transaction.atomic
def _reach_nobody() -> None:
    draft("loose", COLUMNS, [(uuid7(), "Ada", "070-1740605")])
    lay_out(Contact, "loose", REACHED_BY)
    connection.check_constraints()


def test_columns_are_called_alike() -> None:
    assert same("phone", "email") == {"phone": "phone", "email": "email"}
