"""What is learnt of many: how well decisions are documented, and rows for an evaluation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.outcomes.anonymity import K
from stegvis.journey.reports.facts.extract import COLUMNS, as_csv, extract
from stegvis.journey.reports.facts.quality import Quality, Share, quality
from stegvis.journey.reports.words import LEVELS, MEASURES, QUASI
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import Unit
from stegvis.platform.tenancy.scope import scope

YEAR = dt.timedelta(days=365)


@page(Role.UNIT_MANAGER, Role.EVALUATOR)
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Of the decisions of a year, how many have what a decision should have. By unit: a manager's
    own, for whoever evaluates all; each share as n of N."""
    visit = visit_of(request)
    since = visit.scope.on - YEAR
    with scope(visit.actor.tenant, member=visit.actor.member, service="evaluation"):
        rows = quality(_units(visit), since=since)
    wrote("documentation_counted", [], sort=Sort.BATCH, units=len(rows))
    context = {
        "since": since,
        "rows": [_shown(row) for row in rows],
        "measures": list(MEASURES.values()),
    }
    return render(request, "reports/documentation.html", context)


def _units(visit: Visit) -> list[Unit]:
    rows = Unit.objects.filter(closed_on__isnull=True).order_by("name", "id")
    held = visit.actor.units(Role.UNIT_MANAGER, Role.EVALUATOR)
    return list(rows if None in held else rows.filter(pk__in=[unit for unit in held if unit]))


def _shown(row: Quality) -> dict[str, Any]:
    return {
        "unit": row.unit,
        "shares": [
            _said(one) | {"label": label}
            for one, label in zip(row.shares, MEASURES.values(), strict=True)
        ],
        "unknown": _("too few to tell") if row.unknown is None else row.unknown,
    }


def _said(one: Share) -> dict[str, Any]:
    if one.of == 0:
        return {"words": _("none")}
    if one.n is None:
        return {"words": _("too few to tell")}
    return {"words": _("%(n)s of %(of)s") % {"n": one.n, "of": one.of}, "n": one.n, "of": one.of}


@page(Role.EVALUATOR)
@require_safe
def evaluation(request: HttpRequest) -> HttpResponse:
    """What an extract holds and how coarsely; with ?file it is fetched, and that is written."""
    visit = visit_of(request)
    with scope(visit.actor.tenant, member=visit.actor.member, service="evaluation"):
        found = extract(visit.actor.units(Role.EVALUATOR))
    if "file" in request.GET:
        wrote("extract_taken", found.persons, sort=Sort.BATCH, rows=len(found.hidden.rows), k=K)
        answer = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="extract.csv"'
        answer["Cache-Control"] = "no-store"
        return answer
    wrote("extract_counted", [], sort=Sort.BATCH, rows=len(found.hidden.rows))
    levels = found.hidden.levels
    context = {
        "n": len(found.hidden.rows),
        "k": K,
        "columns": [
            {"name": QUASI[one.name], "level": _level(levels[one.name], one.levels)}
            for one in COLUMNS
        ],
    }
    return render(request, "reports/evaluation.html", context)


def _level(level: int, levels: int) -> Any:
    if level == 0:
        return LEVELS["as_is"]
    return LEVELS["not_told"] if level >= levels else LEVELS["coarser"]
