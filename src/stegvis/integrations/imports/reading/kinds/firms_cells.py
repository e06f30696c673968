"""What the cells of a list of companies say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from stegvis.core.values import firms
from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.kinds.kind import (
    NOTHING,
    CellReader,
    Context,
    Read,
    contact_readers,
    said,
)
from stegvis.integrations.imports.reading.values.amounts import read_amount
from stegvis.integrations.imports.reading.values.vocabulary import read_term, read_yes_no
from stegvis.integrations.imports.reading.values.worked import as_hours, read_parts
from stegvis.integrations.imports.reading.wording import DASHES, listed, plain, shown, terms

MODULE, ASKED = "_module:", "_asked:"
_MOST = 100_000  # employed at one company (ours)
_PLACES = 500
_WEEK = 60 * 300  # parts of an hour
_ASKS = re.compile(r"\s*[;\n]\s*|\s*,\s+")
_HOURS = re.compile(
    r"\s*(?:tim|timmar|timer|h|t|hours)?\.?\s*(?:/|per|pr|om)?\s*(?:v|vecka|uge|ugen|week)?\.?$"
)
_BETWEEN = re.compile(rf"^(.*?\S)\s*[{DASHES}]\s*(.+)$")


def readers(context: Context) -> Mapping[str, CellReader]:
    def bound(read: Callable[[Context, Cell, str], Read]) -> CellReader:
        return lambda cell, column: read(context, cell, column)

    contact = contact_readers()
    return {
        "company": _text("company"),
        "name": _text("name"),
        "org_number": bound(_number),
        "branch": _text("branch"),
        "contact": _text("contact"),
        "phone": contact["phone"],
        "email": contact["email"],
        "employees": _figure("employees", _MOST),
        "trained": _figure("trained_in_parts", _MOST),
        "share": _share,
        "places": _figure("places", _PLACES),
        "grade": _grade,
        "ambassador": _text("ambassador"),
        "module": bound(_module),
        "left": bound(_left),
        "task": _text("task"),
        "hours": _hours,
        "days": _days,
        "requires": _requires,
    }


def _number(context: Context, cell: Cell, column: str) -> Read:
    text = firms.digits(shown(cell), context.country)
    if plain(text) in listed("nothing"):
        return NOTHING
    if firms.fault_of_company(text, context.country):
        return said(column, "org_number_unclear")
    return Read({"org_number": text})


def _left(context: Context, cell: Cell, column: str) -> Read:
    day = context.dates.any(cell)
    if day.fault == "date_missing":
        return NOTHING
    if day.on is None:
        return said(column, day.fault)
    return said(column, day.note, left=day.on)


def _text(name: str) -> CellReader:
    def read(cell: Cell, _: str) -> Read:
        text = shown(cell)
        return NOTHING if plain(text) in listed("nothing") else Read({name: text})

    return read


def _figure(name: str, most: int) -> CellReader:
    def read(cell: Cell, column: str) -> Read:
        if plain(shown(cell)) in listed("nothing"):
            return NOTHING
        amount = read_amount(cell)
        if amount is None or amount != int(amount) or not 0 <= amount <= most:
            return said(column, "figure_unreadable")
        return Read({name: int(amount)})

    return read


def _share(cell: Cell, column: str) -> Read:
    """As a part of one: 0.5 in a percent cell, 50 % or 50."""
    text = shown(cell).replace("%", "").strip()
    if plain(text) in listed("nothing"):
        return NOTHING
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        return said(column, "figure_unreadable")
    return Read({"_share": share / 100 if "%" in shown(cell) or share > 1 else share})


def _grade(cell: Cell, column: str) -> Read:
    code = read_term("grade", cell)
    return NOTHING if code == "" else Read({"_grade": code or "unknown"})


def _module(context: Context, cell: Cell, column: str) -> Read:
    """A day, or a sign that it was done on a day nobody knows any more. Every module of the list
    is one that is asked for, also where nobody has it."""
    asked: dict[str, Any] = {f"{ASKED}{column}": True}
    text = shown(cell)
    if plain(text) in listed("nothing"):
        return Read(asked)
    day = context.dates.past(cell)
    if day.on is not None:
        return said(column, day.note, **asked, **{f"{MODULE}{column}": day.on.isoformat()})
    if read_yes_no(text) or text in ("✓", "✔"):
        return said(column, "module_date_missing", **asked, **{f"{MODULE}{column}": None})
    if day.fault == "date_future" or read_term("not_yet", cell):
        return said(column, "not_completed_yet", **asked)
    return said(column, "" if read_yes_no(text) is False else "module_unclear", **asked)


def _hours(cell: Cell, column: str) -> Read:
    if plain(shown(cell)) in listed("nothing"):
        return Read({"hours_week": None})
    parts = read_parts(_HOURS.sub("", shown(cell)) if isinstance(cell, str) else cell)
    if parts is None or not 0 < parts <= _WEEK:
        return said(column, "hours_not_one_number", hours_week=None, _week=shown(cell))
    return Read({"hours_week": as_hours(parts)})


def _days(cell: Cell, column: str) -> Read:
    """Monday is 1. None: any day, or nobody has said."""
    text = shown(cell).casefold().strip()
    words = plain(text)
    kept = {"_days": shown(cell), "days": None}
    if words in listed("nothing") or words in listed("any_day"):
        return Read(kept)
    if read_term("every_weekday", cell):
        return Read(kept | {"days": "12345"})
    found = _spoken_days(text)
    if not found:
        return said(column, "days_unclear", **kept)
    return Read(kept | {"days": "".join(str(day + 1) for day in sorted(found))})


def _spoken_days(text: str) -> set[int]:
    """None at all where one word is no day."""
    known = terms("weekday")
    found: set[int] = set()
    between = _BETWEEN.fullmatch(text)
    if between is not None:
        first, last = (known.get(plain(each)) for each in between.groups())
        if first is not None and last is not None and int(first) <= int(last):
            return set(range(int(first), int(last) + 1))
    for word in plain(text).split():
        if word in ("och", "og", "and", "samt"):
            continue
        if word not in known:
            return set()
        found.add(int(known[word]))
    return found


def _requires(cell: Cell, _: str) -> Read:
    text = "" if cell is None else str(cell)
    asks = [each for each in (shown(part) for part in _ASKS.split(text.strip())) if each]
    return Read({"requirements": asks}) if asks else NOTHING
