"""The one company of each town, and everybody's road to it."""

from __future__ import annotations

import datetime as dt
import uuid

from stegvis.journey.employers.models import Company, Opening, OpeningRequirement, Site
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.models import DropOut, Match, MatchProfile, Placement, Visit


def out(row: Enrolment, on: dt.date) -> dict[str, uuid.UUID]:
    """A visit, a match, a placement of long ago that was broken off, at the town's one company.
    Not by the verbs: they would tell the core, and move what is due of everybody."""
    opening = Opening.openings.first() or _opening(row.tenant_id)
    mine = {"tenant_id": row.tenant_id, "enrolment": row, "person_id": row.person_id}
    here = {"site": opening.site, "opening": opening}
    went = Visit(**mine, **here, kind="taster", on=on, state="done")
    match = Match(**mine, **here, on=on)
    since, until = on - dt.timedelta(days=60), on - dt.timedelta(days=50)
    placed = Placement(
        **mine,
        **here,
        kind="practice",
        site_kind="arbetscentrum",
        aim="Fem timmar",
        since=since,
        until=until,
    )
    dropped = DropOut(**mine, placement=placed, on=until, reason="tasks", side="person")
    profile = MatchProfile(**mine, tasks="Odla", on=on)
    for one in (went, match, placed, dropped, profile):
        one.save(force_insert=True)
    return {
        "visited": went.pk, "match": match.pk, "dropped": dropped.pk,
        "opening": opening.pk,
    }  # fmt: skip


def _opening(tenant: uuid.UUID) -> Opening:
    company = Company(tenant_id=tenant, name="Trädgården AB")
    site = Site(tenant_id=tenant, company=company, name="Trädgården")
    opening = Opening(tenant_id=tenant, site=site, name="Odling")
    asked = OpeningRequirement(tenant_id=tenant, opening=opening, function="punctuality", level=2)
    for row in (company, site, opening, asked):
        row.save(force_insert=True)
    return opening
