"""What the room's pages share: rows of one's own unit, and what a verb refuses."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.journey.workplaces.actions import NotNow
from stegvis.journey.workplaces.facts import EDITORS, edits
from stegvis.journey.workplaces.forms import Said
from stegvis.journey.workplaces.models import Symbol, Workplace
from stegvis.journey.workplaces.words import FAULTS
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.tenancy.models import Row, StaleRow, Unit


def done(form: Form, verb: Callable[[], Any], *, row: Row | None = None) -> bool:
    """Whether the verb went through; what it refused is said on the form, nothing half is stored.
    `row`: a row that may have been changed by another hand meanwhile."""
    try:
        with transaction.atomic():
            verb()
    except NotNow as fault:
        form.add_error(None, str(FAULTS[fault.code]))
    except StaleRow:
        if row is not None and isinstance(form, Said):
            form.meanwhile(type(row)._base_manager.get(pk=row.pk).version)
        else:
            form.add_error(None, _("A colleague has changed this meanwhile. Look again."))
    else:
        return True
    return False


def sheet(request: HttpRequest, form: Form, **context: Any) -> HttpResponse:
    """A form on a page of its own. `title`, `back`: where one came from, and what that is called
    (`place`); `lede` if there is more to say."""
    return render(request, "workplaces/sheet.html", {"form": form, **context})


def saved(request: HttpRequest, where: str, *args: Any) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(where, *args)


def own_units(visit: Visit) -> list[tuple[str, Any]]:
    """The units whose work the visitor may change."""
    units = visit.actor.units(*EDITORS)
    rows = Unit.objects.filter(closed_on__isnull=True).order_by("name", "id")
    return [(str(row.pk), row.name) for row in rows if None in units or row.pk in units]


def own_places(visit: Visit) -> list[tuple[str, Any]]:
    """Workplaces and their areas as choices of where a task is done."""
    rows = Workplace.objects.filter(closed_on__isnull=True).prefetch_related("areas")
    found: list[tuple[str, Any]] = []
    for row in rows.order_by("name", "id"):
        if not edits(visit.actor, row.unit_id):
            continue
        found.append((str(row.pk), row.name))
        found += [
            (f"{row.pk}:{area.pk}", f"{row.name} · {area.name}")
            for area in sorted(row.areas.all(), key=lambda area: area.name)
            if area.until is None
        ]
    return found


def own_symbols(visit: Visit) -> list[tuple[str, Any]]:
    """Pictures of one's own units, none of them first."""
    rows = Symbol.objects.filter(removed_on__isnull=True).select_related("unit").defer("image")
    mine = [row for row in rows.order_by("words", "id") if edits(visit.actor, row.unit_id)]
    return [("", _("– none –")), *((str(row.pk), f"{row.words} · {row.unit.name}") for row in mine)]


def got(rows: Any, key: uuid.UUID) -> Any:
    """The row with the key, or 404."""
    found = rows.filter(pk=key).order_by("id").first()
    if found is None:
        raise Http404
    return found


def must_edit(request: HttpRequest, unit: uuid.UUID) -> None:
    """Another unit's work is there to read; the page that changes it is not."""
    if not edits(visit_of(request).actor, unit):
        raise Http404
