"""What somebody has completed, and their diplomas."""

from __future__ import annotations

import uuid

from stegvis.journey.certificates.models import Certificate


def diplomas(person: uuid.UUID) -> list[Certificate]:
    rows = Certificate.objects.filter(person=person).select_related("completion", "by")
    return list(rows.order_by("-on", "-number"))
