"""A place that another municipality has said yes to, taken into our own register.

Where people are placed is a company of ours: what both have said of them, the agreement and the
hours hang on it. Its words come from the copy that lies here already (0040), and nobody's name."""

from __future__ import annotations

from stegvis.journey.employers.actions.register import keep_company, keep_opening, keep_site
from stegvis.journey.employers.facts.sharing import taken
from stegvis.journey.employers.models import Company, Opening, PlaceRequest, SharedOpening, Site
from stegvis.journey.workplaces.actions import NotNow


def take_place(request: PlaceRequest, *, country: str) -> Opening:
    """Once: whoever presses again finds the same opening. Raises NotNow."""
    if not request.ours or request.answer != PlaceRequest.Answer.YES:
        raise NotNow("no_yes_yet")
    if found := taken([request]).get(request.pk):
        return found
    rows = SharedOpening.objects.filter(pair=request.pair, origin=request.origin)
    copy: SharedOpening | None = rows.filter(withdrawn_on=None).first()
    if copy is None:
        raise NotNow("not_shared_now")
    said = {
        "name": request.opening, "area": copy.area, "tasks": copy.tasks,
        "hours_from": copy.hours_from, "hours_to": copy.hours_to, "places": 1,
    }  # fmt: skip
    return keep_opening(_opening(request, copy, country), said, {})


def _opening(request: PlaceRequest, copy: SharedOpening, country: str) -> Opening:
    """Known again by the token that both sides have of the request."""
    return Opening(site=_site(request, copy, country), submission=request.token)


def _site(request: PlaceRequest, copy: SharedOpening, country: str) -> Site:
    """Ours of that name, where we have one."""
    there = Site.sites.filter(company__name__iexact=copy.company, name__iexact=request.site)
    site: Site | None = there.order_by("id").first()
    if site is not None:
        return site
    company = Company.objects.filter(name__iexact=copy.company).order_by("id").first()
    if company is None:
        said = {"name": copy.company, "number": "", "sector": copy.sector}
        company = keep_company(Company(), said, country=country)
    where = {"latitude": copy.latitude, "longitude": copy.longitude}
    return keep_site(
        Site(company=company), {"name": request.site, "address": copy.address, **where}
    )
