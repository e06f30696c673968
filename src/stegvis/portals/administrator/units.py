"""Units: opened, renamed, given a set of step names, closed."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.values.texts import pick
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.tenancy.models import Unit
from stegvis.portals.administrator import rows
from stegvis.portals.administrator.forms import CloseUnitForm, UnitForm


def tracks() -> list[tuple[str, str]]:
    """The sets of step names of the programmes in force: code and what it is called."""
    keys = set(ProgrammeVersion.versions.in_force().values_list("pk", flat=True))
    lang = get_language() or "sv"
    found: dict[str, str] = {}
    for model in programmes(keys).values():
        if len(model.tracks) > 1:
            for code, texts in model.tracks.items():
                found.setdefault(code, f"{pick(texts, lang)} ({pick(model.names, lang)})")
    return sorted(found.items(), key=lambda one: one[1])


@page(Role.ADMINISTRATOR)
def units(request: HttpRequest) -> HttpResponse:
    working = Q(member__left_on__isnull=True) | Q(member__left_on__gt=visit_of(request).scope.on)
    found = Unit.objects.annotate(staff=Count("member", filter=working)).order_by("name", "id")
    names = dict(tracks())
    listed = [(unit, names.get(unit.track, "")) for unit in found]
    return render(request, "administrator/units.html", {"units": listed})


@page(Role.ADMINISTRATOR)
def new_unit(request: HttpRequest) -> HttpResponse:
    form = UnitForm(request.POST or None, instance=Unit(), tracks=tracks())
    if form.is_valid() and rows.add(form, "unit_opened", taken="name"):
        messages.success(request, _("The unit is open."))
        return redirect("units")
    return render(request, "administrator/unit.html", {"form": form, "unit": None})


@page(Role.ADMINISTRATOR)
def unit(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    row = rows.one(Unit, unit)
    form = UnitForm(request.POST or None, instance=row, tracks=tracks())
    if form.is_valid() and rows.change(form, "unit_changed", taken="name"):
        messages.success(request, _("Saved."))
        return redirect("units")
    closing = CloseUnitForm(instance=rows.one(Unit, unit), prefix="close")
    return _unit_page(request, unit, form, closing)


@page(Role.ADMINISTRATOR)
def close_unit(request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    row = rows.one(Unit, unit)
    closing = CloseUnitForm(request.POST or None, instance=row, prefix="close")
    if closing.is_valid() and rows.change(closing, "unit_closed"):
        messages.success(request, _("Saved."))
        return redirect("units")
    form = UnitForm(instance=rows.one(Unit, unit), tracks=tracks())
    return _unit_page(request, unit, form, closing)


def _unit_page(
    request: HttpRequest, unit: uuid.UUID, form: UnitForm, closing: CloseUnitForm
) -> HttpResponse:
    context = {"form": form, "closing": closing, "unit": rows.one(Unit, unit)}
    return render(request, "administrator/unit.html", context)
