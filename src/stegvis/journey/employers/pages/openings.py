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
from stegvis.journey.employers.facts.near import NEAR, away, charted, postal_areas
from stegvis.journey.employers.forms import OpeningForm
from stegvis.journey.employers.models import Access, Opening, Site
from stegvis.journey.employers.pages.ground import done, edits, got, known, posted, saved, sheet
from stegvis.journey.employers.words import ASPECTS, GRADES, TAGS
from stegvis.journey.workplaces.models import Function
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of

SHOWN = 200
SOUGHT = ("area", "grade", "free", "expert", "plan", "from", "km")
RANK = {Grade.NONE: 0, Grade.AMBASSADOR: 1, Grade.EXAMPLE: 2}


@page(*facts.READERS)
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """Not known is not yes: an aspect asked for leaves out sites of which nobody has said it, and
    what is asked to be near leaves out those of which nobody knows where they lie."""
    visit = visit_of(request)
    homes = list(postal_areas())
    on, near = visit.scope.on, charted(visit.country, homes)
    wanted = {name: request.GET.get(name, "")[:40] for name in SOUGHT}
    aspects = [code for code in request.GET.getlist("access") if code in ASPECTS]
    every = list(_narrowed(facts.openings(on), wanted, aspects))
    crews = facts.crews({row.site_id for row in every})
    graded = [(row, crews[row.site_id].grade(on)) for row in every]
    least = RANK.get(wanted["grade"], 0)  # type: ignore[call-overload] # whatever was asked for
    home, reach = near.middles.get(wanted["from"]), _reach(wanted["km"])
    found = [
        (row, GRADES[grade], *TAGS[grade], far)
        for row, grade in graded
        for far in [away(home, near.site(row.site)) if home else None]
        if RANK[grade] >= least and (not home or (far is not None and far <= reach))
    ]
    context = {
        "rows": found[:SHOWN],
        "n": len(found),
        "areas": facts.areas(on),
        "grades": [(code.value, GRADES[code]) for code in (Grade.AMBASSADOR, Grade.EXAMPLE)],
        "aspects": [(code, words, code in aspects) for code, words in ASPECTS.items()],
        "wanted": wanted,
        "homes": homes,
        "reaches": [(str(km), km == reach) for km in NEAR],
        "home": home,
    }
    return render(request, "employers/openings.html", context)


def _reach(said: str) -> int:
    return int(said) if said in {str(km) for km in NEAR} else NEAR[1]


def _narrowed(rows: Any, wanted: dict[str, str], aspects: list[str]) -> Any:
    if wanted["area"]:
        rows = rows.filter(area=wanted["area"])
    for code in aspects:
        rows = rows.filter(**{f"site__{code}__in": (Access.YES, Access.PARTLY)})
    if wanted["free"]:
        rows = rows.filter(free__gt=0)
    if wanted["expert"]:
        rows = rows.filter(site__looked_on__isnull=False)
    if wanted["plan"]:
        rows = rows.filter(site__preparedness=Access.YES)
    return rows


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
