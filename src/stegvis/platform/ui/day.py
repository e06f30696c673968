"""What may stand on My day, whichever room it comes from.

A room above gives a callable that asks its own table once and answers with items; config.places
puts it in DAY. The page knows no room: it sorts the items into its parts.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from stegvis.platform.journal.visit import Visit


class Part(StrEnum):
    ACUTE = "acute"  # cannot wait: above all the rest
    NEEDS = "needs"  # somebody needs me today
    SILENT = "silent"  # nobody has been in touch this month
    DECISIONS = "decisions"
    FOLLOW_UPS = "follow_ups"
    AGENDA = "agenda"
    REFERRALS = "referrals"
    REPORTS = "reports"
    DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class DayAct:
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class DayItem:
    """`person`: whose record it shows; the page logs it as read. `kind`: late, warn, info, sup, ok
    or "". `on`: the day it is for; `time`: the hour, where one is agreed ("13.00"). `tag`: a state
    in a word or two. `event`: the event of a cadence that the row asks for already: what is missing
    stands once. `step` and `of` may be left out for one of the visitor's own people."""

    part: Part
    name: str
    url: str
    why: str = ""
    kind: str = ""
    icon: str = "info"
    person: uuid.UUID | None = None
    on: dt.date | None = None
    time: str = ""
    tag: str = ""
    what: str = ""
    event: str = ""
    step: int = 0
    of: int = 0
    acts: tuple[DayAct, ...] = ()


type Section = Callable[[Visit], list[DayItem]]

DAY: list[Section] = []
"""Filled by config.places, in the order in which the parts are filled. One query each: the page has
twelve in all."""

WRITTEN: dict[str, str] = {}
"""Where an event of a cadence is written down: its name to the name of a page that takes the
person's key. Filled by config.places; without an entry the road is opened."""
