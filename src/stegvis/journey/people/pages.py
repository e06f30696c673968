"""Who someone is: names, numbers, contact, and for a protected person who may know of them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stegvis.journey.people import actions
from stegvis.journey.people.forms import (
    ContactForm,
    KnownForm,
    LiftForm,
    NameForm,
    NumberForm,
    ProtectForm,
)
from stegvis.journey.people.models import Contact, Identity, Person
from stegvis.journey.people.words import FAULTS, GRADES, NUMBERS
from stegvis.platform.access.decision import FieldClass, Purpose
from stegvis.platform.access.models import Kind, Relation, Shield
from stegvis.platform.access.pages import page
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.access.sealing import unseal
from stegvis.platform.accounts.models import Member, Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen, wrote
from stegvis.platform.tenancy.models import StaleRow

KEEPERS = (Role.CASE_WORKER, Role.PROTECTION_OFFICER)


def _person(person: uuid.UUID, visit: Visit) -> Person:
    row = Person.people.visible_to(visit.actor, visit.scope.on).filter(pk=person).first()
    if row is None:
        raise Http404
    return row


@page(*KEEPERS, shows=FieldClass.IDENTITY, person="person", writes=True)
def about(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Name, number and contact; the number itself only when asked for, which is written down."""
    visit = visit_of(request)
    sheet = _About(_person(person, visit), visit, request)
    if request.method == "POST" and sheet.written():
        messages.success(request, _("Saved."))
        return redirect("about", person=person)
    return render(request, "people/about.html", sheet.context())


class _About:
    def __init__(self, person: Person, visit: Visit, request: HttpRequest) -> None:
        self.person, self.visit, self.request = person, visit, request
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        self.contact = Contact.objects.filter(person=person).first()
        self.shielded = is_shielded(person.pk)
        self.forms = dict(self._forms())

    def _data(self, name: str) -> Any:
        return self.request.POST if self.sent == name else None

    def _forms(self) -> Any:
        fields = ("phone", "email", "address", "preferred")
        reached = {name: getattr(self.contact, name, "") for name in fields}
        reached["version"] = getattr(self.contact, "version", 0)
        yield "contact", ContactForm(self._data("contact"), initial=reached, prefix="contact")
        named = {
            "given": self.person.given_name,
            "family": self.person.family_name,
            "language": self.person.language,
            "needs_interpreter": self.person.needs_interpreter,
            "version": self.person.version,
        }
        yield "name", NameForm(self._data("name"), initial=named, prefix="name")
        yield (
            "number",
            NumberForm(
                self._data("number"),
                country=self.visit.country,
                on=self.visit.scope.on,
                prefix="number",
            ),
        )
        if not self.shielded:
            yield "protect", ProtectForm(self._data("protect"), prefix="protect")

    def context(self) -> dict[str, Any]:
        titles = {
            "contact": _("How to reach them"),
            "name": _("Name and language"),
            "number": _("Another number"),
            "protect": _("Protected identity"),
        }
        name = self.person.name
        return {
            "person": {"name": name, "url": reverse("person", args=[self.person.pk])},
            "people_url": reverse("participants"),
            "numbers": self._numbers(),
            "shielded": self.shielded,
            "forms": [
                {"form": form, "name": key, "title": titles[key]}
                for key, form in self.forms.items()
            ],
        }

    def _numbers(self) -> list[dict[str, Any]]:
        # Not beside a form with a fault: what that page shows would not be in the journal.
        wanted = "" if self.sent else self.request.GET.get("number", "")
        rows = Identity.objects.filter(person=self.person).order_by("-since", "-id")
        return [self._number(row, shown=str(row.pk) == wanted) for row in rows]

    def _number(self, row: Identity, *, shown: bool) -> dict[str, Any]:
        words = row.hint
        if shown:
            words = unseal(row.tenant_id, bytes(row.sealed))
            wrote("number_shown", [self.person.pk])
        return {
            "kind": NUMBERS[row.kind],
            "words": words,
            "until": row.until,
            "show_url": "" if shown else f"?number={row.pk}",
        }

    def written(self) -> bool:
        form = self.forms.get(self.sent)
        if form is None or not form.is_valid():
            return False
        try:
            getattr(self, f"_save_{self.sent}")(form.cleaned_data)
        except StaleRow:
            form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
        except actions.AlreadyRegistered:
            actions.note_taken(form.cleaned_data["number"], by=self.visit.actor)
            form.add_error(None, str(FAULTS["taken"]))
        else:
            return True
        return False

    def _save_contact(self, data: dict[str, Any]) -> None:
        self._unchanged(data, getattr(self.contact, "version", 0))
        actions.edit_contact(self.person, by=self.visit.actor, **data)

    def _unchanged(self, data: dict[str, Any], now: int) -> None:
        if data.pop("version") not in (None, now):
            raise StaleRow

    def _save_name(self, data: dict[str, Any]) -> None:
        self._unchanged(data, self.person.version)
        self.person.language = data["language"]
        self.person.needs_interpreter = data["needs_interpreter"]
        actions.edit_name(
            self.person,
            by=self.visit.actor,
            given=data["given"],
            family=data["family"],
            country=self.visit.country,
        )

    def _save_number(self, data: dict[str, Any]) -> None:
        actions.renumber(self.person, data["number"], on=self.visit.scope.on)

    def _save_protect(self, data: dict[str, Any]) -> None:
        actions.protect(
            self.person.pk,
            Shield.Grade(data["grade"]),
            on=self.visit.scope.on,
            source="staff",
            by=self.visit.actor,
        )


