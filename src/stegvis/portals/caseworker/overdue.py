"""Who in the unit waits for what that should have happened. It shows needs: nobody's colleagues are
counted, compared or put in order here.

A unit may have thousands of people, and judging them takes longer than anybody waits. What is due
is therefore read from where it was last worked out; what has been written since is worked out anew
first, so the list is as of now, or says for how many it is not."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.programme.model import Programme
from stegvis.core.values.texts import pick
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import NextDue
from stegvis.journey.steps.actions import plan_dues
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.ui.dates import short_day
from stegvis.portals.caseworker import people
from stegvis.portals.caseworker.people import Stand

PAGE = 50
AT_ONCE = 150  # people worked out anew while the reader waits; the night does the rest
TWICE = 2  # whole times without: AJ-48's flag


@page(Role.UNIT_MANAGER, shows=FieldClass.PLAN)
@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    on = visit.scope.on
    rows = people.open_enrolments(visit, unit=True)
    _catch_up(rows, visit)
    units = _units(rows, on)
    chosen = next((one for one in units if str(one["unit"]) == request.GET.get("unit", "")), None)
    if chosen:
        rows = rows.filter(unit=chosen["unit"])
    late = NextDue.objects.filter(enrolment__in=rows.values("pk"), late_from__lte=on)
    # By the enrolment, not by the row: that may be written anew, several in one millisecond.
    keys = list(late.order_by("late_from", "enrolment").values_list("enrolment", flat=True))
    part = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    shown = _rows(list(part.object_list), visit)
    seen([row["person"] for row in shown], shows=FieldClass.PLAN)
    counted = [chosen] if chosen else units
    known = [one["as_of"] for one in counted if one["as_of"]]
    context = {
        "page": part,
        "rows": shown,
        "page_query": f"unit={chosen['unit']}&" if chosen else "",
        "late": part.paginator.count,
        "total": sum(one["total"] for one in counted),
        "not_counted": sum(one["total"] - one["known"] for one in counted),
        "as_of": min(known, default=None),
        "units": units if len(units) > 1 else [],
        "chosen": chosen["unit"] if chosen else None,
        "list_url": reverse("overdue"),
    }
    return render(request, "caseworker/overdue.html", context)


def _catch_up(rows: QuerySet[Enrolment], visit: Visit) -> None:
    """Work out those about whom something was written since, or who never were."""
    waiting = rows.exclude(next_due__in=NextDue.objects.filter(stale=False).values("pk"))
    found = list(waiting.order_by("id")[:AT_ONCE])
    if found:
        on = visit.scope.on
        plan_dues(found, calendar(visit.country, on), on=on)


def _units(rows: QuerySet[Enrolment], on: dt.date) -> list[dict[str, Any]]:
    """Per unit: how many, how many of them wait, for how many it is known, and as of when."""
    fresh = Q(next_due__stale=False)
    found = rows.order_by().values("unit", "unit__name").annotate(
        total=Count("pk"),
        known=Count("pk", filter=fresh),
        late=Count("pk", filter=Q(next_due__late_from__lte=on)),
        as_of=Min("next_due__judged_at"),
    )  # fmt: skip
    return [dict(one) for one in found.order_by("unit__name", "unit")]


def _rows(keys: list[uuid.UUID], visit: Visit) -> list[dict[str, Any]]:
    found = people.of_keys(keys, visit)
    models = people.models_of(found)
    dues = dict(NextDue.objects.filter(enrolment__in=keys).values_list("enrolment", "dues"))
    return [
        _row(one, models[one.programme], dues.get(one.enrolment, []), visit.scope.on)
        for one in found
    ]


def _row(stand: Stand, model: Programme, dues: list[dict[str, Any]], on: dt.date) -> dict[str, Any]:
    names = {one.code: one.texts for one in model.cadences}
    lang = get_language() or "sv"
    late = [one for one in dues if one["late_from"] and one["late_from"] <= on.isoformat()]
    waits = [
        {
            "what": pick(names[one["what"]], lang) if one["what"] in names else _("End or extend"),
            "since": short_day(dt.date.fromisoformat(one["late_from"]), on),
            "missed": _missed(one["missed"]),
        }
        for one in sorted(late, key=lambda one: str(one["late_from"]))
    ]
    return {
        "person": stand.person,
        "name": stand.name,
        "url": reverse("person", args=[stand.person]),
        "step": stand.ordinal,
        "of": people.ladder_length(model, stand),
        "waits": waits,
        "nobody": not stand.worker,
    }


def _missed(times: int) -> str:
    if times < TWICE:
        return ""
    return ngettext("%(n)s time without", "%(n)s times without", times) % {"n": times}
