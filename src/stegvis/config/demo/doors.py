"""The participants a visitor of the demo may be: their links and code are known to everybody."""

from __future__ import annotations

import base64
import hashlib
import uuid
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stegvis.journey.intake.models import Assignment
from stegvis.journey.people.models import Person
from stegvis.journey.voices.actions import give_link
from stegvis.platform.access.decision import Actor, Holding
from stegvis.platform.accounts import doors
from stegvis.platform.accounts.models import PersonalLink, Role
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current

CODE = "246810"  # of nobody: the demo refuses production


@dataclass(frozen=True, slots=True)
class Door:
    """Whose page it is, and what could be done there first."""

    given: str
    family: str
    town: str
    task: str | Promise

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


DOORS = (
    Door("Rosa", "Vidfors", "ekdala", _("Say that you will be late, and look at your stairs.")),
    Door("Mette", "Holmstrand", "birkeso", _("Say how you are, and see who has read about you.")),
)


def token(tenant: uuid.UUID, door: Door) -> str:
    rest = hashlib.sha256(f"demo:{door.name}".encode()).digest()[: doors.SALT_BYTES]
    return base64.urlsafe_b64encode(tenant.bytes + rest).decode().rstrip("=")


def open_doors(town: str) -> None:
    """As their case worker would, in the open municipality; with a link and code that are known."""
    here = current()
    for door in DOORS:
        person = Person.people.filter(given_name=door.given, family_name=door.family).first()
        if door.town != town or person is None:
            continue
        held = Assignment.assignments.held(here.on).filter(person=person, part="case_worker")
        worker = held.order_by("-since").values_list("member", flat=True)[0]
        give_link(person.pk, by=Actor(here.tenant, worker, (Holding(Role.CASE_WORKER),)))
        row = PersonalLink.links.open().get(person=person.pk)
        row.digest = doors.digest(token(here.tenant, door))
        row.secret = doors.kept(CODE, row.pk)
        row.save_if_unchanged("digest", "secret")


def shown() -> list[dict[str, object]]:
    """For the sign-in page. One query."""
    tenants = dict(Tenant.objects.order_by("slug").values_list("slug", "pk"))
    return [
        {"name": door.name, "task": door.task, "token": token(tenants[door.town], door)}
        for door in DOORS
        if door.town in tenants
    ]
