"""Figures for whoever evaluates, without persons (FM-53)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from stegvis.core.outcomes.anonymity import K
from stegvis.core.outcomes.fidelity import LARGE
from stegvis.core.values.texts import pick
from stegvis.learning.fidelity.facts.counting import counted
from stegvis.learning.fidelity.facts.extract import Sheet, as_csv, as_xlsx, rows, sheet
from stegvis.learning.fidelity.facts.people import enrolled
from stegvis.learning.fidelity.facts.spans import Span, quarters
from stegvis.learning.fidelity.pages.unit import days_off
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import Unit
from stegvis.platform.tenancy.scope import scope

FILES: dict[str, tuple[Any, str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@page(Role.EVALUATOR)
@require_safe
def fidelity_extract(request: HttpRequest) -> HttpResponse:
    """Of whole quarters that have ended, and of the municipality or of single units, never both:
    from a sum, or from two periods that overlap, what is left out could be worked out (0045)."""
    visit = visit_of(request)
    offered = quarters(visit.scope.on)
    span = _span(request.GET.get("period", ""), offered)
    with scope(visit.actor.tenant, member=visit.actor.member, service="evaluation"):
        sheets = _sheets(visit, span)
    lang = get_language() or "sv"
    form = request.GET.get("file", "")
    if form:
        return _file(form, sheets, span, lang)
    wrote("fidelity_extract_counted", sort=Sort.BATCH, period=span.code)
    context = {
        "span": span,
        "spans": offered,
        "sheets": [
            {
                "where": one.where,
                "programme": pick(one.figures.programme.names, lang),
                "rows": list(rows(one, lang)),
            }
            for one in sheets
        ],
        "k": K,
        "large": LARGE,
    }
    return render(request, "fidelity/extract.html", context)


def _file(form: str, sheets: list[Sheet], span: Span, lang: str) -> HttpResponse:
    if form not in FILES:
        raise Http404
    write, kind = FILES[form]
    wrote("fidelity_extract_taken", sort=Sort.BATCH, period=span.code, form=form, k=K)
    answer = HttpResponse(write(sheets, lang), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="figures-{span.code}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _span(said: str, offered: list[Span]) -> Span:
    if not said:
        return offered[0]
    found = next((one for one in offered if one.code == said), None)
    if found is None:
        raise Http404
    return found


def _sheets(visit: Visit, span: Span) -> list[Sheet]:
    """Of the whole municipality, for whoever evaluates it all; else of each unit by itself."""
    held = visit.actor.units(Role.EVALUATOR)
    if None in held:
        return _of(visit, span, visit.tenant_name, None)
    units = Unit.objects.filter(pk__in=[one for one in held if one]).order_by("name", "id")
    return [one for unit in units for one in _of(visit, span, unit.name, unit)]


def _of(visit: Visit, span: Span, where: str, unit: Unit | None) -> list[Sheet]:
    on = visit.scope.on
    found = enrolled(None if unit is None else [unit.pk], span, on=on)
    off = days_off(visit.country, span)
    return [sheet(where, counted(one, span, on=on, off=off)) for one in found.values()]
