"""What waits to be heard, and what the person has said, for whoever composes a page of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from stegvis.journey.screening.facts import current_leads
from stegvis.journey.voices.models import Message, Placing
from stegvis.platform.access.decision import Actor
from stegvis.platform.accounts.models import Leave

LATELY = dt.timedelta(days=14)
LEFT_TO_THE_LEAD = dt.timedelta(days=3)  # ours: longer than that, and all who may answer see it
MOST = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message nobody has heard yet, for the day of whoever works with the person."""

    message: uuid.UUID
    person: uuid.UUID
    name: str
    kind: str
    on: dt.date
    minutes: int | None
    words: str
    at: dt.datetime


def unheard(actor: Actor, *, on: dt.date) -> QuerySet[Message]:
    """Messages of late that nobody has heard, for lists that say no words of them. Where somebody
    leads from day to day they go there first (FM-17): to the others as well when they have waited,
    or the lead is away."""
    rows = Message.messages.visible_to(actor, on).waiting().filter(on__gte=on - LATELY)
    others = current_leads(on).filter(enrolment=OuterRef("enrolment"))
    others = others.exclude(assignment__member=actor.member).exclude(
        assignment__member__in=Leave.objects.filter(since__lte=on, until__gt=on).values("member")
    )
    found: QuerySet[Message] = rows.exclude(
        Exists(others), created_at__date__gt=on - LEFT_TO_THE_LEAD
    )
    return found


def waiting(actor: Actor, *, on: dt.date) -> list[Waiting]:
    """The newest first. One query; the page that shows them says so in the journal (`seen`)."""
    rows = unheard(actor, on=on)
    return [
        Waiting(
            row.pk,
            row.person_id,
            row.person.name,
            row.kind,
            row.on,
            row.minutes,
            row.words,
            row.created_at,
        )
        for row in rows.select_related("person").order_by("-created_at", "-id")[:MOST]
    ]


def own_placing(enrolments: Iterable[uuid.UUID]) -> dict[uuid.UUID, Placing]:
    """Where each says they stand, as they last said it (AJ-60)."""
    rows = Placing.objects.filter(enrolment__in=list(enrolments)).order_by("created_at", "id")
    return {row.enrolment_id: row for row in rows}
