"""The persons a batch of rows is about: those in the register, read under lock, and those to come.

People, numbers and contact data are written here, and nowhere else in the imports.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from stegvis.core.values.identity import Number, NumberKind, born_on
from stegvis.integrations.imports.reading.results import Row
from stegvis.integrations.imports.reading.values.names import parts_of
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.journey.people.models import Contact, Identity, Person, plain, sort_key
from stegvis.platform.access.models import Kind, Relation, Shield
from stegvis.platform.access.sealing import seal
from stegvis.platform.tenancy.copying import (
    change_rows,
    copy_rows,
    draft,
    forget,
    lay_out,
    same,
)
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

KINDS = {
    "personnummer": NumberKind.PERSONAL,
    "samordningsnummer": NumberKind.COORDINATION,
    "mod11": NumberKind.PERSONAL,
    "nomod11": NumberKind.PERSONAL,
    "replacement": NumberKind.REPLACEMENT,
}
_LOCKED = """
select i.mark, p.id, p.language, p.needs_interpreter, c.id, coalesce(c.phone, ''),
       coalesce(c.email, '')
  from people_identity i
  join people_person p on p.tenant_id = i.tenant_id and p.id = i.person_id
  left join people_contact c on c.tenant_id = p.tenant_id and c.person_id = p.id
 where i.mark = any(%s) order by i.mark for update of i, p"""
_SET_PERSON = """
update people_person set language = %s, needs_interpreter = %s, version = version + 1
 where id = %s"""
_SET_CONTACT = """
update people_contact set phone = %s, email = %s, version = version + 1 where id = %s"""


class NoLonger(Exception):
    """The register is not what it was when the row was judged: the row waits for a person."""


@dataclass(slots=True)
class Present:
    """One person. What is written of them is collected here and written once."""

    person: uuid.UUID
    is_new: bool
    language: str = ""
    interpreter: bool = False
    contact: uuid.UUID | None = None
    phone: str = ""
    email: str = ""
    row: Row | None = None  # that brings a new person
    changed: set[str] = field(default_factory=set)

    def add(self, row: Row) -> dict[str, Any]:
        """Fill gaps, and replace what the judging said may be replaced. What was there before, by
        column, for taking it back. Raises NoLonger."""
        before: dict[str, Any] = {}
        for names, column in _COLUMNS:
            value = _first(row.values, names)
            if value is None or value is False or value == (mine := getattr(self, column)):
                continue
            replaced = [row.takes[name] for name in names if name in row.takes]
            if mine and not replaced:
                continue
            if mine and (replaced[0] or "") != mine:
                raise NoLonger
            before[column] = mine
            setattr(self, column, value)
            self.changed.add(column)
        return before


def _first(values: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """What the first of the names says that says anything; this is asked of every row."""
    for name in names:
        value = values.get(name)
        if value is not None:
            return value
    return None


_COLUMNS = (
    (("phone",), "phone"),
    (("email",), "email"),
    (("mother_tongue", "language"), "language"),
    (("language_support",), "interpreter"),
)


@dataclass(slots=True)
class Crowd:
    ground: Ground
    marks: dict[str, bytes]
    by_number: dict[str, Present] = field(default_factory=dict)
    unnumbered: list[Present] = field(default_factory=list)
    relations: list[tuple[Any, ...]] = field(default_factory=list)
    shields: list[tuple[Any, ...]] = field(default_factory=list)

    @classmethod
    def locked(cls, ground: Ground, arrivals: Collection[Arrival]) -> Crowd:
        """With those of the rows' persons whom the register knows, held until the transaction
        ends."""
        marks = {each.mark: each.row.identity for each in arrivals if each.mark}
        crowd = cls(ground, marks={number: mark for mark, number in marks.items()})
        if marks:
            with connection.cursor() as cursor:
                cursor.execute(_LOCKED, [list(marks)])
                for found, person, language, interpreter, contact, phone, email in cursor:
                    crowd.by_number[marks[bytes(found)]] = Present(
                        person,
                        is_new=False,
                        language=language,
                        interpreter=interpreter,
                        contact=contact,
                        phone=phone,
                        email=email,
                    )
        return crowd

    def comes(self, row: Row) -> Present:
        """A new person. Raises NoLonger where the number has become somebody's meanwhile."""
        if row.identity and row.identity in self.by_number:
            raise NoLonger
        present = Present(uuid7(), is_new=True, row=row)
        present.add(row)
        if row.identity:
            self.by_number[row.identity] = present
        else:
            self.unnumbered.append(present)
        if row.protected:
            self._shield(present)
        return present

    def there(self, row: Row) -> Present:
        present = self.by_number.get(row.identity)
        if present is None:
            raise NoLonger
        return present

    def _shield(self, present: Present) -> None:
        on = self.ground.on
        self.shields.append((uuid7(), present.person, Shield.Grade.UNSAID, on, "file"))
        for officer in self.ground.officers:
            self.tie(present.person, Kind.NAMED, since=on, member=officer, because="officer")

    def tie(
        self,
        person: uuid.UUID,
        kind: Kind,
        *,
        since: dt.date,
        until: dt.date | None = None,
        member: uuid.UUID | None = None,
        unit: uuid.UUID | None = None,
        because: str = "",
    ) -> None:
        self.relations.append((uuid7(), person, kind, member, unit, since, until, because))

    def new(self) -> list[Present]:
        return [each for each in (*self.by_number.values(), *self.unnumbered) if each.is_new]

    def write(self) -> None:
        present = [*self.by_number.values(), *self.unnumbered]
        _write_new(self.new(), self)
        _write_changes([each for each in present if each.changed and not each.is_new])

    def write_ties(self) -> None:
        """Last, when all of the batch is known that ties somebody to anybody."""
        columns: tuple[str, ...]
        columns = ("id", "person", "kind", "member_id", "unit_id", "since", "until", "because")
        if self.relations:
            copy_rows(Relation, columns, self.relations, on_conflict="on conflict do nothing")
        if self.shields:
            columns = ("id", "person", "grade", "since", "source")
            copy_rows(Shield, columns, self.shields, on_conflict="on conflict do nothing")
        current().known.clear()


