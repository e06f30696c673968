"""A unit's own lists."""

from __future__ import annotations

import uuid

from stegvis.journey.days.facts import points
from stegvis.journey.days.models import CODE, Point
from stegvis.journey.intake.actions import NotNow
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


def add_point(unit: uuid.UUID, listed: str, name: str) -> Point:
    """One more point of a list. Raises NotNow: "nothing_said", "named_before", "not_listed"."""
    said = name.strip()
    there = points(unit, hidden=True).get(listed)
    if there is None:
        raise NotNow("not_listed")
    if not said:
        raise NotNow("nothing_said")
    if said.casefold() in {str(one.name).casefold() for one in there if not one.hidden}:
        raise NotNow("named_before")
    row = Point(
        tenant_id=current().tenant, unit_id=unit, listed=listed, name=said,
        code=f"own_{uuid7().hex[-16:]}"[:CODE],
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("list_changed", list=listed, point=row.code)
    return row


def use_point(unit: uuid.UUID, listed: str, code: str, *, used: bool) -> None:
    """Into use or out of it; what has been ticked keeps its words."""
    known = {one.code: one for one in points(unit, hidden=True).get(listed, [])}
    if code not in known:
        raise NotNow("not_listed")
    row, _made = Point.objects.get_or_create(
        tenant_id=current().tenant, unit_id=unit, listed=listed, code=code
    )
    row.hidden = not used
    row.save_if_unchanged("hidden")
    wrote("list_changed", list=listed, point=code, used=used)
