"""Whose page it is, how its employers may be named, and writing with one sentence for a fault."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.values import paid
from stegvis.journey.hours.facts import Employer
from stegvis.journey.hours.models import AfterCare
from stegvis.journey.hours.words import FAULTS
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.facts import way_back
from stegvis.platform.access.authority import may, reached
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.relations import is_shielded
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow

WRITERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.PROTECTION_OFFICER)
READERS = (*WRITERS, Role.UNIT_MANAGER)
CARERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.PROTECTION_OFFICER)
WORK, OUTCOME = FieldClass.WORK, FieldClass.OUTCOME


def latest(person: uuid.UUID, visit: Visit) -> Enrolment:
    """The enrolment the person has, or had last, and whether after-care is planned (`cared`). 404
    where there is none. One query."""
    wall = reached(visit.actor, WORK, on=visit.scope.on, column="person_id")
    plans = AfterCare.objects.filter(enrolment=OuterRef("pk"), ended_on__isnull=True)
    rows = Enrolment.enrolments.filter(wall, person=person).select_related("person")
    rows = rows.annotate(cared=Exists(plans))
    row: Enrolment | None = rows.order_by("-since", "-id").first()
    if row is None:
        raise Http404
    return row


def open_one(person: uuid.UUID, visit: Visit) -> Enrolment:
    row = latest(person, visit)
    if row.until is not None:
        raise Http404
    return row


def about(enrolment: Enrolment) -> dict[str, Any]:
    """What the crumbs and the way back need."""
    return way_back(enrolment.person)


def names_employers(person: uuid.UUID, visit: Visit) -> bool:
    """Where a protected person works is where they can be found: only who may know their address
    reads it."""
    if not is_shielded(person):
        return True
    return may(visit.actor, Act.READ, person, FieldClass.LOCATION, on=visit.scope.on)


def coded(
    enrolment: Enrolment, several: list[Employer], *, named: bool
) -> list[tuple[str, Employer]]:
    """Each employer with a code that says nothing, and its name or a number."""
    made = []
    for number, one in enumerate(several, 1):
        code = uuid.uuid5(enrolment.pk, one.key).hex[:12]
        name = one.name if named else _("Employer %(n)s") % {"n": number}
        made.append((code, Employer(one.key, name, one.company)))
    return made


def told(amount: int | None) -> str:
    """Hours with the reader's decimal mark; nothing of nothing."""
    if amount is None:
        return ""
    return paid.told(amount, "." if (get_language() or "").startswith("en") else ",")


def month_name(month: dt.date) -> str:
    return date_format(month, "F Y")


def sent(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid7()


def written(form: forms.Form, write: Callable[[], Any], *, field: str | None = None) -> str:
    """Do it; what cannot be now becomes one sentence, and nothing stays half. The code of the
    fault, or nothing."""
    try:
        with transaction.atomic():
            write()
    except NotNow as fault:
        form.add_error(field, str(FAULTS[fault.code]))
        return fault.code
    except StaleRow:
        form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
        return "stale"
    return ""
