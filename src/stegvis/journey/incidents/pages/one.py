"""One person's part: what was seen and done, how it ended; the test, the warning, the notice."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.incidents import actions, facts
from stegvis.journey.incidents.forms import CloseForm, FirstAidForm, FollowForm, TestForm
from stegvis.journey.incidents.models import (
    INTOXICATION,
    CompensationNotice,
    Involved,
    WrittenWarning,
)
from stegvis.journey.incidents.pages.listing import WRITERS, row_of, sent
from stegvis.journey.incidents.words import FAULTS, MEASURES, OUTCOMES, RESULTS
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.people.models import Person
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import StaleRow

READERS = (*WRITERS, Role.CASE_WORKER)
ON_SITE = (Role.WORK_SUPERVISOR, Role.PROTECTION_OFFICER)


def person_of(person: uuid.UUID, visit: Visit) -> Person:
    row: Person | None = (
        Person.people.visible_to(visit.actor, visit.scope.on).filter(pk=person).first()
    )
    if row is None:
        raise Http404
    return row


def about(row: Person) -> dict[str, Any]:
    return {
        "person": {"key": row.pk, "name": row.name, "url": reverse("person", args=[row.pk])},
        "people_url": reverse("participants"),
        "list_url": reverse("person_incidents", args=[row.pk]),
    }


@page(*READERS, shows=FieldClass.DEVIATION, person="person")
@require_safe
def person_incidents(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """That something happened, of what kind, when; and the warnings that were given."""
    visit = visit_of(request)
    row = person_of(person, visit)
    known = facts.kinds()
    parts = list(Involved.parts.filter(person=person).select_related("person"))
    writes = visit.actor.holds(*WRITERS)
    context = about(row) | {
        "rows": [row_of(part, known, visit) for part in parts],
        "warnings": facts.warnings_of(person),
        "new_url": f"{reverse('new_incident')}?person={person}" if writes else "",
    }
    return render(request, "incidents/person.html", context)


@page(*READERS, shows=FieldClass.DEVIATION, person="person", writes=True)
def incident(request: HttpRequest, person: uuid.UUID, incident: uuid.UUID) -> HttpResponse:
    """`incident` is the key of the person's own part."""
    sheet = _Sheet(request, person, incident)
    if request.method == "POST" and sheet.done():
        return redirect("incident", person=person, incident=incident)
    return render(request, "incidents/incident.html", sheet.context())


