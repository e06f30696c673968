"""What makes work possible for the person, and what of it they let this company know."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from stegvis.journey.abilities.models import Adaptation
from stegvis.journey.agreements.models import ShareAnswer


@dataclass(frozen=True, slots=True)
class Share:
    """One consideration with the person's latest answer; None while nobody has asked them."""

    key: uuid.UUID
    what: str
    shared: bool | None
    on: dt.date | None = None
    aloud: bool = False

    @property
    def is_shared(self) -> bool:
        return self.shared is True


def shares(person: uuid.UUID, placement: uuid.UUID) -> list[Share]:
    """Those that hold now, the oldest first. One query."""
    said = ShareAnswer.objects.filter(
        person=OuterRef("person"), adaptation=OuterRef("pk"), placement=placement
    ).order_by("-created_at", "-id")
    rows = Adaptation.objects.filter(person=person, until__isnull=True).annotate(
        said_shared=Subquery(said.values("shared")[:1]),
        said_on=Subquery(said.values("on")[:1]),
        said_aloud=Subquery(said.values("aloud")[:1]),
    )
    return [_share(row, vars(row)) for row in rows.order_by("agreed_on", "id")]


def _share(row: Adaptation, said: dict[str, Any]) -> Share:
    return Share(row.pk, row.what, said["said_shared"], said["said_on"], bool(said["said_aloud"]))


def told_now(person: uuid.UUID, placement: uuid.UUID) -> set[str]:
    """The keys of what may be told the company at this moment: asked again at every telling."""
    return {str(one.key) for one in shares(person, placement) if one.is_shared}
