"""What is done first and how early a placement could begin; trials of early placement; after how
many days a list names somebody."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.placements.actions.asking import about
from stegvis.journey.placements.models import EarlyTrial, FirstMeasures, Reminder
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class NewMeasures:
    """`condition`: of health; only whoever may read of it writes it."""

    measures: str
    earliest: dt.date
    hours_week: Decimal | None = None
    condition: str = ""


def plan_first(
    enrolment: Enrolment,
    new: NewMeasures,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> FirstMeasures:
    """As much as the person can now, and the earliest day of a placement (JI-10). Raises NotNow:
    "ended", "why_missing", "before_the_road"."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    if new.condition.strip():
        permit(by, Act.WRITE, enrolment.person_id, FieldClass.SENSITIVE)
    given = about(enrolment, by)
    if not new.measures.strip():
        raise NotNow("why_missing")
    if new.earliest < enrolment.since:
        raise NotNow("before_the_road")
    row = FirstMeasures(
        **given,
        condition=new.condition.strip(),
        measures=new.measures.strip(),
        hours_week=new.hours_week,
        earliest=new.earliest,
        on=current().on,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("first_measures_planned", [row.person_id], measures=str(row.pk))
    return row


@dataclass(frozen=True, slots=True)
class NewTrial:
    name: str
    early_days: int
    since: dt.date
    until: dt.date
    step: int | None = None


def register_trial(
    new: NewTrial, *, by: Actor | None, submission: uuid.UUID | None = None
) -> EarlyTrial:
    """A trial of early placement, written down before the day it begins (JI-31). Raises NotNow:
    "trial_begun", "not_a_trial", "trial_named"."""
    on = current().on
    if new.since <= on:
        raise NotNow("trial_begun")
    if new.until <= new.since or new.early_days <= 0 or not new.name.strip():
        raise NotNow("not_a_trial")
    row = EarlyTrial(
        tenant_id=current().tenant,
        name=new.name.strip(),
        early_days=new.early_days,
        step=new.step,
        since=new.since,
        until=new.until,
        registered_on=on,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        if "early_trial_named_once" not in str(fault):
            raise
        raise NotNow("trial_named") from None
    wrote("early_trial_registered", trial=str(row.pk), days=row.early_days, step=row.step)
    return row


def set_reminder(code: str, days: int) -> None:
    """After how many days a list names somebody, in this municipality."""
    row = Reminder.objects.filter(code=code).first()
    row = row or Reminder(tenant_id=current().tenant, code=code)
    row.days = days
    row.save()
    wrote("reminder_set", code=code, days=days)