class _Sheet:
    def __init__(self, request: HttpRequest, person: uuid.UUID, key: uuid.UUID) -> None:
        self.request, self.visit = request, visit_of(request)
        self.part = part_of(person, key)
        self.reads = facts.reads_text(self.visit.actor, self.part, self.visit.scope.on)
        self.follows = self._may(Act.WRITE, FieldClass.INCIDENT)
        self.measures = self._may(Act.WRITE, FieldClass.SENSITIVE)
        self.do = request.POST.get("do", "") if request.method == "POST" else ""
        self.stale = False
        self.follow = FollowForm(
            request.POST if self.do == "follow" else None,
            initial={"own": self.part.own, "measures": self.part.measures, "due": self.part.due,
                     "version": self.part.version},
        )  # fmt: skip
        self.close = CloseForm(request.POST if self.do == "close" else None)
        self.test = TestForm(request.POST if self.do == "test" else None, measures=self.measures)
        self.faults: list[str] = []

    def _may(self, act: Act, what: FieldClass) -> bool:
        return may(self.visit.actor, act, self.part.person_id, what, on=self.visit.scope.on)

    def done(self) -> bool:
        does: dict[str, Callable[[], bool]] = {
            "follow": self._follow, "close": self._close, "test": self._test, "home": self._home,
            "handed": self._handed,
        }  # fmt: skip
        if self.do not in does:
            return False
        try:
            with transaction.atomic():
                good = does[self.do]()
        except NotNow as fault:
            self.faults.append(str(FAULTS[fault.code]))
            return False
        except StaleRow:
            self.stale = True
            self.part = part_of(self.part.person_id, self.part.pk)
            return False
        if good:
            messages.success(self.request, _("Saved."))
        return good

    def _follow(self) -> bool:
        if not self.follow.is_valid():
            return False
        said = self.follow.cleaned_data
        self.part.version = said["version"]  # what the writer had before them
        actions.follow(
            self.part, own=said["own"], measures=said["measures"], due=said["due"],
            by=self.visit.actor,
        )  # fmt: skip
        return True

    def _close(self) -> bool:
        if not self.close.is_valid():
            return False
        said = self.close.cleaned_data
        actions.close(self.part, said["outcome"], said["closing"], by=self.visit.actor)
        return True

    def _test(self) -> bool:
        if not self.test.is_valid():
            return False
        said = self.test.cleaned_data
        actions.note_test(self.part, said["result"], value=said.get("value"), by=self.visit.actor)
        return True

    def _home(self) -> bool:
        actions.send_home(self.part, by=self.visit.actor)
        return True

    def _handed(self) -> bool:
        notice = CompensationNotice.objects.filter(part=self.part).first()
        if notice is None:
            raise Http404
        actions.hand_over(notice, by=self.visit.actor)
        return True

    def context(self) -> dict[str, Any]:
        part, row = self.part, person_of(self.part.person_id, self.visit)
        kind = facts.kinds().get(part.kind, facts.Kind(part.kind, part.kind))
        drunk = part.kind == INTOXICATION
        is_open = part.closed_on is None
        hands = self._may(Act.WRITE, FieldClass.DISCLOSURE)
        return about(row) | {
            "part": part, "kind": kind, "is_open": is_open, "reads": self.reads,
            "shared": facts.shared(part) if self.reads else None,
            "measures": [MEASURES[code] for code in part.measures if code in MEASURES],
            "outcome": OUTCOMES.get(part.outcome, ""), "result": RESULTS.get(part.result, ""),
            "follow": self.follow if self.follows and is_open else None,
            "close": self.close if self.follows and is_open else None,
            "test": self.test if drunk and is_open and not part.result else None,
            "sends": drunk and is_open and part.result in {"positive", "refused"}
            and part.sent_home_at is None,
            "value": facts.value_of(part, by=self.visit.actor) if drunk and self.measures else "",
            "warning": WrittenWarning.objects.filter(part=part).first() if drunk else None,
            "notice": CompensationNotice.objects.filter(part=part).first()
            if drunk and hands else None,
            "faults": self.faults, "stale": self.stale,
        }  # fmt: skip


def part_of(person: uuid.UUID, key: uuid.UUID) -> Involved:
    rows = Involved.parts.filter(pk=key, person=person)
    row: Involved | None = rows.select_related("enrolment", "tested_by").first()
    if row is None:
        raise Http404
    return row


@page(*ON_SITE, shows=FieldClass.FIRST_AID, person="person", writes=True)
def first_aid(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """What to do, with the person's consent (KN-55). Seen here and on the person's own page."""
    visit = visit_of(request)
    row = person_of(person, visit)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    initial = {"consent_on": visit.scope.on}
    form = FirstAidForm(request.POST if do == "add" else None, initial=initial)
    if (do == "add" and form.is_valid() and _aid_noted(request, form, person)) or (
        do.startswith("withdraw:") and _aid_withdrawn(request, person, do[9:])
    ):
        return redirect("first_aid", person=person)
    context = about(row) | {"form": form, "notes": facts.first_aid(person)}
    return render(request, "incidents/first_aid.html", context)


def _aid_noted(request: HttpRequest, form: FirstAidForm, person: uuid.UUID) -> bool:
    new = form.new(sent(request))
    try:
        actions.note_first_aid(person, new, by=visit_of(request).actor)
    except NotNow as fault:
        said = str(FAULTS[fault.code])
        if fault.code == "diagnosis":
            said %= {"word": actions.named_diagnosis(new.todo)}
        form.add_error("consent_on" if fault.code == "consent_ahead" else "todo", said)
        return False
    messages.success(request, _("Written down."))
    return True


def _aid_withdrawn(request: HttpRequest, person: uuid.UUID, key: str) -> bool:
    row = next((one for one in facts.first_aid(person) if str(one.pk) == key), None)
    if row is None:
        return False
    actions.withdraw_first_aid(row, by=visit_of(request).actor)
    messages.success(request, _("Taken back. Nobody reads it any more."))
    return True


__all__ = ["READERS", "about", "first_aid", "incident", "part_of", "person_incidents"]
