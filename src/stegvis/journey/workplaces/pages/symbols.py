"""Pictures of a unit's own: sent in, drawn anew, shown to the unit's people alone (KN-128)."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stegvis.journey.workplaces import actions, facts
from stegvis.journey.workplaces.forms import SymbolForm
from stegvis.journey.workplaces.models import Symbol
from stegvis.journey.workplaces.pages.ground import done, got, must_edit, own_units, saved
from stegvis.platform.access.pages import STAFF, page
from stegvis.platform.documents.redrawing import MOST_BYTES
from stegvis.platform.journal.visit import visit_of


@page(*facts.EDITORS)
def symbols(request: HttpRequest) -> HttpResponse:
    """Those of one's own units; a new one, and one that is to be chosen no more."""
    visit, do = visit_of(request), request.POST.get("do", "")
    units = own_units(visit)
    if do.startswith("remove:"):
        row = got(Symbol.objects.all(), _key(do[7:]))
        must_edit(request, row.unit_id)
        actions.remove_symbol(row, by=visit.actor)
        return saved(request, "symbols")
    posted = (request.POST, request.FILES) if do == "add" else (None, None)
    form = SymbolForm(*posted, units=units)
    if form.is_valid():
        said = form.cleaned_data
        sent = said["file"].read(MOST_BYTES + 1)
        unit = uuid.UUID(said["unit"])
        if done(form, lambda: actions.add_symbol(unit, said["words"], sent, by=visit.actor)):
            return saved(request, "symbols")
    rows = Symbol.objects.filter(removed_on__isnull=True, unit__in=[key for key, _name in units])
    context = {"form": form, "rows": rows.select_related("unit").defer("image")}
    return render(request, "workplaces/symbols.html", context)


def _key(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise Http404 from None


@page(*STAFF)
@require_safe
def symbol(request: HttpRequest, symbol: uuid.UUID) -> HttpResponse:
    """The picture itself, for those who work in the unit; to everybody else it is not there."""
    row: Symbol = got(Symbol.objects.all(), symbol)
    units = visit_of(request).actor.units(*STAFF)
    if None not in units and row.unit_id not in units:
        raise Http404
    return picture_of(row)


def picture_of(row: Symbol) -> HttpResponse:
    """As a picture and as nothing else, also for a browser that would rather guess."""
    answer = HttpResponse(bytes(row.image), content_type="image/png")
    answer["Content-Disposition"] = 'inline; filename="symbol.png"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
