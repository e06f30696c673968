"""The companies, one of them with its sites, and the forms of each."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.employers import actions, facts
from stegvis.journey.employers.forms import CompanyForm, ContactForm, SiteForm
from stegvis.journey.employers.models import (
    Access,
    Company,
    ContactPerson,
    Opening,
    OpeningRequirement,
    Site,
)
from stegvis.journey.employers.pages.ground import (
    done,
    edits,
    entrances,
    got,
    known,
    posted,
    saved,
    sheet,
)
from stegvis.journey.employers.words import ACCESS, ASPECTS, GRADES, SECTORS, STATES, TAGS
from stegvis.journey.workplaces.models import Function
from stegvis.journey.workplaces.words import LEVELS
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import visit_of

SHOWN = 200


@page(*facts.READERS)
@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    """By name or number; with each site's grade and entrance."""
    on = visit_of(request).scope.on
    wanted = request.GET.get("q", "").strip()[:80]
    rows = list(facts.companies(on=on, wanted=wanted)[: SHOWN + 1])
    sites = [site for row in rows for site in row.sites.all()]
    crews = facts.crews(site.pk for site in sites)
    named = [
        (row, [_named(site, crews[site.pk], on) for site in _there(row, on)])
        for row in rows[:SHOWN]
    ]
    context = {
        "rows": named,
        "more": len(rows) > SHOWN,
        "sectors": SECTORS,
        "wanted": wanted,
        "country": visit_of(request).country,
        "edits": edits(request),
    }
    return render(request, "employers/companies.html", context)


def _there(company: Any, on: Any) -> list[Site]:
    return [one for one in company.sites.all() if one.until is None or one.until > on]


def _named(site: Site, crew: facts.Crew, on: Any) -> dict[str, Any]:
    grade = crew.grade(on)
    kind, sign = TAGS[grade]
    return {"row": site, "grade": grade, "words": GRADES[grade], "kind": kind, "sign": sign}


@page(*facts.READERS)
@require_safe
def company(request: HttpRequest, company: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    on = visit.scope.on
    named = Function.objects.filter(code=OuterRef("function")).order_by("id").values("name")[:1]
    asks = OpeningRequirement.objects.annotate(called=Subquery(named))
    openings = Opening.openings.order_by("name", "id").prefetch_related(
        Prefetch("requirements", queryset=asks)
    )
    sites = Site.sites.filter(company=company).select_related("company", "entrance")
    sites = sites.prefetch_related("contacts", Prefetch("openings", queryset=openings))
    every = list(sites.order_by("name", "id"))
    row: Company = every[0].company if every else got(Company.objects, company)
    crews = facts.crews(site.pk for site in every)
    context = {
        "row": row,
        "sector": SECTORS[Company.Sector(row.sector)],
        "sites": [_site(one, crews[one.pk], on) for one in every],
        "over": row.until is not None and row.until <= on,
        "country": visit.country,
        "edits": edits(request),
    }
    return render(request, "employers/company.html", context)


def _site(site: Site, crew: facts.Crew, on: Any) -> dict[str, Any]:
    here = [one for one in site.contacts.all() if one.until is None or one.until > on]
    return _named(site, crew, on) | {
        "over": site.until is not None and site.until <= on,
        "contacts": here,
        "gone": [one for one in site.contacts.all() if one not in here],
        "openings": [
            _opening(one) for one in site.openings.all() if one.until is None or one.until > on
        ],
        "access": [(words, ACCESS[getattr(site, code)]) for code, words in ASPECTS.items()],
        "prepared": ACCESS[Access(site.preparedness)],
        "trained": len(crew.ambassadors(on)),
    }


def _opening(row: Opening) -> dict[str, Any]:
    asks = [
        (getattr(one, "called", "") or one.function, LEVELS.get(one.level, "–"), one.hard)
        for one in row.requirements.all()
    ]
    return {"row": row, "state": STATES[Opening.State(row.state)], "asks": asks}


@page(*facts.EDITORS)
def new_company(request: HttpRequest) -> HttpResponse:
    return _company(request, Company())


@page(*facts.EDITORS)
def change_company(request: HttpRequest, company: uuid.UUID) -> HttpResponse:
    return _company(request, got(Company.objects, company))


def _company(request: HttpRequest, row: Company) -> HttpResponse:
    new, country = row._state.adding, visit_of(request).country
    title = _("New company") if new else row.name
    form = CompanyForm(posted(request), initial=known(CompanyForm, row), country=country)
    if form.is_valid() and done(
        form, lambda: actions.keep_company(row, form.said(), country=country), row
    ):
        return saved(request, "company", row.pk)
    return sheet(request, form, title=title, back="companies", place=_("Companies"))


@page(*facts.EDITORS)
def new_site(request: HttpRequest, company: uuid.UUID) -> HttpResponse:
    return _change_site(request, Site(company=got(Company.objects, company)))


@page(*facts.EDITORS)
def change_site(request: HttpRequest, site: uuid.UUID) -> HttpResponse:
    return _change_site(request, got(Site.sites.select_related("company"), site))


def _change_site(request: HttpRequest, row: Site) -> HttpResponse:
    new, title = row._state.adding, row.name
    form = SiteForm(
        posted(request),
        initial=known(SiteForm, row),
        country=visit_of(request).country,
        options={"entrance_id": entrances(request, row.entrance_id)},
    )
    if form.is_valid() and done(form, lambda: actions.keep_site(row, form.said()), row):
        return saved(request, "company", row.company_id)
    return _sheet(request, form, row, _("New site") if new else title)


def _sheet(request: HttpRequest, form: Any, site: Site, title: str) -> HttpResponse:
    back = {"back": "company", "key": site.company_id, "place": site.company.name}
    return sheet(request, form, title=title, **back)


@page(*facts.EDITORS)
def new_contact_person(request: HttpRequest, site: uuid.UUID) -> HttpResponse:
    row: Site = got(Site.sites.select_related("company"), site)
    return _contact(request, ContactPerson(site=row))


@page(*facts.EDITORS)
def contact_person(request: HttpRequest, contact: uuid.UUID) -> HttpResponse:
    return _contact(request, got(ContactPerson.contacts.select_related("site__company"), contact))


def _contact(request: HttpRequest, row: ContactPerson) -> HttpResponse:
    title = _("New contact person") if row._state.adding else row.name
    form = ContactForm(posted(request), initial=known(ContactForm, row))
    if form.is_valid() and done(form, lambda: actions.keep_contact(row, form.said()), row):
        return saved(request, "company", row.site.company_id)
    return _sheet(request, form, row.site, title)
