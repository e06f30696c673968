"""The one company of each town, and everybody's road to it."""

from __future__ import annotations

import datetime as dt
import uuid

from stegvis.journey.agreements import actions as agreements
from stegvis.journey.employers.models import (
    Company,
    ContactPerson,
    Opening,
    OpeningRequirement,
    Site,
)
from stegvis.journey.hours.models import HoursEntry
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
    since, until = on - dt.timedelta(days=160), on - dt.timedelta(days=150)
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


def placed(enrolment: Enrolment, since: dt.date) -> uuid.UUID:
    """From today on at a place of the house, where nobody owes hours or a company yet, with an
    agreement that lies ready to be signed."""
    tenant = enrolment.tenant_id
    company = Company(tenant_id=tenant, name="Firman")
    company.save(force_insert=True)
    site = Site(tenant_id=tenant, company=company, name="Firman")
    site.save(force_insert=True)
    contact = ContactPerson(tenant_id=tenant, site=site, name="Kontakt")
    contact.save(force_insert=True)
    row = Placement(
        tenant_id=tenant, enrolment=enrolment, person_id=enrolment.person_id, site=site,
        kind="practice", aim="Timmar", contact=contact, since=since, site_kind="arbetscentrum",
    )  # fmt: skip
    row.save(force_insert=True)
    said = agreements.Written(
        since=since, tasks=("Packa",), ordinary_minutes=240, considered=True,
        sub_goals=({"text": "Ensam", "by": ""},), topics=("tasks",), contact_id=contact.pk,
    )  # fmt: skip
    agreements.lay_out(agreements.save(row, said, by=None), by=None)
    return row.pk


def a_month(enrolment: Enrolment, on: dt.date, said: str) -> uuid.UUID:
    """A month at an employer, told the core of by nobody: in no test's list of what is due."""
    row = HoursEntry(
        tenant_id=enrolment.tenant_id, enrolment=enrolment, person_id=enrolment.person_id,
        month=on.replace(day=1), employer=said, employer_key=said.casefold(),
        kind="ordinary", source="employer", amount=12 * 300,
    )  # fmt: skip
    row.save(force_insert=True)
    return row.pk
