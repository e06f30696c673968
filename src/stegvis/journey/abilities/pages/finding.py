"""Whose page it is: the enrolment a page is about, and the crumbs that lead back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Case, When
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from stegvis.journey.abilities.words import FAULTS
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.people.facts import way_back
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit
from stegvis.platform.tenancy.models import StaleRow

WORKERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR)
READERS = (*WORKERS, Role.UNIT_MANAGER)


def latest(person: uuid.UUID, visit: Visit) -> Enrolment:
    """The enrolment the person has, or had last. 404 where there is none."""
    on = visit.scope.on
    rows = Enrolment.enrolments.visible_to(visit.actor, on).filter(person=person)
    health = reached(visit.actor, FieldClass.SENSITIVE, on=on, column="person_id")
    rows = rows.annotate(health=Case(When(health, then=True), default=False))
    row = rows.select_related("person").order_by("-since", "-id").first()
    if row is None:
        raise Http404
    found: Enrolment = row
    return found


def open_one(person: uuid.UUID, visit: Visit) -> Enrolment:
    """The open enrolment. 404 where there is nothing to write on."""
    row = latest(person, visit)
    if row.until is not None:
        raise Http404
    return row


def about(enrolment: Enrolment) -> dict[str, Any]:
    """What the crumbs and the way back need."""
    back = reverse("abilities", args=[enrolment.person_id])
    return way_back(enrolment.person) | {"abilities_url": back}


def reads_health(enrolment: Enrolment) -> bool:
    """Whether ratings of the body may stand on the page, of an enrolment found here."""
    return bool(vars(enrolment)["health"])


def colleagues(enrolment: Enrolment, visit: Visit) -> list[tuple[str, str]]:
    """Those who work with the person now, the supervisors first."""
    held = Assignment.assignments.held(visit.scope.on).filter(enrolment=enrolment)
    rows = sorted(
        held.select_related("member"),
        key=lambda row: (row.part != Assignment.Part.WORK_SUPERVISOR, row.member.name),
    )
    return list({str(row.member_id): row.member.name for row in rows}.items())


def written(form: forms.Form, write: Callable[[], Any]) -> bool:
    """Do it; what cannot be now becomes one sentence on the form, and nothing stays half."""
    try:
        with transaction.atomic():
            write()
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
    except StaleRow:
        form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
    except IntegrityError:
        form.add_error(None, str(FAULTS["tried_already"]))
    else:
        return True
    return False
