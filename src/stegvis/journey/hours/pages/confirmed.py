"""What companies have confirmed and nobody has taken over, beside the ledger and the pay slips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from stegvis.core.values.paid import Figure, Kind, Source
from stegvis.journey.hours.facts import Ledger, Proposal, key_of
from stegvis.journey.hours.pages.finding import month_name, told
from stegvis.journey.hours.words import KINDS


def beside(several: Sequence[Proposal], found: Ledger, *, named: bool) -> list[dict[str, Any]]:
    """Those that wait: what the company says, what stands from the employer, and what the slips of
    pay say of the same, which count before both."""
    return [
        {
            "key": one.said.pk,
            "month": month_name(one.month),
            "employer": one.company.name if named else _("The employer"),
            "kind": KINDS[Kind(one.said.kind)],
            "hours": told(one.amount),
            "stands": told(one.row.amount) if one.row else "",
            "slips": told(slips),
            "differs": slips is not None and slips != one.amount,
            "on": one.said.created_at.date(),
        }
        for one in several
        if one.waits
        for slips in [_slips(one, found)]
    ]


def _slips(one: Proposal, found: Ledger) -> int | None:
    keys = {key_of(one.company.name), one.row.employer_key if one.row else ""}
    several: Sequence[Figure] = found.months.get(one.month, ())
    for figure in several:
        if figure.kind == one.said.kind and figure.employer in keys:
            return figure.amount if figure.source is Source.PAY_SLIP else None
    return None
