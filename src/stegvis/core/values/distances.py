"""How far it is between two places on the earth, in a straight line. No map is asked: whoever goes
there goes further, so it says which is nearer and never how long it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

RADIUS = 6371.0088  # km, mean of the earth
POLE, DATE_LINE = 90, 180
# What stands before the name of the town; a house number stands before no name or a comma.
CODES = {
    "SE": re.compile(r"(?<!\d)([1-9]\d{2}) ?(\d{2})(?=\s+[^\W\d]|\s*$)"),
    "DK": re.compile(r"(?<!\d)(\d{4})(?=\s+[^\W\d]|\s*$)"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees, north and east positive. Raises ValueError for what is not on the earth."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-POLE <= self.latitude <= POLE and abs(self.longitude) <= DATE_LINE):
            raise ValueError(f"not on the earth: {self.latitude}, {self.longitude}")


def kilometres(one: Place, other: Place) -> float:
    """Along the great circle (haversine, which keeps its precision for what is near)."""
    north, there = radians(one.latitude), radians(other.latitude)
    up, across = there - north, radians(other.longitude - one.longitude)
    half = sin(up / 2) ** 2 + cos(north) * cos(there) * sin(across / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(half)))


def postal_code(address: str, country: str) -> str:
    """The digits of the postal code in an address, the last where several could be one; blank where
    there is none. ASCII digits alone."""
    pattern = CODES.get(country)
    found = pattern.findall(address) if pattern and address.isprintable() else []
    code = "".join(found[-1]) if found else ""
    return code if code.isascii() else ""
