"""A person lets something be told, and takes it back."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.utils import timezone

from stegvis.core.values.moments import months_later
from stegvis.journey.people.models import plain
from stegvis.journey.waivers.models import EVERYBODY, MOST_MONTHS, Category, Waiver
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import current


class CannotBe(Exception):
    """What was said is not a waiver; the code says why (words.FAULTS)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class NewWaiver:
    counterpart_kind: str
    counterpart_name: str
    categories: tuple[str, ...]
    purpose: str
    basis: str
    form: str
    valid_from: dt.datetime
    valid_to: dt.datetime
    direction: str = "give"
    reservation: str = ""
    language: str = ""
    interpreter: bool = False
    copy_given: bool = False
    submission: uuid.UUID = field(default_factory=uuid7)


def fault_of(new: NewWaiver) -> str:
    """Why this can be no waiver, or nothing. The database refuses the same."""
    name = plain(new.counterpart_name)
    if not any(c.isalpha() for c in name) or name.casefold() in EVERYBODY:
        return "nobody_named"
    if not new.categories:
        return "category_missing"
    if len(set(new.categories)) >= len(Category.values):
        return "all_categories"
    if new.valid_to <= new.valid_from:
        return "ends_before_it_begins"
    zone = timezone.get_current_timezone()
    if new.valid_to > months_later(new.valid_from, MOST_MONTHS, zone):
        return "longer_than_a_year"
    return ""


def give(person: uuid.UUID, new: NewWaiver, *, by: Actor | None) -> Waiver:
    """Write down what the person has agreed to. Raises CannotBe."""
    permit(by, Act.WRITE, person, FieldClass.DISCLOSURE)
    if code := fault_of(new):
        raise CannotBe(code)
    row = Waiver(
        tenant_id=current().tenant,
        person_id=person,
        counterpart_kind=new.counterpart_kind,
        counterpart_name=plain(new.counterpart_name),
        direction=new.direction,
        categories=[code for code in Category.values if code in new.categories],
        purpose=new.purpose,
        basis=new.basis,
        form=new.form,
        reservation=new.reservation,
        language=new.language,
        interpreter=new.interpreter,
        copy_given=new.copy_given,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        noted_by_id=by.member if by else None,
        submission=new.submission,
    )
    row.save(force_insert=True)
    wrote("waiver_given", [person], waiver=str(row.pk), to=row.counterpart_kind)
    return row


def withdraw(waiver: Waiver, *, by: Actor | None) -> None:
    """From this moment nothing may be told on it. What went out before stays in the log. Staff who
    are asked to, and the person, can do it at any time. Raises CannotBe."""
    permit(by, Act.WRITE, waiver.person_id, FieldClass.DISCLOSURE)
    if waiver.withdrawn_at is not None:
        raise CannotBe("withdrawn_before")
    if waiver.valid_to <= timezone.now():
        raise CannotBe("already_ended")
    waiver.withdrawn_at = timezone.now()
    waiver.withdrawn_by_id = by.member if by else None
    try:
        waiver.save_if_unchanged("withdrawn_at", "withdrawn_by_id")
    except StaleRow:
        raise CannotBe("withdrawn_before") from None
    wrote("waiver_withdrawn", [waiver.person_id], waiver=str(waiver.pk))
