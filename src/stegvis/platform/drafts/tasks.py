"""Drafts nobody came back to."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from stegvis.platform.access.decision import Purpose
from stegvis.platform.drafts.keeping import KEPT_DAYS
from stegvis.platform.drafts.models import Draft
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import scope


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="drafts_cleared")
def clear_drafts(timestamp: int) -> int:
    """Forget what nobody has touched for thirty days, in every municipality."""
    before = timezone.now() - dt.timedelta(days=KEPT_DAYS)
    cleared = 0
    for tenant in Tenant.objects.order_by("slug"):
        page = Page(what="drafts_cleared", purpose=Purpose.JOB)
        with scope(tenant.pk, service="drafts"), keeping(page):
            cleared += Draft.objects.filter(saved_at__lt=before).delete()[0]
    return cleared
