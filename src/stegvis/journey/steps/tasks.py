"""What is due, worked out at night for whole municipalities: lists over thousands read it."""

from __future__ import annotations

import datetime as dt
import uuid

from procrastinate.contrib.django import app

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.steps.actions import plan_dues
from stegvis.platform.access.decision import Purpose
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import scope, today

AT_ONCE = 250  # enrolments judged between two writings; bounds the memory


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="plan_dues")
def plan_all_dues(timestamp: int) -> int:
    """Every open enrolment of every municipality, each in a transaction of its own."""
    done = 0
    for tenant in Tenant.objects.order_by("slug"):
        done += plan_town(tenant.pk, tenant.country, on=today(tenant.timezone))
    return done


def plan_town(tenant: uuid.UUID, country: str, *, on: dt.date) -> int:
    """One municipality. Nothing is decided, nothing about anybody is shown: a job that works out
    days leaves no trace in the journal of reads."""
    page = Page(what="dues_planned", purpose=Purpose.JOB)
    with scope(tenant, service="dues", on=on), keeping(page):
        rows = list(Enrolment.enrolments.open().order_by("id"))
        days = calendar(country, on)
        for first in range(0, len(rows), AT_ONCE):
            plan_dues(rows[first : first + AT_ONCE], days, on=on)
    return len(rows)
