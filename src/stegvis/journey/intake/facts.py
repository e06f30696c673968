"""The checklist for an equal referral as it stands: what nobody has answered is open (KN-96)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from stegvis.journey.intake.models import EqualAnswer
from stegvis.journey.intake.words import EQUAL


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `answer` None: nobody has answered."""

    question: str
    answer: EqualAnswer | None


def equal(referral: uuid.UUID) -> list[Asked]:
    """Every question, each with what was answered last. One query."""
    rows = EqualAnswer.objects.filter(referral=referral).select_related("by")
    latest = {row.question: row for row in rows.order_by("on", "created_at", "id")}
    return [Asked(code, latest.get(code)) for code in EQUAL]


def equal_left(referral: uuid.UUID) -> int:
    return sum(one.answer is None for one in equal(referral))
