"""Measured values go at night."""

from __future__ import annotations

import uuid

from procrastinate.contrib.django import app

from stegvis.journey.incidents.actions import forget_expired
from stegvis.platform.access.decision import Purpose
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import scope

SERVICE = "retention"


def forget_in(tenant: uuid.UUID) -> int:
    """Delete what is due in one municipality; how many values."""
    page = Page(what="deleted_by_rule", purpose=Purpose.JOB)
    with scope(tenant, service=SERVICE), keeping(page):
        return len(forget_expired())


@app.periodic(cron="55 3 * * *")
@app.task(queueing_lock="incidents_forget")
def forget_values(timestamp: int) -> int:
    """Each municipality in a transaction of its own."""
    tenants = Tenant.objects.order_by("slug").values_list("pk", flat=True)
    return sum(forget_in(tenant) for tenant in tenants)
