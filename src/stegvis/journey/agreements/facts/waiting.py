"""What waits on My day: companies that want to be called, and the days of follow-up plans."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from stegvis.journey.agreements.models import CallAsked, FollowUpDate
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass

AHEAD = 7  # days of the agenda
BEHIND = 28  # ours: a day nobody has ticked off is asked about for so long


def calls_waiting(actor: Actor, *, on: dt.date) -> QuerySet[CallAsked]:
    """Of those one talks with, unanswered (FM-46). For one query of many."""
    reach = reached(actor, FieldClass.TALKS, on=on, column="person_id")
    return CallAsked.objects.filter(reach, handled_at__isnull=True)


def follow_ups_ahead(actor: Actor, *, on: dt.date) -> QuerySet[FollowUpDate]:
    """The week ahead, and what has passed without anybody saying that it was held (FM-36)."""
    reach = reached(actor, FieldClass.TALKS, on=on, column="person_id")
    return FollowUpDate.objects.filter(
        reach,
        state=FollowUpDate.State.PLANNED,
        on__lte=on + dt.timedelta(days=AHEAD),
        on__gt=on - dt.timedelta(days=BEHIND),
    )
