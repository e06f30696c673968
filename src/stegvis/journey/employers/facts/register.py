"""What later rooms ask about companies. Nothing here knows a participant."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from stegvis.core.values import grades
from stegvis.core.values.grades import Grade
from stegvis.journey.employers.models import (
    AmbassadorModule,
    Company,
    Employee,
    Headcount,
    Opening,
    Site,
    SitePause,
)
from stegvis.platform.accounts.models import Role

EDITORS = (Role.JOB_MEDIATOR, Role.CASE_WORKER, Role.UNIT_MANAGER)
READERS = (*EDITORS, Role.WORK_SUPERVISOR)


def companies(*, on: dt.date, wanted: str = "") -> QuerySet[Company]:
    """Those that are there; of a name, a number or a site's name or number when one is sought."""
    rows = Company.objects.exclude(until__lte=on).prefetch_related("sites__entrance")
    if wanted:
        plain = "".join(one for one in wanted if one.isdigit())
        found = Q(name__icontains=wanted) | Q(sites__name__icontains=wanted)
        if plain:
            found |= Q(number__startswith=plain) | Q(sites__number__startswith=plain)
        rows = rows.filter(found).distinct()
    return rows.order_by("name", "id")


def openings(on: dt.date) -> QuerySet[Opening]:
    """What is open that day at a site and a company that are there, and where nobody pauses."""
    rows: QuerySet[Opening] = Opening.openings.standing(on).filter(state=Opening.State.OPEN)
    rows = rows.exclude(site__until__lte=on).exclude(site__company__until__lte=on)
    rows = rows.exclude(site__since__gt=on)
    rows = rows.exclude(site__in=SitePause.pauses.standing(on).order_by().values("site"))
    return rows.select_related("site__company").order_by("name", "id")


@dataclass(frozen=True, slots=True)
class Crew:
    """The staff of a site and the modules, as the grade reads them."""

    workers: tuple[grades.Worker, ...]
    modules: tuple[grades.Module, ...]
    counts: tuple[grades.Count, ...] = ()

    def grade(self, on: dt.date) -> Grade:
        return grades.grade(self.workers, self.modules, on, self.counts)

    def history(self, to: dt.date) -> tuple[grades.Change, ...]:
        return grades.history(self.workers, self.modules, to, self.counts)

    def ambassadors(self, on: dt.date) -> set[str]:
        return {one.key for one in grades.ambassadors(self.workers, self.modules, on)}


def module(row: AmbassadorModule) -> grades.Module:
    return grades.Module(str(row.pk), row.selected, row.since, row.until)


def crews(sites: Iterable[uuid.UUID]) -> dict[uuid.UUID, Crew]:
    """By site, however many: three queries."""
    modules = tuple(module(row) for row in AmbassadorModule.modules.order_by("id"))
    found: dict[uuid.UUID, dict[uuid.UUID, grades.Worker]] = {key: {} for key in sites}
    rows = Employee.employees.filter(site__in=list(found)).order_by("name", "id", "completed__id")
    said = ("pk", "site", "since", "until", "completed__module", "completed__on")
    for key, site, since, until, what, on in rows.values_list(*said):
        one = found[site].setdefault(key, grades.Worker(str(key), since, until, {}))
        if what is not None:
            one.done[str(what)] = on
    counts: dict[uuid.UUID, list[grades.Count]] = {key: [] for key in found}
    told = Headcount.objects.filter(site__in=list(found), heads__isnull=False)
    for site, day, heads, trained in told.order_by("on", "created_at", "id").values_list(
        "site", "on", "heads", "trained"
    ):
        counts[site].append(grades.Count(day, heads or 0, trained))
    return {
        key: Crew(tuple(every.values()), modules, tuple(counts[key]))
        for key, every in found.items()
    }


def grade(site: Site, on: dt.date) -> Grade:
    """What the site is called that day, worked out from its staff's training."""
    return crews([site.pk])[site.pk].grade(on)


def ambassadors(site: Site, on: dt.date) -> list[Employee]:
    """Those of the site's staff that day who have every module."""
    keys = crews([site.pk])[site.pk].ambassadors(on)
    return list(Employee.employees.filter(pk__in=keys).order_by("name", "id"))


def ambassadors_at(sites: Iterable[uuid.UUID], on: dt.date) -> dict[uuid.UUID, list[str]]:
    """Their names by site: four queries, however many sites; none where there is no site."""
    keys = set(sites)
    if not keys:
        return {}
    whole = {key for crew in crews(keys).values() for key in crew.ambassadors(on)}
    found: dict[uuid.UUID, list[str]] = {key: [] for key in keys}
    for row in Employee.employees.filter(pk__in=whole).order_by("name", "id"):
        found[row.site_id].append(row.name)
    return found


def areas(on: dt.date) -> Sequence[Any]:
    """The kinds of work that are open somewhere."""
    rows = openings(on).exclude(area="").order_by("area").values_list("area", flat=True)
    return list(rows.distinct())
