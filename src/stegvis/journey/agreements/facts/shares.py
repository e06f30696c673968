"""What makes work possible for the person, and what of it they let this company know."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

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
    """Those that hold now, the oldest first. Two queries."""
    rows = Adaptation.objects.filter(person=person, until__isnull=True)
    rows = rows.order_by("agreed_on", "id")
    said = ShareAnswer.objects.filter(person=person, placement=placement)
    latest = {row.adaptation_id: row for row in said.order_by("created_at", "id")}
    return [_share(row, latest.get(row.pk)) for row in rows]


def _share(row: Adaptation, said: ShareAnswer | None) -> Share:
    if said is None:
        return Share(row.pk, row.what, None)
    return Share(row.pk, row.what, said.shared, said.on, said.aloud)


def told_now(person: uuid.UUID, placement: uuid.UUID) -> set[str]:
    """The keys of what may be told the company at this moment: asked again at every telling."""
    return {str(one.key) for one in shares(person, placement) if one.is_shared}
