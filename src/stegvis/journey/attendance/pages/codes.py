"""What a tablet says of a day, in as few letters as it takes, and never a word: "h" here, "l15"
late, "s" sick, "a3" away for reason 3, "o" sent home, "u" not known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stegvis.journey.attendance.models import Attendance, Status
from stegvis.journey.attendance.words import Named
from stegvis.journey.intake.actions import NotNow

PLAIN = {"h": Status.PRESENT, "s": Status.SICK, "o": Status.SENT_HOME, "u": Status.UNKNOWN}
LETTERS: dict[str, str] = {status: letter for letter, status in PLAIN.items()}
_CODE = re.compile(r"([hsoula])([0-9]{0,4})", re.ASCII)


def read(code: str, known: Mapping[str, Named]) -> tuple[str, int | None, str]:
    """Status, minutes, reason. Raises NotNow."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise NotNow("code_unknown")
    letter, number = found[1], int(found[2] or 0)
    if letter in PLAIN and not found[2]:
        return PLAIN[letter], None, ""
    if letter == "l" and number < 24 * 60:
        return Status.LATE, number or None, ""
    by_mark = {one.mark: one.code for one in known.values()}
    if letter == "a" and (not found[2] or number in by_mark):
        return Status.ABSENT, None, by_mark.get(number, "")
    raise NotNow("code_unknown")


def write(row: Attendance, known: Mapping[str, Named]) -> str:
    if row.status == Status.LATE:
        return f"l{row.minutes or ''}"
    if row.status == Status.ABSENT:
        return f"a{known[row.reason].mark if row.reason in known else ''}"
    return LETTERS[row.status]
