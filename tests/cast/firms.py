"""A company of a town: it knows nobody of the cast."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from stegvis.journey.employers.actions import sharing
from stegvis.journey.employers.models import (
    AmbassadorAsked,
    AmbassadorModule,
    Company,
    Completed,
    ContactPerson,
    Employee,
    Opening,
    PartnershipVersion,
    PostalArea,
    SharedOpening,
    SharingPact,
    Site,
)
from stegvis.platform.access.decision import Purpose
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current


def a_firm(tenant: Tenant, on: dt.date) -> dict[str, uuid.UUID]:
    """A company with one site, somebody who answers there, an opening and one of its staff."""
    key = {"tenant_id": tenant.pk}
    company = Company(**key, name="Lagerbolaget")
    site = Site(**key, company=company, name="Norra lagret")
    contact = ContactPerson(**key, site=site, name="Kim Kontakt")
    opening = Opening(**key, site=site, name="Plock och pack", area="lager", shared=True)
    module = AmbassadorModule(**key, name="Att ta emot någon")
    employee = Employee(**key, site=site, name="Ami Anställd")
    says = {"company_does": "Tar emot två om året.", "we_do": "Svarar samma dag."}
    agreed = PartnershipVersion(**key, company=company, number=1, since=on, **says)
    asked = AmbassadorAsked(**key, employee=employee, on=on)
    postal = PostalArea(**key, code="11122", name="Mitten", latitude=59, longitude=18)
    rows = {
        "company": company, "site": site, "contact": contact, "opening": opening,
        "module": module, "employee": employee, "partnership": agreed, "asked": asked,
        "postal": postal,
    }  # fmt: skip
    for row in rows.values():
        row.save(force_insert=True)
    Completed(**key, employee=employee, module=module).save(force_insert=True)
    return {name: row.pk for name, row in rows.items()}


def a_pact(towns: Sequence[Any], at: Callable[[uuid.UUID], AbstractContextManager[Any]]) -> None:
    """The two show each other what they share; each town's `place` is the other's opening."""
    first, second = towns
    page = Page(what="cast", purpose=Purpose.JOB)
    with at(first.tenant), keeping(page):
        sharing.offer_pact(second.tenant, since=current().on)
    with at(second.tenant), keeping(page):
        sharing.accept_pact(SharingPact.pacts.get())
    with at(first.tenant), keeping(page):
        sharing.publish_all()
    for town in towns:
        with at(town.tenant):
            town.firm["place"] = SharedOpening.objects.get().pk