_NEWCOMERS = {
    "person_id": "uuid", "given_name": "text", "family_name": "text", "sort_key": "text",
    "search": "text", "born_on": "date", "language": "text", "needs_interpreter": "boolean",
    "kind": "text", "sealed": "bytea", "mark": "bytea", "hint": "text", "phone": "text",
    "email": "text",
}  # fmt: skip


def _write_new(come: list[Present], crowd: Crowd) -> None:
    """What is known of a newcomer lies in three tables; it is sent over once. The rows that come
    with a person take the person's key: it is theirs alone in each table."""
    if not come:
        return
    rows = (_newcomer(each, each.row, crowd) for each in come if each.row)
    draft("newcomers", _NEWCOMERS, rows)
    names = ("given_name", "family_name", "sort_key", "search", "born_on")
    whose = {"id": "person_id", "person_id": "person_id"}
    person = {"id": "person_id", **same(*names, "language", "needs_interpreter")}
    lay_out(Person, "newcomers", person)
    lay_out(
        Identity,
        "newcomers",
        whose | same("kind", "sealed", "mark", "hint"),
        always={"country": crowd.ground.country, "since": crowd.ground.on},
        where="mark is not null",
    )
    reached_by = whose | same("phone", "email")
    lay_out(Contact, "newcomers", reached_by, where="phone <> '' or email <> ''")
    forget("newcomers")


def _newcomer(each: Present, row: Row, crowd: Crowd) -> tuple[Any, ...]:
    given, family = (plain(p)[:80] for p in parts_of(row.values["name"], row.family))
    key = sort_key(family, given, country=crowd.ground.country)
    names = (given, family, key, f"{given} {family}".casefold()[:170])
    spoken, reached_by = (each.language, each.interpreter), (each.phone, each.email)
    if not row.identity:
        return each.person, *names, None, *spoken, None, None, None, None, *reached_by
    number = Number(crowd.ground.country, KINDS[row.values["id_kind"]], row.identity)
    sealed, mark = seal(current().tenant, row.identity), crowd.marks[row.identity]
    identity = (number.kind, sealed, mark, number.hint)
    return each.person, *names, born_on(number), *spoken, *identity, *reached_by


def _write_contacts(new: Iterable[Present]) -> None:
    rows = [(uuid7(), each.person, each.phone, each.email) for each in new]
    if rows:
        copy_rows(Contact, ("id", "person_id", "phone", "email"), rows)


def _write_changes(changed: list[Present]) -> None:
    of_person = [e for e in changed if e.changed & {"language", "interpreter"}]
    change_rows(_SET_PERSON, [(e.language, e.interpreter, e.person) for e in of_person])
    of_contact = [e for e in changed if e.changed & {"phone", "email"}]
    change_rows(_SET_CONTACT, [(e.phone, e.email, e.contact) for e in of_contact if e.contact])
    _write_contacts([each for each in of_contact if not each.contact])
