"""A company of a town: it knows nobody of the cast."""

from __future__ import annotations

import uuid

from stegvis.journey.employers.models import (
    AmbassadorModule,
    Company,
    Completed,
    ContactPerson,
    Employee,
    Opening,
    Site,
)
from stegvis.platform.tenancy.models import Tenant


def a_firm(tenant: Tenant) -> dict[str, uuid.UUID]:
    """A company with one site, somebody who answers there, an opening and one of its staff."""
    key = {"tenant_id": tenant.pk}
    company = Company(**key, name="Lagerbolaget")
    site = Site(**key, company=company, name="Norra lagret")
    contact = ContactPerson(**key, site=site, name="Kim Kontakt")
    opening = Opening(**key, site=site, name="Plock och pack", area="lager")
    module = AmbassadorModule(**key, name="Att ta emot någon")
    employee = Employee(**key, site=site, name="Ami Anställd")
    rows = {
        "company": company, "site": site, "contact": contact, "opening": opening,
        "module": module, "employee": employee,
    }  # fmt: skip
    for row in rows.values():
        row.save(force_insert=True)
    Completed(**key, employee=employee, module=module).save(force_insert=True)
    return {name: row.pk for name, row in rows.items()}
