"""The vehicles: what each lacks, who uses it, who drives; and what is mended."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stegvis.core.values.driving import may_drive
from stegvis.journey.days import actions, facts
from stegvis.journey.days.actions.cars import to_check
from stegvis.journey.days.forms import (
    BookingForm,
    CheckForm,
    FaultForm,
    LicenceForm,
    VehicleForm,
)
from stegvis.journey.days.models import Fault, Listed, MemberLicence, Vehicle, Way
from stegvis.journey.days.pages.ground import (
    DAY,
    done,
    key,
    parsed,
    people_of,
    sent,
    unit_of,
    units,
)
from stegvis.journey.days.words import FAULTS, PARTS, WAYS
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.facts import licences
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.tenancy.models import Unit


@page(*DAY)
def vehicles(request: HttpRequest) -> HttpResponse:
    """Those of the unit, with what is to be mended; a new one; colleagues' licences."""
    visit = visit_of(request)
    unit, on = unit_of(request, visit), visit.scope.on
    do = request.POST.get("do", "")
    members = facts.colleagues(unit.pk, on)
    form = VehicleForm(
        request.POST if do == "add" else None, points=facts.points(unit.pk)[Listed.OUT]
    )
    licence = LicenceForm(request.POST if do == "licence" else None, members=members)
    if request.method == "POST" and _kept(request, do, form, licence, unit):
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('vehicles')}?unit={unit.pk}")
    held = MemberLicence.objects.filter(member__in=[one.pk for one in members])
    context = {
        "form": form,
        "licence": licence,
        "unit": unit,
        "cars": facts.cars([unit.pk], on),
        "day": on,
        "licences": held.select_related("member").order_by("member__name", "id"),
    }
    return render(request, "days/vehicles.html", context)


def _kept(
    request: HttpRequest, do: str, form: VehicleForm, licence: LicenceForm, unit: Unit
) -> bool:
    if do == "add" and form.is_valid():
        said = form.cleaned_data
        return done(request, lambda: actions.keep_vehicle(Vehicle(unit=unit), said), form)
    if do == "licence" and licence.is_valid():
        data = licence.cleaned_data
        return done(
            request,
            lambda: actions.licence(uuid.UUID(data["member"]), data["classes"], data["valid_to"]),
            licence,
        )
    return False


@page(*DAY, shows=FieldClass.PLAN)
def vehicle(request: HttpRequest, vehicle: uuid.UUID, day: str) -> HttpResponse:
    visit = visit_of(request)
    made = _Sheet(request, visit, vehicle, parsed(day, visit))
    if request.method == "POST" and made.carried_out():
        return redirect("vehicle", vehicle=vehicle, day=made.on)
    return render(request, "days/vehicle.html", made.context())


