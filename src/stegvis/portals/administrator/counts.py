"""How many, never who. The administrator reaches no participant, so a job counts for the page; what
it says of fewer than five is only that there are some."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from django.db.models import Count

from stegvis.journey.intake.models import Commission, Enrolment
from stegvis.platform.access.models import Shield
from stegvis.platform.tenancy.scope import current, scope

SMALL = 5


def said(number: int) -> str:
    """0, 1–4, or the number itself."""
    return f"1–{SMALL - 1}" if 0 < number < SMALL else str(number)


def _shown() -> Any:
    shielded = Shield.objects.filter(lifted_on__isnull=True)
    return Enrolment.enrolments.open().exclude(person__in=shielded.values("person"))


def enrolled() -> Counter[uuid.UUID]:
    """People enrolled today, by programme version. Those with a protected identity are in no count:
    beside a list of the others it would tell that there is one."""
    here = current()
    with scope(here.tenant, service="counting", on=here.on):
        rows = _shown().values("programme").annotate(n=Count("pk"))
        return Counter({row["programme"]: row["n"] for row in rows.order_by("programme")})


def places_used() -> Counter[tuple[str, uuid.UUID]]:
    """People enrolled today, by the agency that enrolled them and the unit (JI-54)."""
    here = current()
    with scope(here.tenant, service="counting", on=here.on):
        rows = _shown().values("agency", "unit").annotate(n=Count("pk"))
        rows = rows.order_by("agency", "unit")
        return Counter({(row["agency"], row["unit"]): row["n"] for row in rows})


def filled(commission: Commission, used: Counter[tuple[str, uuid.UUID]]) -> str:
    return said(used[commission.agency, commission.unit_id])
