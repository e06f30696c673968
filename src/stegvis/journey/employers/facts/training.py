"""Who is fully trained, what they answered, and what a pasted list says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from stegvis.journey.employers.facts.register import crews
from stegvis.journey.employers.models import (
    NAME,
    AmbassadorAsked,
    AmbassadorModule,
    Employee,
    Site,
)

LEAST = 5  # ours: fewer answers are counted for nobody to see
MOST_LINES = 500
FAULTS_SHOWN = 10
LINE_PARTS = (4, 5)


def by_module(on: dt.date) -> list[AmbassadorModule]:
    """What is asked for now, each with `through`: how many of those who work there have it."""
    here = Q(completed__employee__until__isnull=True) | Q(completed__employee__until__gt=on)
    rows = AmbassadorModule.modules.standing(on)
    rows = rows.annotate(through=Count("completed", filter=here))
    return list(rows.order_by("-selected", "name", "id"))


def whole(on: dt.date) -> list[Employee]:
    """Those who are ambassadors that day, with `newest`: the newest round of questions."""
    sites = Site.sites.standing(on).exclude(company__until__lte=on).order_by("id")
    found = crews(sites.values_list("pk", flat=True))
    keys = [key for crew in found.values() for key in crew.ambassadors(on)]
    rounds = AmbassadorAsked.objects.filter(employee=OuterRef("pk")).order_by("-on", "-id")
    said = JSONObject(key="pk", on="on", answered="answered_on")
    rows = Employee.employees.filter(pk__in=keys).select_related("site__company")
    rows = rows.annotate(newest=Subquery(rounds.values(one=said)[:1]))
    return list(rows.order_by("site__company__name", "name", "id"))


def rounds() -> list[AmbassadorAsked]:
    return list(AmbassadorAsked.objects.order_by("on", "id"))


@dataclass(frozen=True, slots=True)
class Through:
    """One line of a list: who, where, has gone through what. `on` None: the day is not known."""

    site: Site
    name: str
    module: AmbassadorModule
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Book:
    """What the lines of a list are looked up in."""

    sites: Mapping[str, Mapping[str, Site]]  # by the company's name or number, then the site's name
    modules: Mapping[str, AmbassadorModule]

    def site(self, company: str, name: str) -> Site | str:
        """The site, or the code of what is wrong. Without a name: the company's only one."""
        there = self.sites.get(_plain(company))
        if there is None:
            return "no_company"
        if not name:
            return next(iter(there.values())) if len(there) == 1 else "which_site"
        return there.get(_plain(name), "no_site")


def _plain(text: str) -> str:
    joined = " ".join(text.split()).casefold()
    digits = joined.replace("-", "").replace(" ", "")
    return digits if digits.isdigit() else joined


def _book(on: dt.date) -> _Book:
    sites: dict[str, dict[str, Site]] = {}
    rows = Site.sites.standing(on).exclude(company__until__lte=on).select_related("company")
    for row in rows.order_by("name", "id"):
        for called in filter(None, (row.company.name, row.company.number)):
            sites.setdefault(_plain(called), {})[_plain(row.name)] = row
    modules = AmbassadorModule.modules.standing(on).order_by("id")
    return _Book(sites, {_plain(row.name): row for row in modules})


def read(text: str, on: dt.date) -> tuple[list[Through], list[tuple[int, str]]]:
    """What a pasted list says, and (line, code) of what cannot be. Two queries."""
    book, found, faults = _book(on), list[Through](), list[tuple[int, str]]()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        one = _line(line, book) if number <= MOST_LINES else "too_long"
        if isinstance(one, str):
            faults.append((number, one))
            continue
        if one.on is not None and one.on > on:
            faults.append((number, "ahead"))
        found.append(one)
    return found, faults


def _line(line: str, book: _Book) -> Through | str:
    parts = [part.strip() for part in line.replace("\t", ";").split(";")]
    if len(parts) not in LINE_PARTS:
        return "parts"
    company, place, name, what, *day = parts
    site = book.site(company, place)
    if isinstance(site, str):
        return site
    module = book.modules.get(_plain(what))
    if module is None:
        return "no_module"
    if not name or len(name) > NAME:
        return "no_name"
    try:
        on = dt.date.fromisoformat(day[0]) if day and day[0] else None
    except ValueError:
        return "day"
    return Through(site, name, module, on)
