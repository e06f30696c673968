"""What later rooms ask about companies. Nothing here knows a participant."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from stegvis.core.values import grades
from stegvis.core.values.grades import Grade
from stegvis.journey.employers.models import (
    AmbassadorModule,
    Company,
    Completed,
    Employee,
    Headcount,
    Opening,
    Site,
    SitePause,
)
from stegvis.platform.accounts.models import Role

EDITORS = (Role.JOB_MEDIATOR, Role.CASE_WORKER, Role.UNIT_MANAGER)
READERS = (*EDITORS, Role.WORK_SUPERVISOR)
FEW = 20  # sites for which the modules come with each: fewer bytes than a query more costs


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
    names: Mapping[str, str] = field(default_factory=dict)

    def grade(self, on: dt.date) -> Grade:
        return grades.grade(self.workers, self.modules, on, self.counts)

    def history(self, to: dt.date) -> tuple[grades.Change, ...]:
        return grades.history(self.workers, self.modules, to, self.counts)

    def ambassadors(self, on: dt.date) -> set[str]:
        return {one.key for one in grades.ambassadors(self.workers, self.modules, on)}


def crews(sites: Iterable[uuid.UUID]) -> dict[uuid.UUID, Crew]:
    """By site: one query for a few, two for many, none for none."""
    keys = set(sites)
    if not keys:
        return {}
    few = len(keys) <= FEW
    rows = Site.sites.filter(pk__in=keys).order_by("id")
    rows = rows.annotate(
        staff=ArraySubquery(_staff()),
        counts=ArraySubquery(_counts()),
        asked=ArraySubquery(_modules() if few else _modules().none()),
    )
    modules = () if few else tuple(map(_module, _modules().values_list("said", flat=True)))
    found = {}
    for key, staff, counts, asked in rows.values_list("pk", "staff", "counts", "asked"):
        found[key] = Crew(
            tuple(_worker(one) for one in staff),
            tuple(_module(one) for one in asked) if few else modules,
            tuple(_count(one) for one in counts),
            {one["key"]: one["name"] for one in staff},
        )
    return {key: found.get(key, Crew((), modules)) for key in keys}


def _staff() -> Any:
    done = Completed.objects.filter(employee=OuterRef("pk")).order_by("id")
    rows = Employee.employees.filter(site=OuterRef("pk")).order_by("name", "id")
    rows = rows.annotate(done=ArraySubquery(done.values(one=JSONObject(key="module", on="on"))))
    said = JSONObject(key="pk", name="name", since="since", until="until", done="done")
    return rows.values(said=said)


def _counts() -> Any:
    rows = Headcount.objects.filter(site=OuterRef("pk"), heads__isnull=False)
    said = JSONObject(on="on", heads="heads", trained="trained")
    return rows.order_by("on", "created_at", "id").values(said=said)


def _modules() -> Any:
    said = JSONObject(key="pk", selected="selected", since="since", until="until")
    return AmbassadorModule.modules.order_by("id").values(said=said)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _worker(said: dict[str, Any]) -> grades.Worker:
    done = {one["key"]: _day(one["on"]) for one in said["done"] or ()}
    return grades.Worker(said["key"], _day(said["since"]), _day(said["until"]), done)


def _module(said: dict[str, Any]) -> grades.Module:
    span = _day(said["since"]), _day(said["until"])
    return grades.Module(said["key"], said["selected"], *span)


def _count(said: dict[str, Any]) -> grades.Count:
    return grades.Count(dt.date.fromisoformat(said["on"]), said["heads"], said["trained"])


def grade(site: Site, on: dt.date) -> Grade:
    """What the site is called that day, worked out from its staff's training."""
    return crews([site.pk])[site.pk].grade(on)


def ambassadors(site: Site, on: dt.date) -> list[Employee]:
    """Those of the site's staff that day who have every module."""
    keys = crews([site.pk])[site.pk].ambassadors(on)
    return list(Employee.employees.filter(pk__in=keys).order_by("name", "id"))


def ambassadors_at(sites: Iterable[uuid.UUID], on: dt.date) -> dict[uuid.UUID, list[str]]:
    """Their names by site, as `crews` asks."""
    return {
        key: sorted(crew.names[one] for one in crew.ambassadors(on))
        for key, crew in crews(sites).items()
    }


def areas(on: dt.date) -> Sequence[Any]:
    """The kinds of work that are open somewhere."""
    rows = openings(on).exclude(area="").order_by("area").values_list("area", flat=True)
    return list(rows.distinct())
