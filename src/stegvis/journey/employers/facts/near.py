"""Where a place lies, as near as the municipality has written down: the site's own coordinates,
else the middle of its postal area. Of a person's address only the postal area is ever looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from stegvis.core.values.distances import Place, kilometres, postal_code
from stegvis.journey.employers.models import PostalArea, Site

NEAR = (5, 10, 20, 40)  # ours: what one can choose among, in kilometres


@dataclass(frozen=True, slots=True)
class Chart:
    """The postal areas by code."""

    country: str
    middles: dict[str, Place]

    def at(self, address: str) -> Place | None:
        """The middle of the postal area an address lies in; None: not known."""
        return self.middles.get(postal_code(address, self.country))

    def site(self, row: Site) -> Place | None:
        if row.latitude is not None and row.longitude is not None:
            return Place(float(row.latitude), float(row.longitude))
        return self.at(row.address)


def chart(country: str) -> Chart:
    """One query."""
    return charted(country, postal_areas())


def postal_areas() -> QuerySet[PostalArea]:
    return PostalArea.objects.order_by("code", "id")


def charted(country: str, rows: Iterable[PostalArea]) -> Chart:
    middles = {row.code: Place(float(row.latitude), float(row.longitude)) for row in rows}
    return Chart(country, middles)


def away(one: Place | None, other: Place | None) -> int | None:
    """Whole kilometres in a straight line; None: not known. Never more exact, since the middle of
    a postal area is not."""
    if one is None or other is None:
        return None
    return round(kilometres(one, other))
