"""What is shared between municipalities: the agreements, the copies, who asked whom."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from stegvis.core.values.grades import Grade
from stegvis.journey.employers.facts.register import crews
from stegvis.journey.employers.models import (
    Opening,
    PlaceRequest,
    SharedOpening,
    SharingPact,
    Site,
    SitePause,
)
from stegvis.platform.tenancy.models import Tenant

SHOWN = 200


def pacts() -> list[SharingPact]:
    """Those that hold or are offered first, those that ended last."""
    rows = SharingPact.pacts.order_by("peer_name", "-since", "id")
    return sorted(rows, key=lambda one: one.state == SharingPact.State.ENDED)


def peers(here: uuid.UUID) -> list[Tenant]:
    """Municipalities with whom there is no agreement, and none on offer."""
    held = SharingPact.pacts.exclude(state=SharingPact.State.ENDED).values_list("peer", flat=True)
    rows = Tenant.objects.exclude(pk__in=[here, *held.order_by("id")])
    return list(rows.order_by("name", "id"))


def shown(
    on: dt.date, *, words: str = "", grade: str = "", free: bool = False
) -> list[SharedOpening]:
    """What others let us see today, by agreements that hold. Two queries."""
    rows = SharedOpening.objects.filter(withdrawn_on=None, pair__in=_holding(on))
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(area__icontains=word) | Q(tasks__icontains=word)
            | Q(company__icontains=word) | Q(site__icontains=word) | Q(address__icontains=word)
        )  # fmt: skip
    if grade:
        wanted = (Grade.EXAMPLE,) if grade == Grade.EXAMPLE else (Grade.AMBASSADOR, Grade.EXAMPLE)
        rows = rows.filter(grade__in=wanted)
    if free:
        rows = rows.filter(free__gt=0)
    return list(rows.order_by("company", "name", "id")[:SHOWN])


def _holding(on: dt.date) -> list[uuid.UUID]:
    rows = SharingPact.pacts.standing(on).filter(state=SharingPact.State.ACCEPTED)
    return list(rows.order_by("id").values_list("pair", flat=True))


def requests(*, ours: bool) -> list[PlaceRequest]:
    """Those that wait first, then the newest."""
    rows = PlaceRequest.objects.filter(ours=ours)
    return list(rows.order_by(F("answered_on").desc(nulls_first=True), "-asked_on", "id")[:SHOWN])


def taken(requests: Iterable[PlaceRequest]) -> dict[uuid.UUID, Opening]:
    """Which of the places we were said yes to stand in our own register, by the request's token.
    One query."""
    keys = {one.token: one.pk for one in requests if one.answer == "yes" and one.ours}
    rows = Opening.openings.filter(submission__in=keys).select_related("site")
    return {keys[row.submission]: row for row in rows.order_by("id")}


def to_take(member: uuid.UUID | None, since: dt.date) -> QuerySet[PlaceRequest]:
    """Places that somebody asked for and was said yes to, and that stand in no register of ours."""
    there = Opening.openings.filter(submission=OuterRef("token"))
    rows = PlaceRequest.objects.filter(ours=True, answer="yes", by=member)
    return rows.filter(~Exists(there), answered_on__gte=since)


def shared_by_us(on: dt.date) -> list[tuple[Opening, bool]]:
    """Our openings marked as shared, and whether others see them today."""
    pausing = set(SitePause.pauses.standing(on).order_by("id").values_list("site", flat=True))
    rows = Opening.openings.filter(shared=True).select_related("site__company")
    return [
        (row, row.state == Opening.State.OPEN and _stands(row, on) and row.site_id not in pausing)
        for row in rows.order_by("name", "id")
    ]


def _stands(row: Opening, on: dt.date) -> bool:
    begun = row.since is None or row.since <= on
    ends = (row.until, row.site.until, row.site.company.until)
    return begun and all(day is None or on < day for day in ends)


@dataclass(frozen=True, slots=True)
class Trained:
    """One row of the count: a municipality and a sector. `named`: of the staff, how many are fully
    trained; `sites`: how many sites are of the grade."""

    town: str
    sector: str
    named: int
    ambassador: int
    example: int


def trained(town: str, on: dt.date) -> list[Trained]:
    """How many are fully trained, by municipality and sector (JI-27): ours of all our sites, and of
    others what they show us. Five queries."""
    sites = Site.sites.standing(on).exclude(company__until__lte=on).order_by("id")
    ours = dict(sites.values_list("pk", "company__sector"))
    found = [
        (town, ours[key], len(crew.ambassadors(on)), crew.grade(on))
        for key, crew in crews(ours).items()
    ]
    names = dict(SharingPact.pacts.order_by("id").values_list("pair", "peer_name"))
    theirs = {
        (row.pair, row.company, row.site): row
        for row in SharedOpening.objects.filter(withdrawn_on=None, pair__in=_holding(on))
    }
    found += [
        (names.get(row.pair, ""), row.sector, row.ambassadors, Grade(row.grade))
        for row in theirs.values()
    ]
    return _summed(found, town)


def _summed(found: Iterable[tuple[str, str, int, Grade]], town: str) -> list[Trained]:
    named: Counter[tuple[str, str]] = Counter()
    grades: Counter[tuple[str, str, Grade]] = Counter()
    for where, sector, n, grade in found:
        named[where, sector] += n
        grades[where, sector, grade] += 1
    rows = [
        Trained(
            where, sector, n, grades[where, sector, Grade.AMBASSADOR],
            grades[where, sector, Grade.EXAMPLE],
        )
        for (where, sector), n in named.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda one: (one.town != town, one.town, one.sector))
