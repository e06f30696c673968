"""Moments as people write them: a day and a time on the wall, in a place with summer time."""

from __future__ import annotations

import calendar
import datetime as dt


def moments_of(wall: dt.datetime, zone: dt.tzinfo) -> tuple[dt.datetime, dt.datetime]:
    """The earlier and the later moment (UTC) that a time on the wall (without a zone) may be: the
    same but for the hour that is lived twice in autumn and the one that is skipped in spring."""
    both = [wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1)]
    return min(both), max(both)


def opens_at(wall: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """When something agreed to begin then begins: in doubt the later moment."""
    return moments_of(wall, zone)[1]


def closes_at(wall: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """When something agreed to end then ends: in doubt the earlier moment."""
    return moments_of(wall, zone)[0]


def months_later(moment: dt.datetime, months: int, zone: dt.tzinfo) -> dt.datetime:
    """The same time on the wall so many months on, or on the last day of a shorter month."""
    wall = moment.astimezone(zone).replace(tzinfo=None)
    year, month = divmod(wall.year * 12 + wall.month - 1 + months, 12)
    day = min(wall.day, calendar.monthrange(year, month + 1)[1])
    return closes_at(wall.replace(year=year, month=month + 1, day=day), zone)
