"""What companies offer: looked for by kind of work, grade and accessibility, and written down."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.core.values.grades import Grade
from stegvis.journey.employers import actions, facts
from stegvis.journey.employers.forms import OpeningForm
from stegvis.journey.employers.models import Access, Opening, Site
from stegvis.journey.employers.pages.ground import done, edits, got, known, posted, saved, sheet
from stegvis.journey.employers.words import ASPECTS, GRADES, TAGS
from stegvis.journey.workplaces.models import Function
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of

SHOWN = 200
RANK = {Grade.NONE: 0, Grade.AMBASSADOR: 1, Grade.EXAMPLE: 2}


@page(*facts.READERS)
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """Not known is not yes: an aspect asked for leaves out sites of which nobody has said it."""
    on = visit_of(request).scope.on
    wanted = {name: request.GET.get(name, "")[:40] for name in ("area", "grade")}
    aspects = [code for code in request.GET.getlist("access") if code in ASPECTS]
    rows = facts.openings(on)
    if wanted["area"]:
        rows = rows.filter(area=wanted["area"])
    for code in aspects:
        rows = rows.filter(**{f"site__{code}__in": (Access.YES, Access.PARTLY)})
    every = list(rows)
    crews = facts.crews({row.site_id for row in every})
    graded = [(row, crews[row.site_id].grade(on)) for row in every]
    least = RANK.get(wanted["grade"], 0)  # type: ignore[call-overload] # whatever was asked for
    found = [(row, GRADES[grade], *TAGS[grade]) for row, grade in graded if RANK[grade] >= least]
    context = {
        "rows": found[:SHOWN],
        "n": len(found),
        "areas": facts.areas(on),
        "grades": [(code.value, GRADES[code]) for code in (Grade.AMBASSADOR, Grade.EXAMPLE)],
        "aspects": [(code, words, code in aspects) for code, words in ASPECTS.items()],
        "wanted": wanted,
    }
    return render(request, "employers/openings.html", context)


@page(*facts.EDITORS)
def new_opening(request: HttpRequest, site: uuid.UUID) -> HttpResponse:
    row: Site = got(Site.sites.select_related("company"), site)
    return _opening(request, Opening(site=row))


@page(*facts.EDITORS)
def change_opening(request: HttpRequest, opening: uuid.UUID) -> HttpResponse:
    return _opening(request, got(Opening.openings.select_related("site__company"), opening))


def _opening(request: HttpRequest, row: Opening) -> HttpResponse:
    new, title, company = row._state.adding, row.name, row.site.company
    asked: Any = (
        {} if new else {one.function: (one.level, one.hard) for one in row.requirements.all()}
    )
    functions = Function.objects.filter(until__isnull=True).order_by("group", "name", "id")
    form = OpeningForm(
        posted(request), initial=known(OpeningForm, row), functions=functions, asks=asked
    )  # fmt: skip
    if form.is_valid() and done(
        form, lambda: actions.keep_opening(row, form.said(), form.asks()), row
    ):
        return saved(request, "company", company.pk)
    return sheet(
        request,
        form,
        title=_("New opening") if new else title,
        back="company",
        key=company.pk,
        place=company.name,
        edits=edits(request),
    )
