"""The partnership agreement with a company: its versions, and who has put their names under one."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict, dataclass

from django.db.models import Max

from stegvis.journey.employers.models import Company, PartnershipSigned, PartnershipVersion
from stegvis.journey.workplaces.actions import NotNow
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class Agreed:
    company_does: str
    we_do: str
    since: dt.date
    together: str = ""
    until: dt.date | None = None


def agree(
    company: Company, said: Agreed, *, by: uuid.UUID | None, submission: uuid.UUID | None = None
) -> PartnershipVersion:
    """The next version of the partnership agreement (FM-55); the one before stands as it was.
    Raises NotNow."""
    if not said.company_does.strip() or not said.we_do.strip():
        raise NotNow("partnership_empty")
    if said.until is not None and said.until <= said.since:
        raise NotNow("ends_before")
    Company.objects.select_for_update().get(pk=company.pk)
    last = PartnershipVersion.objects.filter(company=company).aggregate(n=Max("number"))["n"] or 0
    row = PartnershipVersion(
        tenant_id=company.tenant_id, company=company, number=last + 1, by_id=by,
        submission=submission or uuid7(), **asdict(said),
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("partnership_agreed", company=str(company.pk), number=row.number)
    return row


def sign(
    version: PartnershipVersion,
    *,
    signed_by: str,
    signed_for_us: str,
    signed_on: dt.date,
    by: uuid.UUID | None,
    submission: uuid.UUID | None = None,
) -> PartnershipSigned:
    """Both names stand under it on paper. Raises NotNow: signed before, or in the future."""
    if not signed_by.strip() or not signed_for_us.strip():
        raise NotNow("signed_half")
    if signed_on > current().on:
        raise NotNow("ahead")
    Company.objects.select_for_update().get(pk=version.company_id)
    if version.signatures.exists():
        raise NotNow("signed_before")
    row = PartnershipSigned(
        tenant_id=version.tenant_id, version_of=version, signed_by=signed_by.strip(),
        signed_for_us=signed_for_us.strip(), signed_on=signed_on, by_id=by,
        submission=submission or uuid7(),
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("partnership_signed", partnership=str(version.pk), number=version.number)
    return row
