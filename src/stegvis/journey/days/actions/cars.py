"""Vehicles: booked for a day, gone through before they leave and when they are back, mended."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from stegvis.core.values.driving import CLASSES, may_drive
from stegvis.journey.days.facts import Lists, licences_of, points
from stegvis.journey.days.models import (
    Booking,
    Fault,
    Hand,
    Listed,
    MemberLicence,
    Part,
    Vehicle,
    VehicleCheck,
    Way,
)
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.facts import licences
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class NewBooking:
    """Driven by a colleague, by a participant, or nobody yet."""

    on: dt.date
    part: str = Part.DAY
    errand: str = ""
    member: uuid.UUID | None = None
    person: Enrolment | None = None


@dataclass(frozen=True, slots=True)
class NewCheck:
    """`said`: by point, whether it is in order. `hand`: the participant who went through it."""

    on: dt.date
    way: str
    said: Mapping[str, bool]
    hand: Enrolment | None = None


def keep_vehicle(row: Vehicle, said: dict[str, Any]) -> Vehicle:
    """A vehicle of a unit, new or changed. Raises NotNow, StaleRow."""
    new = row._state.adding
    row.tenant_id = current().tenant
    for name, value in said.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(force_insert=True) if new else row.save_if_unchanged(*said)
    except IntegrityError as fault:
        if "vehicle_named_once" not in str(fault):
            raise
        raise NotNow("named_before") from None
    wrote("vehicle_added" if new else "vehicle_changed", vehicle=str(row.pk))
    return row


def book(
    vehicle: Vehicle, new: NewBooking, *, by: Actor, submission: uuid.UUID | None = None
) -> Booking:
    """The vehicle is used that day. Only somebody with a licence that holds that day is its driver
    (KN-51). Raises NotNow: "day_over", "taken_then", "may_not_drive"; Hidden."""
    if new.on < current().on:
        raise NotNow("day_over")
    if new.person is not None:
        permit(by, Act.WRITE, new.person.person_id, FieldClass.WORK)
    Vehicle.objects.select_for_update().only("pk").get(pk=vehicle.pk)
    _free(vehicle, new)
    _check_driver(vehicle, new)
    row = Booking(
        tenant_id=vehicle.tenant_id, vehicle=vehicle, on=new.on, part=new.part,
        errand=new.errand.strip(), driver_id=new.member, by_id=by.member,
        submission=submission or uuid7(),
    )  # fmt: skip
    row.save(force_insert=True)
    if new.person is not None:
        _hand(new.person, new.on, booking=row)
    told = [new.person.person_id] if new.person else []
    wrote("vehicle_booked", told, vehicle=str(vehicle.pk), on=new.on.isoformat())
    return row


def _free(vehicle: Vehicle, new: NewBooking) -> None:
    rows = vehicle.bookings.filter(on=new.on, called_off_on__isnull=True)
    parts = set(rows.order_by().values_list("part", flat=True))
    if parts and (Part.DAY in {new.part, *parts} or new.part in parts):
        raise NotNow("taken_then")


def _check_driver(vehicle: Vehicle, new: NewBooking) -> None:
    if not vehicle.licence or (new.member is None and new.person is None):
        return
    if new.person is not None:
        held = licences([new.person.person_id]).get(new.person.person_id, [])
    else:
        held = licences_of([new.member] if new.member else []).get(new.member, [])  # type: ignore[arg-type]
    if not may_drive(held, vehicle.licence, new.on):
        raise NotNow("may_not_drive")


def call_off(row: Booking) -> None:
    if row.called_off_on is None:
        row.called_off_on = current().on
        row.save_if_unchanged("called_off_on")
        wrote("booking_called_off", vehicle=str(row.vehicle_id))


def check(
    vehicle: Vehicle, new: NewCheck, *, by: Actor, submission: uuid.UUID | None = None
) -> VehicleCheck:
    """Gone through, point by point; what is not in order becomes somebody's task: whoever answers
    for the check, until it is passed on (KN-46). Raises NotNow; Hidden."""
    if new.on != current().on:
        raise NotNow("other_day")
    if new.hand is not None:
        permit(by, Act.WRITE, new.hand.person_id, FieldClass.WORK)
    asked = to_check(vehicle, new.way)
    if set(asked) - set(new.said):
        raise NotNow("points_left")
    Vehicle.objects.select_for_update().only("pk").get(pk=vehicle.pk)
    if vehicle.checks.filter(on=new.on, way=new.way).exists():
        raise NotNow("checked_already")
    row = VehicleCheck(
        tenant_id=vehicle.tenant_id, vehicle=vehicle, on=new.on, way=new.way,
        good=[code for code in asked if new.said[code]],
        defects=[code for code in asked if not new.said[code]],
        by_id=by.member, submission=submission or uuid7(),
    )  # fmt: skip
    row.save(force_insert=True)
    if new.hand is not None:
        _hand(new.hand, new.on, check_made=row)
    for code in row.defects:
        _found(vehicle, by, code=code)
    told = [new.hand.person_id] if new.hand else []
    wrote("vehicle_checked", told, vehicle=str(vehicle.pk), way=new.way, defects=row.defects)
    return row


def to_check(vehicle: Vehicle, way: str, lists: Lists | None = None) -> list[str]:
    """The codes that are asked for: before it leaves those of the vehicle, else the list's."""
    known = points(vehicle.unit_id) if lists is None else lists
    listed = [one.code for one in known[Listed(way)] if not one.hidden]
    chosen = [code for code in listed if way == Way.BACK or code in vehicle.points]
    return chosen or listed


