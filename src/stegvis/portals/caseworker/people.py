"""Whose list it is: the people a visitor works with, or those of the unit they manage."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Programme
from stegvis.core.progression.moves import step_name
from stegvis.core.values.texts import pick
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.models import Pause, StepPeriod
from stegvis.journey.steps.models import StepDecision
from stegvis.platform.journal.visit import Visit
from stegvis.platform.ui.dates import short_day
from stegvis.platform.ui.rows import PersonRow

SOON = dt.timedelta(days=7)
MINE = (Assignment.Part.CASE_WORKER, Assignment.Part.JOB_MEDIATOR, Assignment.Part.WORK_SUPERVISOR)
ORDERS = {
    "next": (F("look_on").asc(nulls_last=True), F("stood_since").asc(nulls_first=True), F("id")),
    "name": (F("person__sort_key").asc(), F("id")),
    "step": (F("ordinal").asc(nulls_first=True), F("person__sort_key").asc(), F("id")),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """One open enrolment as a list shows it."""

    enrolment: uuid.UUID
    person: uuid.UUID
    name: str
    programme: uuid.UUID
    since: dt.date
    ladder: str
    step: str
    ordinal: int
    stood_since: dt.date | None
    look_on: dt.date | None
    paused: bool
    paused_until: dt.date | None
    worker: str
    supervisor: str


def _assigned(part: str, on: dt.date) -> QuerySet[Any]:
    rows = Assignment.assignments.held(on).filter(enrolment=OuterRef("pk"), part=part)
    return rows.order_by("-since").values("member__name")[:1]


def open_enrolments(visit: Visit, *, unit: bool) -> QuerySet[Enrolment]:
    """Open enrolments of one's own people, or of the unit's: both walls, one query."""
    on = visit.scope.on
    rows = Enrolment.enrolments.visible_to(visit.actor, on).open()
    if not unit:
        held = Assignment.assignments.held(on).filter(member=visit.actor.member, part__in=MINE)
        rows = rows.filter(pk__in=held.values("enrolment"))
    return rows


def stands(rows: QuerySet[Enrolment], *, on: dt.date, order: str = "next") -> QuerySet[Any]:
    """The columns of the list, as tuples in the order of `Stand`."""
    period = StepPeriod.periods.standing().filter(enrolment=OuterRef("pk"), until__isnull=True)
    paused = Pause.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    pause = paused.filter(enrolment=OuterRef("pk")).order_by("-since")
    review = StepDecision.objects.filter(enrolment=OuterRef("pk"), corrections__isnull=True)
    return rows.annotate(
        ladder=Subquery(period.values("ladder")[:1]),
        step=Subquery(period.values("step")[:1]),
        ordinal=Subquery(period.values("ordinal")[:1]),
        stood_since=Subquery(period.values("since")[:1]),
        look_on=Subquery(review.order_by("-created_at", "-id").values("review_on")[:1]),
        paused_since=Subquery(pause.values("since")[:1]),
        paused_until=Subquery(pause.values("until")[:1]),
        worker=Subquery(_assigned(Assignment.Part.CASE_WORKER, on)),
        supervisor=Subquery(_assigned(Assignment.Part.WORK_SUPERVISOR, on)),
    ).order_by(*ORDERS[order])


def as_stand(row: Any) -> Stand:
    return Stand(
        enrolment=row.pk,
        person=row.person_id,
        name=row.person.name,
        programme=row.programme_id,
        since=row.since,
        ladder=row.ladder or "",
        step=row.step or "",
        ordinal=row.ordinal or 0,
        stood_since=row.stood_since,
        look_on=row.look_on,
        paused=row.paused_since is not None,
        paused_until=row.paused_until,
        worker=row.worker or "",
        supervisor=row.supervisor or "",
    )


def fetched(rows: QuerySet[Any]) -> list[Stand]:
    """The names come with the rows; a name is fetched in no other way."""
    fields = ("person__given_name", "person__family_name", "programme_id", "since")
    return [as_stand(row) for row in rows.select_related("person").only("person_id", *fields)]


def ladder_length(model: Programme, stand: Stand) -> int:
    return len(model.ladder(stand.ladder).steps) if stand.ladder else 0


def named_step(model: Programme, code: str, track: str) -> str:
    """The step as the reader's office calls it, in the reader's language."""
    return pick(step_name(model, model.step(code), track), get_language() or "sv") if code else ""


def person_row(stand: Stand, model: Programme, *, track: str, on: dt.date, url: str) -> PersonRow:
    coming, due, kind = _next(stand, on)
    lang = get_language() or "sv"
    return PersonRow(
        url=url,
        name=stand.name,
        step=stand.ordinal,
        of=ladder_length(model, stand),
        step_name=named_step(model, stand.step, track),
        next=coming,
        due=due,
        due_kind=kind,
        programme=pick(model.names, lang),
        supervisor=stand.supervisor,
        worker=stand.worker,
    )


def _next(stand: Stand, on: dt.date) -> tuple[str, str, str]:
    """What comes next, by when, and how pressing it is."""
    if stand.paused:
        until = stand.paused_until
        return _("On a pause"), short_day(until, on) if until else "", ""
    if not stand.step:
        return _("First step to decide"), short_day(stand.since, on), "warn"
    if stand.look_on is None:
        return "", "", ""
    if stand.look_on < on:
        return _("Look at the step"), short_day(stand.look_on, on), "late"
    kind = "warn" if stand.look_on <= on + SOON else ""
    return _("Look at the step"), short_day(stand.look_on, on), kind


def models_of(found: list[Stand]) -> dict[uuid.UUID, Programme]:
    return programmes({stand.programme for stand in found})
