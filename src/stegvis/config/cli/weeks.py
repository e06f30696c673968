"""Files of weeks and plans. Faults name the file and the place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stegvis.config.cli import reading
from stegvis.config.faults import Unusable
from stegvis.core.scheduling.instance import Instance, InstanceError, parse


def data(file: Path) -> Any:
    return reading.json_of(file, pairs=_once)


def week(read: Any, *, file: Path) -> Instance:
    try:
        return parse(read)
    except InstanceError as fault:
        raise Unusable(f"{file}: {fault}.") from fault


def plan(file: Path) -> dict[str, dict[str, str]]:
    """A plan by itself, or inside what plan-week printed."""
    read = data(file)
    if isinstance(read, dict) and isinstance(read.get("status"), str):
        read = read.get("plan")
    if not isinstance(read, dict):
        raise Unusable(f"{file}: a plan is an object: person, half day, area.")
    for who, days in read.items():
        if not isinstance(days, dict) or not all(isinstance(area, str) for area in days.values()):
            raise Unusable(f"{file}: {who}: half days with an area each are wanted.")
    return read


class _TwiceError(ValueError):
    """A key stands twice in one object: the second would silently win."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if [k for k, _ in pairs].count(key) > 1)
        raise _TwiceError(f"{twice!r} stands twice in one object")
    return found
