"""What may be told about somebody, to whom and until when: the list, a new one, taking one back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from stegvis.journey.people.models import Person
from stegvis.journey.waivers import actions
from stegvis.journey.waivers.facts import for_person
from stegvis.journey.waivers.forms import WaiverForm
from stegvis.journey.waivers.models import REMIND_DAYS, Waiver
from stegvis.journey.waivers.words import (
    BASES,
    CATEGORIES,
    DIRECTIONS,
    FAULTS,
    FORMS,
    PURPOSES,
    kind,
)
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of

WRITERS = (Role.CASE_WORKER, Role.PROTECTION_OFFICER)


@page(*WRITERS, Role.UNIT_MANAGER, shows=FieldClass.DISCLOSURE, person="person", writes=True)
def sharing(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Every waiver of one person, in words; those who may write add one or take one back."""
    visit = visit_of(request)
    row = Person.people.visible_to(visit.actor, visit.scope.on).filter(pk=person).first()
    if row is None:
        raise Http404
    sheet = _Sheet(row, visit, request)
    if request.method == "POST" and sheet.written():
        return redirect("sharing", person=person)
    return render(request, "waivers/sharing.html", sheet.context())


class _Sheet:
    def __init__(self, person: Person, visit: Visit, request: HttpRequest) -> None:
        self.person, self.visit, self.request = person, visit, request
        self.now = timezone.now()
        self.rows = for_person(person.pk)
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        self.fault = ""
        self.form = WaiverForm(
            request.POST if self.sent == "give" else None,
            country=visit.country,
            now=self.now,
            known={
                "language": person.language,
                "interpreter": person.needs_interpreter,
                "counterpart_kind": request.GET.get("kind", ""),
                "counterpart_name": request.GET.get("name", "")[:120],
            },
        )

    def written(self) -> bool:
        try:
            if self.sent == "give":
                return self._given()
            return self.sent.startswith("withdraw-") and self._withdrawn()
        except actions.CannotBe as fault:
            self.fault = str(FAULTS[fault.code])
            return False

    def _given(self) -> bool:
        if not self.form.is_valid():
            return False
        actions.give(self.person.pk, self.form.new(), by=self.visit.actor)
        messages.success(self.request, _("Written down."))
        return True

    def _withdrawn(self) -> bool:
        wanted = self.sent.removeprefix("withdraw-")
        row = next((one for one in self.rows if str(one.pk) == wanted), None)
        if row is None:
            raise Http404
        actions.withdraw(row, by=self.visit.actor)
        messages.success(self.request, _("Withdrawn. From now on nothing may be told on it."))
        return True

    def context(self) -> dict[str, Any]:
        running = [row for row in self.rows if row.over_at > self.now]
        over = [row for row in self.rows if row.over_at <= self.now]
        return {
            "person": {"name": self.person.name, "url": reverse("person", args=[self.person.pk])},
            "people_url": reverse("participants"),
            "running": [shown(row, now=self.now) for row in running],
            "over": [shown(row, now=self.now) for row in over],
            "form": self.form if self.visit.actor.holds(*WRITERS) else None,
            "fault": self.fault,
        }


def shown(row: Waiver, *, now: dt.datetime) -> dict[str, Any]:
    """One waiver in words, for any page that lists them."""
    state, tag, icon = _state(row, now)
    return {
        "key": str(row.pk),
        "to": row.counterpart_name,
        "kind": kind(row.counterpart_kind),
        "categories": [str(CATEGORIES[code]) for code in row.categories],
        "purpose": PURPOSES[row.purpose],
        "direction": DIRECTIONS[row.direction],
        "basis": BASES[row.basis],
        "form": FORMS[row.form],
        "reservation": row.reservation,
        "language": row.language,
        "interpreter": row.interpreter,
        "copy_given": row.copy_given,
        "since": row.valid_from,
        "until": row.over_at,
        "noted_by": row.noted_by.name if row.noted_by else "",
        "withdrawn_by": row.withdrawn_by.name if row.withdrawn_by else "",
        "withdrawn": row.withdrawn_at is not None,
        "state": state,
        "tag": tag,
        "icon": icon,
    }


def _state(row: Waiver, now: dt.datetime) -> tuple[str, str, str]:
    if row.withdrawn_at and row.withdrawn_at <= now:
        return _("Withdrawn"), "", "undo-2"
    if row.valid_to <= now:
        return _("Ended"), "", "calendar"
    if row.valid_from > now:
        return _("Begins later"), "info", "calendar-clock"
    if row.valid_to <= now + dt.timedelta(days=REMIND_DAYS):
        return _("Ends soon"), "warn", "hourglass"
    return _("In force"), "ok", "shield-check"