class _Sheet:
    """One vehicle on one day."""

    def __init__(self, request: HttpRequest, visit: Visit, wanted: uuid.UUID, on: dt.date) -> None:
        self.request, self.visit, self.on = request, visit, on
        found = [one for one in facts.cars(units(visit), on) if one.row.pk == wanted]
        if not found:
            raise Http404
        self.car = found[0]
        self.row = self.car.row
        self.people = people_of(visit)
        self.members = facts.colleagues(self.row.unit_id, visit.scope.on)
        self.lists = facts.points(self.row.unit_id, hidden=True)
        self.owners = facts.colleagues(self.row.unit_id, visit.scope.on, roles=DAY)
        self.names = self._names()
        self.do = request.POST.get("do", "") if request.method == "POST" else ""
        self.checks = {way: self._check_form(way) for way in Way.values if self._open(way)}
        self.booking = BookingForm(self._data("book"), drivers=self._drivers())
        self.fault = FaultForm(self._data("fault"), members=self.owners, me=visit.actor.member)

    def _data(self, do: str) -> Any:
        return self.request.POST if self.do == do else None

    def _names(self) -> dict[str, Any]:
        """Every point of a vehicle's lists by code, also those that are out of use."""
        both = [*self.lists[Listed.OUT], *self.lists[Listed.BACK]]
        return {one.code: one.name for one in both}

    def _open(self, way: str) -> bool:
        return self.on == self.visit.scope.on and way not in self.car.checks

    def _check_form(self, way: str) -> CheckForm:
        named = [
            facts.Named(code, self.names[code]) for code in to_check(self.row, way, self.lists)
        ]
        return CheckForm(
            self._data(f"check:{way}"), way=way, points=named, people=self.people,
            prefix=way,
        )  # fmt: skip

    def _drivers(self) -> list[Any]:
        """In two groups: who may drive it that day, and of whom no such licence has been seen."""
        needed = self.row.licence
        own = licences([one.person_id for one in self.people])
        staff = facts.licences_of([one.pk for one in self.members])
        rows: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
        for member in self.members:
            can = may_drive(staff.get(member.pk, []), needed, self.on)
            rows[can].append((f"m:{member.pk}", member.name))
        for one in self.people:
            can = may_drive(own.get(one.person_id, []), needed, self.on)
            rows[can].append((f"p:{one.person_id}", one.person.name))
        seen([one.person_id for one in self.people], shows=FieldClass.PLAN)
        labels = {True: _("May drive it"), False: _("No such driving licence has been seen")}
        return [(labels[can], found) for can, found in rows.items() if found]

    # What is sent

    def carried_out(self) -> bool:
        name, _sep, about = self.do.partition(":")
        verbs: dict[str, Callable[[str], bool]] = {
            "check": self._check, "book": self._book, "off": self._off, "fault": self._fault,
            "mend": self._mend, "owner": self._owner,
        }  # fmt: skip
        return verbs[name](about) if name in verbs else True

    def _check(self, way: str) -> bool:
        form = self.checks.get(way)
        if form is None:  # somebody was faster, or it was pressed twice
            messages.warning(self.request, str(FAULTS["checked_already"]))
            return True
        if not form.is_valid():
            return False
        new = actions.NewCheck(self.on, way, form.said(), self._person(form.cleaned_data["hand"]))
        by, sub = self.visit.actor, sent(self.request)
        return done(self.request, lambda: actions.check(self.row, new, by=by, submission=sub), form)

    def _book(self, _about: str) -> bool:
        form = self.booking
        if not form.is_valid():
            return False
        said = form.cleaned_data
        kind, _sep, who = said["driver"].partition(":")
        new = actions.NewBooking(
            self.on, said["part"], said["errand"], key(who) if kind == "m" else None,
            self._person(who) if kind == "p" else None,
        )  # fmt: skip
        by, sub = self.visit.actor, sent(self.request)
        try:
            with transaction.atomic():
                actions.book(self.row, new, by=by, submission=sub)
        except NotNow as fault:
            on = "driver" if fault.code == "may_not_drive" else None
            form.add_error(on, str(FAULTS[fault.code]) % self._said(said["driver"]))
            return False
        return True

    def _said(self, driver: str) -> dict[str, str]:
        """The driver who was chosen, by name, for the sentence that says why not."""
        names = {code: name for _label, rows in self._drivers() for code, name in rows}
        return {"licence": self.row.licence, "name": names.get(driver, "")}

    def _off(self, about: str) -> bool:
        row = next((one for one in self.car.bookings if str(one.pk) == about), None)
        return row is None or done(self.request, lambda: actions.call_off(row)) or True

    def _fault(self, _about: str) -> bool:
        form = self.fault
        if not form.is_valid():
            return False
        said, by = form.cleaned_data, self.visit.actor
        return done(
            self.request,
            lambda: actions.report(self.row, said["words"], owner=key(said["owner"]), by=by),
            form,
        )

    def _mend(self, about: str) -> bool:
        row = self._one(about)
        return row is None or done(self.request, lambda: actions.mend(row, by=self.visit.actor))

    def _owner(self, about: str) -> bool:
        row, to = self._one(about), key(self.request.POST.get("to", ""))
        if row is not None and to is not None and to in {one.pk for one in self.owners}:
            done(self.request, lambda: actions.pass_on(row, to))
        return True

    def _one(self, about: str) -> Fault | None:
        return next((one for one in self.car.faults if str(one.pk) == about), None)

    def _person(self, said: str) -> Enrolment | None:
        return next((one for one in self.people if str(one.person_id) == said), None)

    # What is shown

    def context(self) -> dict[str, Any]:
        drivers = facts.hands([self.car])
        seen([hand.person_id for hand in drivers.values()], shows=FieldClass.PLAN)
        return {
            "row": self.row,
            "day": self.on,
            "is_today": self.on == self.visit.scope.on,
            "before": self.on - dt.timedelta(days=1),
            "after": self.on + dt.timedelta(days=1),
            "unchecked": self.car.unchecked,
            "bookings": [
                (one, PARTS[one.part], self._driver(one.driver, drivers.get(one.pk)))
                for one in self.car.bookings
            ],
            "checks": [
                {
                    "way": way, "name": WAYS[way], "form": self.checks.get(way),
                    "row": self.car.checks.get(way), "bad": self._bad(way),
                    "hand": drivers.get(made.pk) if (made := self.car.checks.get(way)) else None,
                }
                for way in Way.values
            ],
            "faults": [
                (one, one.words or self.names.get(one.code, one.code)) for one in self.car.faults
            ],
            "members": self.owners,
            "booking": self.booking if self.on >= self.visit.scope.on else None,
            "fault": self.fault,
        }  # fmt: skip

    def _driver(self, member: Any, hand: Any) -> str:
        if member is not None:
            return str(member.name)
        return str(hand.person.name) if hand else ""

    def _bad(self, way: str) -> list[Any]:
        made = self.car.checks.get(way)
        return [self.names.get(code, code) for code in made.defects] if made else []
