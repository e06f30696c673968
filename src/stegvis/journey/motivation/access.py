"""Who sees what of a behaviour."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q
from django.http import Http404

from stegvis.journey.motivation.models import Cross, TargetBehaviour
from stegvis.platform.access.decision import Actor
from stegvis.platform.accounts.models import Role


def one_of(person: uuid.UUID, behaviour: uuid.UUID) -> TargetBehaviour:
    """The person's own behaviour by that key; another's answers like none."""
    row = TargetBehaviour.behaviours.filter(pk=behaviour, person=person).first()
    if row is None:
        raise Http404
    found: TargetBehaviour = row
    return found


def crosses(behaviour: TargetBehaviour, actor: Actor) -> Any:
    """All of them for the person; for staff those that were shared (KN-85)."""
    seen = Q() if actor.holds(Role.PARTICIPANT) else Q(shared=True)
    return Cross.objects.filter(seen, behaviour=behaviour).order_by("-on", "-created_at", "id")
