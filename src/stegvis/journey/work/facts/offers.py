"""Which areas somebody was shown, was offered and chose; and how many saw all there were."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.work.models import AreaChoice, ShownArea
from stegvis.journey.workplaces.facts import areas_offered
from stegvis.journey.workplaces.models import WorkArea

OFFERED, CHOSEN, LEFT_OUT = AreaChoice.What


@dataclass(frozen=True, slots=True)
class Offer:
    """An area and what has come of it. `answer`: chosen or left out, whichever was said last."""

    area: WorkArea
    shown_on: dt.date | None
    offered_on: dt.date | None
    answer: AreaChoice | None
    is_open: bool = True


def offers(enrolment: Enrolment, *, on: dt.date) -> list[Offer]:
    """Every area there is to offer, and those that were open and of which something was said.
    Three queries."""
    areas = {one.pk: one for one in areas_offered(enrolment.unit_id, on=on)}
    open_now = set(areas)
    rows = ShownArea.objects.filter(showing__enrolment=enrolment, shown=True)
    shown = dict(rows.order_by("showing__on").values_list("area_id", "showing__on"))
    said: dict[uuid.UUID, list[AreaChoice]] = {}
    for row in _said(enrolment):
        areas.setdefault(row.area_id, row.area)
        said.setdefault(row.area_id, []).append(row)
    return [
        _offer(one, shown.get(key), said.get(key, []), is_open=key in open_now)
        for key, one in areas.items()
    ]


def _said(enrolment: Enrolment) -> Any:
    rows = AreaChoice.objects.filter(enrolment=enrolment).select_related("area__workplace", "by")
    return rows.order_by("on", "created_at", "id")


def _offer(
    area: WorkArea, shown: dt.date | None, said: list[AreaChoice], *, is_open: bool
) -> Offer:
    """An area somebody is offered again waits for a new answer."""
    latest = said[-1] if said and said[-1].what != OFFERED else None
    offered = [row.on for row in said if row.what == OFFERED]
    return Offer(area, shown, offered[-1] if offered else None, latest, is_open)


def chosen_areas(enrolment: uuid.UUID) -> frozenset[uuid.UUID]:
    """The areas that were chosen and have not been left out since. One query."""
    rows = AreaChoice.objects.filter(enrolment=enrolment)
    latest = rows.order_by("area_id", "-on", "-created_at", "-id").distinct("area_id")
    return frozenset(area for area, what in latest.values_list("area_id", "what") if what == CHOSEN)


def saw_all(enrolments: Collection[uuid.UUID]) -> dict[uuid.UUID, bool]:
    """Of those who were shown anything: whether they have been shown, then or before, every area
    that was open the last time (KN-97). Of whom nothing is written, nothing is known. One query."""
    rows = ShownArea.objects.filter(showing__enrolment__in=enrolments)
    seen: dict[uuid.UUID, set[uuid.UUID]] = {}
    last: dict[uuid.UUID, tuple[uuid.UUID, set[uuid.UUID]]] = {}
    ordered = rows.order_by("showing__on", "showing__created_at", "showing_id")
    for one, showing, area, shown in ordered.values_list(
        "showing__enrolment_id", "showing_id", "area_id", "shown"
    ):
        if shown:
            seen.setdefault(one, set()).add(area)
        if one not in last or last[one][0] != showing:
            last[one] = (showing, set())
        last[one][1].add(area)
    return {one: open_then <= seen.get(one, set()) for one, (_showing, open_then) in last.items()}
