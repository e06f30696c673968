"""A town planned without a database."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from functools import cache

from stegvis.config.demo.case import Version
from stegvis.config.demo.plan import Plan
from stegvis.config.demo.town import Ground, plan
from stegvis.config.demo.users import TOWNS
from stegvis.config.founding import read
from stegvis.config.shelf import shelf

TODAY = dt.date(2026, 11, 17)
SPACE = uuid.UUID(int=1)


@cache
def versions() -> dict[str, Version]:
    texts = shelf()
    return {key: Version(uuid.uuid5(SPACE, key), read(text, texts)) for key, text in texts.items()}


def planned(slug: str, seed: int = 1) -> Plan:
    town = next(town for town in TOWNS if town.slug == slug)
    schemes = [uuid.uuid5(SPACE, f"scheme {n}") for n in range(3)]
    ground = Ground(town, uuid.uuid5(SPACE, "home"), versions(), schemes, TODAY)
    return plan(ground, random.Random(f"{seed}:{slug}"))  # noqa: S311 -- repeatable
