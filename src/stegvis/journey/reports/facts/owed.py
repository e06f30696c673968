"""Where a report is owed: a step was closed, or somebody left, and none has gone out since."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.reports.models import Report
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps.facts import reporting_steps
from stegvis.platform.access.decision import Actor

LOOK_BACK = dt.timedelta(days=90)  # ours: what was closed longer ago is history


@dataclass(frozen=True, slots=True)
class Owed:
    """A report for the days of a step period. `leaving`: the person has left with it."""

    enrolment: uuid.UUID
    person: uuid.UUID
    step: str
    since: dt.date
    until: dt.date
    leaving: bool = False
    draft: uuid.UUID | None = None


def owed(enrolments: Iterable[Enrolment], *, on: dt.date) -> list[Owed]:
    """Of these enrolments, the longest waiting first. Two queries, and one for unread models."""
    rows = {row.pk: row for row in enrolments}
    if not rows:
        return []
    models = programmes({row.programme_id for row in rows.values()})
    closed = StepPeriod.periods.standing().filter(
        enrolment__in=rows, until__isnull=False, until__gt=on - LOOK_BACK, imported=False
    )
    reports: dict[uuid.UUID, list[Report]] = {key: [] for key in rows}
    full = Report.reports.filter(enrolment__in=rows, kind=Report.Kind.REPORT)
    for report in full.exclude(state=Report.State.DROPPED):
        reports[report.enrolment_id].append(report)
    found = []
    for period in closed.order_by("until", "id"):
        enrolment = rows[period.enrolment_id]
        model = models.get(enrolment.programme_id)
        if model is None or period.step not in reporting_steps(model) or period.until is None:
            continue
        about = [one for one in reports[enrolment.pk] if _is_of(one, period)]
        if any(one.state == Report.State.SENT for one in about):
            continue
        found.append(_owed(period, enrolment, about))
    return found


def _is_of(report: Report, period: StepPeriod) -> bool:
    """Whether it tells of the period: of its step, or of days that reach into it."""
    until = period.until or dt.date.max
    return report.since < until and report.until > period.since


def _owed(period: StepPeriod, enrolment: Enrolment, about: list[Report]) -> Owed:
    draft = next((one.pk for one in about if one.state == Report.State.DRAFT), None)
    return Owed(
        enrolment=enrolment.pk,
        person=enrolment.person_id,
        step=period.step,
        since=period.since,
        until=period.until or period.since,
        leaving=enrolment.until is not None and period.until == enrolment.until,
        draft=draft,
    )


def owed_to(actor: Actor, *, on: dt.date, most: int = 60) -> list[tuple[Owed, Enrolment]]:
    """What whoever is here owes, of those they may see. For a day's list."""
    rows = Enrolment.enrolments.visible_to(actor, on).select_related("person")
    mine = list(rows.filter(periods__until__gt=on - LOOK_BACK).distinct().order_by("id")[:500])
    by_key = {row.pk: row for row in mine}
    return [(one, by_key[one.enrolment]) for one in owed(mine, on=on)[:most]]


def commented(actor: Actor, *, on: dt.date) -> QuerySet[Report]:
    """Drafts the person has written a comment on, for whoever may see reports."""
    rows: QuerySet[Report] = Report.reports.visible_to(actor, on).waiting()
    return rows.filter(commented_at__isnull=False).exclude(comment="")
