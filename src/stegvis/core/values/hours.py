"""Hours as exact decimals: 29.5 + 0.5 is 30, and a limit of 30.0 means 30.0."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

HOUR = 60


def hours(value: Decimal | float | str) -> Decimal:
    """An amount of hours: "7.5", "7,5", 7.5 or "7:30". ValueError if it is no finite number.

    A float is taken as it is written (0.1 is a tenth), which is how a data file means it.
    """
    text = str(value).strip()
    whole, colon, minutes = text.partition(":")
    if colon:
        if not (whole.isdecimal() and minutes.isdecimal() and int(minutes) < HOUR):
            raise ValueError(f"not hours and minutes: {text}")
        return int(whole) + Decimal(int(minutes)) / HOUR
    try:
        amount = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise ValueError(f"not an amount of hours: {text}") from None
    if not amount.is_finite():
        raise ValueError(f"not an amount of hours: {text}")
    return amount


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal())
