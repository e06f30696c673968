"""How accessible a site is, signed for by an expert; where postal areas lie; what is free."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.employers import actions, facts
from stegvis.journey.employers.facts import near
from stegvis.journey.employers.forms import FreeForm, PostalForm, ReviewForm
from stegvis.journey.employers.models import Opening, PostalArea, Site
from stegvis.journey.employers.pages.ground import done, edits, got, known, posted, saved, sheet
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of


@page(*facts.EDITORS)
def site_access(request: HttpRequest, site: uuid.UUID) -> HttpResponse:
    """The review of a site (JI-46): four aspects, the plan, and the expert who signs for it."""
    row: Site = got(Site.sites.select_related("company"), site)
    form = ReviewForm(posted(request), initial=known(ReviewForm, row))
    if form.is_valid() and done(form, lambda: actions.review(row, form.said()), row):
        return saved(request, "company", row.company_id)
    return sheet(
        request,
        form,
        title=_("Accessibility of %(site)s") % {"site": row.name},
        lede=_("If one of the four is changed elsewhere, the expert's name no longer stands."),
        back="company",
        key=row.company_id,
        place=row.company.name,
    )


@page(*facts.EDITORS)
def free_places(request: HttpRequest, opening: uuid.UUID) -> HttpResponse:
    """What the company says is free. Never counted from who is there (0040)."""
    row: Opening = got(Opening.openings.select_related("site__company"), opening)
    form = FreeForm(posted(request), initial=known(FreeForm, row))
    if form.is_valid() and done(form, lambda: actions.say_free(row, **form.said()), row):
        return saved(request, "company", row.site.company_id)
    return sheet(
        request,
        form,
        title=_("Free places: %(opening)s") % {"opening": row.name},
        lede=_("What the company says. It is never counted from who is there."),
        back="company",
        key=row.site.company_id,
        place=row.site.company.name,
    )


@page(*facts.READERS)
@require_safe
def postal_areas(request: HttpRequest) -> HttpResponse:
    context = {"rows": list(near.postal_areas()), "edits": edits(request)}
    return render(request, "employers/postal.html", context)


@page(*facts.EDITORS)
def new_postal_area(request: HttpRequest) -> HttpResponse:
    return _postal(request, PostalArea())


@page(*facts.EDITORS)
def postal_area(request: HttpRequest, postal: uuid.UUID) -> HttpResponse:
    return _postal(request, got(PostalArea.objects, postal))


def _postal(request: HttpRequest, row: PostalArea) -> HttpResponse:
    title = _("New postal area") if row._state.adding else row.name
    country = visit_of(request).country
    form = PostalForm(posted(request), initial=known(PostalForm, row), country=country)
    if form.is_valid() and done(form, lambda: actions.keep_postal_area(row, form.said()), row):
        return saved(request, "postal_areas")
    return sheet(request, form, title=title, back="postal_areas", place=_("Postal areas"))
