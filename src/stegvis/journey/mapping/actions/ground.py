"""What every verb of the room does first, and the columns every row has."""

from __future__ import annotations

from typing import Any

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.decision import Actor
from stegvis.platform.accounts.models import Role


def still_open(enrolment: Enrolment) -> None:
    if enrolment.until is not None:
        raise NotNow("enrolment_ended")


def is_own(by: Actor | None) -> bool:
    """Whether the person acts for themselves."""
    return by is not None and by.holds(Role.PARTICIPANT)


def common(enrolment: Enrolment, by: Actor | None) -> dict[str, Any]:
    """`by` is the member of staff; it stays empty where the person wrote it."""
    return {
        "tenant_id": enrolment.tenant_id,
        "enrolment": enrolment,
        "person_id": enrolment.person_id,
        "by_id": by.member if by and not is_own(by) else None,
    }
