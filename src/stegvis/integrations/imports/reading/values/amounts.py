"""Amounts as people write them, with a comma or a point, thousands apart or together."""

from __future__ import annotations

import re
from decimal import Decimal

from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.wording import shown

_AMOUNT = re.compile(r"-?\d+(?:[.,]\d{1,2})?")
_GROUPED = re.compile(r"(?<=\d)[ \u00a0.](?=\d{3}(?:\D|$))")


def read_amount(cell: Cell) -> Decimal | None:
    """Such as 485, 485,00, 1 250,00, 1.250,- or 1.250,50 kr; None for what is no amount."""
    if isinstance(cell, bool):
        return None
    text = shown(cell).casefold().replace("\u2212", "-").removesuffix("kr").removesuffix("kr.")
    if not isinstance(cell, int | float):
        text = _GROUPED.sub("", text)
    text = text.strip().removesuffix(",-").removesuffix(":-").strip()
    return Decimal(text.replace(",", ".")) if _AMOUNT.fullmatch(text) else None
