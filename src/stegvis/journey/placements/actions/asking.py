"""What every verb of the room asks first, and what every row of it holds."""

from __future__ import annotations

import uuid
from typing import Any

from stegvis.journey.employers.models import ContactPerson, Opening, Site
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.scope import current


def is_own(by: Actor | None) -> bool:
    return by is not None and by.holds(Role.PARTICIPANT)


def ask(by: Actor | None, person: uuid.UUID) -> None:
    """Where somebody is placed is work. Of somebody protected it is their address as well, and
    written by those alone who may know that."""
    permit(by, Act.WRITE, person, FieldClass.WORK)
    if by is not None and is_shielded(person):
        permit(by, Act.WRITE, person, FieldClass.LOCATION)


def about(enrolment: Enrolment, by: Actor | None) -> dict[str, Any]:
    """What every row holds. Raises NotNow: "ended"."""
    if enrolment.until is not None:
        raise NotNow("ended")
    return {
        "tenant_id": enrolment.tenant_id,
        "enrolment": enrolment,
        "person_id": enrolment.person_id,
        "by_id": by.member if by else None,
    }


def works_there(contact: ContactPerson | None, site: Site) -> None:
    """Raises NotNow: "no_contact" for somebody who is not at the site now."""
    if contact is None:
        return
    on = current().on
    if contact.site_id != site.pk or (contact.until is not None and contact.until <= on):
        raise NotNow("no_contact")


def is_open(opening: Opening | None, site: Site) -> None:
    """Raises NotNow: "no_such_opening", "opening_closed"."""
    if opening is None:
        return
    if opening.site_id != site.pk:
        raise NotNow("no_such_opening")
    on = current().on
    if opening.state != Opening.State.OPEN or (opening.until is not None and opening.until <= on):
        raise NotNow("opening_closed")