@page(Role.PROTECTION_OFFICER, shows=FieldClass.IDENTITY, purpose=Purpose.PROTECTION)
def protected(request: HttpRequest) -> HttpResponse:
    """Those with a protected identity, for the one responsible and for nobody else."""
    visit = visit_of(request)
    shields = Shield.objects.filter(lifted_on__isnull=True)
    rows = Person.people.visible_to(visit.actor, visit.scope.on)
    people = list(rows.filter(pk__in=shields.values("person")).order_by("sort_key", "id")[:500])
    grades = dict(shields.values_list("person", "grade"))
    known = _counted([row.pk for row in people], visit)
    seen([row.pk for row in people], shows=FieldClass.IDENTITY)
    context = {
        "rows": [
            {
                "name": row.name,
                "url": reverse("known_to", args=[row.pk]),
                "grade": GRADES[grades[row.pk]],
                "known": known.get(row.pk, 0),
            }
            for row in people
        ]
    }
    return render(request, "people/protected.html", context)


def _counted(people: list[uuid.UUID], visit: Visit) -> dict[uuid.UUID, int]:
    ties = Relation.relations.held(visit.scope.on).filter(person__in=people, kind=Kind.NAMED)
    counts: dict[uuid.UUID, int] = {}
    for person in ties.values_list("person", flat=True):
        counts[person] = counts.get(person, 0) + 1
    return counts


@page(
    Role.PROTECTION_OFFICER,
    shows=FieldClass.LOCATION,
    purpose=Purpose.PROTECTION,
    person="person",
    writes=True,
)
def known_to(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Who may know of one protected person; adding, removing, and ending the protection."""
    visit = visit_of(request)
    row = _person(person, visit)
    sheet = _Known(row, visit, request)
    if request.method == "POST" and sheet.written():
        return redirect("protected") if sheet.lifted else redirect("known_to", person=person)
    return render(request, "people/known_to.html", sheet.context())


class _Known:
    def __init__(self, person: Person, visit: Visit, request: HttpRequest) -> None:
        self.person, self.visit = person, visit
        self.sent = request.POST.get("do", "") if request.method == "POST" else ""
        self.ties = list(
            Relation.relations.held(visit.scope.on)
            .filter(person=person.pk, kind=Kind.NAMED)
            .select_related("member")
            .order_by("since", "id")
        )
        there = {tie.member_id for tie in self.ties if tie.member_id}
        members = Member.members.working(visit.scope.on).exclude(pk__in=there)
        choices = [(str(m.pk), f"{m.name}, {m.title}".rstrip(", ")) for m in members]
        add = request.POST if self.sent == "add" else None
        lift = request.POST if self.sent == "lift" else None
        self.add = KnownForm(add, members=choices, prefix="add")
        self.lift = LiftForm(lift, prefix="lift")
        self.lifted = False

    def context(self) -> dict[str, Any]:
        return {
            "person": {"name": self.person.name, "url": reverse("person", args=[self.person.pk])},
            "protected_url": reverse("protected"),
            "ties": self.ties,
            "me": self.visit.actor.member,
            "add": self.add,
            "lift": self.lift,
            "shielded": is_shielded(self.person.pk),
        }

    def written(self) -> bool:
        by, person = self.visit.actor, self.person.pk
        if self.sent.startswith("remove-"):
            member = next((t.member_id for t in self.ties if self.sent == f"remove-{t.pk}"), None)
            if member and member != by.member:  # nobody shuts themselves out by a slip
                actions.forget(person, member, by=by)
            return True
        if self.sent == "add" and self.add.is_valid():
            data = self.add.cleaned_data
            actions.make_known(person, uuid.UUID(data["member"]), by=by, because=data["because"])
            return True
        if self.sent == "lift" and self.lift.is_valid():
            actions.unprotect(person, by=by, because=self.lift.cleaned_data["because"])
            self.lifted = True
            return True
        return False
