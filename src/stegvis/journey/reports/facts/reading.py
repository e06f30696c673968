"""The reports of a person, and the words that have no place in one."""

from __future__ import annotations

import re
import tomllib
import uuid
from functools import cache
from pathlib import Path

from stegvis.journey.reports.models import Report

_FILE = Path(__file__).parent.parent / "unfit.toml"


def for_person(person: uuid.UUID) -> list[Report]:
    """A person's reports, the latest first, those put aside left out. One query, one of lines."""
    rows = Report.reports.filter(person=person).exclude(state=Report.State.DROPPED)
    return list(rows.select_related("referral", "by").prefetch_related("lines"))


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
