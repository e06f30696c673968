"""A week as an iCalendar stream (RFC 5545), for a calendar that asks for it now and then.

Times are in UTC, which needs no description of a time zone (3.3.5, form 2). Lines are folded at 75
octets of UTF-8 and never inside a letter (3.1).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 75  # octets of a line, without its end (3.1)
_ESCAPED = re.compile(r"([\\;,])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Event:
    """`uid` is the same for the same half day, so that a change replaces it. Times with a zone."""

    uid: str
    start: dt.datetime
    end: dt.datetime
    summary: str
    location: str = ""


def stream(events: Iterable[Event], *, name: str, made: dt.datetime, product: str) -> str:
    """The whole of it, lines ended with CRLF. `made`: when it was put together, with a zone."""
    return "".join(_folded(line) for line in _lines(events, name, made, product))


def _lines(events: Iterable[Event], name: str, made: dt.datetime, product: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{_text(product)}"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_text(name)}"
    for one in events:
        yield "BEGIN:VEVENT"
        yield f"UID:{_text(one.uid)}"
        yield f"DTSTAMP:{_utc(made)}"
        yield f"DTSTART:{_utc(one.start)}"
        yield f"DTEND:{_utc(one.end)}"
        yield f"SUMMARY:{_text(one.summary)}"
        if one.location:
            yield f"LOCATION:{_text(one.location)}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _utc(at: dt.datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a time without a zone is no moment")
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(said: str) -> str:
    """3.3.11: backslash, semicolon, comma and line break are escaped; other controls are none."""
    lines = said.replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPED.sub(r"\\\1", _CONTROL.sub("", lines)).replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of several starts with a space from its second on, which counts."""
    kept: list[str] = []
    here, room = "", LONGEST
    for letter in line:
        size = len(letter.encode())
        if size > room:
            kept.append(here)
            here, room = " ", LONGEST - 1
        here += letter
        room -= size
    return "\r\n".join([*kept, here]) + "\r\n"
