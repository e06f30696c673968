"""The stream a calendar reads: folded, escaped, in UTC, and read back as it was meant."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stegvis.core.scheduling.icalendar import LONGEST, Event, stream

ZONE = ZoneInfo("Europe/Stockholm")
MADE = dt.datetime(2026, 11, 26, 6, tzinfo=dt.UTC)


def one(**more: str) -> Event:
    start = dt.datetime(2026, 11, 30, 8, tzinfo=ZONE)
    given = {"uid": "u@x", "summary": "Köket", **more}
    return Event(start=start, end=start + dt.timedelta(hours=4), **given)


def made(*events: Event, name: str = "Min vecka") -> str:
    return stream(events, name=name, made=MADE, product="-//x//y//SV")


def read(text: str) -> dict[str, str]:
    """A second reading by the standard: unfolded, and the escapes taken back."""
    back = {"n": "\n", "N": "\n"}
    found = {}
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _colon, value = line.partition(":")
        found[name] = re.sub(r"\\(.)", lambda m: back.get(m[1], m[1]), value)
    return found


def test_a_half_day_stands_in_utc_in_winter_and_in_summer() -> None:
    text = made(one())
    assert "DTSTART:20261130T070000Z\r\nDTEND:20261130T110000Z\r\n" in text
    summer = dt.datetime(2026, 6, 1, 8, tzinfo=ZONE)
    assert "DTSTART:20260601T060000Z" in made(Event("u", summer, summer, "x"))


def test_the_parts_that_must_be_there_are() -> None:
    text = made(one(location="AME-huset"))
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    for name in ("UID", "DTSTAMP", "SUMMARY", "LOCATION"):
        assert text.count(f"\r\n{name}:") == 1
    assert made().count("VEVENT") == 0


def test_a_time_without_a_zone_is_refused() -> None:
    naive = dt.datetime(2026, 6, 1, 8)
    with pytest.raises(ValueError, match="zone"):
        made(Event("u", naive, naive, "x"))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200))
def test_any_words_come_back_and_no_line_is_too_long(words: str) -> None:
    text = made(one(summary=words))
    assert read(text)["SUMMARY"] == words
    for line in text.split("\r\n"):
        assert len(line.encode()) <= LONGEST


def test_words_with_signs_of_the_format_open_no_new_line() -> None:
    text = made(one(summary="a;b,c\\d\r\nEND:VEVENT\x00"))
    assert "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\r\n" in text
    assert text.count("\r\nEND:VEVENT") == 1
