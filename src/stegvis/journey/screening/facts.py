"""What the screening of an enrolment has come to, for pages and for the rooms above."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from stegvis.core.programme.model import Programme
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.screening.models import SET, DailyLead, Rehabilitation, Screening, Talk
from stegvis.journey.standing.models import Category
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass


def screens(model: Programme) -> bool:
    """Whether the programme divides people by a screening at all."""
    return any(group.code == SET for group in model.category_sets)


def model_of(enrolment: Enrolment) -> Programme:
    return programmes({enrolment.programme_id})[enrolment.programme_id]


@dataclass(frozen=True, slots=True)
class Screened:
    """`rows`: the newest first. `rehabilitations` by screening."""

    talk: Talk | None
    rows: tuple[Screening, ...]
    rehabilitations: dict[uuid.UUID, Rehabilitation]

    @property
    def current(self) -> Screening | None:
        return next((row for row in self.rows if row.current), None)


def screened(enrolment: uuid.UUID) -> Screened:
    """Everything of one enrolment. Three queries."""
    rows = Screening.objects.filter(enrolment=enrolment).select_related("by", "notice__by")
    ways = Rehabilitation.objects.filter(enrolment=enrolment)
    return Screened(
        Talk.objects.filter(enrolment=enrolment).select_related("by").first(),
        tuple(rows),
        {way.screening_id: way for way in ways},
    )


def first_talk(enrolment: uuid.UUID) -> dt.date | None:
    """The day on which step 1 begins, where it has been written down."""
    return Talk.objects.filter(enrolment=enrolment).values_list("on", flat=True).first()


def group_of(enrolment: uuid.UUID) -> str | None:
    """The latest group as the core reads it; None: not screened. One query."""
    rows = Category.objects.filter(enrolment=enrolment, category_set=SET)
    return rows.order_by("-on", "-created_at", "-id").values_list("code", flat=True).first()


def current_leads(on: dt.date) -> QuerySet[DailyLead]:
    """Those that lead today: the lead stands, and so does the assignment it names."""
    held = Q(assignment__until__isnull=True) | Q(assignment__until__gt=on)
    return DailyLead.objects.filter(held, until__isnull=True)


def lead_of(enrolment: uuid.UUID, *, on: dt.date) -> DailyLead | None:
    rows = current_leads(on).filter(enrolment=enrolment)
    return rows.select_related("assignment__member").first()


def leading(on: dt.date) -> Subquery:
    """The name of who leads an enrolment, as an annotation of it."""
    rows = current_leads(on).filter(enrolment=OuterRef("pk"))
    return Subquery(rows.values("assignment__member__name")[:1])


def leads_of(enrolments: Iterable[uuid.UUID], *, on: dt.date) -> dict[uuid.UUID, uuid.UUID]:
    """The leading member by enrolment. One query."""
    rows = current_leads(on).filter(enrolment__in=list(enrolments))
    return dict(rows.values_list("enrolment_id", "assignment__member_id"))


def to_prepare(actor: Actor, *, on: dt.date) -> QuerySet[Rehabilitation]:
    """Preparatory parts that nobody has begun, for whoever may know of them."""
    mine = reached(actor, FieldClass.SENSITIVE, on=on, column="person_id")
    rows = Rehabilitation.objects.filter(mine, screening__current=True, begun_on__isnull=True)
    return rows.filter(enrolment__until__isnull=True)


def to_notify(actor: Actor, *, on: dt.date) -> QuerySet[Screening]:
    """Screenings into group 3 that wait for the notice."""
    mine = reached(actor, FieldClass.SENSITIVE, on=on, column="person_id")
    rows = Screening.objects.filter(mine, current=True, closed_on__isnull=True)
    return rows.filter(enrolment__until__isnull=True).annotate(due_on=F("on"))
