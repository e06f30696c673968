"""The reports of a person, and the words that have no place in one."""

from __future__ import annotations

import re
import tomllib
import uuid
from functools import cache
from pathlib import Path

from stegvis.journey.reports.models import Report

_FILE = Path(__file__).parent.parent / "unfit.toml"


def of_person(person: uuid.UUID) -> list[Report]:
    """Every report about a person, the latest first, those put aside left out. Two queries."""
    rows = Report.reports.filter(person=person).exclude(state=Report.State.DROPPED)
    return list(rows.select_related("referral", "by").prefetch_related("lines"))


def for_person(person: uuid.UUID) -> list[Report]:
    """Those the person reads on their own page: laid out for them, or sent. Two queries."""
    return [row for row in of_person(person) if row.shown_at or row.state == Report.State.SENT]


@cache
def _unfit() -> re.Pattern[str]:
    table = tomllib.loads(_FILE.read_text("utf-8"))
    starts = {word for kinds in table.values() for words in kinds.values() for word in words}
    longest_first = sorted(starts, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})\w*", re.IGNORECASE)


def unfit_word(text: str) -> str:
    """The first word that tells of health, a stage of change, an incident or income; or nothing."""
    found = _unfit().search(text)
    return found[0] if found else ""
