"""What the room's pages share: whose places they are, which day, and what a verb refuses."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from stegvis.journey.attendance.facts import group
from stegvis.journey.days.facts import places
from stegvis.journey.days.words import FAULTS
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.workplaces.facts import EDITORS
from stegvis.journey.workplaces.models import Workplace
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow, Unit

DAY = (Role.WORK_SUPERVISOR, Role.UNIT_MANAGER)
A_YEAR = 366


def units(visit: Visit) -> frozenset[uuid.UUID | None]:
    return visit.actor.units(*EDITORS)


def own_places(visit: Visit) -> list[Workplace]:
    return places(units(visit), visit.scope.on)


def place_of(visit: Visit, key: uuid.UUID) -> Workplace:
    """One of the visitor's units' workplaces. Raises Http404."""
    rows = Workplace.objects.filter(pk=key).select_related("unit")
    row: Workplace | None = rows.first()
    mine = units(visit)
    if row is None or not (None in mine or row.unit_id in mine):
        raise Http404
    return row


def unit_of(request: HttpRequest, visit: Visit) -> Unit:
    """One's own unit; for whoever works in several the one asked for, else the first."""
    mine = units(visit)
    rows = Unit.objects.filter(closed_on__isnull=True).order_by("name", "id")
    found = [row for row in rows if None in mine or row.pk in mine]
    wanted = request.GET.get("unit", "") or str(visit.unit or "")
    chosen = next((row for row in found if str(row.pk) == wanted), found[0] if found else None)
    if chosen is None:
        raise Http404
    return chosen


def parsed(day: str, visit: Visit) -> dt.date:
    try:
        at = dt.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if abs((at - visit.scope.on).days) > A_YEAR:
        raise Http404
    return at


def people_of(visit: Visit) -> list[Enrolment]:
    """One's own people, by name: those whose day the visitor writes."""
    rows = group(visit.actor, on=visit.scope.on).values()
    return sorted(rows, key=lambda row: (row.person.name, str(row.pk)))


def done(request: HttpRequest, verb: Callable[[], Any], form: Form | None = None) -> bool:
    """Whether the verb went through. What it refused is said in a sentence; nothing half stays."""
    try:
        with transaction.atomic():
            verb()
    except NotNow as fault:
        words = str(FAULTS[fault.code])
    except StaleRow:
        words = _("A colleague has changed this meanwhile. Look again.")
    else:
        return True
    if form is None:
        messages.warning(request, words)
    else:
        form.add_error(None, words)
    return False


def key(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said)
    except ValueError:
        return None


def sent(request: HttpRequest) -> uuid.UUID:
    """The key of the form that was sent: pressed twice, it is one row."""
    return key(request.POST.get("submission", "")) or uuid7()
