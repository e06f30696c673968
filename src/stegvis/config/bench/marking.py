"""The list of a day for a group of twenty: everybody is here, sent in one go as the tablet does."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from typing import Any

from stegvis.config.bench.blocks import Ask
from stegvis.config.bench.ground import Ground, Size
from stegvis.config.bench.pages import Town, told
from stegvis.config.bench.serving import Side, Visit, serving
from stegvis.config.bench.shape import Effort

DATABASE = "bench_groups"
GROUPS = Size(tenants=2, per_tenant=480, per_unit=480, per_worker=20)
LIST = "work"  # the list of those at work, beside breakfast and the others
MOST_MS = 20.0
PEOPLE = 20
SLOT = re.compile(r'data-slot="([^"]+)"')


def attendance(ground: Ground, effort: Effort) -> dict[str, Any]:
    """Another worker's group every time, and another day when all have been."""
    if DATABASE not in ground.cluster.databases():
        ground.town(DATABASE, GROUPS)
    with serving(ground, (DATABASE, False), (DATABASE, True)) as (ours, floor):
        made = Town(ground, GROUPS, ours, floor)
        asks = [_lists(made, side, turn) for turn, side in enumerate(made.sides)]
        return told(made, asks, effort, ratio=2, milliseconds=MOST_MS)


def _lists(made: Town, side: Side, turn: int) -> Ask:
    """Each side has its own half of the groups, and no list is sent in twice."""
    workers = range(turn, GROUPS.per_unit // GROUPS.per_worker, 2)
    signed = {worker: made.session(side, worker) for worker in workers}

    def ask(n: int) -> Visit:
        worker = workers[n % len(workers)]
        day = str(_weekday(n // len(workers)))
        if side.is_floor:
            return Visit(f"/attendance/{day}/", signed[worker], {"everyone": "present"})
        path = f"/attendance/{day}/{LIST}/"
        slots = SLOT.findall(side.ask(Visit(path, signed[worker])).body.decode())
        assert len(slots) >= PEOPLE - 1, path  # noqa: S101 whoever is protected is not in the list
        form = {"marks": json.dumps([_mark(slot, at) for at, slot in enumerate(slots)])}
        return Visit(path, signed[worker], {**form, "device": "d", "submission": _key()})

    return ask


def _mark(slot: str, turn: int) -> dict[str, Any]:
    return {"slot": slot, "code": "h", "key": _key(), "turn": turn, "over": "", "ago": 0}


def _key() -> str:
    return str(uuid.uuid4())


def _weekday(back: int) -> dt.date:
    """The latest weekday, and so many before it."""
    day = dt.date.today()  # noqa: DTZ011 the day the town was made on, by the same clock
    while day.isoweekday() > 5 or back:  # noqa: PLR2004 Saturday and Sunday
        back -= day.isoweekday() <= 5  # noqa: PLR2004
        day -= dt.timedelta(days=1)
    return day
