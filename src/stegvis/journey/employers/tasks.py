"""What others see of our places is made anew every ten minutes: a grade may have dropped with a
last day, and who has just accepted sees nothing before we have shown it."""

from __future__ import annotations

import uuid

from procrastinate.contrib.django import app

from stegvis.journey.employers.actions.sharing import publish_all
from stegvis.platform.access.decision import Purpose
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import scope

SERVICE = "sharing"


def publish_in(tenant: uuid.UUID) -> int:
    """How many openings others see now."""
    page = Page(what="places_published", purpose=Purpose.JOB)
    with scope(tenant, service=SERVICE), keeping(page):
        return publish_all()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="employers_publish")
def publish_places(timestamp: int) -> int:
    """Each municipality in a transaction of its own."""
    tenants = Tenant.objects.order_by("slug").values_list("pk", flat=True)
    return sum(publish_in(tenant) for tenant in tenants)