def report(vehicle: Vehicle, words: str, *, owner: uuid.UUID | None, by: Actor) -> None:
    """A fault seen at another time. Raises NotNow."""
    if not words.strip():
        raise NotNow("nothing_said")
    _found(vehicle, by, words=words.strip(), owner=owner)
    wrote("vehicle_fault_found", vehicle=str(vehicle.pk))


def _found(
    vehicle: Vehicle, by: Actor, *, code: str = "", words: str = "", owner: uuid.UUID | None = None
) -> None:
    """A defect that is known and not mended yet is no second one."""
    if code and vehicle.faults.filter(code=code, mended_on__isnull=True).exists():
        return
    Fault(
        tenant_id=vehicle.tenant_id, vehicle=vehicle, code=code, words=words,
        found_on=current().on, owner_id=owner or by.member, by_id=by.member,
    ).save(force_insert=True)  # fmt: skip


def mend(row: Fault, *, by: Actor) -> None:
    if row.mended_on is None:
        row.mended_on, row.mended_by_id = current().on, by.member
        row.save_if_unchanged("mended_on", "mended_by_id")
        wrote("vehicle_mended", vehicle=str(row.vehicle_id))


def pass_on(row: Fault, member: uuid.UUID) -> None:
    """Somebody else sees to it."""
    row.owner_id = member
    row.save_if_unchanged("owner_id")
    wrote("vehicle_fault_passed_on", vehicle=str(row.vehicle_id))


def licence(member: uuid.UUID, classes: list[str], valid_to: dt.date | None) -> None:
    """A colleague's licence, as it was seen today. Raises NotNow."""
    known = [one for one in CLASSES if one in classes]
    if not known or valid_to is None:
        raise NotNow("licence_over")
    MemberLicence.objects.update_or_create(
        tenant_id=current().tenant, member_id=member,
        defaults={"classes": known, "valid_to": valid_to, "seen_on": current().on},
    )  # fmt: skip
    wrote("colleague_licence_seen", member=str(member))


def _hand(enrolment: Enrolment, on: dt.date, **of: Any) -> None:
    Hand(
        tenant_id=enrolment.tenant_id, person_id=enrolment.person_id, enrolment=enrolment,
        on=on, **of,
    ).save(force_insert=True)  # fmt: skip
