"""Of one person's road: what was last said, what is sought, what is still open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from stegvis.core.programme.model import Programme, Step
from stegvis.journey.followups.models import (
    ContactEvent,
    FollowUp,
    JobSearch,
    NeedResult,
    ReadySoon,
)
from stegvis.journey.intake.models import Enrolment, OrderLine
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.models import DatedFact, StepPeriod

RETENTION_DAYS = 90
AF = "AF"
AF_DUTY = "af_contact"  # the code by which a programme says that the contact is to be kept
SEEKING = "job_search"
SEEKING_IF_READY = "job_search_if_ready_soon"


def model_of(enrolment: Enrolment) -> Programme:
    return programmes({enrolment.programme_id})[enrolment.programme_id]


def current_step(enrolment: Enrolment) -> Step | None:
    """The step of the primary ladder the person stands on now. One query."""
    ladder = model_of(enrolment).primary
    rows = StepPeriod.periods.standing().filter(enrolment=enrolment, ladder=ladder.code)
    code = rows.filter(until__isnull=True).values_list("step", flat=True).first()
    return next((step for step in ladder.steps if step.code == code), None)


@dataclass(frozen=True, slots=True)
class Since:
    """The last follow-up of any kind, if there has been one."""

    on: dt.date | None
    days: int | None
    next_on: dt.date | None = None
    next_at: dt.time | None = None


def since_last(enrolment: Enrolment, *, on: dt.date) -> Since:
    """How long ago the last follow-up was, and which day was set for the next. One query."""
    row = FollowUp.follow_ups.filter(enrolment=enrolment, on__lte=on).first()
    if row is None:
        return Since(None, None)
    return Since(row.on, (on - row.on).days, row.next_on, row.next_at)


def job_search_count(enrolment: Enrolment, since: dt.date, until: dt.date) -> int:
    """Job-seeking activities from `since` until the day before `until`: for the report."""
    rows = JobSearch.objects.filter(enrolment=enrolment, on__gte=since, on__lt=until)
    return rows.count()


def application_count(enrolment: Enrolment, since: dt.date, until: dt.date) -> int:
    """Of those, the applications alone: for the form to whoever enrolled (JI-19)."""
    rows = JobSearch.objects.filter(enrolment=enrolment, on__gte=since, on__lt=until)
    return rows.filter(kind=JobSearch.Kind.APPLICATION).count()


def ready_soon(enrolment: Enrolment) -> ReadySoon | None:
    """The latest judgement of it."""
    return ReadySoon.objects.filter(enrolment=enrolment).order_by("on", "created_at", "id").last()


def may_seek(enrolment: Enrolment) -> bool:
    """Whether jobs are sought on this step. A programme that names job seeking among its duties
    says on which steps, and where only by those soon ready; one that does not leaves it free."""
    model = model_of(enrolment)
    named = {duty.code for step in model.primary.steps for duty in step.duties}
    if not named & {SEEKING, SEEKING_IF_READY}:
        return True
    step = current_step(enrolment)
    if step and SEEKING in {duty.code for duty in step.duties}:
        return True
    latest = ready_soon(enrolment)
    return latest is not None and latest.ready


@dataclass(frozen=True, slots=True)
class AfContact:
    """The contact with the employment service that is kept while the road lasts (AJ-43)."""

    last: dt.date | None
    days: int


def af_contact(enrolment: Enrolment, *, on: dt.date) -> AfContact | None:
    """None where the programme names no such duty, and for whoever has left: nothing is then to be
    done. `days` since the last contact, or since the enrolment. One query."""
    model = model_of(enrolment)
    duties = {duty.code for step in model.primary.steps for duty in step.duties}
    if enrolment.until is not None or AF_DUTY not in duties:
        return None
    rows = ContactEvent.events.filter(enrolment=enrolment, party=AF, reached=True)
    last = rows.order_by("on").values_list("on", flat=True).last()
    return AfContact(last, (on - (last or enrolment.since)).days)


def open_needs(enrolment: Enrolment) -> list[OrderLine]:
    """The lines of the referral of which nobody has said what came of them (KN-05)."""
    if enrolment.referral_id is None:
        return []
    answered = NeedResult.objects.filter(enrolment=enrolment).values("line")
    rows = OrderLine.objects.filter(referral=enrolment.referral_id).exclude(pk__in=answered)
    return list(rows.order_by("id"))


def ask_again_on(enrolment: Enrolment) -> dt.date | None:
    """The day to ask how it goes after the exit; None before it."""
    if enrolment.until is None:
        return None
    return enrolment.until + dt.timedelta(days=RETENTION_DAYS)


type Series = list[tuple[dt.date, float]]


def self_ratings(enrolment: Enrolment) -> dict[str, Series]:
    """The person's own ratings by item, oldest first: the same item over time (KN-75). As the room
    of abilities told them; never averaged with what anybody saw. One query."""
    rows = DatedFact.objects.filter(enrolment=enrolment, kind="self_rating", struck=False)
    found: dict[str, Series] = {}
    for on, values in rows.order_by("on", "id").values_list("on", "values"):
        if values.get("value") is not None:
            found.setdefault(values["item"], []).append((on, float(values["value"])))
    return found
