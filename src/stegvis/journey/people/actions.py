"""Bringing a person into the register, and changing who they are said to be."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from stegvis.core.values.identity import Number
from stegvis.journey.people.models import Contact, Identity, Person
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.models import Kind, Shield
from stegvis.platform.access.relations import lift, name_officers, shield, tie, untie
from stegvis.platform.access.sealing import mark, seal
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import current, scope


@dataclass(frozen=True, slots=True)
class NewPerson:
    given: str
    family: str
    number: Number | None = None
    born_on: dt.date | None = None
    sex: str = "u"
    language: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    needs_interpreter: bool = False


class AlreadyRegistered(Exception):
    """The number is somebody's. `person` is given only when the caller may see them: otherwise the
    answer must be the same as for a registration that waits for a colleague."""

    def __init__(self, person: uuid.UUID | None) -> None:
        super().__init__()
        self.person = person


def find_by_number(number: Number) -> Person | None:
    """The person with this number, if the reader's walls let them be seen."""
    marked = mark(current().tenant, number.digits)
    found = Identity.objects.filter(mark=marked).select_related("person").first()
    return found.person if found else None


def register(new: NewPerson, *, country: str, on: dt.date) -> Person:
    """Store a person with their number and contact data. Raises AlreadyRegistered.

    The caller ties the new person to whoever is to see them, in the same transaction.
    """
    tenant = current().tenant
    person = Person(
        tenant_id=tenant,
        born_on=new.born_on,
        sex=new.sex,
        language=new.language,
        needs_interpreter=new.needs_interpreter,
    )
    person.rename(given=new.given, family=new.family, country=country)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            if new.number:
                _number(person, new.number, on=on)
    except IntegrityError as error:
        if "number_once" not in str(error) or new.number is None:
            raise
        seen = find_by_number(new.number)
        raise AlreadyRegistered(seen.pk if seen else None) from None
    if new.phone or new.email or new.address:
        Contact(
            tenant_id=tenant,
            person=person,
            phone=new.phone,
            email=new.email,
            address=new.address,
        ).save(force_insert=True)
    wrote("person_registered", [person.pk])
    return person


def _number(person: Person, number: Number, *, on: dt.date) -> None:
    tenant = current().tenant
    Identity(
        tenant_id=tenant,
        person=person,
        country=number.country,
        kind=number.kind,
        sealed=seal(tenant, number.digits),
        mark=mark(tenant, number.digits),
        hint=number.hint,
        since=on,
    ).save(force_insert=True)


def renumber(person: Person, number: Number, *, on: dt.date) -> None:
    """A person gets another number (a coordination number becomes a personal one). The earlier
    number stays, ended, so that old papers still find the person. Raises AlreadyRegistered."""
    try:
        with transaction.atomic():
            for old in Identity.objects.filter(person=person, until__isnull=True).order_by("id"):
                old.until = on
                old.save_if_unchanged("until")
            _number(person, number, on=on)
    except IntegrityError as error:
        if "number_once" not in str(error):
            raise
        seen = find_by_number(number)
        raise AlreadyRegistered(seen.pk if seen else None) from None
    wrote("person_renumbered", [person.pk], kind=number.kind)


def note_taken(number: Number, *, by: Actor) -> None:
    """Somebody was told that a number is another's. Whoever tries numbers to learn who is here
    leaves a trace with those they asked about, also with those they may not see."""
    with scope(by.tenant, member=by.member, service="register", on=current().on):
        there = find_by_number(number)
    if there is not None:
        wrote("number_tried", [there.pk], sort=Sort.DENIED, reason="no_relation")


def protect(
    person: uuid.UUID,
    grade: Shield.Grade,
    *,
    on: dt.date,
    source: str,
    by: Actor | None = None,
) -> None:
    """From now on only those on the person's list know of them. Never undone by anything but a
    decision (`unprotect`)."""
    shield(person, grade, since=on, source=source)
    name_officers(person, since=on)
    if by:  # whoever works with the person goes on doing so
        tie(person, Kind.NAMED, since=on, member=by.member, because="protected_by")
    wrote("person_protected", [person], grade=grade)


def edit_name(person: Person, *, by: Actor, given: str, family: str, country: str) -> None:
    permit(by, Act.WRITE, person.pk, FieldClass.IDENTITY)
    person.rename(given=given, family=family, country=country)
    fields = ("given_name", "family_name", "sort_key", "search", "language", "needs_interpreter")
    person.save_if_unchanged(*fields)
    wrote("person_edited", [person.pk])


def edit_contact(person: Person, *, by: Actor, **values: str) -> None:
    """How the person is reached, as a whole; a first one is made, a later one is changed. Raises
    StaleRow."""
    permit(by, Act.WRITE, person.pk, FieldClass.IDENTITY)
    row = Contact.objects.filter(person=person).first()
    if row is None:
        first = Contact(tenant_id=current().tenant, person=person, **values)
        made = Contact.objects.bulk_create([first], ignore_conflicts=True)
        if not Contact.objects.filter(pk=made[0].pk).exists():
            raise StaleRow  # a colleague's first one was a moment faster
    else:
        for name, value in values.items():
            setattr(row, name, value)
        row.save_if_unchanged(*values)
    wrote("contact_edited", [person.pk])


def make_known(person: uuid.UUID, member: uuid.UUID, *, by: Actor, because: str) -> None:
    """One more may know of a protected person. Few should: the default is five at most."""
    permit(by, Act.WRITE, person, FieldClass.LOCATION)
    tie(person, Kind.NAMED, since=current().on, member=member, because=because)
    wrote("made_known", [person], member=str(member))


def forget(person: uuid.UUID, member: uuid.UUID, *, by: Actor) -> None:
    permit(by, Act.WRITE, person, FieldClass.LOCATION)
    untie(person, Kind.NAMED, until=current().on, member=member)
    wrote("no_longer_known", [person], member=str(member))


def unprotect(person: uuid.UUID, *, by: Actor, because: str) -> None:
    """A named person's decision that the protection has ended; the only way it ever does."""
    permit(by, Act.WRITE, person, FieldClass.LOCATION)
    lift(person, on=current().on, by=by.member)
    wrote("protection_lifted", [person], because=because)
