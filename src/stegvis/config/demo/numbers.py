"""Numbers that nobody has. Swedish personal numbers get birth number 980–999, which is kept for
tests, and a right check digit; Danish ones get serial 99xx; phones come from series for fiction.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

_MOD11 = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_MOVED_DAY = 60  # added to the day of a coordination or replacement number
_MOBILES = range(5, 80)  # 070-174 06 05 to 79; the rest of the series are the canaries'
_DESKS = 100


@dataclass(frozen=True, slots=True)
class Made:
    """`kind` as in people.Identity.Kind; `digits` twelve for Sweden, ten for Denmark."""

    country: str
    kind: str
    digits: str
    since: dt.date | None = None  # None: from the day the person came
    until: dt.date | None = None


def luhn(nine: str) -> str:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    return str(-sum(one // 10 + one % 10 for one in doubled) % 10)


def _fits_sex(digit: int, sex: str) -> bool:
    return (digit % 2 == 1) == (sex == "m")


def swedish(born: dt.date, sex: str, rng: random.Random, *, kind: str = "personal") -> Made:
    """Ten of 980–999 suit each sex; `rng` picks one."""
    day = born.day + (_MOVED_DAY if kind == "coordination" else 0)
    birth = rng.choice([number for number in range(980, 1000) if _fits_sex(number, sex)])
    nine = f"{born:%y%m}{day:02}{birth}"
    return Made("SE", kind, f"{born.year // 100}{nine}{luhn(nine)}")


def reserve(born: dt.date, rng: random.Random) -> Made:
    """A region's reserve number: a birth date and four signs, letters among them."""
    letters = "ABCDEFGHJKMNPRSTUVW"
    end = f"{rng.choice(letters)}{rng.choice(letters)}{rng.randrange(10, 100)}"
    return Made("SE", "reserve", f"{born:%Y%m%d}{end}")


def holds_modulus_11(ten: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(_MOD11, ten, strict=True)) % 11 == 0


def danish(
    born: dt.date,
    sex: str,
    rng: random.Random,
    *,
    modulus: bool = True,
    kind: str = "personal",
) -> Made:
    """With or without modulus 11, which numbers given out since 2007 need not hold."""
    day = born.day + (_MOVED_DAY if kind == "replacement" else 0)
    start = f"{day:02}{born:%m%y}99"
    tens = [f"{start}{number:02}" for number in range(100) if _fits_sex(number, sex)]
    fitting = [ten for ten in tens if holds_modulus_11(ten) == modulus] or tens
    return Made("DK", kind, rng.choice(fitting))


def phone(country: str, rng: random.Random) -> str:
    if country == "DK":  # no Danish number begins with a nought, so these ring nowhere
        return f"00 {rng.randrange(100):02} {rng.randrange(100):02} {rng.randrange(80):02}"
    if rng.random() < 0.7:  # noqa: PLR2004
        return f"070-174 06 {rng.choice(_MOBILES):02}"
    return f"08-465 004 {rng.randrange(_DESKS):02}"
