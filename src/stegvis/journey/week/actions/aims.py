"""What a municipality's proposals aim at behind the four levels."""

from __future__ import annotations

from collections.abc import Sequence

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.week.models import PlanAims
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import current


def aim(row: PlanAims | None, aims: Sequence[str]) -> None:
    """From the next proposal on, in this order. `row`: as it was read. Raises NotNow: "aim_twice";
    StaleRow."""
    if len(set(aims)) != len(aims):
        raise NotNow("aim_twice")
    if row is None:
        PlanAims(tenant_id=current().tenant, aims=list(aims)).save(force_insert=True)
    else:
        row.aims = list(aims)
        row.save_if_unchanged("aims")
    wrote("plan_aims_set", to=" ".join(aims))
