"""What Danish law says of a placement before it is written: hard refusals with their paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from stegvis.core.matching import limits
from stegvis.core.matching.limits import Fault
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.facts.site import employees, placed_at
from stegvis.journey.placements.models import Placement, PlacementDecision
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current

NUMBER = frozenset({"too_many_there", "employees_not_known", "no_limit_known"})
WHOLE = Decimal(1)  # a full-time person, while nobody has said how many hours


class LawRefuses(NotNow):
    """`faults`: what the law refuses, each with its paragraph."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__("law")
        self.faults = tuple(faults)


def country() -> str:
    return str(Tenant.objects.only("country").get(pk=current().tenant).country)


def check(row: Placement, lines: Iterable[Any], **said: Any) -> tuple[Fault, ...]:
    """Raises LawRefuses for what the law forbids; gives what has still to be said. `lines`: with
    pay, function and hours; `said`: assessed, special. Nothing is asked outside Denmark."""
    on = row.since
    if country() != "DK" or not limits.counts(row.kind, on):
        return ()
    found = limits.faults(_asked(row, tuple(lines), **said))
    if row.kind != "practice":  # how long, and in which function, is said of practice alone
        found = tuple(one for one in found if one.code in NUMBER)
    hard = [one for one in found if one.hard]
    if hard:
        raise LawRefuses(hard)
    return found


def _asked(row: Placement, lines: tuple[Any, ...], **said: Any) -> limits.Asked:
    there = [one for one in lines if one.pay != "ordinary"]
    hours = sum((one.hours_week for one in there), Decimal(0))
    share = limits.full_time(hours, row.since) if hours else None
    return limits.Asked(
        since=row.since,
        ends=row.ends,
        group=row.group,
        job_ready=row.job_ready,
        fte=employees(row.site, on=row.since),
        placed=placed_at(row.site, on=row.since, but=row.pk),
        share=share if share is not None else WHOLE,
        function=next((one.function for one in there), ""),
        paid_functions=tuple(one.function for one in lines if one.pay == "ordinary"),
        purpose=bool(row.aim),
        talked=row.talked_on is not None,
        **said,
    )


def looked_at(row: Placement) -> dict[str, Any]:
    """What has been decided of this placement's length so far."""
    taken = PlacementDecision.objects.filter(placement=row, what=PlacementDecision.What.EXTEND)
    every = list(taken.values_list("assessed", "special"))
    return {
        "assessed": any(assessed for assessed, _special in every),
        "special": sum(special for _assessed, special in every),
    }
