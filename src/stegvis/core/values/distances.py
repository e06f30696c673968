"""How far it is between two places on the earth, in a straight line. No map is asked: whoever goes
there goes further, so it says which is nearer and never how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

RADIUS = 6371.0088  # km, mean of the earth
POLE, DATE_LINE = 90, 180


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
